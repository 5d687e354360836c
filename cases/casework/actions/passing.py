"""What of a case is passed on outside: by the one door of the privacy room, with a line in the time line (E2)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cases.casework import permissions
from cases.casework.actions.ground import announce, locked_case, tell_time_line
from cases.casework.models import Case
from cases.privacy import actions as privacy
from cases.privacy.actions import Passing, Subject
from cases.privacy.models import ConsentRequest, Disclosure
from fregat.lib import clock
from fregat.lib.db import action
from fregat.lib.errors import Invalid
from staff.employees.models import Employee


def subject_of(case: Case) -> Subject:
    """The case as the privacy room names it."""
    return Subject(
        kind="case", uuid=case.uuid, number=case.number,
        project=case.insurer.code if case.insurer else "", persons=(case.person.uuid,) if case.person else (),
    )  # fmt: skip


@action
def pass_on(
    *,
    by: Employee,
    number: str,
    passing: Passing,
    service_id: int | None = None,
    request: object = None,
    now: datetime | None = None,
) -> Disclosure:
    """Register that something of the case goes to somebody outside.

    `service_id`: the help of this case for which the institution is engaged. Raises NotFound, NotAllowed,
    Invalid, `privacy.NoGround` (the consent of the insurer is needed).
    """
    case = locked_case(by, number)
    now = now or clock.now()
    permissions.check_add(by, case, now)
    row = privacy.disclose(
        by=by, subject=subject_of(case), passing=passing, engaged_for=_engaged_for(case, service_id),
        request=request, now=now,
    )  # fmt: skip
    values = {"kind": row.recipient_kind, "to": row.recipient, "parts": row.parts}
    tell_time_line(case, "disclosed", by=by, now=now, values=values, text=row.purpose)
    announce(case)
    return row


def _engaged_for(case: Case, service_id: int | None) -> str:
    """The help of the case that was named, in words; empty when none was. Raises Invalid for another case's."""
    if service_id is None:
        return ""
    service = case.services.exclude(state="cancelled").select_related("kind").filter(pk=service_id).first()
    if service is None:
        raise Invalid.field("service", _("This help is not organised in this case."))
    return str(service.kind.name_uk)


@action
def ask_consent(
    *, by: Employee, number: str, passing: Passing, now: datetime | None = None
) -> ConsentRequest:
    """Ask for the insurer's consent to what was refused. Raises NotFound, NotAllowed, Invalid (no insurer known)."""
    case = locked_case(by, number)
    now = now or clock.now()
    permissions.check_add(by, case, now)
    if case.insurer is None:
        raise Invalid.field("recipient_kind", _("The case has no insurer yet: there is nobody to ask."))
    row = privacy.ask_consent(by=by, subject=subject_of(case), passing=passing, now=now)
    values = {"kind": row.recipient_kind, "to": row.recipient, "parts": row.parts}
    tell_time_line(case, "consent_asked", by=by, now=now, values=values, text=row.purpose)
    announce(case)
    return row
