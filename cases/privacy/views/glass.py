"""Pages of broken glass: break it, read, give it back, judge it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.privacy import actions, permissions, selectors
from cases.privacy.forms.glass import BreakForm, ReviewForm
from cases.privacy.models import BrokenGlass
from fregat.lib import clock, rights
from fregat.lib.errors import Conflict, Invalid, NotAllowed
from fregat.lib.forms import add_errors


@never_cache
@require_safe
def glasses(request: HttpRequest) -> HttpResponse:
    """Broken glass that I may know of, and for who answers for others the figures of the month."""
    now = clock.now()
    context = {
        "rows": selectors.glasses(request.user, now=now),
        "figures": selectors.figures(request.user, now=now)
        if rights.lets(request.user, "glass.review")
        else [],
        "may_open": rights.lets(request.user, "glass.open"),
        "now": now,
    }
    return render(request, "privacy/glasses.html", context)


@sensitive_post_parameters("secret")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def glass_new(request: HttpRequest) -> HttpResponse:
    """Break glass. The number of a case may stand in the address: where somebody found nothing."""
    form = BreakForm(request.POST if request.method == "POST" else None, initial=_asked(request))
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                row = actions.break_glass(by=request.user, **form.cleaned_data)
            except Invalid as refused:
                add_errors(form, refused)
            except (Conflict, NotAllowed) as refused:
                form.add_error(None, str(refused.sentence))
                status = refused.status
            else:
                return redirect("privacy:glass", row.pk)
    return render(request, "privacy/glass_new.html", {"form": form}, status=status)


def _asked(request: HttpRequest) -> dict[str, str]:
    number = request.GET.get("case", "")[:20]
    return {"kind": "case", "number": number} if number else {}


@never_cache
@require_safe
def glass(request: HttpRequest, pk: int) -> HttpResponse:
    """One broken glass; for who broke it and while it is open, with what lies behind."""
    now = clock.now()
    row = selectors.get_glass(request.user, pk, now=now)
    return render(request, "privacy/glass.html", _page(request, row, now, ReviewForm()))


def _page(request: HttpRequest, row: BrokenGlass, now: datetime, form: ReviewForm) -> dict[str, object]:
    with transaction.atomic():  # the look and what it shows are one
        file = actions.open_file(by=request.user, row=row, request=request, now=now)
    waits = row.reviewed_at is None
    return {
        "row": row,
        "file": file,
        "mine": row.employee_id == request.user.pk,
        "is_open": selectors.is_open(row, now),
        "looks": selectors.looks_through(row),
        "review": form if waits and permissions.can_review(request.user, row, now) else None,
        "overdue": waits and row.review_due_at <= now,
    }


@require_POST
def glass_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the record back before its time."""
    actions.close_glass(by=request.user, glass_id=pk)
    return redirect("privacy:glass", pk)


@never_cache
@require_POST
def glass_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge it."""
    now = clock.now()
    row = selectors.get_glass(request.user, pk, now=now)
    form = ReviewForm(request.POST)
    if form.is_valid():
        try:
            actions.review_glass(by=request.user, glass_id=pk, **form.cleaned_data)
        except Invalid as refused:
            add_errors(form, refused)
        else:
            return redirect("privacy:glass", pk)
    return render(request, "privacy/glass.html", _page(request, row, now, form), status=400)
