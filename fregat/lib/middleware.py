"""The doors of the house: nobody passes without a row in the matrix, and every refusal is a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from fregat.lib import clock, db, gates, rights, whence
from fregat.lib.errors import DomainError, Invalid, NotAllowed, Sentence, Stale, WrongMethod
from fregat.lib.once import noted
from fregat.lib.seen import seen

View = Callable[[HttpRequest], HttpResponse]

ACCESS_ENDED = "access_ended"
"""The mark in a session that was ended from outside: the next click learns why (a key of `_ENDED`)."""

DISMISSED = "dismissed"
_ENDED = {
    DISMISSED: gettext_lazy("Your access to Fregat has ended. Ask the director or the head."),
    "password": gettext_lazy("Your sign-in was ended. Sign in again."),
}

_ADVICE = {
    400: gettext_lazy("Correct what is marked and send it again; nothing you typed is lost."),
    403: gettext_lazy("If your work needs it, ask your senior manager."),
    404: gettext_lazy("Check the number, or find it again through the search."),
    409: gettext_lazy("Open the record again to see how it stands now."),
}


def is_htmx(request: HttpRequest) -> bool:
    """An update in place, not a whole page."""
    return bool(getattr(request, "htmx", False))


def refusal_response(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The answer to a refusal: a page, or for htmx a fragment for the messages of the open page."""
    context: dict[str, Any] = {
        "status": error.status,
        "sentence": error.sentence,
        "advice": "" if error.way else _ADVICE.get(error.status, ""),
        "way": error.way,
        "code": error.code,
        "errors": error.errors if isinstance(error, Invalid) else {},
        "stale": error if isinstance(error, Stale) else None,
    }
    if is_htmx(request):
        response = render(request, "lib/_refusal.html", context, status=error.status)
        response["HX-Retarget"] = "#messages"
        response["HX-Reswap"] = "innerHTML"
        return response
    return render(request, "errors/error.html", context, status=error.status)


def why_ended(request: HttpRequest) -> Sentence:
    """Why the session, which was somebody's, is nobody's now; empty when it never was."""
    session = request.session
    if SESSION_KEY in session and not request.user.is_authenticated:
        return _ENDED[DISMISSED]
    return _ENDED.get(session.get(ACCESS_ENDED, ""), "")


class RightsMiddleware:
    """Asks the matrix before any page (API routes ask the same tables in `fregat.lib.api`)."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with noted(), whence.coming_from(request):
            response = self.get_response(request)
        if request.path.startswith("/api/v1/"):
            # Personal data: neither a proxy nor the computer's disk keeps a copy.
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Note that the employee is here (JD I.6), and let pass; or refuse: 404 before 403 (ADR 0008)."""
        match = request.resolver_match
        route = match.view_name if match else ""
        if route.startswith("api:") or (route == "schema" and "Authorization" in request.headers):
            return None  # asked there: a token is not known here
        action = rights.action_of(route, request.method or "GET")
        user = request.user
        if action == rights.PUBLIC:
            return None
        if not user.is_authenticated:
            return self._to_sign_in(request)
        seen(user, request)
        if action is not None and rights.lets(user, action):
            return None
        try:
            gates.check(user, route, kwargs, clock.now())
        except DomainError as unseen:
            return refusal_response(request, unseen)
        return refusal_response(request, NotAllowed(code="no_right"))

    @staticmethod
    def _to_sign_in(request: HttpRequest) -> HttpResponse:
        """The sign-in page, with the way back; a person whose access has ended is told so."""
        sentence = why_ended(request)
        if sentence:
            request.session.flush()
            messages.error(request, str(sentence))
        if is_htmx(request) or request.headers.get("X-Requested-With") == "fetch":
            response = HttpResponse(status=401)
            response["HX-Redirect"] = reverse("account_login")
            if sentence is _ENDED[DISMISSED]:
                response["X-Access-Ended"] = DISMISSED  # the page leaves at once: static/src/js/signed-out.js
            return response
        return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")


class DomainErrorMiddleware:
    """Turns a refusal raised by an action, permission or selector into its answer; says a bare 405 in words."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        said = refusal_response(request, WrongMethod())
        said["Allow"] = response["Allow"]
        return said

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Only refusals, ours and those of constraints; everything else is a fault and becomes a 500.

        Whoever writes outside an action (the administration, a library) is refused by the database too.
        """
        refused = db.refusal(exception) if isinstance(exception, DatabaseError) else exception
        return refusal_response(request, refused) if isinstance(refused, DomainError) else None
