"""How people come in: nobody signs up, and the account closed by a dismissal stays closed."""

from __future__ import annotations

from functools import partial
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse

from fregat.lib import preferences
from fregat.lib.address import address_of
from staff.employees import actions

NO_ADDRESS = "0.0.0.0"  # noqa: S104 — a mark in a column, nothing listens on it
"""Kept with a sign-in whose address cannot be known (a server behind a socket)."""


class AccountAdapter(DefaultAccountAdapter):
    """allauth's rules of the house: closed sign-up (the director appoints, JD I.4)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are opened for people who were appointed."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address for the limits and the list of sign-ins."""
        return address_of(request) or NO_ADDRESS

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Where the person goes from here, in their own language and theme on whatever computer."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        preferences.set_cookies(response, user.language, user.theme)
        actions.note_second_place(by=user, session_key=request.session.session_key)
        return response


def listen() -> None:
    """The person learns of every change of their second factor, and other sign-ins end when it is set up."""
    for signal, kind in (
        (signals.authenticator_added, "second_factor_on"),
        (signals.authenticator_removed, "second_factor_off"),
        (signals.authenticator_reset, "second_factor_codes"),
    ):
        signal.connect(partial(_changed, kind), weak=False, dispatch_uid=f"employees-{kind}")


def _changed(kind: str, request: HttpRequest, user: Any, authenticator: Authenticator, **_more: Any) -> None:
    codes = authenticator.type == Authenticator.Type.RECOVERY_CODES
    if codes == (kind == "second_factor_codes"):  # recovery codes come and go with the application
        actions.second_factor_changed(by=user, kind=kind, session_key=request.session.session_key)
