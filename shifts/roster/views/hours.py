"""The hours of a month, and the table of them for the accountants."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from fregat.lib import clock, sheets
from fregat.lib.files import download
from shifts.roster import actions, permissions, rules, selectors
from shifts.roster.forms import HoursForm
from shifts.roster.views.month import back_of, filters_of


@require_safe
def hours(request: HttpRequest) -> HttpResponse:
    """Planned and worked hours by person."""
    return _page(request, HoursForm())


@require_POST
def hours_export(request: HttpRequest) -> HttpResponse:
    """The same as a file, written down."""
    permissions.check_exports_hours(request.user)
    form = HoursForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 400)
    month, kind = filters_of(request, back_of(request)).month, form.cleaned_data["kind"]
    _row, content = actions.export_hours(
        by=request.user, month=month, kind=kind, purpose=form.cleaned_data["purpose"]
    )
    return download(content, sheets.TYPES[kind], f"hours-{month:%Y-%m}.{kind}")


def _page(request: HttpRequest, form: HoursForm, status: int = 200) -> HttpResponse:
    now = clock.now()
    query = back_of(request) if request.method == "POST" else request.GET
    month = filters_of(request, query).month
    exports = permissions.can_export_hours(request.user)
    context = {
        "lines": selectors.hours(request.user, month, now=now), "month": month, "form": form, "may_export": exports,
        "exports": selectors.last_exports() if exports else [], "back": f"month={month:%Y-%m}",
        "previous": rules.month_of(month - timedelta(days=1)), "following": rules.next_month(month),
    }  # fmt: skip
    return render(request, "roster/hours.html", context, status=status)
