"""Decisions of the head and notices: the list, one of them, acknowledged by one key (JD III.1, A5)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fregat.lib import clock, drafts, markdown, rights
from fregat.lib.errors import Invalid
from fregat.lib.forms import add_errors
from fregat.lib.middleware import is_htmx
from fregat.lib.rights import Scope
from staff.documents import actions, permissions, selectors
from staff.documents.forms import DecisionFilter, DecisionForm, WithdrawForm, typed
from staff.documents.models import Decision
from staff.documents.rules import DecisionKind
from staff.employees import selectors as employees

NEW_DRAFT = "decision-new"


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """Everything that was decided and concerns me, the newest first."""
    counted = selectors.sees_receipts(request.user)
    filters = DecisionFilter(request.GET, counted=counted)
    context = {
        "decisions": selectors.decision_list(request.user, **filters.chosen()),
        "filters": filters,
        "filtered": any(filters.chosen().values()),
        "counted": counted,
        "may_publish": rights.lets(request.user, "decision.publish"),
    }
    name = "documents/_decisions.html" if is_htmx(request) else "documents/decisions.html"
    return render(request, name, context)


@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision; whoever published it, the head and the director see who has acknowledged it."""
    return _draw(request, selectors.decision_of(request.user, pk))


def _draw(request: HttpRequest, row: Decision, form: WithdrawForm | None = None) -> HttpResponse:
    user = request.user
    sees = permissions.can(permissions.check_receipts, user, row)
    waits = row.withdrawn_at is None and row.acknowledged_at is None and row.concerns_me
    receipts = selectors.receipts_of(row) if sees else None
    context: dict[str, Any] = {
        "decision": row,
        "html": markdown.render(row.body),
        "people": selectors.named_in(row),
        "receipts": receipts,
        "read_count": sum(one.at is not None for one in receipts or ()),
        "waits": waits,
        "next": None if waits else selectors.next_unread(user),
        "may_withdraw": row.withdrawn_at is None and permissions.can(permissions.check_withdraw, user, row),
        "form": form or WithdrawForm(),
    }
    return render(request, "documents/decision.html", context, status=400 if form else 200)


@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """«I have read it»: one key. Leads on to the next one that waits."""
    row = selectors.decision_of(request.user, pk)
    actions.acknowledge(by=request.user, decision_id=pk)
    messages.success(request, _("Acknowledged: “%(title)s”.") % {"title": row.title})
    following = selectors.next_unread(request.user)
    target = reverse("documents:decision", args=[following.pk if following else pk])
    return HttpResponse(status=204, headers={"HX-Redirect": target}) if is_htmx(request) else redirect(target)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest) -> HttpResponse:
    """Write and publish: the head to whom it concerns, a senior manager to people of their team."""
    now = clock.now()
    team = Scope.CENTRE not in rights.scopes_of(request.user, "decision.publish")
    among = employees.team_ids(request.user, now) if team else None
    people = selectors.people_to_choose(among)
    if request.method != "POST":
        kept = typed(drafts.initial(request.user.pk, NEW_DRAFT))
        chosen = {"people": sorted(among)} if among else {}
        return _form(request, DecisionForm(team=team, people=people, initial=chosen | kept), team=team)
    form = DecisionForm(request.POST, team=team, people=people)
    if form.is_valid():
        kind = DecisionKind.NOTICE if team else DecisionKind.DECISION
        try:
            row = actions.publish_decision(by=request.user, kind=kind, text=form.text())
        except Invalid as refused:
            add_errors(form, refused)
        else:
            drafts.clear(request.user.pk, NEW_DRAFT)
            messages.success(request, _("Published. Those whom it concerns are told."))
            return redirect("documents:decision", row.pk)
    return _form(request, form, team=team, status=400)


def _form(request: HttpRequest, form: DecisionForm, *, team: bool, status: int = 200) -> HttpResponse:
    context = {"form": form, "team": team, "draft_name": NEW_DRAFT}
    return render(request, "documents/decide.html", context, status=status)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw what was published, with the reason."""
    row = selectors.decision_of(request.user, pk)
    permissions.check_withdraw(request.user, row)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            actions.withdraw(by=request.user, decision_id=pk, reason=form.cleaned_data["reason"])
        except Invalid as refused:
            add_errors(form, refused)
        else:
            messages.success(request, _("Withdrawn."))
            return redirect("documents:decision", pk)
    return _draw(request, row, form)
