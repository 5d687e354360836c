"""What would become of people's rosters if shifts went to others: asked of all their shifts at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from fregat.lib import clock
from shifts.roster import rules
from shifts.roster.models import RosterRule, Shift
from staff.employees.models import Employee


@dataclass(frozen=True)
class Change:
    """Shifts that one person gives up, and those that they get, at once."""

    employee_id: int
    gives: Sequence[Shift] = ()
    gets: Sequence[Shift] = ()


def changes_of(pairs: Sequence[tuple[Shift, Employee]]) -> list[tuple[Employee, Change]]:
    """What each person gives and gets when these shifts go to these people."""
    people = {person.pk: person for shift, to in pairs for person in (shift.employee, to)}
    return [
        (
            person,
            Change(
                pk,
                gives=[shift for shift, _to in pairs if shift.employee_id == pk],
                gets=[shift for shift, to in pairs if to.pk == pk],
            ),
        )
        for pk, person in sorted(people.items())
    ]


class Rosters:
    """The planned shifts of people, drafts among them, and the rules that hold, read once: two statements."""

    def __init__(self, people: Collection[int], around: Sequence[Shift]) -> None:
        """`around`: every shift that some `Change` may name."""
        since, until = _reach(around)
        self._of: dict[int, list[Shift]] = {pk: [] for pk in people}
        for row in Shift.objects.planned_over(since, until).filter(employee__in=people).order_by("starts_at"):
            self._of[row.employee_id].append(row)
        self._timeline = RosterRule.objects.terms_until(clock.local(until).date())

    def of(self, employee_id: int) -> list[Shift]:
        """The planned shifts of one of them, by time."""
        return self._of[employee_id]

    def in_the_way(self, change: Change) -> Shift | None:
        """The first shift that lies over one of those the person would get."""
        for row in self._left(change):
            if any(row.starts_at < one.ends_at and one.starts_at < row.ends_at for one in change.gets):
                return row
        return None

    def broken(self, change: Change) -> list[rules.Broken]:
        """What the whole change breaks of the rules of working time that was kept before."""
        since, until = _reach([*change.gives, *change.gets])
        left = [row for row in self._left(change) if row.starts_at < until and since < row.ends_at]
        return rules.worse(self._faults([*left, *change.gives]), self._faults([*left, *change.gets]))

    def _left(self, change: Change) -> list[Shift]:
        gone = {row.pk for row in change.gives}
        return [row for row in self._of[change.employee_id] if row.pk not in gone]

    def _faults(self, rows: Sequence[Shift]) -> list[rules.Broken]:
        spans = [rules.Span(row.starts_at, row.ends_at, row.kind) for row in rows]
        return rules.broken_through(sorted(spans, key=lambda one: one.starts_at), self._timeline)


def _reach(rows: Sequence[Shift]) -> tuple[datetime, datetime]:
    return rules.surroundings(min(row.starts_at for row in rows), max(row.ends_at for row in rows))
