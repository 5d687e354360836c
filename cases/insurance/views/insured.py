"""Pages of the room: the look-up, a person's card, the verdict of a policy."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cases.insurance import registry, selectors
from cases.insurance.forms import LookUpForm, VerdictForm
from cases.insurance.labels import (
    MATCH_LABELS,
    TOO_LITTLE,
    excess_text,
    money,
    next_words,
    reason_words,
    verdict_label,
)
from cases.insurance.permissions import closed_now, ground_of
from cases.insurance.selectors import Circumstances
from cases.privacy.actions import record_look
from fregat.lib import clock, rights
from fregat.lib.errors import Invalid
from fregat.lib.forms import add_errors
from fregat.lib.middleware import is_htmx

LIMIT = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """Who is calling: POST, because names do not belong in addresses."""
    now = clock.now()
    form = LookUpForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "off_shift": closed_now(request.user, now)}
    context["may_register"] = rights.may(request.user.role, rights.action_of("casework:new_call", "GET"))
    if form.is_valid():
        context |= _found(request, form.cleaned_data["q"], now)
    template = "insurance/_results.html" if is_htmx(request) else "insurance/look_up.html"
    return render(request, template, context, status=400 if form.errors else 200)


def _found(request: HttpRequest, text: str, now: datetime) -> dict[str, Any]:
    answer = selectors.look_up(request.user, text, limit=LIMIT, now=now)
    uuids = [one.person.uuid for one in answer.found]
    _record(request, "person", uuids, "lookup", "person.look_up", now, answer.searched)
    rows = [(one.person, one.policies, MATCH_LABELS[one.match]) for one in answer.found]
    return {
        "asked": text,
        "rows": rows,
        "others": next_words(answer.others, answer.ask, answer.apart),
        "little": TOO_LITTLE if answer.little else "",
        "today": clock.local(now).date(),
    }


@never_cache
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """A person's card: who, which policies, what rooms above add."""
    now = clock.now()
    row = selectors.get_person(request.user, pk, now=now)
    _record(request, "person", [row.uuid], "card", "person.look_up", now)
    choices = VerdictForm.offered()
    policies = [
        (policy, VerdictForm.blank(policy, row.pk, now, choices), money(policy.total))
        for policy in selectors.policies_of(row)
    ]
    context = {
        "person": row,
        "policies": policies,
        "today": clock.local(now).date(),
        "panels": registry.panels(row, request.user, now),
        "may_see_looks": rights.lets(request.user, "log.others"),
    }
    return render(request, "insurance/person.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """The verdict of a policy for a place, a time and a kind of help: a fragment.

    With answers to questions by POST: they say something of a person's health and belong in no address.
    """
    now = clock.now()
    policy = selectors.get_policy(request.user, pk, now=now)
    asked_by = request.POST if request.method == "POST" else request.GET
    form = VerdictForm(asked_by, auto_id=f"policy-{pk}-%s", choices=VerdictForm.offered())
    context: dict[str, Any] = {"policy": policy, "form": form}
    if form.is_valid():
        asked = form.cleaned_data
        policy, insured = selectors.as_insured(policy, asked["person"])
        try:
            told = selectors.verdicts(
                policy,
                Circumstances(
                    at=asked["on"] or now, country=asked["country"],
                    services=(asked["service"],) if asked["service"] else (),
                    person=insured,
                    answers=form.answers if request.method == "POST" else {},
                ),
            )  # fmt: skip
        except Invalid as refused:
            add_errors(form, refused)
        else:
            _record(request, "policy", [policy.uuid], "verdict", "policy.view", now)
            (answer,) = told.verdicts
            context |= {
                "answer": answer,
                "questions": selectors.questions(told),
                "prefix": f"policy-{pk}-ask-",
                "label": verdict_label(
                    answer.verdict, open_questions=any(one.answer is None for one in answer.questions)
                ),
                "reasons": reason_words(answer.reasons),
                "left": money(answer.limit_left),
                "excess": excess_text(answer.excess, answer.excess_percent),
            }
    # A sentence beside the form, which stays on the page as it is.
    wrong = form.errors and request.method != "POST"
    return render(request, "insurance/_verdict.html", context, status=400 if wrong else 200)


def _record(
    request: HttpRequest, kind: str, uuids: list[Any], part: str, action: str, now: datetime, searched: bool = False
) -> None:  # fmt: skip
    record_look(
        by=request.user, kind=kind, objects=uuids, part=part, ground=ground_of(request.user, action),
        request=request, now=now, searched=searched,
    )  # fmt: skip
