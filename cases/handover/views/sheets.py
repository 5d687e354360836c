"""The hand-over sheet: signed by who gives and by who receives, kept, opened by them and by whoever is above."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.casework import selectors as casework
from cases.casework.models import Case
from cases.handover import actions, selectors
from cases.handover import sheet as paper
from cases.handover.forms import SignSheetForm
from cases.handover.labels import NOT_SIGNED
from cases.handover.selectors import Sheet
from cases.privacy.actions import record_looks
from fregat.lib import clock, pdf
from fregat.lib.errors import Invalid
from fregat.lib.forms import add_errors
from fregat.lib.middleware import is_htmx


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest) -> HttpResponse:
    """`/shift/end/sheet/`: what becomes of every case of the check, for paper; POST signs it as the giver."""
    now = clock.now()
    form = SignSheetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and _signed(
        form, lambda secret: actions.sign_given(by=request.user, secret=secret)
    ):
        return _told(request, "handover:sheet")
    check = selectors.current_check(request.user, now)
    context: dict[str, Any] = {"check": check, "form": form}
    if check is not None:
        check = replace(check, reading=[])
        _record(request, [item.case for item in check.items], now)
        context |= {"check": check, **_state(selectors.given_sheet(request.user, check, now))}
    elif after := selectors.given_after_end(request.user, now):
        _record(request, after.cases, now)
        context |= {"after": after, **_state(after), "closed": True}
    return render(request, "handover/sheet.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def received(request: HttpRequest, pk: int) -> HttpResponse:
    """`/handovers/<id>/sheet/`: all that came to me from the same shift; POST signs it as the receiver."""
    now = clock.now()
    handover = selectors.get_handover(request.user, pk, now)
    form = SignSheetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and _signed(
        form, lambda secret: actions.sign_received(by=request.user, handover_id=pk, secret=secret)
    ):
        return _told(request, "handover:received", pk)
    found = selectors.received_sheet(request.user, handover)
    _record(request, found.cases, now)
    context = {"handover": handover, "sheet": found, "form": form, **_state(found)}
    return render(request, "handover/received.html", context, status=400 if form.errors else 200)


def _signed(form: SignSheetForm, act: Any) -> bool:
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data["secret"])
    except Invalid as refused:
        add_errors(form, refused)
        return False
    return True


def _told(request: HttpRequest, route: str, *args: Any) -> HttpResponse:
    messages.success(request, _("The sheet is signed and kept."))
    return redirect(route, *args)


def _state(found: Sheet) -> dict[str, Any]:
    """What was signed last, whether anything has changed since, and why it cannot be signed now."""
    last = selectors.signed_by(found.signer, found.shift)
    same = last is not None and (
        found.fault == "signed" or last.content_hash == paper.fingerprint(paper.text_of(found))
    )
    why_not = NOT_SIGNED[found.fault] if found.fault and not same else ""
    return {"signed": last, "same": same, "why_not": why_not}


def _record(request: HttpRequest, cases: list[Case], now: datetime) -> None:
    """A print of the medical part of each of these cases."""
    grounds = casework.grounds(request.user, cases, now, otherwise="handover")
    record_looks(
        by=request.user,
        kind="case",
        grounds=grounds,
        part="medical",
        action="print",
        request=request,
        now=now,
    )


@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """`/handovers/sheets/`: my sheets and those of whom I lead, what is not signed marked."""
    missing = request.GET.get("state") == "unsigned"
    rows = selectors.sheet_rows(request.user, clock.now(), missing_only=missing)
    name = "handover/_sheets.html" if is_htmx(request) else "handover/sheets.html"
    return render(request, name, {"rows": rows, "missing_only": missing})


@require_safe
def signed_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed page as PDF; each opening is a look at the medical part of its cases."""
    now = clock.now()
    row = selectors.get_signed_sheet(request.user, pk, now)
    _record(request, list(Case.objects.filter(uuid__in=row.cases)), now)
    return pdf.answer(f"handover-{row.shift_id}-{row.pk}.pdf", bytes(row.file))
