"""The read side: my absences, those I answer for, shifts to cover and who could."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from fregat.lib import clock
from fregat.lib.errors import NotFound
from fregat.lib.models import StoredFile
from fregat.lib.rights import may
from shifts.absence import permissions, rules
from shifts.absence.models import Absence, AbsenceKind, Cover
from shifts.absence.querysets import AbsenceQuerySet, people_within
from shifts.absence.statuses import State
from shifts.roster.models import Shift
from shifts.roster.permissions import may_lead
from shifts.roster.querysets import ShiftQuerySet
from staff.employees.models import Employee, ProjectAssignment

SHOWN = 100
"""The most absences a list shows."""
OFFERED = 12
"""The most colleagues offered for one shift."""
NEAR = timedelta(days=4)
"""Shifts this near count for the rest."""
PAST = timedelta(days=60)
"""So far back the list of others goes."""


@dataclass(frozen=True)
class Offer:
    """A colleague who could take a shift over."""

    employee: Employee
    rest: timedelta | None
    """The shorter of the rests before and after; None when there is no shift near."""

    @property
    def hours(self) -> int | None:
        """The same in whole hours."""
        return None if self.rest is None else int(self.rest.total_seconds() // 3600)


@dataclass(frozen=True)
class ToCover:
    """A shift that nobody works yet, and who could."""

    shift: Shift
    offers: list[Offer]


@dataclass(frozen=True)
class Page:
    """`/absences/`."""

    mine: list[Absence]
    others: list[Absence]
    """Of those one answers for: what waits first, then the latest."""
    answers: bool


@dataclass(frozen=True)
class OnePage:
    """`/absences/12/`."""

    row: Absence
    to_cover: list[ToCover] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    mine: bool = False
    may_decide: bool = False
    may_cover: bool = False
    may_open: bool = False
    may_judge: bool = False


def kinds() -> list[AbsenceKind]:
    """In their order. One statement."""
    return list(AbsenceKind.objects.all())


def get_absence(user: Employee, pk: int, *, now: datetime) -> Absence:
    """The gate to one absence. Raises NotFound for one that may not be seen."""
    found = visible(user, now).filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def visible(user: Employee, now: datetime) -> AbsenceQuerySet:
    """Absences that the person may see, with what is said of each."""
    return _whole(Absence.objects.visible_to(user, now))


def page(user: Employee, *, now: datetime) -> Page:
    """My absences and those of the people I answer for. At most four statements."""
    mine = _whole(Absence.objects.filter(employee=user)).order_by("-since", "-pk")[:SHOWN]
    answers = may(user.role, "absence.decide")
    if not answers:
        return Page(list(mine), [], answers)
    recent = clock.local(now - PAST).date()
    others = visible(user, now).exclude(employee=user).concerning(recent)
    rows = sorted(
        others.order_by("-since", "-pk")[:SHOWN],
        key=lambda row: not (row.is_asked or waits_for_judgement(row)),
    )
    return Page(list(mine), rows, answers)


def to_decide(user: Employee, now: datetime) -> list[Absence]:
    """Absences that wait for this person's agreement, the first to begin first. One statement, and the scope's."""
    rows = Absence.objects.waiting_for(user, now)
    return list(rows.select_related("employee").order_by("since", "pk")[:SHOWN])


def waits_for_judgement(row: Absence) -> bool:
    """A missing certificate about which nothing is decided yet."""
    missing = getattr(row, "missing", None)
    return missing is not None and not missing.decision


def one(user: Employee, pk: int, *, now: datetime) -> OnePage:
    """An absence with its certificate, the shifts to cover and who could. At most sixteen statements, however many."""
    row = get_absence(user, pk, now=now)
    mine = row.employee_id == user.pk
    may_cover = permissions.can_cover(user, row, now) and not mine
    return OnePage(
        row=row,
        to_cover=offers(row, now) if may_cover else [],
        covers=covers(row),
        mine=mine,
        may_decide=row.is_asked and permissions.can_decide(user, row.employee, now),
        may_cover=may_cover,
        may_open=people_within(user, "absence.certificate", now).filter(pk=row.employee_id).exists(),
        may_judge=may(user.role, "absence.judge") and not mine and waits_for_judgement(row),
    )


def people_to_record(user: Employee, now: datetime) -> list[Employee]:
    """Whose absence the person may write in. One statement."""
    return list(people_within(user, "absence.decide", now).employed().exclude(pk=user.pk).by_name())


def shifts_to_cover(row: Absence, now: datetime) -> ShiftQuerySet:
    """Shifts of the employee in the days of the absence that have not ended."""
    if row.state != State.AGREED:
        return Shift.objects.none()
    start, end = rules.span(row.since, row.until, clock.KYIV.key)
    return Shift.objects.not_ended(now).overlapping(start, end).filter(employee=row.employee_id)


def offers(row: Absence, now: datetime) -> list[ToCover]:
    """The shifts to cover, each with those who are free then and qualified, the most rested first.

    Six statements, and one more for each shift that leads.
    """
    shifts = list(shifts_to_cover(row, now).select_related("employee").order_by("starts_at"))
    if not shifts:
        return []
    pool = _Pool(row, shifts)
    return [ToCover(shift, pool.offers(shift)[:OFFERED]) for shift in shifts]


def covers(row: Absence) -> list[Cover]:
    """Who works instead. One statement."""
    return list(row.covers.select_related("given_up", "taken_over__employee", "by").order_by("pk"))


def free_and_qualified(row: Absence, shift: Shift) -> set[int]:
    """Ids of those who could take this shift over."""
    return {one.employee.pk for one in _Pool(row, [shift]).offers(shift)}


class _Pool:
    """Colleagues of the same role, with their projects, shifts and absences, read once for all shifts."""

    def __init__(self, row: Absence, shifts: list[Shift]) -> None:
        self.row = row
        self.start, self.end = shifts[0].starts_at, max(one.ends_at for one in shifts)
        self.people = {
            one.pk: one
            for one in Employee.objects.employed()
            .filter(role=row.employee.role)
            .exclude(pk=row.employee_id)
            .by_name()
        }
        self.projects: dict[int, set[str]] = defaultdict(set)
        of = [*self.people, row.employee_id]
        for person, code in ProjectAssignment.objects.filter(employee__in=of).values_list(
            "employee", "project"
        ):
            self.projects[person].add(code)
        near = Shift.objects.planned_over(self.start - NEAR, self.end + NEAR).filter(employee__in=self.people)
        self.shifts = _by_person(near.values_list("employee", "starts_at", "ends_at"))
        first, last = clock.local(self.start).date(), clock.local(self.end).date()
        away = Absence.objects.standing().filter(employee__in=self.people, since__lte=last, until__gte=first)
        self.away = _by_person(away.values_list("employee", "since", "until"))

    def offers(self, shift: Shift) -> list[Offer]:
        """Who could take this shift over, the most rested first."""
        able = [
            one
            for one in (self._colleague(pk, shift) for pk in self.people)
            if self._is_free(one.id, shift)
            and rules.qualified(one, self.projects[self.row.employee_id], self.row.employee.languages)
        ]
        ranked = rules.best_first(able, shift.starts_at, shift.ends_at)
        return [
            Offer(self.people[one.id], rules.rest(one, shift.starts_at, shift.ends_at))
            for one in ranked
            if not shift.leads or may_lead(self.people[one.id], shift.starts_at, shift.ends_at)
        ]

    def _is_free(self, pk: int, shift: Shift) -> bool:
        first, last = clock.local(shift.starts_at).date(), clock.local(shift.ends_at).date()
        works = any(start < shift.ends_at and shift.starts_at < end for start, end in self.shifts[pk])
        return not works and not any(since <= last and first <= until for since, until in self.away[pk])

    def _colleague(self, pk: int, shift: Shift) -> rules.Colleague:
        ends = [end for _start, end in self.shifts[pk] if end <= shift.starts_at]
        begins = [start for start, _end in self.shifts[pk] if start >= shift.ends_at]
        return rules.Colleague(
            pk, frozenset(self.projects[pk]), frozenset(self.people[pk].languages),
            max(ends, default=None), min(begins, default=None),
        )  # fmt: skip


def _by_person(rows: Iterable[tuple[int, Any, Any]]) -> dict[int, list[tuple[Any, Any]]]:
    found: dict[int, list[tuple[Any, Any]]] = defaultdict(list)
    for person, first, last in rows:
        found[person].append((first, last))
    return found


def _whole(rows: AbsenceQuerySet) -> AbsenceQuerySet:
    """With what a page says of an absence; the content of the file is left where it is."""
    return rows.select_related(
        "employee", "kind", "asked_by", "decided_by", "missing__decided_by", "certificate"
    ).defer("certificate__content")


def certificate_of(row: Absence) -> StoredFile:
    """The file itself. Raises NotFound when none was brought."""
    if row.certificate_id is None:
        raise NotFound()
    return StoredFile.objects.get(pk=row.certificate_id)
