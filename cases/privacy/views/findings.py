"""Looks that somebody must explain: the list, one of them, and its examination."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cases.privacy import actions
from cases.privacy.forms.log import DecisionForm, ExplanationForm
from cases.privacy.labels import STATE_LABELS
from cases.privacy.selectors import findings as selectors
from cases.privacy.views.log import record_names, things_of
from cases.privacy.views.tabs import tabs
from fregat.lib import clock
from fregat.lib.errors import Invalid
from fregat.lib.forms import add_errors
from fregat.lib.gates import row_id


@never_cache
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Findings by state, pages by the last number."""
    state, before = request.GET.get("state", "open"), request.GET.get("before", "")
    number = row_id(before) if before else None
    rows, more = selectors.listed(request.user, state=state, before=number)
    states = [("open", _("not decided")), *STATE_LABELS.items(), ("all", _("all"))]
    context = {
        "findings": rows, "state": state, "tabs": tabs(request),
        "states": [{"code": code, "label": label, "current": code == state} for code, label in states],
        "next_url": f"{request.path}?state={state}&before={more}" if more else "",
    }  # fmt: skip
    return render(request, "privacy/findings.html", context)


@never_cache
@require_safe
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding with its looks; names that it shows are a look themselves."""
    return _draw(request, pk)


@require_POST
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the examination."""
    actions.take_up(by=request.user, finding_id=pk)
    messages.success(request, _("Taken up: the employee is asked to explain."))
    return redirect("privacy:finding", pk)


@require_POST
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of whoever looked."""
    form = ExplanationForm(request.POST)
    if form.is_valid():
        try:
            actions.explain(by=request.user, finding_id=pk, **form.cleaned_data)
        except Invalid as refused:
            add_errors(form, refused)
    if form.errors:
        return _draw(request, pk, status=400, explanation_form=form)
    messages.success(request, _("Your explanation is saved."))
    return redirect("privacy:finding", pk)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Justified, or a breach."""
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            actions.decide(by=request.user, finding_id=pk, **form.cleaned_data)
        except Invalid as refused:
            add_errors(form, refused)
    if form.errors:
        return _draw(request, pk, status=400, decision_form=form)
    messages.success(request, _("Decided; the employee is told."))
    return redirect("privacy:finding", pk)


def _draw(request: HttpRequest, pk: int, *, status: int = 200, **forms: Any) -> HttpResponse:
    now = clock.now()
    row = selectors.get_finding(request.user, pk, now=now)
    reading = selectors.reading(request.user, row, now=now)
    record_names(
        request,
        [thing for thing in things_of(reading.lines) if thing.kind == "person" or not reading.own],
        now,
    )
    context = {
        "reading": reading, "row": row, "tabs": tabs(request), "explanation_form": ExplanationForm(),
        "decision_form": DecisionForm(), **forms,
    }  # fmt: skip
    return render(request, "privacy/finding.html", context, status=status)
