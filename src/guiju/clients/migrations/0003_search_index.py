"""The index behind clients.search: FTS5 on SQLite, GIN on PostgreSQL, both over SearchRow.tokens."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE clients_search USING fts5("
    "tokens, content='clients_searchrow', content_rowid='id', tokenize='unicode61 remove_diacritics 0', detail=none)",
    "CREATE TRIGGER clients_search_added AFTER INSERT ON clients_searchrow BEGIN "
    "INSERT INTO clients_search(rowid, tokens) VALUES (new.id, new.tokens); END",
    "CREATE TRIGGER clients_search_removed AFTER DELETE ON clients_searchrow BEGIN "
    "INSERT INTO clients_search(clients_search, rowid, tokens) VALUES ('delete', old.id, old.tokens); END",
    "CREATE TRIGGER clients_search_changed AFTER UPDATE ON clients_searchrow BEGIN "
    "INSERT INTO clients_search(clients_search, rowid, tokens) VALUES ('delete', old.id, old.tokens); "
    "INSERT INTO clients_search(rowid, tokens) VALUES (new.id, new.tokens); END",
]
SQLITE_BACK = [
    "DROP TRIGGER clients_search_added", "DROP TRIGGER clients_search_removed",
    "DROP TRIGGER clients_search_changed", "DROP TABLE clients_search",
]
POSTGRESQL = ["CREATE INDEX clients_search ON clients_searchrow USING gin (string_to_array(tokens, ' '))"]
POSTGRESQL_BACK = ["DROP INDEX clients_search"]


def _run(schema_editor, sqlite, postgresql):
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
        schema_editor.execute(statement)


def build(apps, schema_editor):
    _run(schema_editor, SQLITE, POSTGRESQL)


def drop(apps, schema_editor):
    _run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


class Migration(migrations.Migration):
    dependencies = [("clients", "0002_search_rows_and_views")]
    operations = [migrations.RunPython(build, drop)]
