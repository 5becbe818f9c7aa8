"""An option whose time has come gives its hall back by itself, and whoever held it is told."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_noop

from guiju.function_space.actions.taking import OPTION, let_go, on_lapse, subjects_of
from guiju.function_space.models import Function
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note, writing
from guiju.notices.actions import tell
from guiju.shelf.actor import Actor, the_clock

MSG = gettext_noop("Option lapsed: %(hall)s is free again, it was held for %(label)s")
BRIEF = gettext_noop("An option lapsed: %(hall)s is free again")


@verb("function_space.lapse")
def lapse(function: Function, *, late: bool = False, by: Actor, now: datetime) -> bool:
    """The option's time has come: the hall is free again. True when it lapsed now.

    The fact stands at the option's own moment, whenever the clock got round to it. Never before its time, never once
    definite; a second run changes nothing. Implements event.function-space.
    """
    until_at = function.option_until_at
    if not let_go(function, Function.State.LAPSED, "", now=now, state=OPTION, option_until_at__lte=now):
        return False
    note("function.lapsed", *subjects_of(function), at=until_at, late=late)
    tell(
        function.hotel_id, text=MSG, brief=BRIEF, key=f"function_lapse:{function.pk}", now=now, person_id=function.handler_id,
        department="" if function.handler_id else "sales", url=f"/functions/{function.pk}/", urgency="soon",
        values={"hall": function.hall.name, "label": function.label}, about=function.subject,
    )
    for hook in on_lapse:
        hook(function, by, now)
    return True


def lapse_effect(subject: tuple[str, str], *, hotel_id: object, late: bool, now: datetime) -> None:
    """The clock's "function.lapse" (registered in shelf.registry): lapses this option if it is time."""
    function = Function.objects.of(hotel_id).filter(pk=subject[1]).select_related("hall").first()  # type: ignore[arg-type]
    if function is not None:
        clock = the_clock(function.hotel_id)
        with writing(function.hotel_id, by=clock, now=now):
            lapse(function, late=late, by=clock, now=now)
