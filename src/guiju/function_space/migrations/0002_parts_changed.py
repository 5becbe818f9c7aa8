from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('function_space', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='hall',
            name='parts_changed_at',
            field=models.DateTimeField(null=True),
        ),
    ]
