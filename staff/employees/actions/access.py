"""Accounts, sign-ins, tokens, and a person's own preferences."""

from __future__ import annotations

from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from knox.models import AuthToken

from fregat.lib import db, live
from fregat.lib.errors import Conflict, Invalid, NotFound
from fregat.lib.middleware import ACCESS_ENDED
from staff.employees import rules
from staff.employees.actions.rows import lock
from staff.employees.actions.security import note_security
from staff.employees.models import Employee
from staff.employees.permissions import check_manage

_THEMES = {"", "light", "dark"}


@db.action
def open_account(*, by: Employee | None, employee: Employee, password: str) -> None:
    """Give an appointed employee a first password, or a new one; their sign-ins end.

    Without `by` it is whoever runs the machine (`manage.py open_account`). Raises NotAllowed (nobody for
    themselves), Invalid (`password` too weak), Conflict (dismissed).
    """
    from staff.employees.actions.people import check_password

    check_manage(by, "employee.account", employee)
    (employee,) = lock(employee)
    if not employee.is_active:
        raise Conflict(_("This employee has been dismissed already."), code="already_dismissed")
    check_password(employee, password)
    employee.set_password(password)
    employee.save(update_fields=["password"])
    end_sign_ins(employee, "password")
    note_security("account_opened", account=employee, by=by)


def end_sign_ins(employee: Employee, why: str, *, keep: str | None = None) -> None:
    """End every session and token of the employee (A3), inside the caller's transaction.

    `why`: `dismissed` or `password`. `keep`: the session that goes on, and with it the tokens. A session's row
    stays, emptied and marked: the next click gets a sentence instead of a bare sign-in page.
    """
    store = import_module(settings.SESSION_ENGINE).SessionStore
    rows = UserSession.objects.filter(user=employee).exclude(session_key=keep or "")
    keys = list(rows.values_list("session_key", flat=True))
    for key in keys:
        session = store(session_key=key)
        if not session.exists(key):
            continue
        session.clear()
        session[ACCESS_ENDED] = why
        session.save()
    rows.delete()
    if keep is None:
        AuthToken.objects.filter(user=employee).delete()
    live.publish(f"employee:{employee.pk}", live.RIGHTS)


@db.action
def end_session(*, by: Employee, session_id: int) -> None:
    """End one of one's own sign-ins, on another computer say. Raises NotFound."""
    session = UserSession.objects.filter(user=by, pk=session_id).first()
    if session is None:
        raise NotFound()
    session.end()
    live.publish(f"employee:{by.pk}", live.RIGHTS)


@db.action
def issue_token(*, by: Employee) -> str:
    """A new API token of the person; the text is returned once and kept nowhere. Raises Conflict (too many)."""
    (by,) = lock(by)
    if AuthToken.objects.filter(user=by).count() >= rules.TOKENS_MAX:
        raise Conflict(
            _("You have too many tokens. Withdraw those that are not needed."), code="too_many_tokens"
        )
    _row, token = AuthToken.objects.create(user=by)
    note_security("token_issued", account=by, by=by)
    return str(token)


@db.action
def withdraw_token(*, by: Employee, digest: str) -> None:
    """Withdraw one of one's own tokens, named by the first 16 characters of its digest. Raises NotFound."""
    named = len(digest) == rules.DIGEST_NAME and digest.isascii() and digest.isalnum()
    if not named or not AuthToken.objects.filter(user=by, digest__startswith=digest).delete()[0]:
        raise NotFound()
    note_security("token_withdrawn", account=by, by=by)


@db.action
def set_preferences(*, by: Employee, language: str | None = None, theme: str | None = None) -> None:
    """Keep the language (`uk`, `en`) or the theme (`light`, `dark`, empty: the browser's) of a person.

    None leaves a preference as it is. Raises Invalid for another value.
    """
    chosen = {"language": language, "theme": theme}
    wanted = {name: value for name, value in chosen.items() if value is not None}
    if wanted.get("language", "") not in {"", *dict(settings.LANGUAGES)}:
        raise Invalid.field("language", _("This language is not available."))
    if wanted.get("theme", "") not in _THEMES:
        raise Invalid.field("theme", _("This theme is not available."))
    if wanted:
        Employee.objects.filter(pk=by.pk).update(**wanted)
