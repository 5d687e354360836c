"""The page of one's own day: my shift now, what comes next, who is on duty."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fregat.lib import clock
from fregat.lib.middleware import is_htmx
from shifts.attendance import selectors


@require_safe
def shift(request: HttpRequest) -> HttpResponse:
    """My shift, the next ones, who is on duty and who leads."""
    template = "attendance/_shift.html" if is_htmx(request) else "attendance/shift.html"
    return render(request, template, {"day": selectors.own_day(request.user, now=clock.now())})
