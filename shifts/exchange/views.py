"""`/exchanges/`: requests; one of them; asking from a shift. The page and its update share one fragment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid
from fregat.lib.forms import add_errors
from fregat.lib.middleware import is_htmx
from shifts.exchange import actions, permissions, selectors
from shifts.exchange.forms import AnswerForm, AskForm, ColleagueForm, DecideForm, FiltersForm
from shifts.exchange.labels import FAULTS
from shifts.roster.models import Shift
from shifts.roster.selectors import get_shift
from staff.employees.models import Employee


@require_safe
def exchanges(request: HttpRequest) -> HttpResponse:
    """What waits for my word, and every request that I see; the filters stand in the address."""
    now = clock.now()
    form = FiltersForm(request.GET, people=selectors.people_to_choose(request.user, now))
    context = {"page": selectors.page(request.user, form.filters(), now=now), "form": form, "now": now}
    template = "exchange/_exchanges.html" if is_htmx(request) else "exchange/exchanges.html"
    return render(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Who could take my shift, and for what; POST asks one of them."""
    shift = get_shift(request.user, pk, now=clock.now())
    permissions.check_ask(request.user, shift)
    if request.method != "POST":
        return _ask(request, shift, _colleague(request.GET, request.user))
    colleague = _colleague(request.POST, request.user)
    if colleague is None:
        raise Invalid.field("colleague", FAULTS["colleague"])
    form = AskForm(request.POST)
    if not form.is_valid():
        return _ask(request, shift, colleague, form, 400)
    given = form.cleaned_data
    try:
        row = actions.ask(
            by=request.user, shift_id=pk, colleague=colleague, wanted_id=given["wanted"], words=given["words"]
        )
    except (Invalid, Conflict) as refused:
        return _ask(request, shift, colleague, _faulty(form, refused), refused.status)
    messages.success(request, _("Asked: %(name)s is told.") % {"name": colleague.full_name})
    return redirect("exchange:exchange", row.pk)


@require_safe
def exchange(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what changes for whom, what speaks against it, whose word is awaited."""
    return _one(request, pk)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The colleague agrees, or does not."""
    permissions.check_answer(request.user, selectors.get_exchange(request.user, pk, now=clock.now()))
    return _said(request, pk, AnswerForm(request.POST), actions.answer)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The senior manager agrees, or refuses with the reason."""
    now = clock.now()
    permissions.check_decide(request.user, selectors.get_exchange(request.user, pk, now=now), now)
    return _said(request, pk, DecideForm(request.POST), actions.decide)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """I do not want it any more."""
    actions.withdraw(by=request.user, exchange_id=pk)
    return _again(request, pk)


def _said(request: HttpRequest, pk: int, form: Any, act: Any) -> HttpResponse:
    if not form.is_valid():
        return _one(request, pk, form, 400)
    try:
        act(by=request.user, exchange_id=pk, **form.cleaned_data)
    except (Invalid, Conflict) as refused:
        return _one(request, pk, _faulty(form, refused), refused.status)
    return _again(request, pk)


def _faulty(form: Any, refused: Invalid | Conflict) -> Any:
    if isinstance(refused, Invalid):
        add_errors(form, refused)
    else:
        form.add_error(None, str(refused.sentence))
    return form


def _colleague(sent: Any, user: Employee) -> Employee | None:
    """Somebody of the same trade, by username."""
    form = ColleagueForm(sent)
    if not form.is_valid():
        return None
    rows = Employee.objects.employed().filter(role=user.role).exclude(pk=user.pk)
    found: Employee | None = rows.filter(username=form.cleaned_data["colleague"]).first()
    return found


def _ask(
    request: HttpRequest, shift: Shift, colleague: Employee | None, form: AskForm | None = None, status: int = 200
) -> HttpResponse:  # fmt: skip
    page = selectors.asking(shift, colleague, now=clock.now())
    context = {"page": page, "form": form or AskForm()}
    template = "exchange/_ask.html" if is_htmx(request) else "exchange/ask.html"
    return render(request, template, context, status=status)


def _one(request: HttpRequest, pk: int, form: forms.Form | None = None, status: int = 200) -> HttpResponse:
    page = selectors.one(request.user, pk, now=clock.now())
    # What was typed is shown again although the state has moved on meanwhile.
    shown = form or (DecideForm() if page.decides else AnswerForm() if page.answers else None)
    kind = "decide" if isinstance(shown, DecideForm) else "answer" if shown else ""
    context = {"page": page, "form": shown, "kind": kind}
    template = "exchange/_exchange.html" if is_htmx(request) else "exchange/exchange.html"
    return render(request, template, context, status=status)


def _again(request: HttpRequest, pk: int) -> HttpResponse:
    return _one(request, pk) if is_htmx(request) else redirect("exchange:exchange", pk)
