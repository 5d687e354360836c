"""The read side of broken glass: the gate to one, lists, what was read through it, figures for the head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from cases.privacy.models import AccessLog, BrokenGlass
from cases.privacy.rules import glass as rules
from fregat.lib import clock
from fregat.lib.errors import NotFound
from staff.employees.models import Employee

SHOWN = 100
FIGURES_OVER = timedelta(days=30)


def get_glass(user: Employee, glass_id: int, *, now: datetime) -> BrokenGlass:
    """The gate to one broken glass. Raises NotFound. One statement."""
    rows = BrokenGlass.objects.visible_to(user, now).select_related("employee", "reviewed_by")
    row: BrokenGlass | None = rows.filter(pk=glass_id).first()
    if row is None:
        raise NotFound()
    return row


def is_open(row: BrokenGlass, now: datetime) -> bool:
    """Can the record be read at `now`?"""
    return rules.is_open(until=row.until, closed_at=row.closed_at, now=now)


def glasses_today(user: Employee, now: datetime) -> int:
    """How often the person has broken glass since midnight in Kyiv, also in vain."""
    midnight = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return BrokenGlass.objects.filter(employee=user).since(midnight).count()


def looks_through(row: BrokenGlass) -> list[AccessLog]:
    """Every look through this glass, the latest first."""
    looks = AccessLog.objects.filter(employee=row.employee_id, ground="broken_glass", reference=f"{row.pk}")
    return list(looks.filter(at__gte=row.opened_at).order_by("-id")[:SHOWN])


def glasses(user: Employee, *, now: datetime) -> list[BrokenGlass]:
    """Those the person may know of: what waits for a judgement first. One statement."""
    rows = BrokenGlass.objects.visible_to(user, now).select_related("employee", "reviewed_by")
    return list(rows.order_by(F("reviewed_at").desc(nulls_first=True), "review_due_at", "-id")[:SHOWN])


@dataclass(frozen=True)
class Figure:
    """One employee's broken glass in the last 30 days."""

    name: str
    broken: int
    in_vain: int
    justified: int
    unjustified: int
    waiting: int
    overdue: int


def figures(user: Employee, *, now: datetime) -> list[Figure]:
    """Who broke glass how often in the last 30 days, within what the person sees, most first. One statement."""
    rows = BrokenGlass.objects.visible_to(user, now).since(now - FIGURES_OVER)
    waits = Q(reviewed_at=None)
    counted = (
        rows.values("employee", "employee__last_name", "employee__first_name")
        .annotate(
            broken=Count("id"),
            in_vain=Count("id", filter=Q(object_uuid=None)),
            justified=Count("id", filter=Q(outcome=rules.JUSTIFIED)),
            unjustified=Count("id", filter=Q(outcome=rules.UNJUSTIFIED)),
            waiting=Count("id", filter=waits),
            overdue=Count("id", filter=waits & Q(review_due_at__lte=now)),
        )
        .order_by("-broken", "employee__name_key", "employee__first_name")
    )
    return [
        Figure(
            name=f"{row['employee__last_name']} {row['employee__first_name']}".strip(),
            **{
                name: row[name]
                for name in ("broken", "in_vain", "justified", "unjustified", "waiting", "overdue")
            },
        )
        for row in counted[:SHOWN]
    ]
