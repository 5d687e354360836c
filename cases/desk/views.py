"""The desk, the search, the board. The page and its update in place share one fragment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.casework import selectors as casework
from cases.casework.actions import acknowledge_escalation
from cases.casework.models import Case
from cases.casework.permissions import can_register, check_raise, reading
from cases.casework.querysets import closed_to
from cases.casework.selectors import escalations_for
from cases.desk import actions, rules, selectors
from cases.desk.forms import WakeForm
from cases.desk.labels import GROUP_LABELS
from cases.desk.waiting import waiting
from cases.handover.labels import how_serious
from cases.handover.selectors import card_of, unsigned_count, watch
from cases.knowledge import selectors as knowledge
from cases.privacy.actions import record_look, record_looks
from fregat.lib import clock, notices, search
from fregat.lib.errors import Conflict, Invalid, NotFound
from fregat.lib.forms import add_errors
from fregat.lib.rights import may
from fregat.lib.text import fault_in, normalise
from shifts.breaks import selectors as breaks
from staff.documents import selectors as documents
from staff.tasks import selectors as instructions

_SEARCH_MAX = 200
_KEY_DIGITS = 18
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
        "articles": knowledge.waiting_count(user),
        "now": now, "lines": lines, "tasks": tasks, "handovers": handovers,
        "may_call": may_call,
        "instructions": instructions.to_do(user, now),
        "works_cases": may(user.role, "case.view"),
        "alone": selectors.is_alone(user, now),
        "off_shift": not may_call and closed_to(user, now),
        "watch": watch(user, now) if user.role in selectors.READS_THE_NUMBER else None,
    }  # fmt: skip
    return _draw(request, "home", context)


@require_GET
def night(request: HttpRequest) -> HttpResponse:
    """`/night/`: what a lone operator cannot leave until the morning, and what can wait until 08:00 there."""
    user, now = request.user, clock.now()
    lines = selectors.night_lines(user, Case.objects.visible_to(user, now), now)
    _record(request, [one.line for one in lines], "list", now)
    context = {
        "now": now, "user": user, "off_shift": closed_to(user, now), "alone": selectors.is_alone(user, now),
        "urgent": [one for one in lines if not one.waits], "later": [one for one in lines if one.waits],
    }  # fmt: skip
    return _draw(request, "night", context)


@require_http_methods(["GET", "HEAD", "POST"])
def wake(request: HttpRequest, number: str) -> HttpResponse:
    """Whom to wake and with which words: the summary comes filled in from the case."""
    user, now = request.user, clock.now()
    case = casework.get_case(user, number, now=now)
    check_raise(user, case, now)
    people, card = selectors.to_wake(user, case, now), card_of(case, for_colleague=False)
    initial = {
        "to": selectors.TOLD,
        "text": "\n".join(
            filter(None, (how_serious(card.serious, card.serious_why), card.summary, card.next_step))
        ),
    }
    form = WakeForm(request.POST if request.method == "POST" else None, people=people, initial=initial)
    status = 200
    if request.method == "POST":
        status = _woken(request, form, number)
        if status == 302:
            here = may(user.role, "night_view")
            return redirect("desk:night") if here else redirect("casework:case", number)
    record_look(
        by=user, kind="case", objects=[case.uuid], part=reading(user).part("facts"), ground=case.ground,
        request=request, now=now,
    )  # fmt: skip
    told = selectors.woken([case], now)[case.pk]
    context = {"case": case, "form": form, "people": people.values(), "woken": told, "now": now}
    return render(request, "desk/wake.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def woken(request: HttpRequest) -> HttpResponse:
    """`/woken/`: what a doctor was woken for, and the answer by one key; nothing of the case itself is shown."""
    user, now = request.user, clock.now()
    if request.method == "POST":
        actions.answer(by=user, escalation_id=_key(request.POST.get("escalation", "")))
        messages.success(request, _("Confirmed: whoever woke you sees it."))
        return redirect("desk:woken")
    context = {"rows": selectors.wakings(user, now), "now": now, "off_shift": closed_to(user, now)}
    return _draw(request, "woken_for", context)


def _key(text: str) -> int:
    """The key that a form names. Raises NotFound for what is no key."""
    if not text.isdecimal() or len(text) > _KEY_DIGITS:
        raise NotFound()
    return int(text)


def _woken(request: HttpRequest, form: WakeForm, number: str) -> int:
    """302 when it is done; else what the form is answered with, everything typed in it."""
    if not form.is_valid():
        return 400
    try:
        actions.wake(by=request.user, number=number, **form.cleaned_data)
    except Invalid as refused:
        add_errors(form, refused)
        return 400
    except Conflict as refused:
        form.add_error(None, str(refused))
        return 409
    messages.success(request, _("Told at once and on the record of the case. Call them, too."))
    return 302


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
