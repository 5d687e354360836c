"""The list: given to me, given by me, my people; overdue ones first, filters in the address."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fregat.lib import clock
from fregat.lib.middleware import is_htmx
from fregat.lib.rights import lets
from staff.tasks import selectors
from staff.tasks.forms import FiltersForm
from staff.tasks.models import Assignment

VIEWS = ("given", "team", "mine")
"""Views of the list for who gives instructions; the others have `mine` alone."""


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """`/tasks/`: what I have to do, what I have given, my team; overdue ones first."""
    now, user = clock.now(), request.user
    form = FiltersForm(request.GET, views=list(VIEWS) if lets(user, "instruction.give") else ["mine"])
    form.offer(selectors.persons(user, form.chosen_view, now) if form.chosen_view != "mine" else [])
    filters = form.filters()
    after = _read(request.GET.get("after", ""))
    rows = selectors.assignments(user, filters, now=now, after=after)
    shown = rows[: selectors.LINES]
    context: dict[str, Any] = {
        "rows": shown, "filters": filters, "now": after.at if after else now,
        "next_url": _next(request, shown[-1], now) if len(rows) > selectors.LINES else "",
    }  # fmt: skip
    if is_htmx(request) and after:
        return render(request, "tasks/_rows.html", context)
    context |= {
        "form": form,
        "tabs": _tabs(form, selectors.counts(user, form.views, now)),
        "here": request.get_full_path(),
        "filtered": filters.state != "open" or bool(filters.person),
        "gives": len(form.views) > 1,
    }
    return render(request, "tasks/_list.html" if is_htmx(request) else "tasks/list.html", context)


def _tabs(form: FiltersForm, counts: dict[str, selectors.Counted]) -> list[dict[str, Any]]:
    labels = {"given": _("Given by me"), "team": _("All of my people"), "mine": _("Given to me")}
    address = reverse("tasks:tasks")
    return [
        {
            "label": labels[view], "url": f"{address}?view={view}", "current": view == form.chosen_view,
            "counted": counts[view],
        }
        for view in form.views
    ]  # fmt: skip


def _next(request: HttpRequest, last: Assignment, now: datetime) -> str:
    place = asdict(selectors.place_of(last, now))
    text = json.dumps(place, default=lambda value: value.isoformat())
    query = request.GET.copy()
    query["after"] = base64.urlsafe_b64encode(text.encode()).decode()
    return f"{request.path}?{query.urlencode()}"


def _read(after: str) -> selectors.Place | None:
    """The place in an address; None for the first page, and for what is no place of ours."""
    try:
        found = json.loads(base64.urlsafe_b64decode(after.encode())) if after else None
        if not isinstance(found, dict):
            return None
        at, moment = (datetime.fromisoformat(found[name]) for name in ("at", "moment"))
        rank, pk = found["rank"], found["pk"]
    except (ValueError, KeyError, TypeError, binascii.Error, RecursionError):
        return None
    sane = at.tzinfo and moment.tzinfo and type(rank) is type(pk) is int and 0 <= pk < 2**62 and 0 <= rank < 9
    return selectors.Place(at, rank, moment, pk) if sane else None
