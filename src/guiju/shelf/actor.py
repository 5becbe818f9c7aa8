"""Who does something: a person in his posts, or the clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from guiju.shelf.errors import Missing, NotAllowed


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or the clock) acting in one hotel, with the posts held at this moment.

    `permissions` is what those posts may do (house.rights); `via` says through which door he came.
    """

    hotel_id: UUID
    person_id: UUID | None
    name: str
    posts: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()
    via: str = "page"  # page | api | cli | worker | tablet
    address: str = ""
    device: str = ""
    everything: bool = field(default=False)  # the clock and the installer
    away: frozenset[UUID] = frozenset()  # the people he acted for at the moment he came in

    def may(self, permission: str) -> bool:
        """Whether these posts carry the permission."""
        return self.everything or permission in self.permissions

    def require(self, permission: str, *, hotel_id: UUID | None = None) -> None:
        """Raise NotAllowed without the permission, Missing for another hotel's things."""
        if hotel_id is not None and hotel_id != self.hotel_id:
            raise Missing("not found")
        if not self.may(permission):
            raise NotAllowed(permission, permission=permission)


def the_clock(hotel_id: UUID, *, via: str = "worker") -> Actor:
    """The actor of things that happen by themselves at their time."""
    return Actor(hotel_id=hotel_id, person_id=None, name="", via=via, everything=True)
