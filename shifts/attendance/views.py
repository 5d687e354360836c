"""The page of one's own day, other ends of shifts, the working time of those one answers for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fregat.lib import clock, sheets
from fregat.lib.errors import Conflict, Invalid
from fregat.lib.files import download
from fregat.lib.forms import add_errors
from fregat.lib.middleware import is_htmx
from fregat.lib.rights import lets
from shifts.attendance import actions, figures, permissions, rules, selectors
from shifts.attendance.forms import EndForm, FiltersForm, OverrideForm, RefuseEndForm, RuleForm


@require_safe
def shift(request: HttpRequest) -> HttpResponse:
    """My shift, the next ones, who is on duty and who leads."""
    return _day(request)


@require_POST
def end_ask(request: HttpRequest) -> HttpResponse:
    """I ask to end my shift at another time."""
    form = EndForm(request.POST)
    if not form.is_valid():
        return _day(request, form, 400)
    try:
        actions.ask_end(by=request.user, **form.cleaned_data)
    except Invalid as refused:
        add_errors(form, refused)
        return _day(request, form, 400)
    return _again(request)


@require_http_methods(["GET", "HEAD", "POST"])
def end_prolong(request: HttpRequest, pk: int) -> HttpResponse:
    """I ask somebody to stay longer."""
    now = clock.now()
    row = selectors.get_shift(request.user, pk, now=now)
    permissions.check_prolong(request.user, row, now)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.prolong(by=request.user, shift_id=pk, **form.cleaned_data)
        except (Invalid, Conflict) as refused:
            return _prolong(request, row, _faulty(form, refused), refused.status)
        messages.success(request, _("Asked: %(name)s will answer.") % {"name": row.employee.full_name})
        return redirect("attendance:shift")
    return _prolong(request, row, form, 400 if request.method == "POST" else 200)


@require_POST
def end_agree(request: HttpRequest, pk: int) -> HttpResponse:
    """The other side agrees."""
    form = OverrideForm(request.POST, change_id=pk)
    form.is_valid()
    try:
        actions.agree_end(by=request.user, change_id=pk, reason=form.cleaned_data.get("reason", ""))
    except Invalid as refused:
        if "reason" not in refused.errors:
            raise
        add_errors(form, refused)
        return _day(request, None, 400, override=form)
    return _again(request)


@require_POST
def end_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """The other side does not."""
    selectors.get_end_change(request.user, pk, now=clock.now())
    form = RefuseEndForm(request.POST)
    if not form.is_valid():
        raise Invalid({name: str(errors[0]) for name, errors in form.errors.items()})
    actions.refuse_end(by=request.user, change_id=pk, **form.cleaned_data)
    return _again(request)


@require_POST
def end_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """I take my wish back."""
    actions.withdraw_end(by=request.user, change_id=pk)
    return _again(request)


@require_safe
def attendance(request: HttpRequest) -> HttpResponse:
    """Who came when, late, left early, did not come: the list and the figures of the period."""
    now = clock.now()
    form = _filters(request, request.GET)
    filters = form.filters()
    context = {
        "page": figures.page(request.user, filters, now=now), "form": form, "filters": filters,
        "may_export": lets(request.user, "attendance.export"), "may_rule": lets(request.user, "lateness.rule"),
    }  # fmt: skip
    template = "attendance/_attendance.html" if is_htmx(request) else "attendance/attendance.html"
    return render(request, template, context)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The same list as a file; nobody insured is in it."""
    form = "xlsx" if request.POST.get("form") == "xlsx" else "csv"
    filters = _filters(request, request.POST).filters()
    content = actions.export_attendance(by=request.user, filters=filters, form=form)
    name = f"{_('working-time')}-{filters.since:%Y-%m-%d}-{filters.until:%Y-%m-%d}.{form}"
    return download(content, sheets.TYPES[form], name)


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest) -> HttpResponse:
    """From when lateness is systematic, and what it was before."""
    stands = figures.rule_now()
    form = RuleForm(request.POST or None, initial=vars(stands))
    if request.method == "POST" and form.is_valid():
        actions.set_rule(by=request.user, rule=form.rule())
        messages.success(request, _("The rule is in force from now on."))
        return redirect("attendance:rule")
    context = {"form": form, "stands": stands, "history": figures.rule_history()}
    return render(request, "attendance/rule.html", context, status=400 if request.method == "POST" else 200)


# --- Answers -----------------------------------------------------------------------------------------


def _filters(request: HttpRequest, query: Any) -> FiltersForm:
    now = clock.now()
    people = figures.people(request.user, now)
    return FiltersForm(query, people=people, today=clock.local(now).date())


def _faulty(form: forms.Form, refused: Invalid | Conflict) -> forms.Form:
    if isinstance(refused, Invalid):
        add_errors(form, refused)
    else:
        form.add_error(None, str(refused.sentence))
    return form


def _prolong(request: HttpRequest, row: Any, form: forms.Form, status: int) -> HttpResponse:
    offered = [at for at in rules.ends(row.starts_at, row.ends_at, clock.now()) if at > row.ends_at]
    context = {"form": form, "shift": row, "ends": offered}
    return render(request, "attendance/prolong.html", context, status=status)


def _day(
    request: HttpRequest, form: EndForm | None = None, status: int = 200, override: OverrideForm | None = None
) -> HttpResponse:
    template = "attendance/_shift.html" if is_htmx(request) else "attendance/shift.html"
    now = clock.now()
    context = {
        "day": selectors.own_day(request.user, now=now), "form": form or EndForm(), "now": now,
        "prolongs": lets(request.user, "end.prolong"), "override": override,
    }  # fmt: skip
    return render(request, template, context, status=status)


def _again(request: HttpRequest) -> HttpResponse:
    return _day(request) if is_htmx(request) else redirect("attendance:shift")
