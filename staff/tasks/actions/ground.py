"""What the room's actions share: the locked row, the step on the time line, who is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from fregat.lib import clock, jobs, live, notices
from fregat.lib.db import lock
from fregat.lib.errors import Conflict, Invalid, NotFound
from fregat.lib.text import TEXT_MAX, fault_in, normalise
from staff.employees.models import Employee
from staff.tasks import rules
from staff.tasks.labels import FAULT_SENTENCES, MOVE_REFUSALS
from staff.tasks.models import Assignment, AssignmentEvent
from staff.tasks.statuses import State

DUE_JOB = "instruction_due"


def locked(by: Employee, assignment_id: int, now: datetime | None) -> tuple[Assignment, datetime]:
    """The assignment, locked, as the person may see it, and the moment after the lock. Raises NotFound."""
    before = now or clock.now()
    if not Assignment.objects.visible_to(by, before).filter(pk=assignment_id).exists():
        raise NotFound()
    rows = Assignment.objects.select_related("instruction__given_by", "assignee")
    return lock(rows, pk=assignment_id), now or clock.now()


def check_move(assignment: Assignment, to: State) -> None:
    """Raises Conflict with the sentence of the state that forbids it."""
    fault = rules.move_fault(assignment.state, to)
    if fault:
        raise Conflict(MOVE_REFUSALS[fault], code=f"is_{fault}")


def said(field: str, text: str, lacking: str) -> str:
    """The text without outer blanks. Raises Invalid of the field when it is empty, too long or broken."""
    text = normalise(text)
    fault = fault_in(text, max_length=min(rules.TEXT_MAX, TEXT_MAX)) if text else FAULT_SENTENCES[lacking]
    if fault:
        raise Invalid.field(field, fault)
    return text


def note(
    assignment: Assignment,
    kind: str,
    *,
    by: Employee | None,
    now: datetime,
    text: str = "",
    values: dict[str, Any] | None = None,
) -> None:
    """One more step of its history."""
    AssignmentEvent.objects.create(
        assignment=assignment, kind=kind, by=by, at=now, text=text, values=values or {}
    )


def announce(assignment: Assignment, *others: Employee) -> None:
    """Open pages of the person, of these people and of the board fetch again."""
    for pk in {assignment.assignee_id, *(person.pk for person in others)}:
        live.publish(f"employee:{pk}", "instruction", assignment.pk)
    live.publish("board", "instruction")


def tell(people: Iterable[Employee], kind: str, assignment: Assignment, now: datetime, **values: str) -> None:
    """A notice to these people that opens the assignment."""
    listed = list(people)
    if listed:
        notices.tell(listed, kind, url=_address(assignment), values=values, now=now)


def settle(assignment: Assignment, now: datetime, employee_id: int | None = None) -> None:
    """What the notices about it asked for is done: the bell counts them no more."""
    notices.settle(_address(assignment), now=now, employee_id=employee_id)


def _address(assignment: Assignment) -> str:
    return reverse("tasks:task", args=[assignment.pk])


def watch(assignment: Assignment) -> None:
    """It rises when its time is over; nothing is watched when nothing is to be done."""
    if assignment.is_open and assignment.state != State.REPORTED:
        jobs.schedule(DUE_JOB, assignment.pk, assignment.due_at)
    else:
        jobs.cancel(DUE_JOB, assignment.pk)


def in_words(instant: datetime) -> str:
    """A due time as people write it, on the centre's clock."""
    return clock.local(instant).strftime("%d.%m.%Y %H:%M")
