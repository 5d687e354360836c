"""An instruction is given, to one person or to the whole shift (A8, JD I.5)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from fregat.lib import clock, jobs
from fregat.lib.db import action
from fregat.lib.errors import Invalid
from staff.employees.actions.rows import lock
from staff.employees.models import Employee
from staff.tasks import rules, selectors
from staff.tasks.actions.ground import DUE_JOB, announce, in_words, said, tell
from staff.tasks.labels import FAULT_SENTENCES
from staff.tasks.models import Assignment, AssignmentEvent, Instruction
from staff.tasks.permissions import Reach, check_give, check_give_to


@action
def give(
    *,
    by: Employee,
    text: str,
    due_at: datetime,
    to: Employee | None = None,
    whole_shift: bool = False,
    token: UUID | None = None,
    now: datetime | None = None,
) -> Instruction:
    """Order something to `to`, or with `whole_shift` to everybody on the shift, until `due_at` (aware).

    Each person gets an assignment of their own. The same `token` twice gives the instruction that is there.
    People are locked, so nobody who is being dismissed is given anything. Raises NotAllowed, Invalid
    (`text`, `due_at`, `to`).
    """
    check_give(by)
    people = selectors.shift_of(by, now or clock.now()) if whole_shift else [to] if to else []
    by, *people = lock(by, *people)
    now = now or clock.now()
    there = Instruction.objects.filter(given_by=by, token=token).first() if token else None
    if there is not None:
        return there
    text = said("text", text, "text")
    fault = rules.due_fault(due_at, now)
    if fault:
        raise Invalid.field("due_at", FAULT_SENTENCES[fault])
    if not people:
        raise Invalid.field("to", FAULT_SENTENCES["nobody_on_shift" if whole_shift else "to"])
    reach = Reach(by, "instruction.give", now)
    for person in people:
        check_give_to(reach, person)
    instruction = Instruction.objects.create(
        token=token or uuid4(), text=text, given_by=by, given_at=now, due_at=due_at, to_shift=whole_shift
    )
    _assign(instruction, people, now)
    return instruction


def _assign(instruction: Instruction, people: list[Employee], now: datetime) -> None:
    by = instruction.given_by
    rows = Assignment.objects.bulk_create(
        Assignment(instruction=instruction, given_to=person, assignee=person, due_at=instruction.due_at)
        for person in people
    )
    due = instruction.due_at.isoformat()
    AssignmentEvent.objects.bulk_create(
        AssignmentEvent(assignment=row, kind="given", by=by, at=now, values={"due": due}) for row in rows
    )
    jobs.schedule_many(DUE_JOB, [(row.pk, row.due_at) for row in rows])
    for row in rows:
        tell([row.assignee], "instruction_given", row, now, by=by.full_name, due=in_words(instruction.due_at))
        announce(row, by)
