"""`/shift/breaks/`: my breaks, what waits for my agreement. The page and its update share one fragment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from fregat.lib import clock
from fregat.lib.errors import Invalid
from fregat.lib.forms import add_errors
from fregat.lib.middleware import is_htmx
from fregat.lib.rights import may
from shifts.breaks import actions, selectors
from shifts.breaks.forms import AgreeForm, AskForm, RefuseForm


@require_http_methods(["GET", "HEAD", "POST"])
def breaks(request: HttpRequest) -> HttpResponse:
    """My breaks of this shift and the load; POST asks for one."""
    if request.method != "POST":
        return _page(request)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 400)
    try:
        actions.ask(by=request.user, **form.cleaned_data)
    except Invalid as refused:
        add_errors(form, refused)
        return _page(request, form, 400)
    return _again(request)


@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Agreed, at its time or at the chosen one."""
    actions.agree(by=request.user, break_id=pk, **_clean(AgreeForm(request.POST)))
    return _again(request)


@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Not agreed, with the reason."""
    actions.refuse(by=request.user, break_id=pk, **_clean(RefuseForm(request.POST)))
    return _again(request)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """I need it no more."""
    actions.withdraw(by=request.user, break_id=pk)
    return _again(request)


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """I am away now."""
    actions.begin(by=request.user, break_id=pk)
    return _again(request)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """I am back."""
    actions.end(by=request.user, break_id=pk)
    return _again(request)


def _clean(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        raise Invalid({name: str(errors[0]) for name, errors in form.errors.items()})
    return form.cleaned_data


def _page(request: HttpRequest, form: AskForm | None = None, status: int = 200) -> HttpResponse:
    now = clock.now()
    page = selectors.page(request.user, now=now)
    first = "short" if page.has_lunch else "lunch"
    context = {
        "page": page, "now": now, "form": form or AskForm(initial={"kind": first}),
        "asks": may(request.user.role, "break.ask"), "decides": may(request.user.role, "break.decide"),
    }  # fmt: skip
    template = "breaks/_breaks.html" if is_htmx(request) else "breaks/breaks.html"
    return render(request, template, context, status=status)


def _again(request: HttpRequest) -> HttpResponse:
    return _page(request) if is_htmx(request) else redirect("breaks:breaks")
