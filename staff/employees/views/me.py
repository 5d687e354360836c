"""The person's own page: who I am here, my sign-ins, my tokens."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fregat.lib import clock
from fregat.lib.middleware import is_htmx
from staff.employees import actions, registry, selectors
from staff.employees.second_factor import state_of


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Who I am: role, senior manager now and before, projects, sign-ins, tokens."""
    return render(request, "employees/me.html", _page(request))


@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where allauth comes back to: the second factor stands on my page."""
    return redirect(reverse("employees:me") + "#second-factor")


@never_cache
@require_POST
def tokens(request: HttpRequest) -> HttpResponse:
    """Issue a token. Its text is in this answer and nowhere else, so this POST does not redirect."""
    token = actions.issue_token(by=request.user)
    template = "employees/_tokens.html" if is_htmx(request) else "employees/me.html"
    return render(request, template, {**_page(request), "new_token": token})


@require_POST
def token_withdraw(request: HttpRequest) -> HttpResponse:
    """Withdraw a token."""
    actions.withdraw_token(by=request.user, digest=request.POST.get("token", ""))
    return _again(request, "employees/_tokens.html")


@require_POST
def session_end(request: HttpRequest, session_id: int) -> HttpResponse:
    """End a sign-in of mine."""
    actions.end_session(by=request.user, session_id=session_id)
    return _again(request, "employees/_sessions.html")


def _again(request: HttpRequest, fragment: str) -> HttpResponse:
    if is_htmx(request):
        return render(request, fragment, _page(request))
    return redirect("employees:me")


def _page(request: HttpRequest) -> dict[str, object]:
    page = selectors.own_page(request.user, session_key=request.session.session_key, now=clock.now())
    return {**page, "factor": state_of(request.user), "own_pages": registry.own_pages()}
