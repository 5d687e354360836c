"""The second factor: what people are told, what the administrator resets (E4)."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fregat.lib import clock, db, notices
from fregat.lib.errors import Conflict
from staff.employees.actions.access import end_sign_ins
from staff.employees.actions.rows import lock
from staff.employees.actions.security import note_security
from staff.employees.models import Employee
from staff.employees.permissions import check_manage


@db.action
def reset_second_factor(*, by: Employee | None, employee: Employee, now: datetime | None = None) -> None:
    """Take away a second factor that was lost with the telephone; all sign-ins end and the person is told.

    Raises NotAllowed (nobody for themselves), Conflict (there is none).
    """
    check_manage(by, "employee.account", employee)
    (employee,) = lock(employee)
    if not Authenticator.objects.filter(user=employee).delete()[0]:
        raise Conflict(_("This person has no second factor."), code="no_second_factor")
    end_sign_ins(employee, "password")
    _tell_owner(employee, "second_factor_reset", now or clock.now())
    note_security("second_factor_reset", account=employee, by=by, now=now)


@db.action
def second_factor_changed(
    *, by: Employee, kind: str, session_key: str | None = None, now: datetime | None = None
) -> None:
    """The person has set their second factor up (`second_factor_on`), taken it away or made new codes.

    Once it is set up, sign-ins by the password alone on other computers end.
    """
    (by,) = lock(by)
    if kind == "second_factor_on":
        end_sign_ins(by, "password", keep=session_key)
    _tell_owner(by, kind, now or clock.now())
    note_security(kind, account=by, by=by, now=now)


def _tell_owner(employee: Employee, kind: str, now: datetime) -> None:
    notices.tell([employee], kind, url=reverse("employees:me"), now=now)
