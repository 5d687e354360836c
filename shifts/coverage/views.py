"""`/roster/coverage/`: what each quarter-hour of a day needs and has; the head sets the service level."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fregat.lib import clock
from fregat.lib.errors import Invalid
from fregat.lib.forms import add_errors
from fregat.lib.rights import lets
from shifts.coverage import actions, selectors
from shifts.coverage.forms import DayForm, GoalForm


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """A day by quarter-hours, and the fortnight around it."""
    return _page(request)


@require_POST
def goal(request: HttpRequest) -> HttpResponse:
    """What is expected from a day on."""
    form = GoalForm(request.POST)
    if form.is_valid():
        try:
            row = actions.set_goal(by=request.user, goal=form.goal(), since=form.cleaned_data["since"])
        except Invalid as refused:
            add_errors(form, refused)
        else:
            said = _("From %(since)s the new service level holds.")
            messages.success(request, said % {"since": f"{row.since:%d.%m.%Y}"})
            return redirect("coverage:coverage")
    return _page(request, form, 400)


def _page(request: HttpRequest, form: GoalForm | None = None, status: int = 200) -> HttpResponse:
    now = clock.now()
    today = clock.local(now).date()
    day = DayForm(request.GET, today=today).chosen
    page = selectors.page(day, day - timedelta(days=day.weekday()), now)
    context = {
        "page": page,
        "day": day,
        "today": today,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
    }
    if lets(request.user, "coverage.goal"):
        context["form"] = form or GoalForm(initial={**asdict(page.goal), "since": today})
    return render(request, "coverage/coverage.html", context, status=status)
