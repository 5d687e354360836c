"""Findings as those who examine them read them, and as whoever must explain does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cases.privacy import permissions
from cases.privacy.models import AccessLog, Finding
from cases.privacy.selectors.looks import Line, lines_of
from cases.privacy.statuses import DECIDED, State
from fregat.lib import rights
from fregat.lib.errors import NotFound
from fregat.lib.gates import row_id
from staff.employees.models import Employee

PAGE = 50
LOOKS_SHOWN = 200


def listed(user: Employee, *, state: str = "", before: int | None = None) -> tuple[list[Finding], int | None]:
    """Findings, those not decided first asked for by `state="open"`; and the number from which the next go on."""
    rows = Finding.objects.visible_to(user).select_related("employee", "taken_up_by", "decided_by")
    if state == "open":
        rows = rows.open()
    elif state in set(State):
        rows = rows.filter(state=state)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def asked_of(user: Employee) -> list[Finding]:
    """Findings that wait for this person's explanation."""
    return list(Finding.objects.filter(employee=user.pk, state=State.TAKEN_UP).order_by("pk"))


def get_finding(user: Employee, pk: str | int, *, now: datetime) -> Finding:
    """The gate to one finding. Raises NotFound."""
    rows = Finding.objects.visible_to(user).select_related("employee", "taken_up_by", "decided_by")
    row: Finding | None = rows.filter(pk=row_id(pk)).first()
    if row is None:
        raise NotFound()
    return row


def gate(user: Employee, *, now: datetime, pk: str | int) -> None:
    """The same, as the doors ask it."""
    get_finding(user, pk, now=now)


@dataclass(frozen=True)
class Reading:
    """A finding with its looks and what the reader may do."""

    row: Finding
    lines: list[Line]
    more: int
    own: bool
    may_take_up: bool
    may_decide: bool
    may_explain: bool


def reading(user: Employee, row: Finding, *, now: datetime) -> Reading:
    """With the looks it rests on; whoever looked reads them without names of persons."""
    own = row.employee_id == user.pk
    looks = list(AccessLog.objects.filter(pk__in=row.looks).order_by("-id")[:LOOKS_SHOWN])
    examines = permissions.can_examine(user, row)
    return Reading(
        row=row,
        lines=lines_of(looks, user, now=now, persons=not own and rights.lets(user, "log.others")),
        more=len(row.looks) - len(looks),
        own=own,
        may_take_up=examines and row.state == State.NEW,
        may_decide=examines and row.state not in {State.NEW, *DECIDED},
        may_explain=own and row.state == State.TAKEN_UP,
    )
