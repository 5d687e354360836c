"""The end-of-shift desk, the sheet, the banner. The page and its update in place share one fragment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cases.casework import selectors as casework
from cases.casework.models import Case
from cases.handover import actions, selectors
from cases.handover.forms import DecisionForm, decision_form, draft_of, prefix_of
from cases.handover.rules import Decision
from cases.privacy.actions import record_looks
from fregat.lib import clock, drafts, rights
from fregat.lib.errors import Invalid
from fregat.lib.forms import add_errors
from fregat.lib.middleware import is_htmx
from shifts.attendance import selectors as attendance
from shifts.breaks import selectors as breaks


def banner_url(request: HttpRequest) -> str:
    """The address of the shift's banner for the base layout; empty for whoever has no cases to hand over."""
    role = getattr(request.user, "role", "")
    return reverse("handover:banner") if rights.may(role, "check.decide") else ""


@require_GET
def banner(request: HttpRequest) -> HttpResponse:
    """What must not be lost from sight: the check that runs, the handovers that wait for acceptance."""
    now = clock.now()
    shift = attendance.current_shift(request.user, now)
    check = getattr(shift, "check_row", None) if shift else None
    begun = check is not None and check.started_at is not None
    context = {
        "shift": shift if begun else None,
        "left": selectors.remaining(request.user, shift) if begun and shift else 0,
        "waiting": selectors.waiting_count(request.user),
        "desk": reverse("handover:desk"),
        "lapses": selectors.alarm(request.user, now),
    }
    return render(request, "handover/_banner.html", context)


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """`/shift/end/`: every case of the check, one decision each with one key (JD II.12)."""
    return _draw_desk(request, clock.now())


@require_POST
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """One decision. A card that lacks something comes back with what was typed."""
    now = clock.now()
    decision = request.POST.get("decision", "")
    given: dict[str, Any] = {}
    if decision == Decision.HAND_OVER:
        form = DecisionForm(request.POST, now=now, prefix=prefix_of(number))
        given = form.cleaned_data if form.is_valid() else {}
    try:
        if given or decision != Decision.HAND_OVER:
            actions.decide(by=request.user, number=number, decision=decision, **given)
    except Invalid as refused:
        if not given:
            raise
        add_errors(form, refused)
    if decision == Decision.HAND_OVER and form.errors:
        form.point_out()
        return _draw_desk(request, now, (number, form), status=400)
    drafts.clear(request.user.pk, f"check-{number}")
    return _draw_desk(request, clock.now()) if is_htmx(request) else redirect("handover:desk")


def _draw_desk(
    request: HttpRequest, now: datetime, typed: tuple[str, DecisionForm] | None = None, *, status: int = 200
) -> HttpResponse:
    name = "handover/_desk.html" if is_htmx(request) else "handover/desk.html"
    return render(request, name, _desk_context(request, now, typed), status=status)


def _desk_context(
    request: HttpRequest, now: datetime, typed: tuple[str, DecisionForm] | None
) -> dict[str, Any]:
    check = selectors.current_check(request.user, now)
    if check is None:
        return {"check": None, "waiting": selectors.own_cards(request.user, now)}
    number, form = typed or (request.GET.get("case", ""), None)
    current = _current(check, number, request.GET.get("at", ""))
    if current is not None:
        form = form or decision_form(current, now=now, draft=drafts.get(request.user.pk, draft_of(current)))
        form.offer(selectors.colleagues(check.shift, current.case, now), breaks.away_ids(now))
    open_card = {current.case.uuid} if current is not None and current.case.is_open else set()
    _record_check(request, check, open_card, now)
    return {
        "check": check,
        "lines": _lines(check.items, current, form),
        "current": current.case.number if current else "",
        "chosen": bool(current and current.case.number == number),
    }


def _current(check: selectors.CheckView, number: str, at: str) -> selectors.Item | None:
    """The case that was chosen; else the one that the desk stood `at`, while it waits; else the next that waits.

    A refresh that overtakes the answer to a decision must not lead back to the case that has just been decided.
    """
    chosen = [item for item in check.items if item.case.number == number]
    stood = [item for item in check.items if item.case.number == at and not item.is_decided]
    return next(iter([*chosen, *stood]), check.next_item)


def _record_check(request: HttpRequest, check: selectors.CheckView, cards: set[UUID], now: datetime) -> None:
    """Write down the look at the check: a list, and of the cases in `cards` what is written on them too."""
    cases = [*(item.case for item in check.items), *check.reading]
    grounds = casework.grounds(request.user, cases, now)
    for part, seen in (("medical", cards), ("list", grounds.keys() - cards)):
        record_looks(
            by=request.user, kind="case", grounds={uuid: grounds[uuid] for uuid in grounds if uuid in seen},
            part=part, request=request, now=now,
        )  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One case on the desk: the current one with its form, its neighbours with their keys."""

    item: selectors.Item
    form: DecisionForm | None
    key: str

    @property
    def case(self) -> Case:
        """Its case."""
        return self.item.case


def _lines(
    items: list[selectors.Item], current: selectors.Item | None, form: DecisionForm | None
) -> list[Line]:
    place = items.index(current) if current else -1
    keys = {place + 1: "j", place - 1: "k"} if current else {}
    return [
        Line(item, form if item is current else None, keys.get(index, "")) for index, item in enumerate(items)
    ]
