"""Who sends an API request: a signed-in browser, or a program with a person's token.

Apart from `fregat.lib.api`, because DRF imports these classes while it reads its own settings.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from knox.auth import TokenAuthentication as KnoxAuthentication
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from fregat.lib.middleware import why_ended

_TOKEN_LENGTH = 64


class SessionAuthentication(authentication.SessionAuthentication):
    """The browser's session, with CSRF; one that was ended from outside gets a sentence."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """The signed-in person, or None. Raises AuthenticationFailed (403 in this house)."""
        found = super().authenticate(request)
        sentence = "" if found else why_ended(request._request)
        if sentence:
            raise exceptions.AuthenticationFailed(str(sentence), code="access_ended")
        return found

    def enforce_csrf(self, request: Request) -> None:
        """Raises PermissionDenied with a sentence instead of Django's English."""
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied:
            raise exceptions.PermissionDenied(
                _("The page's CSRF token is missing or out of date: send it as X-CSRFToken."), code="csrf"
            ) from None


class TokenAuthentication(KnoxAuthentication):
    """`Authorization: Token …`; the database keeps only the token's digest."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, Any]:
        """The token's person. Raises AuthenticationFailed for anything that was never a token of ours."""
        if len(token) != _TOKEN_LENGTH or not token.isalnum():
            raise self._unknown()
        try:
            found: tuple[Any, Any] = super().authenticate_credentials(token)
        except exceptions.AuthenticationFailed:
            raise self._unknown() from None
        return found

    def validate_user(self, auth_token: Any) -> tuple[Any, Any]:
        """A token of somebody dismissed opens nothing, even if it was left behind."""
        if not auth_token.user.is_active:
            raise self._unknown()
        return auth_token.user, auth_token

    @staticmethod
    def _unknown() -> exceptions.AuthenticationFailed:
        return exceptions.AuthenticationFailed(
            _("This token is not known or was withdrawn. Issue a new one on your own page."), code="token"
        )
