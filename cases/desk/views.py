"""The desk, the search, the board. The page and its update in place share one fragment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from cases.casework import selectors as casework
from cases.casework.actions import acknowledge_escalation
from cases.casework.models import Case
from cases.casework.permissions import can_register
from cases.casework.querysets import closed_to
from cases.casework.selectors import escalations_for
from cases.desk import rules, selectors
from cases.desk.labels import GROUP_LABELS
from cases.desk.waiting import waiting
from cases.handover.selectors import unsigned_count, watch
from cases.privacy.actions import record_looks
from fregat.lib import clock, notices, search
from fregat.lib.rights import may
from fregat.lib.text import fault_in, normalise
from shifts.breaks import selectors as breaks
from staff.documents import selectors as documents
from staff.tasks import selectors as instructions

_SEARCH_MAX = 200
_NEWS = 5
"""The most notices that the board shows; the bell has them all."""


def _draw(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """The fragment for an update in place, the page otherwise."""
    part = bool(getattr(request, "htmx", False)) and not request.htmx.boosted
    return render(request, f"desk/_{name}.html" if part else f"desk/{name}.html", context)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """`/`: my cases with what is due next, handovers to accept, tasks (design: experience)."""
    user, now = request.user, clock.now()
    visible = Case.objects.visible_to(user, now)
    lines = selectors.case_lines(visible.filter(responsible=user), now)
    tasks = list(selectors.my_tasks(user, visible))
    handovers = list(selectors.pending_handovers().filter(receiver=user))
    _record(request, [*lines, *tasks, *handovers], "list", now)
    may_call = can_register(user, now)
    context = {
        "waiting": documents.waiting(user, now),
        "now": now, "lines": lines, "tasks": tasks, "handovers": handovers,
        "may_call": may_call,
        "instructions": instructions.to_do(user, now),
        "works_cases": may(user.role, "case.view"),
        "off_shift": not may_call and closed_to(user, now),
        "watch": watch(user, now) if user.role in selectors.READS_THE_NUMBER else None,
    }  # fmt: skip
    return _draw(request, "home", context)


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """`/board/`: escalations first, then handovers, people, cases at risk (JD II.10, B5)."""
    return _draw(request, "board", _board(request))


def _board(request: HttpRequest) -> dict[str, Any]:
    user, now = request.user, clock.now()
    visible = Case.objects.visible_to(user, now)
    escalations = list(escalations_for(user, now)[: selectors.LINES])
    lines = selectors.case_lines(visible, now)
    at_risk = [line for line in lines if line.risks and line.risks[0].weight >= rules.AT_RISK]
    handovers = list(selectors.pending_handovers().filter(case__in=visible)[: selectors.LINES])
    _record(request, [*escalations, *at_risk, *handovers], "board", now)
    people = selectors.people(user, now)
    return {
        "now": now, "escalations": escalations, "at_risk": at_risk, "handovers": handovers,
        "instructions": instructions.to_answer(user, now),
        "wishes": breaks.wishes(user, now), "people": people, "tally": selectors.tally(people),
        "watch": watch(user, now), "asked": waiting(user, now), "news": notices.not_read(user, now, _NEWS),
        "unsigned_sheets": unsigned_count(user, now),
    }  # fmt: skip


def _record(request: HttpRequest, rows: Iterable[Any], part: str, now: datetime) -> None:
    """Write down that the cases of these rows are shown, each on the ground on which it is seen."""
    grounds = casework.grounds(request.user, [row.case for row in rows], now)
    record_looks(by=request.user, kind="case", grounds=grounds, part=part, request=request, now=now)


@require_POST
def acknowledge(request: HttpRequest, escalation_id: int) -> HttpResponse:
    """The senior manager knows (JD II.10); the board is drawn again in place."""
    acknowledge_escalation(by=request.user, escalation_id=escalation_id)
    if not getattr(request, "htmx", False):
        return redirect("desk:board")
    return _draw(request, "board", _board(request))


@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """`/search/`: people, policies, cases, phones, colleagues, commands (POST: names stay out of addresses)."""
    text = normalise(request.POST.get("q", ""))
    fault = fault_in(text, max_length=_SEARCH_MAX, multiline=False)
    hits = search.find(request.user, text, clock.now(), request) if len(text) >= 2 and not fault else []
    groups = [(GROUP_LABELS[key], list(rows)) for key, rows in groupby(hits, key=lambda hit: hit.group)]
    return _draw(request, "search", {"groups": groups, "text": text, "fault": fault})
