from django.db import migrations

from guiju.compliance import marks


def put_up(apps, schema_editor):
    marks.install(schema_editor.connection)
    marks.touch_all(schema_editor.connection)


def take_down(apps, schema_editor):
    marks.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("compliance", "0001_initial"), ("duties", "0003_due_index")]
    operations = [migrations.RunPython(put_up, take_down)]
