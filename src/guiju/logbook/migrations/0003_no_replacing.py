from django.db import migrations

from guiju.logbook import guards


def put_up(apps, schema_editor):
    guards.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("logbook", "0002_append_only")]
    operations = [migrations.RunPython(put_up, migrations.RunPython.noop)]
