"""Long-stay guests for programs: recommendation, contract, approval, rent, renewal, moving out."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Query, Router

from guiju.api.doors import reads, step_of, version_of, writes
from guiju.api.longstay_shapes import (
    AskedOut,
    ChargeIn,
    ChargeOut,
    CreditCheckIn,
    FinanceCaseOut,
    GuestOrderIn,
    GuestOrderOut,
    LeaveIn,
    LongStayChange,
    LongStayIn,
    LongStayOut,
    LongStayPaperOut,
    OutcomeIn,
    QuotationIn,
    QuotationOut,
    RecommendedOut,
    RecommendIn,
    RenewalIn,
    RenewalOut,
    RenewalTalkIn,
    RentIn,
    TalkIn,
    TermsToldIn,
    again,
    brief,
    charge_out,
    day,
    order_out,
    stay_of,
    values_of,
)
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import DONE, Done, WhyIn
from guiju.enquiries.models import Enquiry
from guiju.house.asking import Asked
from guiju.longstay import actions, queries
from guiju.longstay.models import Apartment, Charge, FinanceCase

router = Router(tags=["longstay"])


def case_out(row: FinanceCase) -> dict[str, Any]:
    """A case."""
    return {
        "id": str(row.pk), "unpaid_since": day(row.unpaid_since_on), "amount": str(row.amount), "taken": row.taken_at is not None,
        "outcome": row.outcome,
    }


@router.post("/recommend/{uuid:pk}", response={201: RecommendedOut, **PROBLEMS})
@writes("longstay.edit", 201)
def recommend(request: Asked, pk: UUID, data: RecommendIn) -> Any:
    """Recommend rooms at a rent on a long-stay request."""
    asked = Enquiry.objects.pick(request.actor.hotel_id, pk)
    rooms = [(Apartment.objects.pick(request.actor.hotel_id, one.room), one.rent) for one in data.rooms]
    row = actions.recommend(asked, rooms=rooms, from_on=data.from_on, until_on=data.until_on, **step_of(request))
    return {"id": str(row.pk), "rooms": [one["room"] for one in row.rooms]}


@router.post("/recommend/{uuid:pk}/letter", response={201: QuotationOut, **PROBLEMS})
@writes("longstay.edit", 201)
def quote(request: Asked, pk: UUID, data: QuotationIn) -> Any:
    """Send the quotation of what was recommended."""
    asked = Enquiry.objects.pick(request.actor.hotel_id, pk)
    reply = actions.letter(asked, channel=data.channel, to=data.to, body=data.body, spoken_to=data.spoken_to, **step_of(request))
    return {"reply": str(reply.pk), "body": reply.body, "complete": reply.complete}


@router.get("", response={200: list[LongStayOut], **PROBLEMS})
@reads("longstay.view")
def list_stays(
    request: Asked, view: Literal["here", "late", "making", "left", "all"] = "here", q: Annotated[str, Field(max_length=80)] = "",
    limit: int = Query(100, ge=1, le=500),
) -> Any:
    """Contracts by room: in force, late, being made, over."""
    return [brief(row) for row in queries.stays(request.actor.hotel_id, view, q)[:limit]]


@router.post("", response={201: LongStayOut, **PROBLEMS})
@writes("longstay.edit", 201)
def begin(request: Asked, data: LongStayIn) -> Any:
    """Begin a contract."""
    enquiry = Enquiry.objects.pick(request.actor.hotel_id, data.enquiry) if data.enquiry else None
    row = actions.draft(request.hotel, enquiry=enquiry, **values_of(request, data), **step_of(request))
    return again(request, row)


@router.get("/{uuid:pk}", response={200: LongStayOut, **PROBLEMS})
@reads("longstay.view")
def read(request: Asked, pk: UUID) -> Any:
    """One contract."""
    return brief(stay_of(request, pk))


@router.patch("/{uuid:pk}", response={200: LongStayOut, **PROBLEMS})
@writes("longstay.edit")
def change(request: Asked, pk: UUID, data: LongStayChange) -> Any:
    """Change the card; room, period and money while it is being made. 409 with both versions when somebody saved before."""
    row = actions.edit(stay_of(request, pk), version=version_of(request, data.version), **values_of(request, data), **step_of(request))
    return again(request, row)


@router.post("/{uuid:pk}/agree-rent", response={200: LongStayOut, **PROBLEMS})
@writes("longstay.edit")
def agree_rent(request: Asked, pk: UUID) -> Any:
    """The client agrees to the rent."""
    return again(request, actions.agree_rent(stay_of(request, pk), **step_of(request)))


@router.post("/{uuid:pk}/credit", response={200: LongStayOut, **PROBLEMS})
@writes("longstay.credit")
def credit(request: Asked, pk: UUID, data: CreditCheckIn) -> Any:
    """Finance notes the company's nature and standing."""
    row = stay_of(request, pk)
    actions.check_credit(row, **data.dict(), **step_of(request))
    return {**again(request, row), "credit_checked": True}


@router.post("/{uuid:pk}/terms", response={200: LongStayOut, **PROBLEMS})
@writes("longstay.edit")
def terms(request: Asked, pk: UUID, data: TermsToldIn) -> Any:
    """The payment rules were explained."""
    return again(request, actions.acknowledge_terms(stay_of(request, pk), by_whom=data.by_whom, **step_of(request)))


@router.post("/{uuid:pk}/ask", response={200: AskedOut, **PROBLEMS})
@writes("longstay.edit")
def ask(request: Asked, pk: UUID) -> Any:
    """Put the contract up for approval; its room is blocked from now on. The approval's id is decided under /approvals."""
    approval = actions.ask_approval(stay_of(request, pk), **step_of(request))
    return {**brief(stay_of(request, pk)), "approval": str(approval.pk)}


@router.post("/{uuid:pk}/take-back", response={200: LongStayOut, **PROBLEMS})
@writes("longstay.edit")
def take_back(request: Asked, pk: UUID, data: WhyIn) -> Any:
    """Take it back from approval, to change it."""
    return again(request, actions.take_back(stay_of(request, pk), reason=data.reason, **step_of(request)))


@router.post("/{uuid:pk}/drop", response={200: LongStayOut, **PROBLEMS})
@writes("longstay.edit")
def drop(request: Asked, pk: UUID, data: WhyIn) -> Any:
    """The contract does not come about."""
    return again(request, actions.drop(stay_of(request, pk), reason=data.reason, **step_of(request)))


@router.post("/{uuid:pk}/card", response={200: LongStayPaperOut, **PROBLEMS})
@writes("longstay.edit")
def card(request: Asked, pk: UUID) -> Any:
    """Make the long-stay card; its paper is printed under /papers."""
    return {"paper": str(actions.print_card(stay_of(request, pk), **step_of(request)).pk)}


@router.get("/{uuid:pk}/rent", response={200: list[ChargeOut], **PROBLEMS})
@reads("longstay.view")
def ledger(request: Asked, pk: UUID) -> Any:
    """The rent ledger."""
    row = stay_of(request, pk)
    return [charge_out(line.charge) for line in queries.ledger(row, queries.today_of(row.hotel_id, request.now))]


@router.post("/{uuid:pk}/payments", response={200: LongStayOut, **PROBLEMS})
@writes("longstay.rent")
def pay(request: Asked, pk: UUID, data: RentIn) -> Any:
    """Enter money that came in."""
    row = stay_of(request, pk)
    actions.pay(row, **data.dict(), **step_of(request))
    return again(request, row)


@router.post("/{uuid:pk}/charges", response={201: ChargeOut, **PROBLEMS})
@writes("longstay.rent", 201)
def charge(request: Asked, pk: UUID, data: ChargeIn) -> Any:
    """Enter something else that falls due."""
    return charge_out(actions.add_charge(stay_of(request, pk), **data.dict(), **step_of(request)))


@router.post("/charges/{uuid:pk}/drop", response={200: Done, **PROBLEMS})
@writes("longstay.rent")
def drop_charge(request: Asked, pk: UUID) -> Any:
    """Strike out a charge entered by mistake."""
    actions.drop_charge(Charge.objects.pick(request.actor.hotel_id, pk), **step_of(request))
    return DONE


@router.post("/{uuid:pk}/late", response={200: LongStayOut, **PROBLEMS})
@writes("longstay.late")
def late(request: Asked, pk: UUID) -> Any:
    """The client puts payment off: finance is asked every week from now on."""
    return again(request, actions.flag_late(stay_of(request, pk), **step_of(request)))


@router.post("/{uuid:pk}/talks", response={200: LongStayOut, **PROBLEMS})
@writes("longstay.late")
def talk(request: Asked, pk: UUID, data: TalkIn) -> Any:
    """Note a talk about the account."""
    row = stay_of(request, pk)
    actions.speak(row, **data.dict(), **step_of(request))
    return again(request, row)


@router.post("/{uuid:pk}/ask-finance", response={200: FinanceCaseOut, **PROBLEMS})
@writes("longstay.late")
def ask_finance(request: Asked, pk: UUID) -> Any:
    """Ask finance to contact the guest."""
    return case_out(actions.ask_finance(stay_of(request, pk), **step_of(request)))


@router.post("/cases/{uuid:pk}/take", response={200: FinanceCaseOut, **PROBLEMS})
@writes("longstay.take")
def take(request: Asked, pk: UUID) -> Any:
    """Finance signs for it."""
    return case_out(actions.take_case(FinanceCase.objects.pick(request.actor.hotel_id, pk), **step_of(request)))


@router.post("/cases/{uuid:pk}/outcome", response={200: FinanceCaseOut, **PROBLEMS})
@writes("longstay.take")
def outcome(request: Asked, pk: UUID, data: OutcomeIn) -> Any:
    """Note what came of it."""
    row = FinanceCase.objects.pick(request.actor.hotel_id, pk)
    return case_out(actions.note_outcome(row, outcome=data.outcome, **step_of(request)))


@router.post("/{uuid:pk}/renewal-talk", response={200: LongStayOut, **PROBLEMS})
@writes("longstay.edit")
def renewal_talk(request: Asked, pk: UUID, data: RenewalTalkIn) -> Any:
    """Note the talk about going on."""
    row = stay_of(request, pk)
    actions.talk_renewal(row, **data.dict(), **step_of(request))
    return again(request, row)


@router.post("/{uuid:pk}/renew", response={200: RenewalOut, **PROBLEMS})
@writes("longstay.edit")
def renew(request: Asked, pk: UUID, data: RenewalIn) -> Any:
    """Put a renewal up for approval."""
    row = actions.ask_renewal(stay_of(request, pk), until_on=data.until_on, rent=data.rent, **step_of(request))
    return {"id": str(row.pk), "from_on": day(row.from_on), "until_on": day(row.until_on), "rent": str(row.rent)}


@router.post("/{uuid:pk}/leave", response={200: LongStayOut, **PROBLEMS})
@writes("longstay.edit")
def leave(request: Asked, pk: UUID, data: LeaveIn) -> Any:
    """The guest moves out."""
    return again(request, actions.leave(stay_of(request, pk), **data.dict(), **step_of(request)))


@router.post("/{uuid:pk}/orders", response={201: GuestOrderOut, **PROBLEMS})
@writes("longstay.edit", 201)
def place_order(request: Asked, pk: UUID, data: GuestOrderIn) -> Any:
    """Order flowers or fruit for the room."""
    return order_out(actions.place_order(stay_of(request, pk), **data.dict(), **step_of(request)))


@router.post("/{uuid:pk}/birthday", response={200: list[GuestOrderOut], **PROBLEMS})
@writes("longstay.edit")
def birthday(request: Asked, pk: UUID) -> Any:
    """Flowers and fruit for the next birthday."""
    return [order_out(row) for row in actions.order_birthday(stay_of(request, pk), **step_of(request))]
