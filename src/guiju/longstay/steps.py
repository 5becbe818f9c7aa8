"""The steps that stand on the page of a contract: what each asks, which verb it calls, where and for whom it is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from guiju.longstay import actions, forms
from guiju.longstay.models import FinanceCase, LongStay
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Refusal

State = LongStay.State
Got = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its form, its verb, the right that offers it, the states in which it makes sense."""

    form: type[forms.StepForm]
    run: Callable[[LongStay, Got, Got], Any]
    permission: str
    states: tuple[str, ...]


def _case(stay: LongStay) -> FinanceCase:
    found = stay.finance_cases.filter(outcome_at__isnull=True).order_by("-asked_at").first()
    if found is None:
        raise Refusal(_("Finance was not asked."), code="no_case")
    return found  # type: ignore[no-any-return]  # a related manager


MAKING, HERE, ACCOUNT = (State.DRAFT, State.ASKED), (State.IN_FORCE,), (State.ASKED, State.IN_FORCE, State.LEFT)
EDIT = "longstay.edit"
STEPS: dict[str, Step] = {
    "agree": Step(forms.NothingForm, lambda s, g, k: actions.agree_rent(s, **k), EDIT, MAKING),
    "credit": Step(forms.CreditForm, lambda s, g, k: actions.check_credit(s, **g, **k), "longstay.credit", MAKING),
    "terms": Step(forms.TermsForm, lambda s, g, k: actions.acknowledge_terms(s, **g, **k), EDIT, (*MAKING, *HERE)),
    "ask": Step(forms.NothingForm, lambda s, g, k: actions.ask_approval(s, **k), EDIT, MAKING),
    "back": Step(forms.ReasonForm, lambda s, g, k: actions.take_back(s, **g, **k), EDIT, (State.ASKED,)),
    "drop": Step(forms.ReasonForm, lambda s, g, k: actions.drop(s, **g, **k), EDIT, (State.DRAFT,)),
    "card": Step(forms.NothingForm, lambda s, g, k: actions.print_card(s, **k), EDIT, HERE),
    "order": Step(forms.OrderForm, lambda s, g, k: actions.place_order(s, **g, **k), EDIT, HERE),
    "birthday": Step(forms.NothingForm, lambda s, g, k: actions.order_birthday(s, **k), EDIT, HERE),
    "talked": Step(forms.TalkedForm, lambda s, g, k: actions.talk_renewal(s, **{**g, "goes_on": g["goes_on"] == "yes"}, **k), EDIT, HERE),
    "renew": Step(forms.RenewForm, lambda s, g, k: actions.ask_renewal(s, **g, **k), EDIT, HERE),
    "leave": Step(forms.LeaveForm, lambda s, g, k: actions.leave(s, **{**g, "deposit_back": g["deposit_back"] or Decimal(0)}, **k), EDIT, HERE),
    "pay": Step(forms.PayForm, lambda s, g, k: actions.pay(s, **g, **k), "longstay.rent", ACCOUNT),
    "charge": Step(forms.ChargeForm, lambda s, g, k: actions.add_charge(s, **g, **k), "longstay.rent", ACCOUNT),
    "late": Step(forms.NothingForm, lambda s, g, k: actions.flag_late(s, **k), "longstay.late", HERE),
    "spoke": Step(forms.SpokeForm, lambda s, g, k: actions.speak(s, **g, **k), "longstay.late", ACCOUNT),
    "ask-finance": Step(forms.NothingForm, lambda s, g, k: actions.ask_finance(s, **k), "longstay.late", ACCOUNT),
    "take": Step(forms.NothingForm, lambda s, g, k: actions.take_case(_case(s), **k), "longstay.take", ACCOUNT),
    "outcome": Step(forms.OutcomeForm, lambda s, g, k: actions.note_outcome(_case(s), **g, **k), "longstay.take", ACCOUNT),
}
OVERVIEW = ("agree", "credit", "terms", "ask", "back", "drop", "card", "order", "birthday", "talked", "renew", "leave")
RENT = ("pay", "charge", "late", "spoke", "ask-finance")


def forms_for(stay: LongStay, actor: Actor, now: datetime, names: Iterable[str], wrong: Any) -> dict[str, Any]:
    """The forms this person may use on this contract now; the one that was refused keeps what was typed."""
    found: dict[str, Any] = {}
    for name in names:
        step = STEPS[name]
        if actor.may(step.permission) and stay.state in step.states:
            found[name.replace("-", "_")] = step.form(what=name, stay=stay, now=now)
    if wrong is not None and wrong[0] in names:
        found[wrong[0].replace("-", "_")] = wrong[1]
    return found


def case_form(cases: list[FinanceCase], stay: LongStay, now: datetime, wrong: Any) -> Any:
    """The form for the outcome of the case that finance has taken."""
    if wrong is not None and wrong[0] == "outcome":
        return wrong[1]
    if any(case.taken_at and not case.outcome_at for case in cases):
        return forms.OutcomeForm(what="outcome", stay=stay, now=now)
    return None
