"""How people come in: nobody signs up, and the account closed by a dismissal stays closed."""

from __future__ import annotations

from functools import partial
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import password_changed
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db.models.signals import post_save
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

from fregat.lib import preferences
from fregat.lib.address import address_of
from staff.employees import actions, places

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
        """Where the person goes from here, in their own language and theme on whatever computer.

        The session is saved with its user in it first: allauth lists the sign-in in `super()` and takes off the
        list, at any other sign-in of the same moment, each whose session is nobody's.
        """
        request.session.save()
        response: HttpResponse = super().post_login(request, user, **kwargs)
        preferences.set_cookies(response, user.language, user.theme)
        actions.note_security("signed_in", account=user, by=user)
        places.signed_in(request, response, user)
        return response

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """allauth's limits; that they shut the door is noted for the administrator."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            actions.note_locked_out(str(credentials.get("username", "")))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A sign-in that was refused is noted for the administrator."""
        actions.note_refused(str(credentials.get("username", "")))


def listen() -> None:
    """The person learns of every change of their second factor, and other sign-ins end when it is set up."""
    for signal, kind in (
        (signals.authenticator_added, "second_factor_on"),
        (signals.authenticator_removed, "second_factor_off"),
        (signals.authenticator_reset, "second_factor_codes"),
    ):
        signal.connect(partial(_changed, kind), weak=False, dispatch_uid=f"employees-{kind}")
    password_changed.connect(_password_changed, dispatch_uid="employees-password-changed")
    post_save.connect(_settings_changed, sender=LogEntry, dispatch_uid="employees-settings-changed")


def _password_changed(request: HttpRequest, user: Any, **_more: Any) -> None:
    actions.note_security("password_changed", account=user, by=user)


def _settings_changed(instance: LogEntry, created: bool, **_more: Any) -> None:
    """Django's administration keeps a line of each change of reference data: the same line, for the page."""
    if created and instance.content_type is not None:
        what = f"{capfirst(instance.content_type.name)}: {instance.object_repr}"
        actions.note_security("settings_changed", by=instance.user, what=what[:200])


def _changed(kind: str, request: HttpRequest, user: Any, authenticator: Authenticator, **_more: Any) -> None:
    codes = authenticator.type == Authenticator.Type.RECOVERY_CODES
    if codes == (kind == "second_factor_codes"):  # recovery codes come and go with the application
        actions.second_factor_changed(by=user, kind=kind, session_key=request.session.session_key)
