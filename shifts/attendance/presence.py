"""The edge: a request of an employee begins the shift, and every page shows its clock."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from fregat.lib.address import address_of
from fregat.lib.once import moment
from shifts.attendance import actions, selectors
from shifts.roster import rules
from staff.employees.models import Employee

_SEEN = "_fregat_seen_for_shift"


def begin_when_seen(user: Any, request: HttpRequest) -> None:
    """Begin the shift when the request falls into its window; no query of its own when there is nothing to do.

    Nothing is remembered between requests: a shift that was planned or moved a second ago must begin
    with the very next one, and the question is one index look-up in the statement of the frame.
    """
    if not isinstance(user, Employee) or getattr(request, _SEEN, None) == user.pk:
        return
    setattr(request, _SEEN, user.pk)
    if selectors.anything_to_begin(user, moment()):
        actions.begin(employee=user, address=address_of(request))


def listen() -> None:
    """Note who signs out while their shift runs."""
    user_logged_out.connect(_signed_out, dispatch_uid="attendance-signed-out")


def _signed_out(sender: Any, request: HttpRequest | None, user: Any, **_more: Any) -> None:
    if isinstance(user, Employee):
        session = getattr(request, "session", None)
        actions.leave(employee=user, session_key=session.session_key if session else None)


def shift_clock(request: HttpRequest) -> dict[str, Any] | None:
    """The running shift for the top bar, None off shift."""
    user = getattr(request, "user", None)
    if not isinstance(user, Employee):
        return None
    shift = selectors.current_shift(user, moment())
    if shift is None:
        return None
    return {
        "starts_at": shift.starts_at,
        "ends_at": shift.ends_at,
        "check_at": rules.check_at(shift.ends_at, settings.FREGAT["CHECK_MINUTES"]),
        "url": reverse("attendance:shift"),
        "label": _("Shift"),
    }
