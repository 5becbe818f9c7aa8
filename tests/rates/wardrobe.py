"""Room types, seasons, rack rates and an agreement on the cast's hotel, for the tests of this room."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from guiju.clients.models import Client
from guiju.rates.models import Agreement, AgreementRate, RackRate, Season
from guiju.rooms.models import RoomType
from tests.cast import Cast

YEAR_STARTS, YEAR_ENDS = date(2026, 1, 1), date(2027, 1, 1)


@dataclass
class Wardrobe:
    """What `dress` put into the database."""

    cast: Cast
    client: Client
    agreement: Agreement
    types: dict[str, RoomType] = field(default_factory=dict)

    @property
    def hotel_id(self) -> Any:
        return self.cast.hotel.pk


def room_types(cast: Cast) -> dict[str, RoomType]:
    """Twin, king, suite and an escort room."""
    rows = [
        ("TWN", "标准双人间", 200),
        ("KNG", "大床间", 120),
        ("STE", "行政套房", 20),
        ("ESC", "司陪房", 12),
    ]
    return {
        code: RoomType.objects.create(
            hotel=cast.hotel, code=code, name=name, physical=n, is_escort=code == "ESC"
        )
        for code, name, n in rows
    }


def company(
    cast: Cast, name: str = "东岬港务集团有限公司", number: str = "C26-0001", **fields: Any
) -> Client:
    """A client without the rest of the room's work."""
    return Client.objects.create(
        hotel=cast.hotel, number=number, name=name, created_at=cast.at("09:00"), **fields
    )


def agreement(cast: Cast, client: Client, number: str = "A26-0001", **fields: Any) -> Agreement:
    """An agreement for the year 2026 with the usual terms."""
    terms = {"from_on": YEAR_STARTS, "until_on": date(2026, 12, 31), "created_at": cast.at("09:00"), **fields}
    return Agreement.objects.create(hotel=cast.hotel, client=client, number=number, **terms)


def rate(of: Agreement, room_type: RoomType, amount: int, **fields: Any) -> AgreementRate:
    """A rate line of an agreement."""
    return AgreementRate.objects.create(
        hotel_id=of.hotel_id, agreement=of, room_type=room_type, amount=Decimal(amount), **fields
    )


def dress(cast: Cast) -> Wardrobe:
    """Low to March, shoulder to June, high to October, then shoulder; twins at rack 400, 500, 600."""
    client = company(cast)
    wardrobe = Wardrobe(cast, client, agreement(cast, client), room_types(cast))
    spans = [
        ("淡季", "low", (1, 1), (4, 1)),
        ("平季", "shoulder", (4, 1), (7, 1)),
        ("旺季", "high", (7, 1), (11, 1)),
    ]
    for name, kind, start, end in spans:
        Season.objects.create(
            hotel=cast.hotel, name=name, kind=kind, from_on=date(2026, *start), until_on=date(2026, *end)
        )
    Season.objects.create(
        hotel=cast.hotel, name="平季", kind="shoulder", from_on=date(2026, 11, 1), until_on=YEAR_ENDS
    )
    for kind, base in (("low", 400), ("shoulder", 500), ("high", 600)):
        for code, more in (("TWN", 0), ("KNG", 40), ("STE", 800)):
            RackRate.objects.create(
                hotel=cast.hotel,
                room_type=wardrobe.types[code],
                season_kind=kind,
                amount=Decimal(base + more),
            )
    twin = wardrobe.types["TWN"]
    rate(wardrobe.agreement, twin, 320, use="fit", season_kind="any", breakfasts=1)
    rate(wardrobe.agreement, twin, 380, use="fit", season_kind="high", breakfasts=1)
    rate(wardrobe.agreement, twin, 280, use="group", season_kind="any", breakfasts=2)
    rate(wardrobe.agreement, wardrobe.types["ESC"], 150, use="escort", season_kind="any")
    return wardrobe
