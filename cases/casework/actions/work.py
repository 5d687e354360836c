"""Contacts, notes, tasks: what is done on a case. They need no version and change none."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cases.casework import permissions, rules
from cases.casework.actions.ground import announce, locked_case, tell_time_line
from cases.casework.labels import CHANNEL_LABELS, DIRECTION_LABELS, FAULT_SENTENCES
from cases.casework.models import Contact, Note, Task
from fregat.lib import clock, live
from fregat.lib.db import action, lock
from fregat.lib.errors import Conflict, Invalid, Sentence
from staff.employees.models import Employee


@action
def add_contact(
    *,
    by: Employee,
    number: str,
    channel: str,
    direction: str,
    party: str,
    address: str = "",
    text: str = "",
    now: datetime | None = None,
) -> Contact:
    """Record a call, letter, fax or message about the case. Raises NotFound, NotAllowed, Invalid."""
    case = locked_case(by, number)
    now = now or clock.now()
    permissions.check_add(by, case, now)
    errors: dict[str, Sentence] = {}
    if channel not in CHANNEL_LABELS:
        errors["channel"] = _("There is no such means of communication.")
    if direction not in DIRECTION_LABELS:
        errors["direction"] = _("Say whether it came in or went out.")
    if not party.strip():
        errors["party"] = _("Say with whom.")
    if errors:
        raise Invalid(errors)
    row = Contact(
        case=case, at=now, by=by, channel=channel, direction=direction,
        party=party.strip(), address=address.strip(), text=text,
    )  # fmt: skip
    row.save(force_insert=True)
    values = {"channel": channel, "direction": direction, "party": row.party}
    tell_time_line(case, "contact", by=by, now=now, values=values, text=text)
    announce(case)
    return row


@action
def add_note(*, by: Employee, number: str, text: str, now: datetime | None = None) -> Note:
    """Write something down. Raises NotFound, NotAllowed, Invalid (empty)."""
    case = locked_case(by, number)
    now = now or clock.now()
    permissions.check_add(by, case, now)
    if not text.strip():
        raise Invalid.field("text", _("Write something."))
    row = Note(case=case, at=now, by=by, text=text)
    row.save(force_insert=True)
    tell_time_line(case, "note", by=by, now=now, text=text)
    announce(case)
    return row


@action
def add_task(
    *,
    by: Employee,
    number: str,
    text: str,
    due_at: datetime,
    assignee: Employee | None = None,
    now: datetime | None = None,
) -> Task:
    """Something to be done on the case until `due_at`; `assignee` None: whoever answers for the case.

    Raises NotFound, NotAllowed, Invalid (empty, due in the past or in more than a year, a stranger's hands).
    """
    case = locked_case(by, number)
    now = now or clock.now()
    permissions.check_add(by, case, now)
    errors: dict[str, Sentence] = {}
    if not text.strip():
        errors["text"] = _("Say what is to be done.")
    fault = rules.due_fault(due_at, now)
    if fault:
        errors["due_at"] = FAULT_SENTENCES[fault]
    if assignee is not None and not (
        assignee.is_active and permissions.may_answer(assignee, case.insurer_id)
    ):
        errors["assignee"] = _("%(name)s does not work on this project.") % {"name": assignee.full_name}
    if errors:
        raise Invalid(errors)
    row = Task(case=case, at=now, by=by, text=text, assignee=assignee, due_at=due_at)
    row.save(force_insert=True)
    values = {"due_at": due_at.isoformat(), "to": assignee.full_name if assignee else ""}
    tell_time_line(case, "task", by=by, now=now, values=values, text=text)
    if assignee is not None:
        live.publish(permissions.work_channel(assignee.pk), "desk", case.number)
    announce(case)
    return row


@action
def complete_task(
    *, by: Employee, number: str, task_id: int, outcome: str = "", now: datetime | None = None
) -> Task:
    """The task is done, with what came of it. Raises NotFound, NotAllowed, Conflict (done already)."""
    case = locked_case(by, number)
    now = now or clock.now()
    permissions.check_add(by, case, now)
    row = lock(Task.objects.all(), pk=task_id, case=case)
    if row.done_at is not None:
        raise Conflict(_("This has been done already."), code="done")
    row.done_at, row.done_by, row.outcome = now, by, outcome.strip()
    row.save(update_fields=["done_at", "done_by", "outcome"])
    tell_time_line(case, "task_done", by=by, now=now, values={"task": row.text[:200]}, text=row.outcome)
    announce(case)
    return row
