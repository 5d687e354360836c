"""Who looked at whose data: one's own looks, those of others, those at one person or case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cases.privacy import registry
from cases.privacy.actions import record_look
from cases.privacy.forms.log import FindForm, LogForm
from cases.privacy.permissions import reader_of
from cases.privacy.selectors import findings
from cases.privacy.selectors import looks as selectors
from cases.privacy.selectors.looks import Line, Page, Thing
from cases.privacy.views.tabs import tabs
from fregat.lib import clock
from fregat.lib.middleware import is_htmx


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """`/privacy/`: what I looked at. Persons stand here by the number of their record: this is no look at them."""
    form = LogForm(request.GET, people=None)
    page = selectors.own_looks(request.user, form.filters(), now=clock.now())
    asked = findings.asked_of(request.user)
    return _draw(request, "privacy/mine.html", form, page, own=True, asked=asked)


@never_cache
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Looks of others, as far as one may read about them; the names that it shows are a look themselves."""
    now = clock.now()
    form = LogForm(request.GET, people=selectors.readers(request.user, now=now))
    page = selectors.looks(request.user, form.filters(), now=now)
    record_names(request, things_of(page.lines), now)
    return _draw(request, "privacy/log.html", form, page)


@never_cache
@require_safe
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """One look with everything that it saw."""
    now = clock.now()
    row, line = selectors.get_look(request.user, pk, now=now)
    record_names(request, line.things, now)
    return render(request, "privacy/look.html", {"row": row, "line": line, "tabs": tabs(request)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Which person or case: by the number of a case or of a policy. POST: it stays out of addresses."""
    now = clock.now()
    form = FindForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "tabs": tabs(request)}
    if form.is_valid():
        pairs = registry.found(form.cleaned_data["number"], reader_of(request.user), now)
        if len(pairs) == 1:
            return redirect("privacy:who", *pairs[0])
        things = _named(request, pairs, now)
        record_names(request, things, now)
        context |= {"asked": form.cleaned_data["number"], "things": things}
    return render(request, "privacy/find.html", context, status=400 if form.errors else 200)


def _named(request: HttpRequest, pairs: list[tuple[str, UUID]], now: datetime) -> list[Thing]:
    wanted: dict[str, list[UUID]] = defaultdict(list)
    for kind, uuid in pairs:
        wanted[kind].append(uuid)
    known = selectors.names(request.user, wanted, now=now)
    return [selectors.thing(kind, uuid, known) for kind, uuid in pairs]


@never_cache
@require_safe
def who(request: HttpRequest, kind: str, uuid: UUID) -> HttpResponse:
    """Who looked at this person, case or policy."""
    now = clock.now()
    thing = selectors.subject(request.user, kind, uuid, now=now)
    form = LogForm(request.GET, people=selectors.readers(request.user, now=now))
    page = selectors.looks_at(request.user, uuid, form.filters(), now=now)
    record_names(request, [thing, *things_of(page.lines)], now)
    return _draw(request, "privacy/who.html", form, page, thing=thing, all=selectors.reads_all(request.user))


@never_cache
@require_safe
def who_print(request: HttpRequest, kind: str, uuid: UUID) -> HttpResponse:
    """The same on paper, for the person who asks; printing is an action of its own in the log."""
    now = clock.now()
    thing = selectors.subject(request.user, kind, uuid, now=now)
    form = LogForm(request.GET, people=selectors.readers(request.user, now=now))
    size = selectors.PRINTED
    page = selectors.looks_at(request.user, uuid, form.filters(), now=now, size=size)
    record_names(request, [thing], now, action="print", ground="request")
    context = {
        "thing": thing,
        "page": page,
        "at": now,
        "most": size,
        "all": selectors.reads_all(request.user),
    }
    return render(request, "privacy/who_print.html", context)


def things_of(lines: Iterable[Line]) -> list[Thing]:
    return [thing for line in lines for thing in line.things]


def record_names(
    request: HttpRequest, things: Iterable[Thing], now: datetime, *, action: str = "", ground: str = ""
) -> None:
    """The names shown here are personal data as well: whose, is written down before they are shown."""
    named: dict[str, list[UUID]] = defaultdict(list)
    for thing in things:
        if thing.named:
            named[thing.kind].append(thing.uuid)
    for kind, uuids in named.items():
        record_look(
            by=request.user, kind=kind, objects=uuids, part="log", action=action, ground=ground or "oversight",
            request=request, now=now,
        )  # fmt: skip


def _draw(
    request: HttpRequest, template: str, form: LogForm, page: Page, *, own: bool = False, **more: Any
) -> HttpResponse:
    context = {
        "form": form, "page": page, "next_url": _next(request, page), "tabs": tabs(request), "own": own,
        "filtered": any(value for name, value in request.GET.items() if name != "before"), **more,
    }  # fmt: skip
    if is_htmx(request):
        template = "privacy/_rows.html" if "before" in request.GET else "privacy/_log.html"
    return render(request, template, context, status=400 if form.errors else 200)


def _next(request: HttpRequest, page: Page) -> str:
    """The address of the next lines: the same filters, from the last number on."""
    if page.before is None:
        return ""
    query = request.GET.copy()
    query["before"] = str(page.before)
    return f"{request.path}?{query.urlencode()}"
