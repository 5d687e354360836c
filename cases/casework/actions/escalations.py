"""What is told to the senior manager: raised by the program or by hand, acknowledged, risen to the head (C5).

The program's escalations are computed from the case in the transaction that changes it; no setting and no
caller switches them off, and a deferred trigger refuses a case whose country, displeasure or service is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework import permissions, rules, selectors
from cases.casework.actions.ground import announce, line_of, locked_case, signed, tell_time_line
from cases.casework.labels import DOCTOR_SILENT, ESCALATION_LABELS
from cases.casework.models import Case, CaseService, Escalation, TimelineEntry
from cases.casework.rules import Told
from fregat.lib import clock, jobs, live, notices
from fregat.lib.db import action, lock
from fregat.lib.errors import Conflict, Invalid, NotFound
from staff.employees import selectors as employees
from staff.employees.models import Employee

OVERDUE = "escalation_overdue"
"""The kind of the job that lets an escalation rise."""


def tell_first(
    case: Case, services: Sequence[CaseService], line: TimelineEntry, *, by: Employee, now: datetime
) -> list[Escalation]:
    """Raise what a case that has just been written must have told; `line`, the first of its time line, is written."""
    wanted = list(rules.told(selectors.tell_facts(case, services)))
    if not wanted:
        line.save(force_insert=True)
    return _raise(case, wanted, by=by, raised_by=None, now=now, after=[line])


def tell(case: Case, *, by: Employee | None, now: datetime) -> list[Escalation]:
    """Raise what the case as it stands must have told and has not yet. The case is locked."""
    wanted = rules.told(selectors.tell_facts(case))
    if not wanted:
        return []
    before = {(row.reason, row.subject): row for row in case.escalations.all()}
    fresh = [item for item in wanted if (item.reason, item.subject) not in before]
    fresh = [item for item in fresh if not _reworded(item, before.values())]
    return _raise(case, fresh, by=by, raised_by=None, now=now)


def _reworded(item: Told, before: Iterable[Escalation]) -> bool:
    """The text of an unusual situation that waits for its acknowledgement was edited: told once, as it is now."""
    if not item.text:
        return False
    for row in before:
        if row.reason == item.reason and row.subject.startswith("text:") and row.acknowledged_at is None:
            row.subject, row.text = item.subject, item.text
            row.save(update_fields=["subject", "text"])
            return True
    return False


def _raise(
    case: Case, items: list[Told], *, by: Employee | None, raised_by: Employee | None, now: datetime,
    doctor: Employee | None = None, after: Sequence[TimelineEntry] = (),
) -> list[Escalation]:  # fmt: skip
    """Write the escalations, their jobs and their lines (after those of `after`); whoever acts tells others only."""
    if not items:
        return []
    to = doctor or selectors.addressee(case.responsible, now, not_to=by)
    kind = "escalation_raised" if doctor is None else "escalation_doctor"
    due_at = now + timedelta(minutes=settings.FREGAT["ESCALATION_MINUTES"])
    rows = Escalation.objects.bulk_create(
        Escalation(
            case=case, reason=item.reason, subject=item.subject, text=item.text,
            raised_at=now, raised_by=raised_by, due_at=due_at, addressee=to, doctor=doctor,
        )
        for item in items
    )  # fmt: skip
    jobs.schedule_many(OVERDUE, [(row.pk, due_at) for row in rows])
    lines = (line_of(case, kind, by=raised_by, now=now, text=row.text, values=_values(row)) for row in rows)
    TimelineEntry.objects.bulk_create([*after, *lines])
    for row in rows:
        _announce(row, case)
    return rows


def _values(row: Escalation) -> dict[str, Any]:
    return {"reason": row.reason, "subject": row.subject, "to": row.addressee.full_name}


def _announce(row: Escalation, case: Case) -> None:
    """After the commit: the addressee, the boards, and the pages of the case."""
    live.publish(f"employee:{row.addressee_id}", "escalation", row.pk)
    live.publish("board", "escalation")
    announce(case)


@action
def raise_escalation(
    *, by: Employee, number: str, reason: str, text: str, now: datetime | None = None
) -> Escalation:
    """Tell the senior manager by hand. `reason` is a code of `labels.ESCALATION_LABELS`.

    Raises NotFound, NotAllowed, Invalid (unknown reason, no text).
    """
    case = locked_case(by, number)
    now = now or clock.now()
    permissions.check_raise(by, case, now)
    errors = {}
    if reason not in ESCALATION_LABELS:
        errors["reason"] = _("There is no such reason.")
    if not text.strip():
        errors["text"] = _("Say what the senior manager must know.")
    if errors:
        raise Invalid(errors)
    return _raise(case, [Told(reason, "", text.strip())], by=by, raised_by=by, now=now)[0]


@action
def wake_doctor(
    *, by: Employee, number: str, doctor: Employee, text: str, now: datetime | None = None
) -> Escalation:
    """Tell a doctor who must answer within the time limit; else it goes to whoever is told of the case (C5).

    Raises NotFound, NotAllowed, Invalid (no text).
    """
    case = locked_case(by, number)
    now = now or clock.now()
    permissions.check_raise(by, case, now)
    if not text.strip():
        raise Invalid.field("text", _("Say what they must know at once."))
    item = Told("woken", "", text.strip())
    return _raise(case, [item], by=by, raised_by=by, now=now, doctor=doctor)[0]


@action
def answer_woken(*, by: Employee, escalation_id: int, now: datetime | None = None) -> Escalation:
    """The doctor who was woken takes it up, at home too, where the case itself is closed to them.

    Late is better than never: also after it has gone to somebody else, while nobody has acknowledged it.
    Raises NotFound (they were not woken), Conflict (answered or acknowledged already).
    """
    mine = Escalation.objects.filter(pk=escalation_id, doctor=by)
    case_id = mine.values_list("case", flat=True).first()
    if case_id is None:
        raise NotFound()
    case = lock(Case.objects.for_reading(), pk=case_id)
    row: Escalation = lock(Escalation.objects.select_related("addressee"), pk=escalation_id)
    row.case = case
    _check_open(row)
    _close(row, by=by, now=now or clock.now(), kind="escalation_acknowledged", text="")
    return row


def _locked(by: Employee, escalation_id: int, now: datetime) -> Escalation:
    rows = Escalation.objects.visible_to(by, now).select_related("addressee")
    case_id = rows.filter(pk=escalation_id).values_list("case", flat=True).first()
    if case_id is None:
        raise NotFound()
    case = lock(Case.objects.for_reading(), pk=case_id)
    row: Escalation = lock(rows, pk=escalation_id)
    row.case = case
    return row


def _close(row: Escalation, *, by: Employee, now: datetime, kind: str, text: str) -> None:
    row.acknowledged_at, row.acknowledged_by = now, by
    with signed(by):
        row.save(update_fields=["acknowledged_at", "acknowledged_by", "cancelled", "cancel_reason"])
    # The job stays and finds nothing to do: whoever holds its row now waits for the case that we hold.
    tell_time_line(row.case, kind, by=by, now=now, values=_values(row), text=text)
    _announce(row, row.case)


def _check_open(row: Escalation) -> None:
    if row.acknowledged_at is not None:
        raise Conflict(_("This has been acknowledged already."), code="acknowledged")


@action
def acknowledge_escalation(*, by: Employee, escalation_id: int, now: datetime | None = None) -> Escalation:
    """The senior manager knows. Raises NotFound, NotAllowed, Conflict (acknowledged already)."""
    row = _locked(by, escalation_id, now or clock.now())
    now = now or clock.now()
    permissions.check_acknowledge(by, row, now)
    _check_open(row)
    _close(row, by=by, now=now, kind="escalation_acknowledged", text="")
    return row


@action
def cancel_escalation(
    *, by: Employee, escalation_id: int, reason: str, now: datetime | None = None
) -> Escalation:
    """Acknowledge as unfounded, with the reason; the row stays.

    Raises NotFound, NotAllowed (one's own), Invalid (no reason), Conflict.
    """
    row = _locked(by, escalation_id, now or clock.now())
    now = now or clock.now()
    permissions.check_cancel(by, row, now)
    if not reason.strip():
        raise Invalid.field("reason", _("Say why it is unfounded."))
    _check_open(row)
    row.cancelled, row.cancel_reason = True, reason.strip()
    _close(row, by=by, now=now, kind="escalation_cancelled", text=row.cancel_reason)
    return row


@action
def raise_overdue(*, escalation_id: int, now: datetime | None = None) -> None:
    """What was not acknowledged in time rises to the head of the contact centre, once; from a doctor who was
    woken it goes first to whoever is told of the case, with the same time to answer.

    Works on the row as it is after the lock: acknowledged meanwhile, or risen by another worker: nothing.
    """
    found = Escalation.objects.filter(pk=escalation_id).values_list("case", flat=True).first()
    if found is None:
        return
    case = lock(Case.objects.for_reading(), pk=found)
    row = lock(Escalation.objects.select_related("addressee"), pk=escalation_id)
    row.case = case
    now = now or clock.now()
    if row.acknowledged_at is not None or row.risen_at is not None:
        return
    if row.due_at > now:
        jobs.schedule(OVERDUE, row.pk, row.due_at)
        return
    if row.doctor_id == row.addressee_id:
        _pass_from_doctor(row, now)
        return
    row.addressee, row.risen_at = employees.head(), now
    row.save(update_fields=["addressee", "risen_at"])
    tell_time_line(case, "escalation_risen", by=None, now=now, values=_values(row))
    _announce(row, case)


def _pass_from_doctor(row: Escalation, now: datetime) -> None:
    """The doctor has not answered: whoever is told of the case decides now. The rows are locked."""
    doctor, case = row.addressee, row.case
    row.addressee = selectors.addressee(case.responsible, now, not_to=row.raised_by)
    if row.addressee == employees.head():
        row.risen_at = now
    else:
        row.due_at = now + timedelta(minutes=settings.FREGAT["ESCALATION_MINUTES"])
        jobs.schedule(OVERDUE, row.pk, row.due_at)
    row.save(update_fields=["addressee", "risen_at", "due_at"])
    values = {**_values(row), "doctor": doctor.full_name}
    tell_time_line(case, "escalation_passed", by=None, now=now, values=values)
    url, said = (
        reverse("casework:case", args=[case.number]),
        {"name": doctor.full_name, "number": case.number},
    )
    notices.tell([row.addressee], DOCTOR_SILENT, url=url, values=said, now=now)
    live.publish(f"employee:{doctor.pk}", "escalation", row.pk)
    _announce(row, case)
