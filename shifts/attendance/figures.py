"""Who came when, late, left early, did not come (B1, B7): the list, the figures by person, what is systematic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Prefetch, Q, Sum
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from fregat.lib import clock
from fregat.lib.once import once
from shifts.attendance import labels, rules
from shifts.attendance.models import Attendance, EndChange, LatenessRule
from shifts.attendance.querysets import shifts_within, with_two_places
from shifts.roster.models import Shift
from shifts.roster.querysets import ShiftQuerySet
from shifts.roster.rules import day_span
from staff.employees.models import Employee

LINES = 200
"""The most shifts that the list shows; the period or the person narrows it."""
EXPORTED = 20_000
RECORD_LINES = 5
MINUTE = 60

_LATE = Q(attendance__late_seconds__gte=MINUTE)
_LEFT = Q(attendance__early_seconds__gte=MINUTE)
_SHOWN_OF_ONE = _LATE | _LEFT | Q(two_places_at__isnull=False)


@dataclass(frozen=True)
class Filters:
    """The list narrowed: days of Kyiv, a person (username), a key of `labels.KIND_LABELS`."""

    since: date
    until: date
    person: str = ""
    what: str = ""


@dataclass(frozen=True)
class Line:
    """One shift and what became of it."""

    shift: Shift
    attendance: Attendance | None
    changes: list[EndChange]
    """Agreed changes of its end, the first of them first."""
    running: bool
    two_places: str
    """When the account was first in use at two places at once in this shift, in words."""

    @property
    def late(self) -> str:
        """How late they came, in words; nothing for less than a minute."""
        seconds = self.attendance.late_seconds if self.attendance else 0
        return labels.late(seconds) if seconds >= MINUTE else ""

    @property
    def early(self) -> str:
        """How early they left without its being agreed, in words."""
        return labels.early(self.attendance.early_seconds) if self.attendance else ""

    @property
    def absent(self) -> bool:
        """It is over, and nobody came."""
        return self.attendance is None and not self.running

    @property
    def state(self) -> str:
        """All of it in words, for a table."""
        said = [self.late, self.early, _("did not come") if self.absent else ""]
        said += [self.change_words(row) for row in self.changes]
        said.append(self.two_places)
        return "; ".join(filter(None, said))

    @staticmethod
    def change_words(row: EndChange) -> str:
        """`agreed: until 15:00 instead of 20:00`."""
        words = {"new": f"{clock.local(row.ends_at):%H:%M}", "old": f"{clock.local(row.planned_end):%H:%M}"}
        return _("agreed: until %(new)s instead of %(old)s") % words


@dataclass(frozen=True)
class Figure:
    """One person's period."""

    employee: Employee
    shifts: int
    worked: timedelta
    late: int
    late_seconds: int
    early: int
    absent: int
    often: str

    @property
    def hours(self) -> str:
        """`36:30`."""
        return labels.duration(self.worked)

    @property
    def late_minutes(self) -> int:
        """Of all latenesses together."""
        return self.late_seconds // MINUTE


@dataclass(frozen=True)
class Page:
    """`/attendance/`."""

    lines: list[Line]
    more: bool
    figures: list[Figure]
    rule: rules.Lateness


def people(user: Employee, now: datetime) -> list[Employee]:
    """Whose working time the person may see. One statement."""
    shifts = shifts_within(user, "attendance.view", now)
    return list(Employee.objects.filter(pk__in=shifts.values("employee")).by_name())


def page(user: Employee, filters: Filters, *, now: datetime) -> Page:
    """The list and the figures; at most nine statements, however many people and shifts."""
    shifts = _narrowed(user, "attendance.view", filters, now)
    found = list(_lines(_only(shifts, filters.what, now)[: LINES + 1], now))
    return Page(found[:LINES], len(found) > LINES, _figures(shifts, now), rule_now())


def table(user: Employee, filters: Filters, *, now: datetime) -> tuple[list[str], list[Sequence[object]]]:
    """Headings and rows of the export: times as on the centre's clock, minutes as numbers."""
    headings = [
        _("Employee"), _("Planned from"), _("Planned until"), _("Came"), _("Left"), _("Minutes late"),
        _("Minutes left early"), _("Remarks"),
    ]  # fmt: skip
    shifts = _only(_narrowed(user, "attendance.export", filters, now), filters.what, now)
    return headings, [_row(line) for line in _lines(shifts[:EXPORTED], now)]


def _row(line: Line) -> Sequence[object]:
    came = line.attendance
    return [
        line.shift.employee.full_name, _said(line.shift.starts_at), _said(line.shift.ends_at),
        _said(came.begun_at if came else None), _said(came.ended_at if came else None),
        came.late_seconds // MINUTE if came else 0, came.early_seconds // MINUTE if came else 0, line.state,
    ]  # fmt: skip


def _said(at: datetime | None) -> str:
    return f"{clock.local(at):%d.%m.%Y %H:%M}" if at else ""


def _narrowed(user: Employee, action: str, filters: Filters, now: datetime) -> ShiftQuerySet:
    """Shifts of the period that have begun, within the right."""
    since, _until = day_span(filters.since, clock.KYIV.key)
    _since, until = day_span(filters.until, clock.KYIV.key)
    rows = shifts_within(user, action, now).standing()
    rows = rows.filter(starts_at__gte=since, starts_at__lt=until, starts_at__lte=now)
    return rows.filter(employee__username=filters.person) if filters.person else rows


def _only(rows: ShiftQuerySet, what: str, now: datetime) -> ShiftQuerySet:
    agreed = EndChange.objects.filter(state="agreed")
    kinds = {
        "late": _LATE,
        "early": _LEFT | Q(pk__in=agreed.filter(ends_at__lt=F("planned_end")).values("shift")),
        "absent": Q(attendance=None, ends_at__lte=now),
        "changed": Q(pk__in=agreed.values("shift")),
        "two_places": Q(two_places_at__isnull=False),
    }
    rows = with_two_places(rows)
    rows = rows.filter(kinds[what]) if what in kinds else rows
    return rows.order_by("-starts_at", "employee__name_key", "pk")


def _lines(rows: ShiftQuerySet, now: datetime) -> Iterator[Line]:
    agreed = Prefetch(
        "end_changes", EndChange.objects.filter(state="agreed").order_by("pk"), to_attr="agreed_changes"
    )
    for shift in rows.select_related("employee", "attendance").prefetch_related(agreed):
        came = getattr(shift, "attendance", None)
        yield Line(
            shift, came, shift.agreed_changes, running=shift.ends_at > now,  # type: ignore[attr-defined]
            two_places=labels.two_places(shift.two_places_at),  # type: ignore[attr-defined]
        )  # fmt: skip


def _figures(rows: ShiftQuerySet, now: datetime) -> list[Figure]:
    """By person, in the order of the alphabet. Four statements."""
    worked = ExpressionWrapper(
        F("attendance__ended_at") - Greatest(F("attendance__begun_at"), F("starts_at")),
        output_field=DurationField(),
    )
    counted = rows.order_by().values("employee").annotate(
        shifts=Count("pk"),
        worked=Sum(worked, filter=Q(attendance__ended_at__gt=F("starts_at"))),
        late=Count("pk", filter=_LATE),
        late_seconds=Sum("attendance__late_seconds", filter=_LATE),
        early=Count("pk", filter=_LEFT),
        absent=Count("pk", filter=Q(attendance=None, ends_at__lte=now)),
    )  # fmt: skip
    by_person = {row["employee"]: row for row in counted}
    often = often_late(now)
    return [
        _figure(person, by_person[person.pk], often.get(person.pk, ""))
        for person in Employee.objects.filter(pk__in=by_person).by_name()
    ]


def _figure(person: Employee, row: Mapping[str, Any], often: str) -> Figure:
    return Figure(
        person, row["shifts"], row["worked"] or timedelta(), row["late"], row["late_seconds"] or 0,
        row["early"], row["absent"], often,
    )  # fmt: skip


def rule_now() -> rules.Lateness:
    """The rule of systematic lateness that is in force. One statement."""
    row = LatenessRule.objects.order_by("-pk").first()
    return rules.Lateness(row.times, row.days, row.minutes) if row else rules.USUAL


def rule_history() -> list[LatenessRule]:
    """Rules that were set, the newest first. One statement."""
    return list(LatenessRule.objects.select_related("set_by").order_by("-pk")[:LINES])


@once
def often_late(now: datetime) -> dict[int, str]:
    """Who comes late systematically by the rule in force → how often, in words. Two statements."""
    rule = rule_now()
    rows = Attendance.objects.filter(
        shift__cancelled_at=None, begun_at__gt=now - timedelta(days=rule.days), begun_at__lte=now,
        late_seconds__gt=rule.minutes * MINUTE,
    )  # fmt: skip
    counted = rows.values_list("shift__employee").annotate(times=Count("pk")).filter(times__gte=rule.times)
    return {pk: labels.often_late(times, rule.days) for pk, times in counted}


def record(viewer: Employee, employee: Employee, now: datetime) -> Mapping[str, Any] | None:
    """The card of the personal record: this month's figures and the last latenesses, within the viewer's right."""
    seen = (
        shifts_within(viewer, "attendance.view", now).standing().filter(employee=employee, starts_at__lte=now)
    )
    today = clock.local(now).date()
    since, _until = day_span(today.replace(day=1), clock.KYIV.key)
    figures = _figures(seen.filter(starts_at__gte=since), now)
    marked = list(
        _lines(with_two_places(seen).filter(_SHOWN_OF_ONE).order_by("-starts_at")[:RECORD_LINES], now)
    )
    if not figures and not marked:
        return None
    return {
        "figure": figures[0] if figures else None, "marked": marked, "employee": employee,
        "often": often_late(now).get(employee.pk, ""),
    }  # fmt: skip
