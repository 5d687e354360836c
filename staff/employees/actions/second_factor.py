"""The second factor and the places of signing in: what people are told, what the administrator resets (E4)."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fregat.lib import clock, db, notices
from fregat.lib.errors import Conflict
from staff.employees import registry, selectors
from staff.employees.actions.access import end_sign_ins
from staff.employees.actions.rows import lock
from staff.employees.actions.security import note_security
from staff.employees.labels import browser_name
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


@db.action
def note_second_place(*, by: Employee, session_key: str | None, now: datetime | None = None) -> bool:
    """A sign-in while another one, from another address, goes on: the person and their senior manager are told,
    and on shift whoever leads it.

    A password may be shared (JD IV.9). Returns whether it was so.
    """
    now = now or clock.now()
    rows = UserSession.objects.filter(user=by)
    mine = rows.filter(session_key=session_key).first()
    if mine is None:
        return False
    others = rows.exclude(session_key=session_key).exclude(ip=mine.ip)
    live = Session.objects.filter(session_key__in=others.values("session_key"), expire_date__gt=now)
    if not live.exists():
        return False
    values = {"name": by.full_name, "address": mine.ip, "browser": browser_name(mine.user_agent)}
    senior = selectors.senior_of(by, now) or Employee.objects.heads().first()
    notices.tell([by], "second_place", url=reverse("employees:me"), values=values, now=now)
    answer = [senior, *selectors.acting_for(senior, now)] if senior and senior.pk != by.pk else []
    told = {one.pk: one for one in [*answer, *registry.watchers(by, now)] if one.pk != by.pk}
    notices.tell(told.values(), "second_place_of", values=values, now=now)
    note_security("second_place", account=by, by=by, now=now)
    return True


def _tell_owner(employee: Employee, kind: str, now: datetime) -> None:
    notices.tell([employee], kind, url=reverse("employees:me"), now=now)
