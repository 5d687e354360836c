"""The read side: lists, one assignment with its history, whom one may instruct, who is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, IntegerField, Prefetch, Q, QuerySet, Value, When

from fregat.lib.errors import NotFound
from fregat.lib.models import StoredFile
from fregat.lib.rights import may
from staff.employees import selectors as staff
from staff.employees.models import Employee
from staff.tasks import registry
from staff.tasks.models import Assignment, AssignmentEvent, Report
from staff.tasks.permissions import Reach
from staff.tasks.querysets import AssignmentQuerySet
from staff.tasks.rules import BOUND_BY_LEADER, INSTRUCTED_BY_NOBODY
from staff.tasks.statuses import CLOSED, OPEN, UNDONE, State

LINES = 50
"""Rows of one page of the list."""
SHOWN = 20
"""The most lines on the desk and on the board; the rest is one click away."""


# --- Whom one may instruct ---------------------------------------------------------------------------


@dataclass(frozen=True)
class People:
    """Those whom a person may instruct, in Ukrainian order: at work now, and the others."""

    on_shift: list[Employee]
    others: list[Employee]
    whole_shift: list[Employee]
    """Who gets an instruction to the whole shift."""

    def find(self, username: str) -> Employee | None:
        """One of them by sign-in name."""
        return next((one for one in [*self.on_shift, *self.others] if one.username == username), None)


def people(by: Employee, now: datetime) -> People:
    """Whom `by` may instruct now; at most seven queries."""
    reach = Reach(by, "instruction.give", now)
    rows = Employee.objects.employed().exclude(pk=by.pk).exclude(role__in=INSTRUCTED_BY_NOBODY)
    if not reach.everybody:
        rows = rows.filter(pk__in=reach.ids)
    present = registry.on_shift(now)
    listed = list(rows.order_by("name_key", "first_name", "pk")) if reach.any else []
    on_shift = [one for one in listed if one.pk in present]
    return People(
        on_shift,
        [one for one in listed if one.pk not in present],
        [one for one in on_shift if one.role in BOUND_BY_LEADER],
    )


def shift_of(by: Employee, now: datetime) -> list[Employee]:
    """Who gets what `by` orders to the whole shift: those at work whom they lead, or of their team."""
    return people(by, now).whole_shift


# --- Who is told -------------------------------------------------------------------------------------


def supervisors(assignment: Assignment, now: datetime) -> list[Employee]:
    """Who answers a report: the giver, whoever acts for them; when the giver is gone, the senior manager."""
    giver = assignment.instruction.given_by
    if giver.is_active and may(giver.role, "instruction.decide"):
        return _but(assignment.assignee, [giver, *staff.acting_for(giver, now)])
    return _but(assignment.assignee, _seniors(assignment.assignee, now))


def above(assignment: Assignment, now: datetime) -> list[Employee]:
    """To whom it rises when it is late: the senior manager of the person, and the giver (A8)."""
    return _but(assignment.assignee, [*_seniors(assignment.assignee, now), *supervisors(assignment, now)])


def _seniors(employee: Employee, now: datetime) -> list[Employee]:
    senior = staff.senior_of(employee, now)
    return [senior, *staff.acting_for(senior, now)] if senior else [staff.head()]


def _but(assignee: Employee, found: Iterable[Employee]) -> list[Employee]:
    """Each once, without the person themselves; the head when nobody is left."""
    others = {one.pk: one for one in found if one.pk != assignee.pk}
    return list(others.values()) or [one for one in [staff.head()] if one.pk != assignee.pk]


# --- Lists -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to. `view`: mine, given, team; `state`: open, late, reported, closed."""

    view: str = "mine"
    state: str = "open"
    person: str = ""


@dataclass(frozen=True)
class Place:
    """Where the next page begins: the sort key of the last row, and the moment of the first page."""

    at: datetime
    rank: int
    moment: datetime
    pk: int


def _rank(now: datetime) -> Case:
    """Late ones first, then what is to be done, then what waits to be accepted."""
    return Case(
        When(state__in=UNDONE, due_at__lte=now, then=Value(0)),
        When(state__in=UNDONE, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def _viewed(user: Employee, view: str, now: datetime) -> AssignmentQuerySet:
    """Mine: I have to do it. Given: I have given it. Team: everything else that I may see."""
    rows: AssignmentQuerySet = Assignment.objects.visible_to(user, now)
    if view == "given":
        return rows.filter(instruction__given_by=user)
    return rows if view == "team" else rows.filter(assignee=user)


def assignments(
    user: Employee, filters: Filters, *, now: datetime, after: Place | None = None
) -> list[Assignment]:
    """One page of the list and one row more when there are others; one statement besides the person's reach.

    Open ones: overdue first, then by due time. Closed ones: the last first.
    """
    now = after.at if after else now
    rows = _viewed(user, filters.view, now)
    if filters.person:
        rows = rows.filter(assignee__username=filters.person)
    rows = rows.select_related("instruction__given_by", "assignee")
    if filters.state == "closed":
        rows = rows.filter(state__in=CLOSED).order_by("-closed_at", "-pk")
        if after:
            rows = rows.filter(Q(closed_at__lt=after.moment) | Q(closed_at=after.moment, pk__lt=after.pk))
        return list(rows[: LINES + 1])
    rows = rows.late(now) if filters.state == "late" else rows.open()
    if filters.state == "reported":
        rows = rows.filter(state=State.REPORTED)
    ranked: Any = rows.annotate(rank=_rank(now))
    ranked = ranked.order_by("rank", "due_at", "pk")
    if after:
        later = Q(due_at__gt=after.moment) | Q(due_at=after.moment, pk__gt=after.pk)
        ranked = ranked.filter(Q(rank__gt=after.rank) | (Q(rank=after.rank) & later))
    return list(ranked[: LINES + 1])


def place_of(row: Assignment, now: datetime) -> Place:
    """The place after this row of a list read at `now`."""
    return Place(now, getattr(row, "rank", 0), row.closed_at or row.due_at, row.pk)


@dataclass(frozen=True)
class Counted:
    """How much is open in a view of the list, and how much of it is late."""

    open: int
    late: int


def counts(user: Employee, views: Iterable[str], now: datetime) -> dict[str, Counted]:
    """What the tabs of the list say; one statement for all views besides the person's reach."""
    open_now = Q(state__in=OPEN)
    late = Q(state__in=UNDONE, due_at__lte=now)
    of_view = {"mine": Q(assignee=user), "given": Q(instruction__given_by=user), "team": Q()}
    asked = {
        f"{view}_{name}": Count("pk", filter=of_view[view] & which)
        for view in views
        for name, which in (("open", open_now), ("late", late))
    }
    found = Assignment.objects.visible_to(user, now).aggregate(**asked)
    return {view: Counted(found[f"{view}_open"], found[f"{view}_late"]) for view in views}


def persons(user: Employee, view: str, now: datetime) -> list[Employee]:
    """Those to whom the open rows of a view belong, for its filter; one statement."""
    ids = _viewed(user, view, now).order_by().values("assignee")
    return list(Employee.objects.filter(pk__in=ids).order_by("name_key", "first_name", "pk"))


def to_do(user: Employee, now: datetime) -> list[Assignment]:
    """What waits for this person, the first due first: for the desk. One query."""
    rows = Assignment.objects.filter(assignee=user, state__in=UNDONE)
    return list(rows.select_related("instruction__given_by", "assignee").order_by("due_at", "pk")[:SHOWN])


def to_answer(user: Employee, now: datetime) -> list[Assignment]:
    """What is late with those whom the person leads, and the reports to accept: for the board."""
    if not may(user.role, "instruction.decide"):
        return []
    rows = Assignment.objects.visible_to(user, now).exclude(assignee=user)
    rows = rows.filter(Q(state=State.REPORTED) | Q(state__in=UNDONE, due_at__lte=now))
    ranked: Any = rows.select_related("instruction__given_by", "assignee").annotate(rank=_rank(now))
    return list(ranked.order_by("rank", "due_at", "pk")[:SHOWN])


# --- One assignment ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Story:
    """One assignment with everything that happened, and the others to whom the same was given."""

    row: Assignment
    reports: list[Report]
    events: list[AssignmentEvent]
    others: list[Assignment] = field(default_factory=list)

    @property
    def waiting(self) -> Report | None:
        """The report that waits for an answer."""
        return self.row.waiting_report

    @property
    def done(self) -> int:
        """How many of those to whom it was given are done with it, this one included."""
        return sum(one.state == State.ACCEPTED for one in [self.row, *self.others])

    @property
    def all(self) -> int:
        """To how many it was given, of those whom the person may see."""
        return 1 + len(self.others)


def get_assignment(user: Employee, pk: int, *, now: datetime) -> Assignment:
    """The one gate to an assignment. Raises NotFound for one that this person may not see."""
    rows = Assignment.objects.visible_to(user, now).select_related(
        "instruction__given_by", "assignee", "given_to"
    )
    found: Assignment | None = rows.prefetch_related(_reports()).filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def _reports() -> Prefetch[Any]:
    rows = Report.objects.select_related("by", "answered_by", "proof").defer("proof__content")
    return Prefetch("reports", rows.order_by("pk"))


def story(user: Employee, pk: int, *, now: datetime) -> Story:
    """One assignment with its history; four queries besides the person's reach. Raises NotFound."""
    row = get_assignment(user, pk, now=now)
    events = row.events.select_related("by").order_by("pk")
    others: QuerySet[Assignment] = Assignment.objects.none()
    if row.instruction.to_shift:
        others = Assignment.objects.visible_to(user, now).filter(instruction=row.instruction_id)
        others = others.exclude(pk=row.pk).select_related("assignee").order_by("assignee__name_key", "pk")
    return Story(row, list(row.reports.all()), list(events), list(others))


def get_report(user: Employee, pk: int, report_id: int, *, now: datetime) -> Report:
    """The one gate to a report, by its assignment. Raises NotFound."""
    row = get_assignment(user, pk, now=now)
    found = next((one for one in row.reports.all() if one.pk == report_id), None)
    if found is None:
        raise NotFound()
    return found


def proof(user: Employee, pk: int, report_id: int, *, now: datetime) -> StoredFile:
    """The file sent with a report, for who may see the assignment. Raises NotFound."""
    report = get_report(user, pk, report_id, now=now)
    if report.proof_id is None:
        raise NotFound()
    return StoredFile.objects.get(pk=report.proof_id)
