from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("duties", "0002_met_index")]
    operations = [
        migrations.AddIndex(model_name="duty", index=models.Index(fields=["hotel", "due_at"], name="duties_due")),
    ]
