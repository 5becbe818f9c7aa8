"""What the history room puts in the logbook: one entry a batch, not one a row."""

from guiju.rulebook.vocabulary import FactKind

CARRIED = {
    "file": "text", "sha256": "text", "rows": "number", "aside": "number", "groups": "number",
    "hotels": "list", "first_on": "date", "last_on": "date",
}
KINDS = [
    FactKind("history.applied", ("batch",), CARRIED, {}, "历史订单导入", "Past bookings imported"),  # type: ignore[arg-type]
    FactKind("history.undone", ("batch",), CARRIED, {}, "历史订单撤回", "Import of past bookings undone"),  # type: ignore[arg-type]
]
