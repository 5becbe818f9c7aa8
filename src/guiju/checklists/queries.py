"""Reading checklists: the items of one thing, and what a department has to do today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.checklists.models import Tick
from guiju.checklists.words import KEEPERS, bare, name_of
from guiju.duties import editions
from guiju.duties.models import Duty
from guiju.duties.queries import owed_by, with_status
from guiju.house.delegates import acting_for
from guiju.papers.queries import department_name
from guiju.rulebook import Rule, status
from guiju.shelf import registry, wording
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Missing

Subject = tuple[str, str]
UNDO = timedelta(minutes=5)  # so long a tick is withdrawn without a reason
WHOLE = frozenset({"sales", "pr", "gm_office"})  # they lead: they see the items of all departments


@dataclass(slots=True)
class Item:
    """One item as a list shows it."""

    duty: Duty
    item: str
    name: str
    proof: str
    department: str
    tick: Tick | None = None
    mine: bool = False  # my department's, or mine by name
    keeper: bool = False  # I keep the plan: I may tick it for them, with a reason
    title: str = ""
    url: str = ""
    part: Rule | None = None

    @property
    def may_tick(self) -> bool:
        """Whether I may say it is done."""
        return (self.mine or self.keeper) and self.tick is None and self.stands

    @property
    def stands(self) -> bool:
        """Whether it is still wanted."""
        return self.duty.ended_at is None and self.duty.waived_at is None and self.duty.met_at is None

    @property
    def beside(self) -> str:
        """How it lies to its anchor: "30 min before", "30 min after"; empty where a clock time says it all."""
        due = self.part.due if self.part else None
        if due is None:
            return ""
        if due.form == "within" and due.within is not None and due.within.seconds:
            return _("within {time}").format(time=wording.span(timedelta(seconds=due.within.seconds)))
        length = due.offset.length
        if due.form != "anchor" or not length.seconds or length.days or length.months:
            return ""
        words = _("{time} before") if due.offset.back else _("{time} after")
        return words.format(time=wording.span(timedelta(seconds=length.seconds)))

    def undo_free(self, now: datetime) -> bool:
        """Whether it may still be withdrawn without a reason."""
        return self.tick is not None and now <= self.tick.done_at + UNDO


@dataclass(slots=True)
class Group:
    """Items due at the same moment."""

    due_at: datetime
    items: list[Item] = field(default_factory=list)
    passed: bool = False

    @property
    def left(self) -> int:
        """How many are still to be done."""
        return sum(1 for one in self.items if one.stands)


def rule_of(duty: Duty) -> Rule | None:
    """The item of a clause as the edition of its duty writes it; None when that edition cannot be read any more."""
    for edition in editions.editions_of(duty.hotel_id):
        if edition.id == str(duty.edition_id):
            clause = edition.standard.clauses.get(duty.clause)
            for rule in clause.rules if clause else ():
                if rule.name == duty.rule and rule.kind == "checklist":
                    wanted = bare(duty.occurrence).partition(":")[0]
                    return next((part for part in rule.parts if part.element == wanted), rule)
    return None


def is_item(duty: Duty) -> bool:
    """Whether a duty is an item of a checklist."""
    return rule_of(duty) is not None


def is_mine(actor: Actor, duty: Duty, people: Iterable[UUID] = ()) -> bool:
    """Whether the item is this person's: by name, by post, or his department's."""
    if duty.owner_person_id is not None:
        return duty.owner_person_id == actor.person_id or duty.owner_person_id in people
    if duty.owner_post and duty.owner_post in actor.posts:
        return True
    return duty.owner_department in actor.departments and (not duty.owner_post or _leads(actor, duty.owner_department))


def _leads(actor: Actor, department: str) -> bool:
    """The head of a department may tick what one post of it owes."""
    heads = {f"{department}_head", {"sales": "sales_manager", "pr": "pr_manager", "gm_office": "gm"}.get(department, "")}
    return bool(heads & actor.posts) or (department == "gm_office" and bool({"gm_office", "duty_manager"} & actor.posts))


def sees(actor: Actor, duty: Duty) -> bool:
    """Whether this person may know of the item: those who lead see all, a department its own, hidden ones only the named posts."""
    if duty.visible_to and not actor.posts.intersection(duty.visible_to):
        return False
    if actor.everything or WHOLE & actor.departments:
        return True
    return duty.owner_department in actor.departments or (actor.person_id is not None and duty.owner_person_id == actor.person_id)


def _items(actor: Actor, duties: Sequence[Duty], now: datetime) -> list[Item]:
    """Duties that are items, with their ticks and what this person may do: two queries, whatever their number."""
    parts = {duty.pk: rule_of(duty) for duty in duties}
    chosen = [duty for duty in duties if parts[duty.pk] is not None and sees(actor, duty)]
    ticks = _ticks(actor.hotel_id, {(duty.subject_kind, duty.subject_id) for duty in chosen})
    people = acting_for(actor.hotel_id, actor.person_id, now) if actor.person_id else set()
    whole = bool(WHOLE & actor.departments)  # whoever keeps a plan is of these
    kept = keepers(actor.hotel_id, {(duty.subject_kind, duty.subject_id) for duty in chosen}) if whole else {}
    found = []
    for duty in chosen:
        item = bare(duty.occurrence)
        part = parts[duty.pk]
        keeper = kept.get((duty.subject_kind, duty.subject_id))
        found.append(
            Item(
                duty, item, name_of(duty.clause, item), (part.proof if part else "") or "tick", department_name(duty.owner_department),
                ticks.get((duty.subject_kind, duty.subject_id, duty.clause, duty.rule, item)), is_mine(actor, duty, people),
                keeper is not None and (keeper == actor.person_id or keeper in people), part=part,
            )
        )
    return found


def keepers(hotel_id: UUID, subjects: Iterable[Subject]) -> dict[Subject, UUID | None]:
    """Who keeps each of these plans."""
    by_kind: dict[str, list[str]] = {}
    for kind, pk in subjects:
        by_kind.setdefault(kind, []).append(pk)
    return {
        (kind, pk): person for kind, ids in by_kind.items() if kind in KEEPERS for pk, person in KEEPERS[kind](hotel_id, ids).items()
    }


def _ticks(hotel_id: UUID, subjects: set[Subject]) -> dict[tuple[str, str, str, str, str], Tick]:
    kinds, ids = {kind for kind, _pk in subjects}, {pk for _kind, pk in subjects}
    rows = Tick.objects.of(hotel_id).filter(subject_kind__in=kinds, subject_id__in=ids, undone_at__isnull=True) if subjects else []
    return {(row.subject_kind, row.subject_id, row.clause, row.rule, row.item): row for row in rows}


def items_of(actor: Actor, subjects: Iterable[Subject], now: datetime) -> list[Item]:
    """The items of these things that this person may see, by their time; what fell away only if it was done."""
    wanted = {(kind, str(pk)) for kind, pk in subjects}
    if not wanted:
        return []
    kinds, ids = {kind for kind, _pk in wanted}, {pk for _kind, pk in wanted}
    wants = Q(ended_at__isnull=True) | Q(met_at__isnull=False)
    rows = Duty.objects.of(actor.hotel_id).filter(wants, subject_kind__in=kinds, subject_id__in=ids)
    duties = with_status(rows, now).order_by("due_at", "owner_department", "id")
    return _items(actor, [duty for duty in duties if (duty.subject_kind, duty.subject_id) in wanted], now)


def grouped(items: Iterable[Item], now: datetime) -> list[Group]:
    """Items under the moment they are due, in order."""
    groups: list[Group] = []
    for one in sorted(items, key=lambda item: item.duty.due_at):
        if not groups or groups[-1].due_at != one.duty.due_at:
            groups.append(Group(one.duty.due_at, passed=one.duty.due_at < now))
        groups[-1].items.append(one)
    return groups


def of_today(actor: Actor, now: datetime) -> list[Item]:
    """What my departments have to do today, what is overdue, and what they did today."""
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    end = start + timedelta(days=1)
    whose = Q(owner_department__in=actor.departments) | owed_by(actor, now)
    open_ = Q(met_at__isnull=True, ended_at__isnull=True, waived_at__isnull=True, due_at__lt=end, due_at__gte=start - timedelta(days=7))
    done = Q(met_at__gte=start, met_at__lte=now)
    rows = Duty.objects.of(actor.hotel_id).filter(whose, open_ | done).filter(subject_kind__in=_kinds(actor.hotel_id))
    items = _items(actor, list(with_status(rows, now).order_by("due_at", "id")[:500]), now)
    titles = registry.titles(actor.hotel_id, {(one.duty.subject_kind, one.duty.subject_id) for one in items}, actor)
    for one in items:
        one.title, one.url = titles.get((one.duty.subject_kind, one.duty.subject_id), ("", ""))
    return items


def _kinds(hotel_id: UUID) -> set[str]:
    """The kinds of things that have checklists by the standard."""
    rules = [
        rule for edition in editions.editions_of(hotel_id) for clause in edition.standard.clauses.values() for rule in clause.rules
        if rule.kind == "checklist"
    ]
    return {rule.subject for rule in rules}



def item_of(actor: Actor, duty: Duty, now: datetime) -> Item:
    """One item as its page shows it. Raises Missing for whom may not know of it."""
    duty.status = status(duty, now).value  # type: ignore[attr-defined]  # as with_status annotates it
    found = _items(actor, [duty], now)
    if not found:
        raise Missing("no such item")
    return found[0]


def withdrawn(duty: Duty) -> list[Tick]:
    """Ticks of an item that were withdrawn, latest first."""
    rows = Tick.objects.of(duty.hotel_id).filter(
        subject_kind=duty.subject_kind, subject_id=duty.subject_id, clause=duty.clause, rule=duty.rule, item=bare(duty.occurrence),
        undone_at__isnull=False,
    )
    return list(rows.order_by("-undone_at")[:20])
