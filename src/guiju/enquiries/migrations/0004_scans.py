import django.db.models.deletion
import guiju.shelf.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0003_what_clients_write_back"), ("house", "0001_initial"), ("papers", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Scan",
            fields=[
                ("id", models.UUIDField(default=guiju.shelf.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("kind", models.CharField(max_length=8)),
                ("only", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "to be read"),
                            ("reading", "being read"),
                            ("read", "read"),
                            ("blank", "nothing to read on it"),
                            ("failed", "could not be read"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("claimed_until_at", models.DateTimeField(null=True)),
                ("not_before_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("why", models.CharField(blank=True, max_length=200)),
                ("found", models.JSONField(default=dict)),
                ("pictures", models.JSONField(default=list)),
                ("file", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="papers.storedfile")),
                ("hotel", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="house.hotel")),
                (
                    "message",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="scans", to="enquiries.message"),
                ),
            ],
            options={
                "verbose_name": "scan",
                "constraints": [models.UniqueConstraint(fields=("message", "order"), name="enquiries_scan_once")],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("waiting", "reading"))), fields=["not_before_at"], name="enquiries_scan_due"
                    )
                ],
            },
        ),
    ]
