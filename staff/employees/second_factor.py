"""The second factor of signing in (E4): a code of an authenticator application, or a recovery code.

`allauth.mfa` does the work; here are the rules of the house: for whom it is (`SECOND_FACTOR`), secrets
encrypted at rest, and the door that leads a person to the set-up when their role demands it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from fregat.lib.errors import Conflict
from fregat.lib.middleware import is_htmx
from fregat.lib.rights import Role
from staff.employees.models import Employee

SET_UP = frozenset(
    {
        "mfa_activate_totp", "mfa_reauthenticate", "account_reauthenticate", "account_change_password",
        "account_logout", "account_login", "lib:preferences", "mfa_index",
    }
)  # fmt: skip
"""Routes that stay open to somebody who must set the second factor up first."""

REQUIRED = _("Your position needs a second factor for signing in. Set it up first.")


def is_offered(person: Any) -> bool:
    """May this person have a second factor? Demonstration accounts are exempt: many people share them."""
    return settings.SECOND_FACTOR != "off" and not getattr(person, "is_demo", True)


def is_required(person: Any) -> bool:
    """Must this person have one?"""
    return (
        settings.SECOND_FACTOR == "required"
        and is_offered(person)
        and person.role in (settings.SECOND_FACTOR_ROLES or set(Role))
    )


def check_settings() -> None:
    """Raises ImproperlyConfigured with advice when the settings name no such policy or role."""
    if settings.SECOND_FACTOR not in {"off", "offered", "required"}:
        raise ImproperlyConfigured("SECOND_FACTOR is off, offered or required.")
    unknown = sorted(settings.SECOND_FACTOR_ROLES - set(Role))
    if unknown:
        raise ImproperlyConfigured(
            f"SECOND_FACTOR_ROLES: {unknown} is no role. Choose from {', '.join(Role)}."
        )


@dataclass(frozen=True)
class State:
    """How a person stands with their second factor, for their own page."""

    offered: bool
    required: bool
    since: datetime | None
    codes_left: int


def state_of(person: Employee) -> State:
    """One query."""
    rows = {row.type: row for row in Authenticator.objects.filter(user=person)}
    totp, codes = rows.get(Authenticator.Type.TOTP), rows.get(Authenticator.Type.RECOVERY_CODES)
    return State(
        offered=is_offered(person),
        required=is_required(person),
        since=totp.created_at if totp else None,
        codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
    )


class MFAAdapter(DefaultMFAAdapter):
    """allauth's rules of the house."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("The code is not right, or it has been used. Wait for the next one."),
        "cannot_delete_authenticator": _("Your position needs a second factor: it cannot be taken away."),
        "cannot_generate_recovery_codes": _("Set the application up first."),
    }

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """Nobody is asked for a code who may not have one."""
        return is_offered(user) and super().is_mfa_enabled(user, types)

    def get_totp_label(self, user: Any) -> str:
        """How the application names the account: no e-mail, no surname."""
        return str(user.get_username())

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whose role demands it keeps it; the administrator may reset it."""
        return not is_required(authenticator.user)

    def encrypt(self, text: str) -> str:
        """The secret as it lies in the database and its backups."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret itself. A `SECRET_KEY` that was replaced must stand in `SECRET_KEY_FALLBACKS`."""
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> MultiFernet:
    return MultiFernet([_key_of(str(key)) for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]])


def _key_of(secret: str) -> Fernet:
    digest = hashlib.sha256(b"second-factor:" + secret.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


class CodeView(AuthenticateView):
    """The code, asked after the password."""

    def _build_forms(self) -> Any:
        """Codes alone: allauth's own view falls to security keys when a request brings no code."""
        data = self.request.POST if self.request.method == "POST" else None
        self.webauthn_form = None
        self.auth_form = self.get_form_class()(user=self.stage.login.user, data=data)
        return self.auth_form

    def form_invalid(self, form: Any) -> HttpResponse:
        """A code that is not right is noted for the administrator."""
        from staff.employees.actions import note_security

        note_security("code_refused", account=self.stage.login.user)
        return super().form_invalid(form)


class SetUpView(ActivateTOTPView):
    """The picture to scan, the secret as text, the first code."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Raises Conflict for whom there is no second factor."""
        if request.user.is_authenticated and not is_offered(request.user):
            raise Conflict(_("This account has no second factor."), code="no_second_factor")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether the person has no choice, and the secret in groups of four for typing."""
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        groups = " ".join(secret[index : index + 4] for index in range(0, len(secret), 4))
        return {**context, "required": is_required(self.request.user), "secret": groups}


authenticate = CodeView.as_view()
set_up = never_cache(SetUpView.as_view())


class SecondFactorMiddleware:
    """Leads whoever must have a second factor, and has none, to the set-up; nothing else is open to them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """After the doors. One query, and none for who came in by a code."""
        user = request.user
        route = request.resolver_match.view_name if request.resolver_match else ""
        if not isinstance(user, Employee) or not is_required(user) or route in SET_UP:
            return None
        if any(record.get("method") == "mfa" for record in get_authentication_records(request, user)):
            return None
        if Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
            return None
        address = reverse("mfa_activate_totp")
        if request.path.startswith("/api/"):
            body = {"type": "second_factor", "detail": str(REQUIRED), "errors": {}}
            return JsonResponse(body, status=403, json_dumps_params={"ensure_ascii": False})
        if is_htmx(request):
            response = HttpResponse(status=403)
            response["HX-Redirect"] = address
            return response
        return HttpResponseRedirect(address)
