from django.db import migrations, models

STATES = [
    ("waiting", "waiting"), ("sending", "being sent"), ("sent", "sent"), ("dead", "could not be sent"), ("stopped", "stopped before sending"),
    ("returned", "came back"),
]


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]

    operations = [
        migrations.AddField(model_name="letter", name="returned_at", field=models.DateTimeField(null=True)),
        migrations.AlterField(model_name="letter", name="state", field=models.CharField(choices=STATES, default="waiting", max_length=10)),
    ]
