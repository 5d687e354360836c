"""A person's choice of language and of the light or dark theme: cookies of this browser.

The staff keeps the choice with the person too and sets the cookies again at the next sign-in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

THEME_COOKIE = "fregat_theme"
THEMES = frozenset({"light", "dark"})
_YEAR = 365 * 24 * 3600

Keeper = Callable[[Any, str | None, str | None], None]
_keepers: list[Keeper] = []


def on_chosen(keeper: Keeper) -> None:
    """Have `keeper(person, language, theme)` called when somebody signed in chooses; None: not chosen now."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def theme_of(request: HttpRequest) -> str:
    """`light` or `dark` when the person chose one, else empty: the browser's own preference rules."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return theme if theme in THEMES else ""


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep the language or the theme, and go back to the page (or answer 204 to a script)."""
    if request.headers.get("X-Requested-With") == "fetch":
        response: HttpResponse = HttpResponse(status=204)
    else:
        response = HttpResponseRedirect(_back(request))
    language, theme = request.POST.get("language", ""), request.POST.get("theme", "")
    language, theme = set_cookies(response, language, theme)
    if request.user.is_authenticated and (language or theme):
        for keeper in _keepers:
            keeper(request.user, language or None, theme or None)
    return response


def set_cookies(response: HttpResponse, language: str, theme: str) -> tuple[str, str]:
    """Set what is a language and a theme of ours; returns those, empty for anything else."""
    language = language if language in dict(settings.LANGUAGES) else ""
    theme = theme if theme in THEMES else ""
    if language:
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
    if theme:
        _keep(response, THEME_COOKIE, theme)
    return language, theme


def _back(request: HttpRequest) -> str:
    """The page the person came from, never another host."""
    target = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if own else "/"


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=_YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
