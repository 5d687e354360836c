"""«It is really me»: the password or the second factor again, at the moment of signing (A4, E4)."""

from __future__ import annotations

from typing import Literal

from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from fregat.lib.errors import Invalid, NotAllowed
from staff.employees.models import Employee

Method = Literal["password", "second_factor"]

TRIES = 5
"""Wrong answers in `SECONDS`, after which even the right one is not taken: a colleague may be guessing."""
SECONDS = 300


def confirm_in_person(*, by: Employee, secret: str) -> Method:
    """Find out whether it is `by` who acts: `secret` is their password, or a code of their second factor.

    Returns how it was shown. A code is taken once. Raises Invalid (`secret`), NotAllowed (`too_many_tries`).
    """
    key = f"in-person:{by.pk}"
    if _tries(key) > TRIES:
        raise NotAllowed(
            _("Too many wrong answers. Wait five minutes, then try again."), code="too_many_tries"
        )
    method = _method(by, secret)
    if method is None:
        raise Invalid.field("secret", _("This is neither your password nor a valid code."))
    cache.delete(key)
    return method


def _tries(key: str) -> int:
    """How many answers were given lately, this one among them."""
    if cache.add(key, 1, SECONDS):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # the five minutes have just ended
        return 1


def _method(by: Employee, secret: str) -> Method | None:
    if not secret or not by.is_active:
        return None
    codes = Authenticator.objects.filter(user=by).exclude(type=Authenticator.Type.WEBAUTHN)
    if len(secret) <= _CODE_MAX and any(row.wrap().validate_code(secret.strip()) for row in codes):
        return "second_factor"
    return "password" if by.check_password(secret) else None


_CODE_MAX = 20
"""No code of a second factor is longer."""
