"""A shift planned, changed or cancelled in place."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid, NotFound, Stale
from fregat.lib.middleware import is_htmx
from shifts.roster import actions, labels, permissions, selectors
from shifts.roster.forms import ShiftForm
from shifts.roster.models import Shift
from shifts.roster.views.month import back_of, month_context


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """A new shift: the form, or planning it."""
    now = clock.now()
    permissions.check_plans_at_all(request.user)
    people = selectors.people_to_plan(request.user, now)
    if request.method != "POST":
        wanted = {
            "employee": request.GET.get("employee", ""),
            "day": request.GET.get("on", ""),
            "kind": "day",
            "draft": request.GET.get("on", "") != f"{clock.local(now).date()}",
        }
        return _form(request, ShiftForm(people=people, initial=wanted))
    form = ShiftForm(request.POST, people=people)
    if not form.is_valid():
        return _form(request, form, status=400)
    try:
        employee = form.people[form.cleaned_data["employee"]]
        reason = form.cleaned_data["reason"]
        draft = form.cleaned_data["draft"]
        made = actions.plan_shift(
            by=request.user, employee=employee, reason=reason, draft=draft, **form.plan()
        )
    except (Invalid, Conflict) as refused:
        return _refused(request, form, refused)
    return _done(request, _("Planned: %s.") % _words(made))


@require_http_methods(["GET", "HEAD", "POST"])
def shift(request: HttpRequest, pk: int) -> HttpResponse:
    """One shift: its form (facts alone for who may not change it), or its change."""
    now = clock.now()
    row = selectors.get_shift(request.user, pk, now=now)
    if request.method != "POST":
        return _form(request, ShiftForm(shift=row), row)
    permissions.check_edit(request.user, row, now)
    form = ShiftForm(request.POST, shift=row)
    if not form.is_valid():
        return _form(request, form, row, status=400)
    try:
        changed = actions.change_shift(
            by=request.user, shift_id=pk, changes=form.plan(), reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
        )  # fmt: skip
    except (Invalid, Conflict) as refused:
        return _refused(request, form, refused, row)
    return _done(request, _("Changed: %s.") % _words(changed))


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a shift; the reason comes from the same form."""
    now = clock.now()
    row = selectors.get_shift(request.user, pk, now=now)
    permissions.check_edit(request.user, row, now)
    form = ShiftForm(request.POST, shift=row)
    form.is_valid()
    if "reason" in form.errors or "version" in form.errors:
        return _form(request, form, row, status=400)
    form.errors.clear()
    try:
        reason, version = form.cleaned_data["reason"], form.cleaned_data["version"]
        actions.cancel_shift(by=request.user, shift_id=pk, reason=reason, version=version)
    except (Invalid, Conflict) as refused:
        return _refused(request, form, refused, row)
    return _done(request, _("Cancelled: %s.") % _words(row))


# --- Answers -----------------------------------------------------------------------------------------


def _form(
    request: HttpRequest, form: ShiftForm, row: Shift | None = None, *, status: int = 200, **more: Any
) -> HttpResponse:
    template = "roster/_form.html" if is_htmx(request) else "roster/shift.html"
    editable = row is None or (not row.is_cancelled and permissions.can_edit(request.user, row, clock.now()))
    context = {"form": form, "shift": row, "editable": editable, "back": back_of(request).urlencode(), **more}
    return render(request, template, context, status=status)


def _refused(
    request: HttpRequest, form: ShiftForm, refused: Invalid | Conflict, row: Shift | None = None
) -> HttpResponse:
    """The form again, with what was typed and why it was refused."""
    if isinstance(refused, Invalid):
        form.add_refusal(refused)
        return _form(request, form, row, status=refused.status)
    if not isinstance(refused, Stale):
        form.add_error(None, str(refused.sentence))
        return _form(request, form, row, status=refused.status)
    form.data = {**form.data, "version": str(_fresh(row).version)}
    return _form(request, form, row, status=refused.status, stale=refused)


def _fresh(row: Shift | None) -> Shift:
    if row is None:
        raise NotFound()
    row.refresh_from_db()
    return row


def _words(row: Shift) -> str:
    return f"{row.employee.full_name}, {labels.span(row.starts_at, row.ends_at)}"


def _done(request: HttpRequest, sentence: str) -> HttpResponse:
    """The month again, with what was done; the form is gone."""
    back = back_of(request)
    if not is_htmx(request):
        messages.success(request, sentence)
        return redirect(f"{reverse('roster:roster')}?{back.urlencode()}")
    response = render(request, "roster/_done.html", {**month_context(request, back), "done": sentence})
    response["HX-Retarget"] = "#roster"
    response["HX-Reswap"] = "outerHTML"
    return response
