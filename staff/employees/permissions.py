"""May this person do it to that employee? `by=None` is the program itself, which may.

`check_…` raises NotAllowed with a sentence, `can_…` answers; both read the matrix.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from fregat.lib import rights
from fregat.lib.errors import DomainError, NotAllowed, NotFound, Sentence
from fregat.lib.rights import Scope
from staff.employees.models import Employee, Order
from staff.employees.rules import ACCOUNT_ONLY, PARTS, Part

ORDERS_CHANNEL = "orders"
"""That some order has changed: not which, since not everybody who hears it sees all of them."""

_REFUSALS: dict[str, Sentence] = {
    "order.issue": _("Only the director issues orders."),
    "order.propose": _("Orders are proposed by senior managers and by the head of the contact centre."),
    "employee.substitute": _("Substitution is set by the head of the contact centre or the director."),
    "employee.projects": _("Projects are assigned by the head of the contact centre or the director."),
    "employee.edit": _("Work details are changed by the senior manager, the head or the director."),
    "employee.import": _("Employees are imported by the director."),
    "employee.export": _("The table of employees is taken out by the director."),
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
    if proposes_for_all(by):
        return
    if order.employee is None:
        own = order.values.get("senior") == by.username
    else:
        own = Employee.objects.team_of(by, now).filter(pk=order.employee.pk).exists()
    if not own:
        raise NotAllowed(_("You propose orders about your own team."), code="other_team")


def proposes_for_all(by: Employee) -> bool:
    """May `by` propose orders about anybody, and not only about their own team?"""
    return Scope.CENTRE in rights.scopes_of(by, "order.propose")


def can_order_about(by: Employee, employee: Employee, now: datetime) -> bool:
    """May `by` sign an order about this employee, or put one before the director?"""
    if can_manage(by, "order.issue", employee):
        return True
    if not can_manage(by, "order.propose", employee):
        return False
    return proposes_for_all(by) or Employee.objects.team_of(by, now).filter(pk=employee.pk).exists()


def can_manage(by: Employee | None, action: str, employee: Employee | None = None) -> bool:
    """`check_manage` as an answer."""
    try:
        check_manage(by, action, employee)
    except NotAllowed:
        return False
    return True


def scope_of(by: Employee, action: str, employee: Employee, now: datetime) -> Scope | None:
    """In which scope of the action this employee lies for `by`, the widest first; None outside of all."""
    reach = rights.scopes(by.role, action, by.department) if by.is_active else frozenset()
    if Scope.CENTRE in reach:
        return Scope.CENTRE
    if Scope.OWN in reach and by.pk == employee.pk:
        return Scope.OWN
    if Scope.TEAM in reach and Employee.objects.team_of(by, now).filter(pk=employee.pk).exists():
        return Scope.TEAM
    if Scope.ROUTED in reach and Employee.objects.visible_to(by, now).filter(pk=employee.pk).exists():
        return Scope.ROUTED
    return None


def parts_seen(by: Employee, employee: Employee, now: datetime) -> frozenset[Part]:
    """What of this employee's record `by` may see; nothing outside the scope."""
    scope = scope_of(by, "employee.view", employee, now)
    if scope is not None:
        return PARTS[scope]
    accounts = rights.scopes(by.role, "employee.account", by.department) if by.is_active else frozenset()
    return ACCOUNT_ONLY if Scope.CENTRE in accounts else frozenset()


def sees_accounts_alone(by: Employee) -> bool:
    """Does `by` see of other people nothing but their accounts? (the administrator)"""
    reach = {
        name: rights.scopes(by.role, name, by.department) for name in ("employee.view", "employee.account")
    }
    return Scope.CENTRE in reach["employee.account"] and Scope.CENTRE not in reach["employee.view"]


def check_view(by: Employee, employee: Employee, now: datetime) -> frozenset[Part]:
    """May `by` see anything of this record? Returns what; raises NotFound: outside the scope nobody exists."""
    parts = parts_seen(by, employee, now)
    if not parts:
        raise NotFound()
    return parts


def can_view(by: Employee, employee: Employee, now: datetime) -> bool:
    """`check_view` as an answer."""
    return bool(parts_seen(by, employee, now))


def check_edit(by: Employee | None, employee: Employee, now: datetime) -> frozenset[Part]:
    """May `by` change the work fields of this employee? Returns the parts seen, which alone may be changed.

    Raises NotFound outside the scope of seeing, NotAllowed inside it.
    """
    if by is None:
        return frozenset(Part)
    parts = check_view(by, employee, now)
    if scope_of(by, "employee.edit", employee, now) is None:
        raise NotAllowed(_REFUSALS["employee.edit"])
    return parts


def can_edit(by: Employee, employee: Employee, now: datetime) -> bool:
    """`check_edit` as an answer."""
    try:
        check_edit(by, employee, now)
    except DomainError:
        return False
    return True


def order_channels(user: Employee) -> list[str]:
    """Whoever signs or proposes orders hears that one has changed."""
    lets = rights.lets(user, "order.issue") or rights.lets(user, "order.propose")
    return [ORDERS_CHANNEL] if lets else []


def orders_open_to(reader: Employee, keys: Collection[int], now: datetime) -> Iterable[int]:
    """Of these orders, those that the reader of a notice may know of."""
    return Order.objects.visible_to(reader, now).filter(pk__in=keys).values_list("pk", flat=True)
