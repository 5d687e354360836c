"""May this person? Each `check_…` raises with a sentence, `can_…` and `why_not` wrap it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from fregat.lib import rights
from fregat.lib.errors import DomainError, NotAllowed, Sentence
from fregat.lib.rights import Role, Scope
from staff.employees import selectors as staff
from staff.employees.models import Employee
from staff.tasks.models import Assignment
from staff.tasks.querysets import bound_on_shift
from staff.tasks.rules import INSTRUCTED_BY_NOBODY

_NOT_MINE = _("%(name)s is neither of your team nor on the shift that you lead.")


class Reach:
    """Whom a person may instruct or decide about by an action of the room, asked once for a whole page."""

    def __init__(self, by: Employee, action: str, now: datetime) -> None:
        scopes = rights.scopes(by.role, action) if by.is_active else frozenset()
        self.by = by
        self.any = bool(scopes)
        self.everybody = Scope.CENTRE in scopes
        self.ids: set[int] = set()
        if Scope.TEAM in scopes:
            self.ids |= staff.team_ids(by, now)
        if Scope.ROUTED in scopes:
            self.ids |= bound_on_shift(by, now)

    def __contains__(self, employee: Employee) -> bool:
        return self.everybody or employee.pk in self.ids


def check_give(by: Employee) -> None:
    """Does this person give instructions at all? Raises NotAllowed."""
    if not by.is_active or not rights.may(by.role, "instruction.give"):
        raise NotAllowed(_("Instructions are given by senior managers and the head of the contact centre."))


def check_give_to(reach: Reach, employee: Employee) -> None:
    """May `reach.by` instruct this employee? Raises NotAllowed with the reason."""
    check_give(reach.by)
    if employee.pk == reach.by.pk:
        raise NotAllowed(_("Nobody gives instructions to themselves."), code="own_act")
    if employee.role in INSTRUCTED_BY_NOBODY:
        raise NotAllowed(_("The director and the head of the contact centre are given no instructions."))
    if not employee.is_active or employee not in reach:
        raise NotAllowed(_NOT_MINE % {"name": employee.full_name})


def check_report(by: Employee, assignment: Assignment, now: datetime) -> None:
    """Whoever has to do it reports it, in person (JD II.13). Raises NotAllowed."""
    if not rights.may(by.role, "instruction.report") or assignment.assignee_id != by.pk:
        raise NotAllowed(_("Only the one who has to do it reports it."))


def check_decide(by: Employee, assignment: Assignment, now: datetime) -> None:
    """Accept or return a report: whoever gave the instruction or leads the person; never one's own.

    Raises NotAllowed. The author of the report is asked about, not the assignee: what a dismissed person
    has reported is accepted by the senior manager to whom it has come.
    """
    waiting = assignment.waiting_report
    if waiting is not None and waiting.by_id == by.pk:
        raise NotAllowed(_("Nobody accepts their own report."), code="own_act")
    _check_over(by, assignment, now)


def check_withdraw(by: Employee, assignment: Assignment, now: datetime) -> None:
    """The giver withdraws what they gave, even when it has come back to themselves. Raises NotAllowed."""
    if assignment.instruction.given_by_id == by.pk and rights.may(by.role, "instruction.decide"):
        return
    _check_over(by, assignment, now)


def check_pass_on(by: Employee, assignment: Assignment, now: datetime) -> None:
    """Who decides about it, or a senior manager to whom it has come, gives it to somebody else."""
    if assignment.assignee_id == by.pk and rights.may(by.role, "instruction.give"):
        return
    check_withdraw(by, assignment, now)


def _check_over(by: Employee, assignment: Assignment, now: datetime) -> None:
    reach = Reach(by, "instruction.decide", now)
    if not reach.any:
        raise NotAllowed()
    giver = assignment.instruction.given_by
    if reach.everybody or giver.pk == by.pk or giver in staff.acts_for(by, now):
        return
    if giver.role == Role.HEAD and giver.is_active:
        raise NotAllowed(_("The head of the contact centre gave this instruction and decides about it."))
    if assignment.assignee not in reach:
        raise NotAllowed(_NOT_MINE % {"name": assignment.assignee.full_name})


Check = Callable[[Employee, Assignment, datetime], None]


def why_not(check: Check, by: Employee, assignment: Assignment, now: datetime) -> Sentence:
    """The sentence of the refusal, or an empty string when nothing stands in the way."""
    try:
        check(by, assignment, now)
    except DomainError as refused:
        return refused.sentence
    return ""


def can(check: Check, by: Employee, assignment: Assignment, now: datetime) -> bool:
    """The same as an answer."""
    return not why_not(check, by, assignment, now)
