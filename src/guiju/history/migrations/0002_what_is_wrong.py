from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('history', '0001_initial'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='batch',
            name='error',
        ),
        migrations.AddField(
            model_name='batch',
            name='said',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='batch',
            name='samples',
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name='pastbooking',
            name='status',
            field=models.CharField(choices=[('stayed', 'stayed'), ('cancelled', 'cancelled'), ('no_show', 'no-show'), ('booked', 'still to come')], max_length=10),
        ),
        migrations.AlterField(
            model_name='batch',
            name='state',
            field=models.CharField(choices=[('received', 'columns to be named'), ('checking', 'being checked'), ('checked', 'checked'), ('applying', 'being imported'), ('applied', 'imported'), ('undone', 'undone'), ('dropped', 'dropped'), ('failed', 'not taken')], default='received', max_length=10),
        ),
    ]
