"""May this person do it to that employee? `by=None` is the program itself, which may.

`check_…` raises NotAllowed with a sentence, `can_…` answers; both read the matrix.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from fregat.lib import rights
from fregat.lib.errors import DomainError, NotAllowed, NotFound, Sentence
from fregat.lib.rights import Scope
from staff.employees.models import Employee, Order

ORDERS_CHANNEL = "orders"
"""Ids of orders that have changed."""

_REFUSALS: dict[str, Sentence] = {
    "order.issue": _("Only the director issues orders."),
    "order.propose": _("Orders are proposed by senior managers and by the head of the contact centre."),
    "employee.substitute": _("Substitution is set by the head of the contact centre or the director."),
    "employee.projects": _("Projects are assigned by the head of the contact centre or the director."),
    "employee.account": _("Accounts are opened by the system administrator."),
}
_OWN_ACT = _("Nobody decides this about themselves.")


def check_manage(by: Employee | None, action: str, employee: Employee | None = None) -> None:
    """May `by` do a staff action (`employee.…`) that reaches the whole centre, and not to themselves?

    Raises NotAllowed. An employee who has just been dismissed has no rights any more.
    """
    if by is None:
        return
    if not by.is_active or not rights.may(by.role, action):
        raise NotAllowed(_REFUSALS.get(action))
    if employee is not None and employee.pk == by.pk:
        raise NotAllowed(_OWN_ACT, code="own_act")


def check_issue(by: Employee, employee: Employee | None = None) -> None:
    """May `by` sign an order, about this employee? Never about themselves (JD I.4). Raises NotAllowed."""
    check_manage(by, "order.issue", employee)


def check_propose(by: Employee, order: Order, now: datetime) -> None:
    """May `by` put this draft before the director: about anybody, or about their own team? Never about themselves.

    A senior manager proposes to appoint somebody who would report to them. Raises NotAllowed.
    """
    check_manage(by, "order.propose", order.employee)
    if Scope.CENTRE in rights.scopes_of(by, "order.propose"):
        return
    if order.employee is None:
        own = order.values.get("senior") == by.username
    else:
        own = Employee.objects.team_of(by, now).filter(pk=order.employee.pk).exists()
    if not own:
        raise NotAllowed(_("You propose orders about your own team."), code="other_team")


def can_manage(by: Employee | None, action: str, employee: Employee | None = None) -> bool:
    """`check_manage` as an answer."""
    try:
        check_manage(by, action, employee)
    except NotAllowed:
        return False
    return True


def check_view(by: Employee, employee: Employee, now: datetime) -> None:
    """May `by` see this employee's record? Raises NotFound: outside the scope nobody exists."""
    scopes = rights.scopes(by.role, "employee.view")
    own = Scope.OWN in scopes and by.pk == employee.pk
    team = Employee.objects.team_of(by, now).filter(pk=employee.pk)
    if own or Scope.CENTRE in scopes or (Scope.TEAM in scopes and team.exists()):
        return
    raise NotFound()


def can_view(by: Employee, employee: Employee, now: datetime) -> bool:
    """`check_view` as an answer."""
    try:
        check_view(by, employee, now)
    except DomainError:
        return False
    return True


def order_channels(user: Employee) -> list[str]:
    """Whoever signs or proposes orders hears that one has changed (its id)."""
    lets = rights.lets(user, "order.issue") or rights.lets(user, "order.propose")
    return [ORDERS_CHANNEL] if lets else []
