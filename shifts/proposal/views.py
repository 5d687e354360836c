"""`/roster/proposal/`: a month's roster is asked for, looked at, stopped, written as drafts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fregat.lib import clock
from fregat.lib.errors import Invalid
from fregat.lib.forms import add_errors
from fregat.lib.middleware import is_htmx
from shifts.proposal import actions, selectors
from shifts.proposal.forms import AskForm
from shifts.roster.rules import month_of, next_month


@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request: HttpRequest) -> HttpResponse:
    """The last ones; POST has one sought."""
    if request.method != "POST":
        return _list(request, _form(request))
    form = _form(request, request.POST)
    if form.is_valid():
        month, team = form.asked()
        try:
            row = actions.ask(by=request.user, month=month, team=team)
        except Invalid as refused:
            add_errors(form, refused)
        else:
            return redirect("proposal:proposal", pk=row.pk)
    return _list(request, form, 400)


@require_safe
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One: how far the search is, what was found."""
    page = selectors.page(request.user, pk, now=clock.now())
    template = "proposal/_proposal.html" if is_htmx(request) else "proposal/proposal.html"
    return render(request, template, {"page": page, "row": page.row})


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Seek no further."""
    actions.cancel(by=request.user, proposal_id=pk)
    messages.success(request, _("The search is stopped."))
    return redirect("proposal:proposal", pk=pk)


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write it as drafts, and go to the month."""
    count, left_out = actions.write(by=request.user, proposal_id=pk)
    said = ngettext("Written: %(count)s draft.", "Written: %(count)s drafts.", count) % {"count": count}
    if left_out:
        more = ngettext(
            "%(count)s shift was left out: it cannot stand any more.",
            "%(count)s shifts were left out: they cannot stand any more.",
            left_out,
        )
        said = f"{said} {more % {'count': left_out}}"
    messages.success(request, said)
    row = selectors.get_proposal(request.user, pk, now=clock.now())
    team = f"&team={row.team.username}" if row.team else ""
    return redirect(f"{reverse('roster:roster')}?month={row.month:%Y-%m}{team}")


def _form(request: HttpRequest, data: Any = None) -> AskForm:
    now = clock.now()
    today = clock.local(now).date()
    wanted = request.GET.get("month") or f"{next_month(month_of(today)):%Y-%m}"
    initial = {"month": wanted, "team": request.GET.get("team", "")}
    return AskForm(data, today=today, seniors=selectors.seniors(request.user), initial=initial)


def _list(request: HttpRequest, form: AskForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "rows": selectors.recent(request.user), "seconds": actions.SECONDS}
    return render(request, "proposal/proposals.html", context, status=status)
