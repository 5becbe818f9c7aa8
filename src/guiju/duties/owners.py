"""Who owes a duty: the clause says a post, a department or a role; here it becomes a person, post or department."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from guiju.duties.models import Duty
from guiju.house import roster
from guiju.house.facts import DEPARTMENTS, POSTS, ROLES
from guiju.house.models import Appointment, Person
from guiju.rulebook import DerivedDuty

# Roles that are a person the subject's facts name, and the post that answers when none is named yet.
PERSON_ROLES = {"handler": "", "liaison": "", "issuer": "", "seller": "", "reader": ""}


class Finder:
    """Finds owners for the duties of one reconciliation, asking the roster once per moment."""

    def __init__(self, hotel_id: UUID) -> None:
        self.hotel_id = hotel_id
        self._duty: dict[tuple[str, datetime], UUID | None] = {}
        self._departments: dict[UUID | None, str] = {}

    def _on_duty(self, department: str, at: datetime) -> UUID | None:
        key = (department, at)
        if key not in self._duty:
            person: Person | None = roster.duty_person(self.hotel_id, department, at)
            self._duty[key] = person.pk if person else None
        return self._duty[key]

    def resolve(self, duty: DerivedDuty) -> tuple[str, str, UUID | None]:
        """(post, department, person) that owe this duty; everybody of sales when nobody is named."""
        word, named = duty.owner, duty.owner_id
        if word in POSTS:
            return word, POSTS[word][0], None
        if word in DEPARTMENTS:
            return "", word, None
        if word not in ROLES:
            return "", "sales", None
        if word in ("receiver", "department"):
            return "", named or "sales", None
        if word == "department_head":
            return head_post(named or "sales"), named or "sales", None
        person = _uuid(named)
        if word == "reader":
            return "", self._department_of(person), person
        if person is None and word in ("handler", "duty_seller", "liaison"):
            person = self._on_duty("sales", duty.opens_at)
        return "", "sales", person

    def _department_of(self, person: UUID | None) -> str:
        """The department whose hours and figures count for a person: that of his first post."""
        if person not in self._departments:
            rows = Appointment.objects.of(self.hotel_id).filter(person_id=person, post__in=POSTS).order_by("until_at", "post")
            posts = sorted(rows.values_list("until_at", "post"), key=lambda row: (row[0] is not None, row[1]))
            self._departments[person] = POSTS[posts[0][1]][0] if posts else "sales"
        return self._departments[person]

    def differs(self, row: Duty, duty: DerivedDuty) -> bool:
        """Whether the owner derived now is another than the stored one."""
        return (row.owner_post, row.owner_department, row.owner_person_id) != self.resolve(duty) or row.owner != duty.owner

    def put(self, row: Duty, duty: DerivedDuty) -> None:
        """Write the owner into the row."""
        row.owner = duty.owner
        row.owner_post, row.owner_department, row.owner_person_id = self.resolve(duty)


def head_post(department: str) -> str:
    """The post that heads a department."""
    heads = {"sales": "sales_manager", "pr": "pr_manager", "gm_office": "gm"}
    return heads.get(department) or f"{department}_head"


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
