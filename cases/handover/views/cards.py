"""The card of a handover: completed, accepted, refused. The page and its update in place share one fragment."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.casework.models import Case
from cases.casework.permissions import reading
from cases.handover import actions, permissions, selectors
from cases.handover.forms import AcceptForm, CardForm, RefuseForm, card_initial
from cases.handover.models import Handover
from cases.privacy.actions import record_looks
from fregat.lib import clock
from fregat.lib.errors import Invalid
from fregat.lib.forms import add_errors
from fregat.lib.middleware import is_htmx
from staff.employees.models import Employee


@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """`/handovers/<id>/`: the card and the chain of hops; POST completes the card (B1)."""
    now = clock.now()
    if request.method == "GET":
        return _draw_card(request, pk)
    form = CardForm(request.POST, now=now)
    if not form.is_valid():
        return _draw_card(request, pk, {"card_form": form}, status=400)
    try:
        actions.complete_card(by=request.user, handover_id=pk, **form.cleaned_data)
    except Invalid as refused:
        add_errors(form, refused)
        return _draw_card(request, pk, {"card_form": form}, status=400)
    return _done(request, pk, _("The card is saved."))


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept with a line of read-back."""
    form = AcceptForm(request.POST)
    text = form.cleaned_data["read_back"] if form.is_valid() else ""
    if form.is_valid():
        try:
            actions.accept(by=request.user, handover_id=pk, read_back=text)
        except Invalid as refused:
            add_errors(form, refused)
    if form.errors:
        return _draw_card(request, pk, {"accept_form": form}, status=400)
    return _done(request, pk, _("The case is yours: you have accepted it."))


@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse with a reason: the case moves to the senior manager on duty."""
    form = RefuseForm(request.POST)
    text = form.cleaned_data["reason"] if form.is_valid() else ""
    if form.is_valid():
        try:
            actions.refuse(by=request.user, handover_id=pk, reason=text)
        except Invalid as refused:
            add_errors(form, refused)
    if form.errors:
        return _draw_card(request, pk, {"refuse_form": form}, status=400)
    return _done(request, pk, _("Refused. The case has moved to the senior manager on duty or to the head."))


def _done(request: HttpRequest, pk: int, sentence: str) -> HttpResponse:
    """The card as it is now; whoever may not see it any more goes to their desk."""
    messages.success(request, sentence)
    visible = Handover.objects.visible_to(request.user, clock.now()).filter(pk=pk).exists()
    if is_htmx(request) and visible:
        return _draw_card(request, pk)
    target = reverse("handover:card", args=[pk]) if visible else "/"
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return redirect(target)


def _draw_card(
    request: HttpRequest, pk: int, forms: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    now = clock.now()
    user: Employee = request.user
    handover = selectors.get_handover(user, pk, now)
    grounds = selectors.grounds(user, [handover], now)
    part = selectors.part(reading(user), handover)
    record_looks(by=user, kind="case", grounds=grounds, part=part, request=request, now=now)
    context = {
        "handover": handover,
        "may_accept": permissions.can_accept(user, handover, now),
        "may_refuse": permissions.can_refuse(user, handover, now),
        "may_complete": permissions.can_complete_card(user, handover, now),
        "sees_case": Case.objects.visible_to(user, now).filter(pk=handover.case_id).exists(),
        "is_receiver": handover.receiver_id == user.pk,
        "signs_sheet": handover.accepted_by_id == user.pk and handover.shift_id is not None,
        "accept_form": AcceptForm(),
        "refuse_form": RefuseForm(),
        "card_form": CardForm(now=now, initial=card_initial(handover)),
        "told": request.method == "POST",
        **(forms or {}),
    }
    name = "handover/_card.html" if is_htmx(request) else "handover/card.html"
    return render(request, name, context, status=status)
