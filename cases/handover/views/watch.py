"""`/watch/`: where nobody on duty answers for an open case, and where nobody did (B5). Nobody insured is named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.casework.views.choices import named_insurers
from cases.handover import selectors
from cases.handover.forms import LapseForm
from fregat.lib import clock, sheets
from fregat.lib.files import download
from fregat.lib.gates import row_id
from fregat.lib.middleware import is_htmx

_TABLE_MAX = 10_000


@require_safe
def lapses(request: HttpRequest) -> HttpResponse:
    """The number, and the list with the minute each began and ended; for htmx its part, or the next rows."""
    now, after = clock.now(), request.GET.get("after", "")
    form = _form(request)
    filters = form.chosen()
    page = selectors.lapse_page(request.user, filters, after=row_id(after) if after else None, now=now)
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "filtered": bool(filters),
        "here": _address(request),
    }
    if page.more:
        context["next_url"] = _address(request, after=str(page.rows[-1].lapse.pk))
    if is_htmx(request) and after:
        return render(request, "handover/_lapse_rows.html", context)
    context |= {"watch": selectors.watch(request.user, now), "question": _address(request).partition("?")[2]}
    return render(request, "handover/_lapses.html" if is_htmx(request) else "handover/lapses.html", context)


@require_safe
def lapses_table(request: HttpRequest) -> HttpResponse:
    """The same lines as a table of values divided by semicolons, as Excel opens them here."""
    now = clock.now()
    headings = [
        _("Case"), _("Project"), _("Responsible"), _("Began"), _("Ended"), _("Minutes"), _("How it ended"),
    ]  # fmt: skip
    content = sheets.write_csv([headings, *_lines(request, now)])
    name = _("Without anybody on duty %(on)s.csv") % {"on": f"{clock.local(now):%Y-%m-%d}"}
    return download(content, sheets.CSV, name)


def _lines(request: HttpRequest, now: Any) -> Iterator[list[str]]:
    found = list(selectors.lapses(request.user, _form(request).chosen(), now)[:_TABLE_MAX])
    for row in selectors.lapse_lines(request.user, found, now):
        one = row.lapse
        yield [
            one.case.number if row.sees_case else "",
            str(one.case.insurer or ""),
            one.responsible.full_name,
            f"{clock.local(one.began_at):%d.%m.%Y %H:%M}",
            f"{clock.local(one.ended_at):%d.%m.%Y %H:%M}" if one.ended_at else "",
            str(row.minutes),
            one.get_ended_by_display() if one.ended_by else "",
        ]


def _form(request: HttpRequest) -> LapseForm:
    return LapseForm(request.GET, insurers=named_insurers(selectors.insurers_of_lapses(request.user)))


def _address(request: HttpRequest, **more: str) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    for name, value in more.items():
        query[name] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path
