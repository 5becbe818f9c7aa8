"""Why a message of a program was not taken, in the language it asks for: reading says it in English, with its own words in it."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

# What reading says (a pattern where words of the message stand in it) -> how it is said to the sender.
REASONS: tuple[tuple[str, str], ...] = (
    (r"not an OpenTravel message", N_("not an OpenTravel message")),
    (
        r"(?P<message>\S+) is not taken here: only reservations, requests, modifications and cancellations",
        N_("%(message)s is not taken here: only reservations, requests, modifications and cancellations"),
    ),
    (r"the EchoData is missing", N_("the EchoData is missing")),
    (r"(?P<part>\S+) does not belong in (?P<message>\S+)", N_("%(part)s does not belong in %(message)s")),
    (r"the ReadRequests are missing", N_("the ReadRequests are missing")),
    (r"the sender reports an error: (?P<told>.*)", N_("the sender reports an error: %(told)s")),
    (r"a HotelReservation is missing", N_("a HotelReservation is missing")),
    (r"the UniqueID of a HotelReservation is missing", N_("the UniqueID of a HotelReservation is missing")),
    (r"the UniqueID is missing", N_("the UniqueID is missing")),
    (r"a RoomStay is missing", N_("a RoomStay is missing")),
    (r"the encoding (?P<name>.+) is not read here", N_("the encoding %(name)s is not read here")),
    (r"the characters do not fit the encoding \((?P<name>.+)\)", N_("the characters do not fit the encoding (%(name)s)")),
    (r"the elements stand too deep in each other", N_("the elements stand too deep in each other")),
    (r"too many elements for one message", N_("too many elements for one message")),
    (r"an XML message of up to (?P<mb>\d+) MB is taken", N_("an XML message of up to %(mb)s MB is taken")),
    (r"not well-formed, or not allowed XML: (?P<kind>\S+)", N_("not well-formed, or not allowed XML: %(kind)s")),
)


def reason(said: str) -> str:
    """The same reason in the language of this request; as it stands where nobody has said it otherwise."""
    for pattern, text in REASONS:
        found = re.fullmatch(pattern, said, re.S)
        if found:
            return _(text) % found.groupdict() if found.groupdict() else _(text)
    return _(said) if said else said
