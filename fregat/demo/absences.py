"""Absences of the demonstration: one agreed, one that waits, one whose certificate nobody has brought."""

from __future__ import annotations

from datetime import datetime, timedelta

from fregat.lib import clock
from fregat.lib.files import Accepted
from shifts.absence import actions
from shifts.absence.models import Absence
from staff.employees.models import Employee

PAPER = Accepted("лікарняний.pdf", "pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n")


def write(people: dict[str, Employee], now: datetime) -> None:
    """Once; days on which nobody of the promised shifts works."""
    if Absence.objects.exists():
        return
    today = clock.local(now).date()
    then = now - timedelta(days=20)
    first = today - timedelta(days=20)
    sick = actions.ask(
        by=people["operator2"], kind="sick", since=first, until=first + timedelta(days=2), now=then
    )
    actions.bring(by=people["operator2"], absence_id=sick.pk, file=PAPER, now=then + timedelta(days=4))
    lost = actions.ask(by=people["stranger"], kind="sick", since=first, until=first, now=then)
    actions.miss(lost.pk, now=then + timedelta(days=8))
    actions.explain(
        by=people["stranger"], absence_id=lost.pk, explanation="Довідку видали, але я загубила її дорогою.",
        now=then + timedelta(days=9),
    )  # fmt: skip
    rest = today + timedelta(days=40)
    actions.ask(
        by=people["operator"],
        kind="vacation",
        since=rest,
        until=rest + timedelta(days=13),
        words="Море.",
        now=now,
    )
