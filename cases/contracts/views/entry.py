"""Entering a contract: the premium live beside, persons found or entered anew, nothing typed is lost (C6, C10)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cases.contracts import actions, selectors
from cases.contracts.forms.entry import Entry, changed
from cases.contracts.models import Contract
from cases.contracts.views.words import answer_words
from cases.insurance.labels import MATCH_LABELS, TOO_LITTLE, next_words
from cases.insurance.models import InsuredPerson
from cases.insurance.permissions import closed_now, ground_of
from cases.insurance.selectors import known_already, look_up
from cases.privacy.actions import record_look
from fregat.lib import clock, drafts
from fregat.lib.errors import Conflict, Invalid
from fregat.lib.middleware import is_htmx

DRAFT = "contract"
FOUND_MAX = 8
CHANGES = ("add", "drop", "take", "same", "other")
"""Buttons that change the rows of persons."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`/contracts/new/`. POST `act`: `quote` (the premium alone), `check`, `save`, or a change of the rows."""
    now = clock.now()
    if closed_now(request.user, now):
        return render(request, "contracts/closed.html", status=403 if request.method == "POST" else 200)
    act = request.POST.get("act", "save") if request.method == "POST" else "begin"
    if request.headers.get("HX-Trigger-Name") == "programme":
        act = "check"  # another programme was chosen: its territories, sums and risks are drawn
    entry = _entry(request, act, now)
    premium = _premium(entry, now)  # before the action's sentences make the form a faulty one
    refused: Conflict | None = None
    if act == "save" and entry.is_valid:
        try:
            row = actions.enter_contract(by=request.user, facts=entry.facts())
        except Invalid as invalid:
            entry.add_errors(invalid)
        except Conflict as conflict:
            refused = conflict  # of somebody who is there already the row itself says so
            if isinstance(conflict, actions.SentAlready):
                cast(QueryDict, entry.form.data)["token"] = str(uuid.uuid4())
        else:
            return _entered(request, row)
    context = {"entry": entry, "form": entry.form, "refused": refused, "marked": act == "save"}
    return _drawn(request, act, context | premium, now)


def _entry(request: HttpRequest, act: str, now: datetime) -> Entry:
    """The form as it was sent, or as the draft has it, with the persons who are known already."""
    tariffs = selectors.in_force(request.user, clock.local(now).date())
    sent = QueryDict(mutable=True)
    if request.method == "POST":
        sent = changed(request.POST, act)
    else:
        for name, values in drafts.initial(request.user.pk, DRAFT).lists():
            sent.setlist(name, values)
    if not sent.get("token"):
        sent["token"] = str(uuid.uuid4())
    entry = Entry.read(sent, tariffs)
    known = {
        row.cleaned_data["known"]: row
        for row in entry.persons
        if row.is_valid() and row.cleaned_data["known"]
    }
    if act.startswith(CHANGES):
        # No key was pressed, so the browser keeps no draft of it.
        drafts.save(employee_id=request.user.pk, form=DRAFT, fields=sent, now=now)
    if known:
        for person in InsuredPerson.objects.visible_to(request.user, now).filter(pk__in=known):
            known[person.pk].person = person
    return entry


def _premium(entry: Entry, now: datetime) -> dict[str, Any]:
    question, tariff = entry.question(), entry.form.tariff
    if question is None or tariff is None:
        return {}
    territory = entry.form.offered.get(question.territory)
    answer = selectors.quote(tariff, question, territory, today=clock.local(now).date())
    return {"answer": answer_words(answer)}


def _drawn(request: HttpRequest, act: str, context: dict[str, Any], now: datetime) -> HttpResponse:
    """The premium alone, the form, or the page; what is shown of persons goes on record before."""
    if act == "quote":
        return render(request, "contracts/_premium.html", context)
    entry: Entry = context["entry"]
    # Where the keyboard goes on: the button that had it is drawn anew.
    context |= {"first": act == "begin", "goes_on": act.startswith(CHANGES) and act != "add"}
    entry.persons[-1].begins = act == "add"
    shown = [row.person.uuid for row in entry.persons if row.person]
    if shown:
        _record(request, shown, "card", now)
    if request.method == "POST":
        _find_alike(request, entry, now)
    asked = entry.form.data.get("q", "").strip()
    if act == "check" and asked and "q" not in entry.form.errors:
        found = look_up(request.user, asked, limit=FOUND_MAX, now=now)
        _record(request, [one.person.uuid for one in found.found], "lookup", now, found.searched)
        context["found"] = [(one.person, MATCH_LABELS[one.match]) for one in found.found]
        little = TOO_LITTLE if found.little else ""
        context |= {
            "searched": True,
            "others": next_words(found.others, found.ask, found.apart),
            "little": little,
        }
    if not context["marked"]:
        _unmark(entry)
    bad = context["marked"] and (context["refused"] or not entry.is_valid)
    template = "contracts/_entry.html" if is_htmx(request) else "contracts/new.html"
    status = 409 if context["refused"] else 400 if bad else 200
    return render(request, template, context, status=status)


def _find_alike(request: HttpRequest, entry: Entry, now: datetime) -> None:
    """Who is there already and seems to be one of those who are entered: shown beside the row, and on record."""
    tariff, entered = entry.form.tariff, entry.entered()
    if tariff is None or not entered:
        return
    found = known_already(request.user, tariff.programme.insurer_id, entered, now=now)
    for place, alike in found.items():
        entry.persons[place].alike = [(one, MATCH_LABELS[one.match]) for one in alike]
    shown = [one.person.uuid for alike in found.values() for one in alike]
    if shown:
        _record(request, shown, "lookup", now)


def _unmark(entry: Entry) -> None:
    """Keep sentences about what was typed, leave out those about what is not told yet."""
    for form in (entry.form, *entry.persons):
        for name in [
            name for name in form.errors if not str(form.data.get(form.add_prefix(name), "")).strip()
        ]:
            del form.errors[name]


def _record(request: HttpRequest, uuids: list[Any], part: str, now: datetime, searched: bool = False) -> None:
    record_look(
        by=request.user, kind="person", objects=uuids, part=part,
        ground=ground_of(request.user, "person.look_up"), request=request, now=now, searched=searched,
    )  # fmt: skip


def _entered(request: HttpRequest, row: Contract) -> HttpResponse:
    drafts.clear(request.user.pk, DRAFT)
    messages.success(request, _("Contract %(number)s is entered.") % {"number": row.policy.number})
    response = redirect("contracts:contract", pk=row.pk)
    if is_htmx(request):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = response["Location"]
        return answer
    return response
