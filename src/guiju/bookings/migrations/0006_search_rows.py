"""What bookings are found by: FTS5 on SQLite, GIN on PostgreSQL, both over SearchRow.tokens; filled from the bookings there are."""

import django.db.models.deletion
from django.db import migrations, models

SQLITE = [
    "CREATE VIRTUAL TABLE bookings_search USING fts5("
    "tokens, content='bookings_searchrow', content_rowid='id', tokenize='unicode61 remove_diacritics 0', detail=none)",
    "CREATE TRIGGER bookings_search_added AFTER INSERT ON bookings_searchrow BEGIN "
    "INSERT INTO bookings_search(rowid, tokens) VALUES (new.id, new.tokens); END",
    "CREATE TRIGGER bookings_search_removed AFTER DELETE ON bookings_searchrow BEGIN "
    "INSERT INTO bookings_search(bookings_search, rowid, tokens) VALUES ('delete', old.id, old.tokens); END",
    "CREATE TRIGGER bookings_search_changed AFTER UPDATE ON bookings_searchrow BEGIN "
    "INSERT INTO bookings_search(bookings_search, rowid, tokens) VALUES ('delete', old.id, old.tokens); "
    "INSERT INTO bookings_search(rowid, tokens) VALUES (new.id, new.tokens); END",
]
SQLITE_BACK = [
    "DROP TRIGGER bookings_search_added", "DROP TRIGGER bookings_search_removed",
    "DROP TRIGGER bookings_search_changed", "DROP TABLE bookings_search",
]
POSTGRESQL = ["CREATE INDEX bookings_search ON bookings_searchrow USING gin (string_to_array(tokens, ' '))"]
POSTGRESQL_BACK = ["DROP INDEX bookings_search"]
BATCH = 2000


def _run(schema_editor, sqlite, postgresql):
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
        schema_editor.execute(statement)


def build(apps, schema_editor):
    _run(schema_editor, SQLITE, POSTGRESQL)


def drop(apps, schema_editor):
    _run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


def fill(apps, schema_editor):
    """The bookings that were written before."""
    from guiju.bookings.search import values

    booking, row = apps.get_model("bookings", "Booking"), apps.get_model("bookings", "SearchRow")
    batch = []
    known = booking._base_manager.order_by("created_at", "pk").values_list("pk", "hotel_id", "number", "name", "tour_code")
    for pk, hotel_id, *fields in known.iterator(BATCH):
        batch.append(row(booking_id=pk, **values(hotel_id, *fields)))
        if len(batch) == BATCH:
            row._base_manager.bulk_create(batch)
            batch = []
    row._base_manager.bulk_create(batch)


class Migration(migrations.Migration):

    dependencies = [('bookings', '0005_groups_outcome')]

    operations = [
        migrations.CreateModel(
            name='SearchRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hotel_id', models.UUIDField()),
                ('text', models.TextField()),
                ('tokens', models.TextField()),
                ('booking', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bookings.booking')),
            ],
            options={
                'verbose_name': 'search row',
                'indexes': [models.Index(fields=['hotel_id', 'id'], name='bookings_search_recent')],
            },
        ),
        migrations.RunPython(build, drop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
