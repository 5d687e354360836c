"""May this person? Each `check_…` raises `NotAllowed` with a sentence, each `can_…` answers yes or no.

The case is one that the person sees (`visible_to`); whether its state allows the thing is asked elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cases.casework.medical import Reading
from cases.casework.querysets import closed_to, leads
from cases.casework.statuses import ENDED, Status, transition
from cases.insurance.querysets import granted_to
from fregat.lib import rights
from fregat.lib.errors import NotAllowed
from fregat.lib.rights import Role, Scope
from shifts.attendance import selectors as attendance
from staff.documents import permissions as documents
from staff.employees import selectors as employees

if TYPE_CHECKING:
    from cases.casework.models import Case, Escalation
    from staff.employees.models import Employee

LEADERS = frozenset({Role.SENIOR, Role.HEAD})


def work_channel(employee_id: int) -> str:
    """Where news of the cases that an employee answers for are told: apart from `employee:…`, since numbers of
    cases are said there, and cases are closed to whoever works on shift only while they are off it."""
    return f"work:{employee_id}"


def _check_role(user: Employee, action: str, now: datetime) -> frozenset[Scope]:
    """The scopes of the user's role for the action. Raises NotAllowed when there are none, or off shift."""
    scopes = rights.scopes(user.role, action)
    if not scopes:
        raise NotAllowed(code="no_right")
    if closed_to(user, now):
        raise NotAllowed(
            _("You are off shift: cases are closed to you until your shift begins."), code="off_shift"
        )
    return scopes


def check_register(user: Employee, now: datetime) -> None:
    """May register a case (JD II.1); the centre may close this to whoever has not signed a document in time (A4)."""
    _check_role(user, "case.register", now)
    documents.check_signed(user, "case.register", now)


def check_view(user: Employee, case: Case, now: datetime) -> None:
    """May see a case that is inside the scope."""
    _check_role(user, "case.view", now)


def check_add(user: Employee, case: Case, now: datetime) -> None:
    """May add contacts, notes and tasks."""
    _check_role(user, "case.add", now)


def check_change(user: Employee, case: Case, now: datetime) -> None:
    """May correct the facts of a case: whoever of the project has the person on the line."""
    _check_role(user, "case.change", now)


def check_work(user: Employee, case: Case, now: datetime) -> None:
    """May set the status and the services: the responsible one; leaders within their scope."""
    scopes = _check_role(user, "case.work", now)
    if case.responsible_id != user.pk and scopes == {Scope.OWN}:
        raise NotAllowed(
            _("%(name)s answers for this case. Take it over first.") % {"name": case.responsible.full_name},
            code="not_responsible",
        )


def _in_team(user: Employee, case: Case, now: datetime) -> bool:
    """The case is of the user's team, or of the shift that they lead, or was told to them."""
    return (
        case.responsible_id == user.pk
        or case.responsible_id in employees.team_ids(user, now)
        or (leads(user, now) and attendance.is_on_duty(case.responsible, now))
        or case.escalations.filter(addressee=user).exclude(doctor=user).exists()
    )


def check_confirm(user: Employee, case: Case, now: datetime) -> None:
    """May confirm «Допомога надана. Очікування документів» (JD II.12): the responsible one, or their senior manager."""
    check_work(user, case, now)
    scopes = rights.scopes(user.role, "case.confirm")
    if Scope.CENTRE in scopes or case.responsible_id == user.pk or _in_team(user, case, now):
        return
    raise NotAllowed(_("Only the responsible person or their senior manager confirms that help was given."))


def check_end(user: Employee, case: Case, now: datetime) -> None:
    """May cancel, decline or reopen: leaders; others cancel a draft that they began themselves."""
    check_work(user, case, now)
    if user.role in LEADERS:
        return
    if case.status == Status.DRAFT and case.opened_by_id == user.pk:
        return
    if case.status == Status.DRAFT:
        raise NotAllowed(_("A draft is cancelled by the operator who began it, or by a senior manager."))
    raise NotAllowed(_("Only a senior manager or the head can do this."), code="leaders_only")


def check_move(user: Employee, case: Case, to: str, now: datetime) -> None:
    """May move the case to the status `to`; whether there is such a way is the table's answer."""
    if to in {Status.CANCELLED, Status.DECLINED} or case.status in ENDED:
        check_end(user, case, now)
    elif to == Status.ASSISTED and case.status == Status.REPORTED:
        check_confirm(user, case, now)
    else:
        check_work(user, case, now)
    row = transition(case.status, to)
    if row and user.role not in row.roles:
        raise NotAllowed(_("Only a senior manager or the head can do this."), code="leaders_only")


def reason_needed(user: Employee | None, case: Case, to: str) -> bool:
    """Must a reason be given: by the table, and always of a leader who acts on another's case."""
    row = transition(case.status, to)
    return bool(row and row.needs_reason) or (user is not None and case.responsible_id != user.pk)


def check_take(user: Employee, case: Case, now: datetime) -> None:
    """May take the case over (recorded)."""
    _check_role(user, "case.take", now)


def check_assign(user: Employee, case: Case, to: Employee, now: datetime) -> None:
    """May give the case to `to`: oneself, or, for leaders, anybody of the project."""
    if user.pk == to.pk:
        check_take(user, case, now)
    else:
        _check_gives(user, now)


def check_give(user: Employee, case: Case, username: str, now: datetime) -> None:
    """The same before it is known whether somebody is called `username`."""
    if username == user.username:
        check_take(user, case, now)
    else:
        _check_gives(user, now)


def _check_gives(user: Employee, now: datetime) -> None:
    if not rights.may(user.role, "case.assign"):
        raise NotAllowed(
            _("Only a senior manager gives cases to others. You can take it over yourself."),
            code="leaders_only",
        )
    _check_role(user, "case.assign", now)


def check_raise(user: Employee, case: Case, now: datetime) -> None:
    """May tell the senior manager by hand."""
    _check_role(user, "escalation.raise", now)


def _check_not_own(user: Employee, escalation: Escalation) -> None:
    raised_by = escalation.raised_by_id or escalation.case.opened_by_id
    if raised_by == user.pk and user.role != Role.HEAD:
        raise NotAllowed(_("Nobody acknowledges what they raised themselves."), code="own")


def _check_reach(user: Employee, escalation: Escalation, now: datetime) -> None:
    if user.role == Role.HEAD or escalation.addressee_id == user.pk:
        return
    if user in employees.acting_for(escalation.addressee, now):
        return
    if not _in_team(user, escalation.case, now):
        raise NotAllowed(
            _("This was told to %(name)s, and the case is not of your team.")
            % {"name": escalation.addressee.full_name},
            code="not_team",
        )


def check_acknowledge(user: Employee, escalation: Escalation, now: datetime) -> None:
    """May acknowledge: the addressee, the senior manager of the team or of the shift, the head; not one's own."""
    _check_role(user, "escalation.acknowledge", now)
    _check_reach(user, escalation, now)
    _check_not_own(user, escalation)


def check_cancel(user: Employee, escalation: Escalation, now: datetime) -> None:
    """May acknowledge as unfounded: as above, and not on a case that one answers for."""
    _check_role(user, "escalation.cancel", now)
    _check_reach(user, escalation, now)
    _check_not_own(user, escalation)
    if escalation.case.responsible_id == user.pk and user.role != Role.HEAD:
        raise NotAllowed(
            _("You answer for this case: only another can find the information unfounded."), code="own"
        )


def allowed(check: Callable[..., None], *args: object) -> bool:
    """Does a check let pass?"""
    try:
        check(*args)
    except NotAllowed:
        return False
    return True


def can_register(user: Employee, now: datetime) -> bool:
    """See `check_register`."""
    return allowed(check_register, user, now)


def can_add(user: Employee, case: Case, now: datetime) -> bool:
    """See `check_add`."""
    return allowed(check_add, user, case, now)


def can_change(user: Employee, case: Case, now: datetime) -> bool:
    """See `check_change`."""
    return allowed(check_change, user, case, now)


def can_work(user: Employee, case: Case, now: datetime) -> bool:
    """See `check_work`."""
    return allowed(check_work, user, case, now)


def can_take(user: Employee, case: Case, now: datetime) -> bool:
    """See `check_take`."""
    return allowed(check_take, user, case, now)


def can_acknowledge(user: Employee, escalation: Escalation, now: datetime) -> bool:
    """See `check_acknowledge`."""
    return allowed(check_acknowledge, user, escalation, now)


def can_cancel(user: Employee, escalation: Escalation, now: datetime) -> bool:
    """See `check_cancel`."""
    return allowed(check_cancel, user, escalation, now)


CHECKS: dict[str, Callable[[Employee, Case, datetime], None]] = {
    "case.view": check_view,
    "case.add": check_add,
    "case.change": check_change,
    "case.work": check_work,
    "case.confirm": check_confirm,
    "case.end": check_end,
    "case.take": check_take,
    "escalation.raise": check_raise,
}
"""What `selectors.get_case(action=…)` asks."""


def check(user: Employee, case: Case, action: str, now: datetime) -> None:
    """Ask the check of an action by its name in `rights.py`."""
    CHECKS[action](user, case, now)


def reading(user: Employee) -> Reading:
    """What this person reads of the cases that they see (design: security, «person: health data»)."""
    return Reading(
        medical=rights.lets(user, "case.medical"), escalations=rights.lets(user, "escalation.view")
    )


def works_on(employee: Employee, insurer_id: int | None) -> bool:
    """The employee works on the project; leaders answer for any, and a case without an insurer is anybody's."""
    if employee.role in LEADERS or insurer_id is None:
        return True
    return granted_to(employee).filter(content_object=insurer_id).exists()


def may_answer(employee: Employee, insurer_id: int | None) -> bool:
    """The employee may be the responsible person of a case of this insurer."""
    if not rights.may(employee.role, "case.work"):
        return False
    return works_on(employee, insurer_id)
