"""A client with agreement, room types and rates, and requests that came in: where the desk's tests begin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from guiju.clients.models import Client
from guiju.duties.actions import adopt_shipped
from guiju.enquiries import points
from guiju.enquiries.models import Enquiry, Message
from guiju.house.numbers import next_number
from guiju.logbook.writing import note, writing
from guiju.rates.models import Agreement, AgreementRate, RackRate, Season
from guiju.rooms.models import RoomType
from guiju.shelf.actor import the_clock
from tests.cast import TODAY, Cast

ARRIVAL, DEPARTURE = date(2026, 12, 6), date(2026, 12, 8)
TEXT = "听涛饭店：我司 12 月 6 日至 8 日需标准双人间 2 间。盼传真确认。东岬港务集团 赵晴"


@dataclass
class Scene:
    """The hotel with something to sell, and who asks."""

    cast: Cast
    client: Client
    agreement: Agreement
    twin: RoomType
    king: RoomType

    @property
    def now(self) -> datetime:
        return self.cast.at("10:00")

    def actor(self, who: str = "lin") -> Any:
        return self.cast.actor(who)

    def at(self, clock: str) -> dict[str, Any]:
        """by and now of a step of the duty seller."""
        return {"by": self.actor(), "now": self.cast.at(clock)}

    def came_in(
        self,
        *,
        client: Client | None = None,
        channel: str = "fax",
        kind: str = "fit",
        unsure: tuple[str, ...] = (),
        clock: str = "10:00",
        rooms: dict[str, int] | None = None,
        reply_to: str = "zhao@dongjia.example",
        lang: str = "zh-hans",
        name: str = "东岬港务集团有限公司",
        text: str = TEXT,
    ) -> Enquiry:
        """A request as the intake leaves it, with its fact."""
        cast, at = self.cast, self.cast.at(clock)
        with writing(cast.hotel.pk, by=the_clock(cast.hotel.pk), now=at):
            message = Message.objects.create(
                hotel=cast.hotel,
                channel=channel,
                form="text",
                sender="0591 5550 1287",
                business_hash="0" * 64,
                text=text,
                received_at=at,
                subject_line="订房",
            )
            wanted = {"TWN": 2} if rooms is None else rooms
            values = {
                "arrival": ARRIVAL.isoformat(),
                "departure": DEPARTURE.isoformat(),
                "rooms": wanted,
                "persons": 4,
            }
            row = Enquiry.objects.create(
                hotel=cast.hotel,
                number=next_number(cast.hotel.pk, "E", now=at, zone=cast.hotel.zone),
                message=message,
                channel=channel,
                kind=kind,
                client=client,
                client_name=client.name if client else name,
                agreement=self.agreement if client == self.client else None,
                contact_name="赵晴",
                reply_to=reply_to,
                lang=lang,
                arrival_on=ARRIVAL,
                departure_on=DEPARTURE,
                persons=4,
                rooms=wanted,
                summary="12月6–8日 标双 2 间",
                fields={
                    key: {
                        "value": value,
                        "sure": key not in unsure,
                        "places": [],
                        "why": "不清楚" if key in unsure else "",
                    }
                    for key, value in values.items()
                },
                received_at=at,
            )
            asker = ("client", str(client.pk)) if client else None
            note("enquiry.received", row, asker, **points.request_attrs(row, local_received_on=TODAY))
        return row


def dress(cast: Cast) -> Scene:
    """Twins at 320 by agreement and 500 from the rack; kings at 540."""
    hotel = cast.hotel
    adopt_shipped(hotel, effective_at=hotel.created_at, by=the_clock(hotel.pk), now=cast.at("08:00"))
    client = Client.objects.create(
        hotel=hotel,
        number="C26-0001",
        name="东岬港务集团有限公司",
        on_account=True,
        credit_limit=Decimal(50000),
        created_at=cast.at("08:00"),
        email="zhao@dongjia.example",
        fax="0591 5550 1287",
    )
    agreement = Agreement.objects.create(
        hotel=hotel,
        client=client,
        number="A26-0001",
        from_on=date(2026, 1, 1),
        until_on=date(2026, 12, 31),
        created_at=cast.at("08:00"),
    )
    twin = RoomType.objects.create(
        hotel=hotel, code="TWN", name="标准双人间", name_en="Twin", physical=20, order=1
    )
    king = RoomType.objects.create(
        hotel=hotel, code="KNG", name="大床间", name_en="King", physical=10, order=2
    )
    Season.objects.create(
        hotel=hotel, name="平季", kind="shoulder", from_on=date(2026, 1, 1), until_on=date(2027, 1, 1)
    )
    for kind, amount in ((twin, 500), (king, 540)):
        RackRate.objects.create(hotel=hotel, room_type=kind, season_kind="shoulder", amount=Decimal(amount))
    for use, amount in (("fit", 320), ("group", 280)):
        AgreementRate.objects.create(
            hotel=hotel,
            agreement=agreement,
            room_type=twin,
            use=use,
            season_kind="any",
            amount=Decimal(amount),
            breakfasts=1,
        )
    return Scene(cast, client, agreement, twin, king)
