"""The list of cases: filters in the address, pages by the last seen number, counts of what one may see."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.casework import permissions, selectors
from cases.casework.forms.queue import QueueForm
from cases.casework.labels import STATUS_LABELS
from cases.casework.models import Case
from cases.casework.querysets import closed_to
from cases.casework.statuses import OPEN
from cases.casework.views import choices
from cases.privacy.actions import record_looks
from fregat.lib.once import moment

PAGE = 50
_DUE = {"late": timedelta(0), "1h": timedelta(hours=1), "24h": timedelta(hours=24)}


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """The list; for htmx its part, or the next rows."""
    now = moment()
    user = request.user
    form = _form(request, now)
    filters = _filters(form, now)
    tells = permissions.reading(user).escalations
    after = _read(request.GET.get("after", ""))
    listed = selectors.lines(user, filters, now, tells=tells, after=after, most=PAGE + 1)
    rows, more = listed[:PAGE], len(listed) > PAGE
    grounds = {row.uuid: row.ground for row in rows}
    record_looks(by=user, kind="case", grounds=grounds, part="list", request=request, now=now)
    context = {"cases": rows, "now": now, "next_url": _next(request, rows) if more else ""}
    if request.htmx and request.GET.get("after"):
        return render(request, "casework/_queue_rows.html", context)
    may_register = permissions.can_register(user, now)
    context |= {
        "form": form,
        "filtered": bool(filters),
        "counts": _counts(request, filters, now),
        "here": request.get_full_path(),
        "may_register": may_register,
        "off_shift": not may_register and closed_to(user, now),
    }
    return render(request, "casework/_queue.html" if request.htmx else "casework/cases.html", context)


def _form(request: HttpRequest, now: datetime) -> QueueForm:
    return QueueForm(
        request.GET,
        statuses=[(str(code), label) for code, label in STATUS_LABELS.items()],
        people=_people(request, now),
        insurers=choices.insurers(request.user),
        countries=choices.countries()[0],
    )


def _people(request: HttpRequest, now: datetime) -> list[tuple[str, str, str]]:
    """Oneself first, then who is on duty, and whoever the address names."""
    mine = (request.user.username, request.user.full_name, "")
    return [mine, *choices.people(now, but=request.user.pk)]


def _filters(form: QueueForm, now: datetime) -> dict[str, Any]:
    """What `selectors.queue` understands; a value that the form refuses does not filter."""
    form.is_valid()
    clean = form.cleaned_data
    found: dict[str, Any] = {
        name: clean.get(name) for name in ("responsible", "insurer", "country", "number") if clean.get(name)
    }
    if clean.get("status"):
        found["status"] = [str(code) for code in OPEN] if clean["status"] == "open" else clean["status"]
    if clean.get("due"):
        found["due_before"] = now + _DUE[clean["due"]]
    return found


def _read(after: str) -> int | None:
    try:
        text = base64.urlsafe_b64decode(after.encode()).decode() if after else ""
    except (ValueError, binascii.Error, UnicodeError):
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def _next(request: HttpRequest, rows: list[Case]) -> str:
    query = request.GET.copy()
    query["after"] = base64.urlsafe_b64encode(str(rows[-1].pk).encode()).decode()
    return f"{request.path}?{query.urlencode()}"


def _counts(request: HttpRequest, filters: dict[str, Any], now: datetime) -> list[dict[str, Any]]:
    """How many of the cases that one may see are in each status (`500+` at most), the other filters kept."""
    others = {name: value for name, value in filters.items() if name != "status"}
    found = selectors.counts(request.user, others, now)
    listed = []
    for code, label in STATUS_LABELS.items():
        query = request.GET.copy()
        query.pop("after", None)
        current = query.get("status") == code
        query["status"] = "" if current else str(code)
        number = found.get(str(code), 0)
        if number or current:
            url = f"{reverse('casework:cases')}?{query.urlencode()}"
            listed.append(
                {
                    "code": str(code),
                    "text": f"{label}: {number}{'+' if number == selectors.MOST_COUNTED else ''}",
                    "url": url,
                    "current": current,
                }
            )
    return listed
