"""Whom a shift may be given to, for what it may be exchanged, and what speaks against it, in words (B3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from fregat.lib import clock
from shifts.absence.models import Absence
from shifts.absence.rules import Colleague, best_first, qualified, rest
from shifts.attendance.selectors import window
from shifts.exchange.labels import FAULTS
from shifts.exchange.rules import NEAR, fault_of_shift
from shifts.roster import labels as roster
from shifts.roster.models import Shift
from shifts.roster.permissions import may_lead
from shifts.roster.selectors import Rosters, changes_of
from staff.employees.models import Employee, ProjectAssignment

OFFERED = 20
"""The most colleagues, and the most of a colleague's shifts, that are offered."""


@dataclass(frozen=True)
class Offer:
    """A colleague who could take the shift."""

    employee: Employee
    hours: int | None
    """Of rest before and after, the shorter; None when there is no shift near."""
    against: list[str]


@dataclass(frozen=True)
class Swap:
    """A shift of the colleague that could be had for it."""

    shift: Shift
    against: list[str]


@dataclass(frozen=True)
class Asking:
    """`/exchanges/ask/12/`: who could take the shift, and what the chosen colleague could give for it."""

    shift: Shift
    fault: str = ""
    """Why it can go to nobody."""
    offers: list[Offer] = field(default_factory=list)
    chosen: Employee | None = None
    swaps: list[Swap] = field(default_factory=list)


class Pool:
    """Colleagues of the giver's role with their projects, absences and rosters, read once: five statements."""

    def __init__(self, shift: Shift, others: Collection[Shift] = (), only: Employee | None = None) -> None:
        self.shift, self.giver = shift, shift.employee
        people = Employee.objects.employed().filter(role=self.giver.role).exclude(pk=self.giver.pk)
        if only is not None:
            people = people.filter(pk=only.pk)
        self.people: dict[int, Employee] = {one.pk: one for one in people.by_name()}
        everybody = [*self.people, self.giver.pk]
        around = [shift, *others]
        self.projects: dict[int, set[str]] = defaultdict(set)
        rows = ProjectAssignment.objects.filter(employee__in=everybody)
        for pk, code in rows.values_list("employee", "project"):
            self.projects[pk].add(code)
        first = clock.local(min(one.starts_at for one in around)).date()
        last = clock.local(max(one.ends_at for one in around)).date()
        self.away: dict[int, list[tuple[date, date]]] = defaultdict(list)
        gone = Absence.objects.standing().filter(employee__in=everybody, since__lte=last, until__gte=first)
        for pk, since, until in gone.values_list("employee", "since", "until"):
            self.away[pk].append((since, until))
        self.rosters = Rosters(everybody, around)

    def obstacle(self, colleague: Employee, wanted: Shift | None = None) -> str | None:
        """Why this cannot be at all, whatever anybody says: a sentence. Rules of working time are not asked."""
        if colleague.pk not in self.people:
            return FAULTS["other_role"] % {"name": colleague.full_name}
        pairs = [(self.shift, colleague), *([(wanted, self.giver)] if wanted else [])]
        for shift, to in pairs:
            if said := self._obstacle(shift, to):
                return said % {"name": to.full_name}
        for person, change in changes_of(pairs):
            other = self.rosters.in_the_way(change)
            if other is not None:
                span = roster.span(other.starts_at, other.ends_at)
                return str(FAULTS["busy"] % {"name": person.full_name, "span": span})
        return None

    def against(self, colleague: Employee, wanted: Shift | None = None) -> list[str]:
        """The rules of working time that it breaks, both changes applied at once: a sentence for each."""
        pairs = [(self.shift, colleague), *([(wanted, self.giver)] if wanted else [])]
        return [
            roster.broken_of(person.full_name, fault)
            for person, change in changes_of(pairs)
            for fault in self.rosters.broken(change)
        ]

    def offers(self) -> list[Offer]:
        """Who could take the shift, the most rested first; the rules are asked of those who are shown."""
        free = [one for one in self.people.values() if self.obstacle(one) is None]
        begins, ends = self.shift.starts_at, self.shift.ends_at
        ranked = best_first([self._colleague(one) for one in free], begins, ends)[:OFFERED]
        found = []
        for one in ranked:
            gap, person = rest(one, begins, ends), self.people[one.id]
            hours = None if gap is None else int(gap.total_seconds() // 3600)
            found.append(Offer(person, hours, self.against(person)))
        return sorted(found, key=lambda offer: bool(offer.against))

    def _obstacle(self, shift: Shift, to: Employee) -> str | None:
        owner = self.giver if shift is self.shift else self.people[shift.employee_id]
        if not qualified(self._colleague(to), self.projects[owner.pk], owner.languages):
            return str(FAULTS["unqualified"])
        first, last = clock.local(shift.starts_at).date(), clock.local(shift.ends_at).date()
        if any(since <= last and first <= until for since, until in self.away[to.pk]):
            return str(FAULTS["away"])
        if shift.leads and not may_lead(to, shift.starts_at, shift.ends_at):
            return str(FAULTS["may_not_lead"])
        return None

    def _colleague(self, person: Employee) -> Colleague:
        mine = self.rosters.of(person.pk)
        return Colleague(
            person.pk, frozenset(self.projects[person.pk]), frozenset(person.languages),
            max((row.ends_at for row in mine if row.ends_at <= self.shift.starts_at), default=None),
            min((row.starts_at for row in mine if row.starts_at >= self.shift.ends_at), default=None),
        )  # fmt: skip


def asking(shift: Shift, colleague: Employee | None, *, now: datetime) -> Asking:
    """Who could take a shift, and for what. At most twelve statements."""
    code = fault_of(shift, now)
    if code:
        return Asking(shift, str(FAULTS[code]), chosen=colleague)
    theirs = swaps(shift, colleague, now) if colleague is not None else []
    return Asking(shift, offers=offers(shift), chosen=colleague, swaps=theirs)


def fault_of(shift: Shift, now: datetime) -> str | None:
    """Why this shift can go to nobody: a code of `labels.FAULTS`."""
    return fault_of_shift(
        cancelled=shift.is_cancelled, draft=shift.is_draft, starts_at=shift.starts_at, now=now,
        minutes=round(window().total_seconds() / 60),
    )  # fmt: skip


def offers(shift: Shift) -> list[Offer]:
    """Who could take this shift. Five statements, and one for each colleague when it leads."""
    return Pool(shift).offers()


def swaps(shift: Shift, colleague: Employee, now: datetime) -> list[Swap]:
    """The colleague's published shifts near it that the giver could work instead, those nearest first."""
    begins = shift.starts_at
    rows = Shift.objects.standing().filter(
        employee=colleague, starts_at__gt=max(now + window(), begins - NEAR), starts_at__lt=begins + NEAR
    )
    theirs = list(rows.select_related("employee").order_by("starts_at"))
    pool = Pool(shift, theirs, only=colleague)
    possible = [one for one in theirs if pool.obstacle(colleague, one) is None]
    nearest = sorted(possible, key=lambda one: abs(one.starts_at - begins))[:OFFERED]
    return [Swap(one, pool.against(colleague, one)) for one in sorted(nearest, key=lambda one: one.starts_at)]
