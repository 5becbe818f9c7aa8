"""Finding clients by part of a name, pinyin initials, number or telephone, in a few milliseconds of a hundred
thousand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, models

from guiju.clients.models import Client, SearchRow
from guiju.clients.names import core, initials_of, likeness, pairs, plain, token, tokens, wanted

EACH = 200  # rows looked at for each pair of characters when looking for near-duplicates
LIKE = 0.6
BATCH = 2000


def search(hotel_id: UUID, text: str, limit: int = 20) -> list[Client]:
    """Clients that hold every word of `text` somewhere in their names, initials, number or telephone.

    Names that begin with it stand first, then the newest. Merged clients lead to the one they went into.
    """
    words = [word for word in (plain(part) for part in text.split()) if word][:6]
    if not words:
        return []
    ids = _matching(hotel_id, words, max(limit * 3, 60))
    rows = by_ids(hotel_id, ids)
    place = {pk: number for number, pk in enumerate(ids)}
    rows.sort(key=lambda row: (_rank(row, words), place[row.pk]))
    return rows[:limit]


def by_ids(hotel_id: UUID, ids: Iterable[UUID | str]) -> list[Client]:
    """Clients of this hotel by key. SQLite would walk the whole hotel if asked for both at once."""
    return [row for row in Client.objects.filter(pk__in=list(ids)) if row.hotel_id == hotel_id]


def _rank(row: Client, words: Sequence[str]) -> int:
    first = words[0]
    if plain(row.number) == first:
        return 0
    names = [plain(name) for name in (row.name, row.short_name, row.name_en) if name]
    if any(name.startswith(first) for name in names):
        return 1
    if any(first in name for name in names):
        return 2
    return 3 if any(one.startswith(first) for one in row.initials.split()) else 4


def _matching(hotel_id: UUID, words: Sequence[str], most: int) -> list[UUID]:
    """Ids of clients, newest first, whose text holds all the words."""
    asked = list(dict.fromkeys(piece for word in words for piece in wanted(word)))
    if connection.vendor == "sqlite":
        sql = (
            "SELECT s.client_id FROM clients_search "
            "CROSS JOIN clients_searchrow s ON s.id = clients_search.rowid "
            "WHERE clients_search MATCH %s AND s.hotel_id = %s"
            + " AND instr(s.text, %s) > 0" * len(words)
            + " ORDER BY clients_search.rowid DESC LIMIT %s"
        )
        match: Any = " AND ".join(f'"{piece}"' for piece in asked)
    else:
        sql = (
            "SELECT s.client_id FROM clients_searchrow s "
            "WHERE string_to_array(s.tokens, ' ') @> %s AND s.hotel_id = %s"
            + " AND position(%s in s.text) > 0" * len(words)
            + " ORDER BY s.id DESC LIMIT %s"
        )
        match = asked
    with connection.cursor() as cursor:
        cursor.execute(sql, [match, _key(hotel_id), *words, most])
        return [_uuid(row[0]) for row in cursor.fetchall()]


def alike(hotel_id: UUID, name: str, *, but: UUID | None = None, most: int = 5) -> list[tuple[Client, float]]:
    """Clients that are probably the same as one of this name, most alike first: (client, likeness 0 to 1)."""
    pieces = pairs(core(name))[:12]
    if not pieces:
        return []
    counted = Counter(_each(hotel_id, pieces))
    ids = [pk for pk, _many in counted.most_common(40)]
    rows = [row for row in by_ids(hotel_id, ids) if row.merged_into_id is None and row.pk != but]
    found = [(row, max(likeness(name, other) for other in _names(row))) for row in rows]
    found = [(row, share) for row, share in found if share >= LIKE]
    return sorted(found, key=lambda pair: -pair[1])[:most]


def _each(hotel_id: UUID, pieces: Sequence[str]) -> list[UUID]:
    """For each pair of characters the newest clients that have it."""
    if connection.vendor == "sqlite":
        one = (
            "SELECT * FROM (SELECT s.client_id FROM clients_search CROSS JOIN clients_searchrow s "
            "ON s.id = clients_search.rowid WHERE clients_search MATCH %s AND s.hotel_id = %s "
            "ORDER BY clients_search.rowid DESC LIMIT %s)"
        )
    else:
        one = (
            "(SELECT s.client_id FROM clients_searchrow s WHERE string_to_array(s.tokens, ' ') @> ARRAY[%s] "
            "AND s.hotel_id = %s ORDER BY s.id DESC LIMIT %s)"
        )
    values: list[Any] = []
    for piece in pieces:
        values += [token(piece), _key(hotel_id), EACH]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(pieces)), values)
        return [_uuid(row[0]) for row in cursor.fetchall()]


def _names(row: Client) -> list[str]:
    return [name for name in (row.name, row.short_name, row.name_en) if name]


def _key(hotel_id: UUID) -> Any:
    return models.UUIDField().get_db_prep_value(hotel_id, connection)


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


# Keeping the index


def index(client: Client) -> None:
    """Bring what this client is found by up to date; a merged one is found through the one it went into."""
    if client.merged_into_id is not None:
        SearchRow.objects.filter(client=client).delete()
        return
    merged = list(Client.objects.of(client.hotel_id).filter(merged_into=client))
    SearchRow.objects.update_or_create(client=client, defaults=_values(client, merged))


def index_all(hotel_id: UUID) -> int:
    """Index every client of the hotel anew (after an import); how many."""
    SearchRow.objects.filter(hotel_id=hotel_id).delete()
    merged: dict[UUID, list[Client]] = {}
    for row in Client.objects.of(hotel_id).filter(merged_into__isnull=False):
        merged.setdefault(row.merged_into_id, []).append(row)  # type: ignore[arg-type]  # filtered above
    many = 0
    batch: list[SearchRow] = []
    for row in Client.objects.of(hotel_id).filter(merged_into__isnull=True).order_by("pk").iterator(BATCH):
        batch.append(SearchRow(client=row, **_values(row, merged.get(row.pk, []))))
        many += 1
        if len(batch) == BATCH:
            SearchRow.objects.bulk_create(batch)
            batch = []
    SearchRow.objects.bulk_create(batch)
    return many


def _values(client: Client, merged: Iterable[Client]) -> dict[str, Any]:
    fields: list[str] = []
    for row in (client, *merged):
        initials = (row.initials or initials_of(row.name)).split()
        fields += [row.name, row.short_name, row.name_en, row.number, row.phone, *initials]
    kept = list(dict.fromkeys(plain(field) for field in fields if plain(field)))
    return {"hotel_id": client.hotel_id, "text": " ".join(kept), "tokens": " ".join(tokens(kept))}
