import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("enquiries", "0002_messages_attachments_links")]

    operations = [
        migrations.AddField(model_name="enquiry", name="heard_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="message",
            name="answers",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="heard", to="enquiries.enquiry"),
        ),
        migrations.AddField(model_name="message", name="seen_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="message",
            name="seen_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
    ]
