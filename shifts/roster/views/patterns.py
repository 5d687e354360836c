"""Patterns, who works by which, and a month made from them with a look at it before."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from fregat.lib import clock
from fregat.lib.errors import Invalid
from shifts.roster import actions, permissions, selectors
from shifts.roster.forms import PatternForm, UseForm
from shifts.roster.views.month import back_of, filters_of
from staff.employees.models import Employee


@require_http_methods(["GET", "HEAD", "POST"])
def patterns(request: HttpRequest) -> HttpResponse:
    """The patterns and the people who work by them; POST writes a pattern."""
    permissions.check_plans_at_all(request.user)
    if request.method != "POST":
        return _page(request, write=PatternForm(initial=_chosen(request.GET.get("pattern", ""))))
    form = PatternForm(request.POST)
    if not form.is_valid():
        return _page(request, write=form, status=400)
    clean = form.cleaned_data
    try:
        made = actions.write_pattern(
            by=request.user, name=clean["name"], sequence=clean["sequence"], pattern_id=clean["pattern"]
        )
    except Invalid as refused:
        form.add_refusal(refused)
        return _page(request, write=form, status=refused.status)
    messages.success(
        request, _("Written: %(name)s, %(sequence)s.") % {"name": made.name, "sequence": made.sequence}
    )
    return redirect("roster:patterns")


@require_POST
def pattern_use(request: HttpRequest) -> HttpResponse:
    """Say by which pattern somebody works."""
    permissions.check_plans_at_all(request.user)
    form = _use_form(request, request.POST)
    if not form.is_valid():
        return _page(request, use=form, status=400)
    clean = form.cleaned_data
    employee, pattern = form.people[clean["employee"]], form.patterns.get(clean["pattern"])
    actions.use_pattern(by=request.user, employee=employee, pattern=pattern, starts_on=clean["starts_on"])
    messages.success(request, _("Saved: %s.") % employee.full_name)
    return redirect("roster:patterns")


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """A month from the patterns: what will be made and what it breaks; POST makes the drafts."""
    permissions.check_plans_at_all(request.user)
    back = back_of(request) if request.method == "POST" else request.GET
    filters = filters_of(request, back).filters()
    now, people = clock.now(), None
    if filters.team or filters.person:
        rows = selectors.narrowed(Employee.objects.all(), filters.team, filters.person, now)
        people = list(rows.values_list("pk", flat=True))
    if request.method == "POST":
        made = len(actions.make_month(by=request.user, month=filters.month, people=people))
        said = ngettext("Made: %(count)s draft.", "Made: %(count)s drafts.", made) % {"count": made}
        messages.success(request, said)
        return redirect(f"{reverse('roster:roster')}?{_query(back, filters.month)}")
    found = selectors.previews(request.user, filters.month, people, now=now)
    context = {
        "previews": found, "month": filters.month, "back": _query(back, filters.month),
        "total": sum(len(one.made.shifts) for one in found), "faults": sum(len(one.made.broken) for one in found),
    }  # fmt: skip
    return render(request, "roster/make.html", context)


def _query(back: QueryDict, month: date) -> str:
    query = back.copy()
    query.pop("from", None)
    query["month"] = f"{month:%Y-%m}"
    return query.urlencode()


def _chosen(pk: str) -> dict[str, Any] | None:
    """The pattern to be changed, from the address."""
    found = next((one for one in selectors.patterns() if str(one.pk) == pk), None)
    return {"name": found.name, "sequence": found.sequence, "pattern": found.pk} if found else None


def _use_form(request: HttpRequest, data: QueryDict | None = None) -> UseForm:
    now = clock.now()
    return UseForm(
        data, workers=selectors.workers(request.user, now), patterns=selectors.patterns(),
        initial={"starts_on": clock.local(now).date(), "employee": request.GET.get("employee", "")},
    )  # fmt: skip


def _page(
    request: HttpRequest, write: PatternForm | None = None, use: UseForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "write": write or PatternForm(), "use": use or _use_form(request),
        "patterns": selectors.patterns(), "workers": selectors.workers(request.user, clock.now()),
    }  # fmt: skip
    return render(request, "roster/patterns.html", context, status=status)
