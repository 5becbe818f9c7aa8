from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0004_credit_by_two_people'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='client',
            index=models.Index(fields=['hotel', 'tier'], name='clients_tier'),
        ),
    ]
