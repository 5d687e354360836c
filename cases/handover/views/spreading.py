"""`/shift/end/spread/`: several cases of a desk to one receiver, or evenly between those who fit, looked at first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cases.casework import selectors as casework
from cases.handover import actions, permissions, selectors
from cases.handover.labels import NOT_SPREAD
from cases.handover.selectors import CheckView, Item, Receiving
from cases.privacy.actions import record_looks
from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid, NotFound, Sentence
from fregat.lib.middleware import is_htmx
from fregat.lib.text import fault_in
from staff.employees.models import Employee

EVEN = "="
"""In place of a sign-in name: evenly."""


@require_http_methods(["GET", "HEAD", "POST"])
def spread(request: HttpRequest) -> HttpResponse:
    """Choose cases and a receiver; `preview` shows to whom each would go; without it the decisions are taken."""
    now = clock.now()
    giver = _giver(request)
    permissions.check_spread(request.user, giver, now)
    check = selectors.current_check(giver, now)
    if check is None:
        raise Conflict(_("%(name)s is not on shift now.") % {"name": giver.full_name}, code="off_shift")
    sent = request.POST if request.method == "POST" else request.GET
    numbers, to = sent.getlist("case"), sent.get("to", "")
    if request.method != "POST" and "all" in sent:
        numbers = [item.case.number for item in check.items if not selectors.why_not_spread(check, item)]
    if request.method != "POST":
        return _draw(request, giver, check, numbers, {}, now)
    receivers = _receivers(request, check, numbers, to, now)
    if "preview" in request.POST or (to == EVEN and not _previewed(request, numbers)):
        return _draw(request, giver, check, numbers, receivers, now, to=to)
    try:
        count = actions.spread(by=request.user, of=giver, receivers=receivers)
    except Invalid as refused:
        sentences = [str(one) for one in refused.errors.values()]
        return _draw(request, giver, check, numbers, receivers, now, to=to, faults=sentences)
    said = ngettext("%(count)s case has its receiver.", "%(count)s cases have their receivers.", count)
    messages.success(request, said % {"count": count})
    target = _address(request, giver)
    return HttpResponse(status=204, headers={"HX-Redirect": target}) if is_htmx(request) else redirect(target)


def _giver(request: HttpRequest) -> Employee:
    """Whose desk it is: `?of=` a sign-in name, else one's own."""
    name = request.GET.get("of", "")
    user: Employee = request.user
    if not name or fault_in(name, multiline=False):
        return user
    found: Employee | None = Employee.objects.employed().filter(username=name).first()
    if found is None:
        raise NotFound()
    return found


def _address(request: HttpRequest, giver: Employee) -> str:
    own = giver.pk == request.user.pk
    return reverse("handover:spread") + ("" if own else f"?of={giver.username}")


def _previewed(request: HttpRequest, numbers: list[str]) -> bool:
    return bool(numbers) and all(request.POST.get(f"to-{number}") for number in numbers)


def _receivers(
    request: HttpRequest, check: CheckView, numbers: list[str], to: str, now: datetime
) -> dict[str, str]:
    """Number → sign-in name: what was shown is what is saved."""
    if to != EVEN:
        return dict.fromkeys(numbers, to)
    if "preview" not in request.POST and _previewed(request, numbers):
        return {number: request.POST[f"to-{number}"] for number in numbers}
    return dict(selectors.spread_evenly(check, numbers, selectors.receiving(check, now)))


@dataclass(frozen=True)
class Line:
    """One case of the desk: chosen or not, to whom it would go, why it cannot be chosen."""

    item: Item
    chosen: bool
    to: Employee | None
    username: str
    previewed: bool
    why_not: Sentence


@dataclass(frozen=True)
class Load:
    """A receiver: what they hold, and what they would."""

    one: Receiving
    more: int

    @property
    def after(self) -> int:
        """Cases that they would hold."""
        return self.one.held + self.more


def _draw(
    request: HttpRequest, giver: Employee, check: CheckView, numbers: list[str], receivers: dict[str, str],
    now: datetime, *, to: str = "", faults: list[str] | None = None,
) -> HttpResponse:  # fmt: skip
    grounds = casework.grounds(request.user, [item.case for item in check.items], now, otherwise="team")
    record_looks(by=request.user, kind="case", grounds=grounds, part="list", request=request, now=now)
    people = selectors.receiving(check, now)
    names = {one.person.username: one.person for one in people}
    codes = {item.case.number: selectors.why_not_spread(check, item) for item in check.items}
    context: dict[str, Any] = {
        "giver": giver, "own": giver.pk == request.user.pk, "address": _address(request, giver), "check": check,
        "people": [Load(one, list(receivers.values()).count(one.person.username)) for one in people],
        "to": to, "even": EVEN, "faults": faults or [], "previewed": bool(receivers),
        "lines": [
            Line(
                item, item.case.number in numbers and not codes[item.case.number],
                names.get(receivers.get(item.case.number, "")), receivers.get(item.case.number, ""),
                item.case.number in receivers,
                NOT_SPREAD[codes[item.case.number]] if codes[item.case.number] else "",
            )
            for item in check.items
        ],
    }  # fmt: skip
    name = "handover/_spread.html" if is_htmx(request) else "handover/spread.html"
    return render(request, name, context, status=400 if faults else 200)
