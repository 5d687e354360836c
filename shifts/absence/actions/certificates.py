"""The certificate of a sick leave: brought, or missing, explained and judged (JD IV.10)."""

from __future__ import annotations

from datetime import datetime

from fregat.lib import clock, files, jobs
from fregat.lib.db import action
from fregat.lib.errors import Conflict, Invalid
from fregat.lib.rights import Role
from shifts.absence import permissions
from shifts.absence.actions.ground import DUE, locked, tell, who_agrees
from shifts.absence.labels import DECISION_LABELS, FAULTS
from shifts.absence.models import Absence, MissingCertificate
from staff.employees.models import Employee


@action
def bring(*, by: Employee, absence_id: int, file: files.Accepted, now: datetime | None = None) -> Absence:
    """The certificate, read and recognised before; a newer file takes the place of the one before.

    Raises NotFound, NotAllowed, Conflict (none is needed, decided already).
    """
    row, now = locked(by, absence_id, now)
    permissions.check_own(by, row)
    if not row.needs_certificate or not row.is_agreed:
        raise Conflict(FAULTS["no_certificate"], code="no_certificate")
    row.certificate, row.brought_at = files.keep(file, by=by, now=now), now
    row.save()
    tell(who_agrees(row.employee, now), row, "certificate_brought", now)
    return row


@action
def miss(absence_id: int, *, now: datetime | None = None) -> MissingCertificate | None:
    """The due time has come and no certificate with it: a breach to be decided; the employee, whoever answers
    and the director are told. None when it was brought, or is not due.

    Called by the job; the row is locked without waiting (`fregat.lib.jobs`).
    """
    rows = Absence.objects.select_related("employee", "kind")
    row = rows.select_for_update(of=("self",), nowait=True).filter(pk=absence_id).first()
    now = now or clock.now()
    if row is None or not row.is_agreed or row.certificate_id is not None or row.certificate_due_at is None:
        return None
    if now < row.certificate_due_at:
        jobs.schedule(DUE, row.pk, row.certificate_due_at)
        return None
    missing, made = MissingCertificate.objects.get_or_create(absence=row, defaults={"found_at": now})
    if made:
        tell([row.employee], row, "certificate_missing", now)
        judges = Employee.objects.employed().filter(role=Role.DIRECTOR)
        told = {one.pk: one for one in [*who_agrees(row.employee, now), *judges] if one.pk != row.employee_id}
        tell(told.values(), row, "certificate_missing_of", now)
    return missing


@action
def explain(
    *, by: Employee, absence_id: int, explanation: str, now: datetime | None = None
) -> MissingCertificate:
    """Why there is none; until it is decided the words may be changed.

    Raises NotFound, NotAllowed, Invalid (`explanation`), Conflict.
    """
    row, now = locked(by, absence_id, now)
    permissions.check_own(by, row)
    missing = _missing(row)
    if not explanation.strip():
        raise Invalid.field("explanation", FAULTS["explanation"])
    missing.explanation, missing.explained_at = explanation.strip(), now
    missing.save()
    judges = Employee.objects.employed().filter(role=Role.DIRECTOR)
    tell(judges.exclude(pk=by.pk), row, "certificate_explained", now)
    return missing


@action
def judge(
    *, by: Employee, absence_id: int, decision: str, grounds: str, now: datetime | None = None
) -> MissingCertificate:
    """The director decides: excused, or a breach of discipline; with the grounds, which the employee reads.

    Raises NotFound, NotAllowed, Invalid (`decision`, `grounds`), Conflict (decided already).
    """
    row, now = locked(by, absence_id, now)
    permissions.check_judge(by, row)
    missing = _missing(row)
    if decision not in DECISION_LABELS:
        raise Invalid.field("decision", FAULTS["decision"])
    if not grounds.strip():
        raise Invalid.field("grounds", FAULTS["decision"])
    missing.decision, missing.grounds = decision, grounds.strip()
    missing.decided_by, missing.decided_at = by, now
    missing.save()
    tell([row.employee], row, "certificate_judged", now)
    return missing


def _missing(row: Absence) -> MissingCertificate:
    """What is to be explained and decided; the absence is locked. Raises Conflict."""
    found = MissingCertificate.objects.filter(absence=row).first()
    if found is None:
        raise Conflict(FAULTS["no_breach"], code="no_breach")
    if found.decision:
        raise Conflict(FAULTS["decided"], code="decided")
    return found
