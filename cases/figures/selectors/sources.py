"""What each figure is made of: rows with the moment on which they count, whether they went well, whose they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import (
    BooleanField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from cases.casework.models import Case, Escalation, Task
from cases.figures.models import WatchedQuarter
from cases.handover.models import EndOfShiftCheck, Handover, HandoverHop, Lapse
from cases.handover.rules import Hop
from shifts.attendance.models import Attendance
from shifts.breaks.models import Break
from shifts.roster.models import Shift

Source = Callable[[datetime], QuerySet[Any]]

_NEVER = Value(None, output_field=DateTimeField())
_NO_NUMBER = Value(None, output_field=IntegerField())
_NO_CASE = Value(None, output_field=Case._meta.get_field("number"))


def _counted(
    rows: QuerySet[Any], at: str, met: Q | Combinable, who: Any, *, due: Any = _NEVER, done: Any = _NEVER,
    case: Any = _NO_CASE, needed: Any = _NO_NUMBER, there: Any = _NO_NUMBER,
) -> QuerySet[Any]:  # fmt: skip
    """The rows under the same names, whatever table they are of."""
    return rows.order_by().annotate(
        its_at=F(at), its_met=met, its_who=F(who) if isinstance(who, str) else who,
        its_due=F(due) if isinstance(due, str) else due, its_done=F(done) if isinstance(done, str) else done,
        its_case=F(case) if isinstance(case, str) else case,
        its_needed=F(needed) if isinstance(needed, str) else needed,
        its_there=F(there) if isinstance(there, str) else there,
    )  # fmt: skip


def _that(condition: Q) -> Combinable:
    """A condition as a column; what is not known yet is no success."""
    return Coalesce(ExpressionWrapper(condition, output_field=BooleanField()), Value(False))


def _registered(now: datetime) -> QuerySet[Any]:
    rows = Case.objects.exclude(registered_at=None)
    return _counted(rows, "registered_at", Value(True), "opened_by", done="registered_at", case="number")


def _lapses(now: datetime) -> QuerySet[Any]:
    rows = Lapse.objects.all()
    return _counted(
        rows, "began_at", Value(False), "responsible", due="began_at", done="ended_at", case="case__number"
    )


def _escalations(now: datetime) -> QuerySet[Any]:
    """Those whose time is over, or that are acknowledged already."""
    rows = Escalation.objects.filter(Q(due_at__lte=now) | Q(acknowledged_at__isnull=False))
    met = _that(Q(acknowledged_at__lte=F("due_at"), risen_at=None))
    return _counted(
        rows, "raised_at", met, "case__responsible", due="due_at", done="acknowledged_at", case="case__number"
    )


def _promises(now: datetime) -> QuerySet[Any]:
    rows = Task.objects.filter(due_at__lte=now)
    who = Coalesce("assignee", "case__responsible")
    met = _that(Q(done_at__lte=F("due_at")))
    return _counted(rows, "due_at", met, who, due="due_at", done="done_at", case="case__number")


def _handovers(now: datetime) -> QuerySet[Any]:
    """Those that still needed acceptance when their time was over, or were accepted."""
    rows = Handover.objects.filter(superseded_at=None).filter(
        Q(due_at__lte=now) | Q(accepted_at__isnull=False)
    )
    moved_on = HandoverHop.objects.filter(handover=OuterRef("pk"), reason__in=[Hop.NOT_ACCEPTED, Hop.REFUSED])
    met = _that(Q(accepted_at__lte=F("due_at")) & ~Q(Exists(moved_on)))
    return _counted(rows, "moved_at", met, "receiver", due="due_at", done="accepted_at", case="case__number")


def _checks(now: datetime) -> QuerySet[Any]:
    rows = EndOfShiftCheck.objects.exclude(started_at=None)
    return _counted(rows, "due_at", _that(Q(late=False)), "shift__employee", due="due_at", done="started_at")


def _punctual(now: datetime) -> QuerySet[Any]:
    rows = Shift.objects.standing().filter(attendance__begun_at__isnull=False, starts_at__lte=now)
    return _counted(
        rows, "starts_at", _that(Q(attendance__late_seconds=0)), "employee", due="starts_at",
        done="attendance__begun_at",
    )  # fmt: skip


def _came(now: datetime) -> QuerySet[Any]:
    rows = Shift.objects.standing().filter(ends_at__lte=now)
    begun = Attendance.objects.filter(shift=OuterRef("pk"))
    return _counted(
        rows, "starts_at", Exists(begun), "employee", due="starts_at", done="attendance__begun_at"
    )


def _breaks(now: datetime) -> QuerySet[Any]:
    rows = Break.objects.exclude(ended_at=None)
    met = _that(Q(ended_at__lte=F("begun_at") + (F("ends_at") - F("starts_at"))))
    return _counted(rows, "begun_at", met, "shift__employee", due="ends_at", done="ended_at")


def _coverage(now: datetime) -> QuerySet[Any]:
    rows = WatchedQuarter.objects.all()
    met = _that(Q(there__gte=F("needed")))
    return _counted(rows, "starts_at", met, _NO_NUMBER, needed="needed", there="there")


SOURCES: Mapping[str, Source] = {
    "registered": _registered,
    "lapses": _lapses,
    "escalations": _escalations,
    "promises": _promises,
    "handovers": _handovers,
    "checks": _checks,
    "coverage": _coverage,
    "punctual": _punctual,
    "came": _came,
    "breaks": _breaks,
}
"""By the code of the figure."""
