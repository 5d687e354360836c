"""The new call: find, hear, register (C1)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.casework import actions, permissions
from cases.casework.drafts import NEW_CALL, NOT_TYPED
from cases.casework.forms.call import CallForm
from cases.casework.models import Case
from cases.casework.views import choices, seat, verdict
from cases.casework.views.wording import OWN_CALL
from cases.insurance import selectors as insurance
from cases.insurance.labels import MATCH_LABELS, TOO_LITTLE, next_words
from cases.privacy.actions import record_look
from fregat.lib import drafts
from fregat.lib.errors import Invalid
from fregat.lib.forms import add_errors
from fregat.lib.once import moment
from shifts.breaks import selectors as breaks

_SHOWN = 8
"""Persons of a look-up that are offered."""


def _form(
    request: HttpRequest, now: datetime, data: QueryDict | None = None, initial: dict[str, Any] | None = None
) -> CallForm:
    countries, zones = choices.countries()
    return CallForm(
        data, now=now, initial=initial, countries=countries, zones=zones, kinds=choices.kinds(),
        insurers=choices.insurers(request.user), currencies=choices.currencies(),
    )  # fmt: skip


def _kept(request: HttpRequest) -> dict[str, Any]:
    """The draft of the call as initial values; a draft that was registered already is forgotten."""
    kept = drafts.get(request.user.pk, NEW_CALL)
    token = (kept.get("token") or [""])[-1]
    if _is_uuid(token) and Case.objects.filter(token=token).exists():
        drafts.clear(request.user.pk, NEW_CALL)
        return {}
    if not set(kept) - NOT_TYPED:
        return {}
    several = {"services"}
    return {name: values if name in several else values[-1] for name, values in kept.items() if values} | {
        "their_clock": "their_clock" in kept
    }


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def new_call(request: HttpRequest) -> HttpResponse:
    """The form, with what was typed before; POST registers the case, or puts the call aside as a draft."""
    now = moment()
    if request.method == "POST":
        return _register(request, now)
    permissions.check_register(request.user, now)
    kept = _kept(request)
    form = _form(request, now, initial={"token": uuid.uuid4(), **kept})
    context = {
        **seat.of(request, kept, now), "form": form, "restored": bool(kept), "now_word": _("now"),
        "kept_answers": {name: kept[name] for name in kept if name.startswith(("ask-", "asked-of"))},
        "not_offered": OWN_CALL.get(breaks.ready_of(request.user, now), ""),
    }  # fmt: skip
    return render(request, "casework/new_call.html", context)


def _register(request: HttpRequest, now: datetime) -> HttpResponse:
    form = _form(request, now, data=request.POST)
    if form.is_valid():
        try:
            case = actions.register_case(by=request.user, facts=form.facts(), draft="draft" in request.POST)
        except Invalid as refused:
            add_errors(form, refused)
        else:
            drafts.clear(request.user.pk, NEW_CALL)
            return _go(request, reverse("casework:case", args=[case.number]) + "?new=1")
    context = {**seat.of(request, request.POST, now), "form": form, "now_word": _("now")}
    context["kept_answers"] = {"asked-of": request.POST.get("asked-of", "")} | {
        f"ask-{code}": said for code, said in form.answers.items()
    }
    template = "casework/_call_form.html" if request.htmx else "casework/new_call.html"
    return render(request, template, context, status=400)


def _go(request: HttpRequest, url: str) -> HttpResponse:
    """To another page, for htmx and without it."""
    if not request.htmx:
        return HttpResponseRedirect(url)
    return HttpResponse(status=204, headers={"HX-Redirect": url})


@require_POST
def lookup(request: HttpRequest) -> HttpResponse:
    """Persons that the typed text may mean, each with policies and open cases."""
    now = moment()
    typed = request.POST.get("q", "")[:200].replace("\x00", "").strip()
    answer = insurance.look_up(request.user, typed, limit=_SHOWN, now=now)
    found = answer.found
    uuids = [row.person.uuid for row in found]
    record_look(
        by=request.user, kind="person", objects=uuids, part="lookup", ground="call", request=request, now=now,
        searched=answer.searched,
    )  # fmt: skip
    open_cases = seat.open_cases(request.user, [row.person.pk for row in found], now)
    rows = [
        {
            "person": row.person, "policies": seat.best_first(row.policies, now),
            "match_label": MATCH_LABELS[row.match],
            "policy_id": seat.best(row.policies, now), "cases": open_cases.get(row.person.pk, []),
        }
        for row in found
    ]  # fmt: skip
    return render(
        request,
        "casework/_lookup_results.html",
        {
            "rows": rows,
            "typed": typed,
            "others": TOO_LITTLE if answer.little else next_words(answer.others, answer.ask, answer.apart),
            "little": answer.little,
        },
    )


@require_POST
def person(request: HttpRequest) -> HttpResponse:
    """Seat the chosen person, a person in no list, or nobody (to search again)."""
    now = moment()
    chosen = seat.of(request, request.POST, now)
    name = "" if any(char.isdigit() for char in chosen["typed"]) else chosen["typed"]
    form = _form(
        request, now, initial={"person_name": name, "policy_number": chosen["typed"] if not name else ""}
    )
    return render(request, "casework/_who.html", {**chosen, "form": form})


@require_POST
def cover(request: HttpRequest) -> HttpResponse:
    """What the policy says about what is typed so far, what will be told, cases of the person."""
    now = moment()
    form = _form(request, now, data=request.POST)
    return render(request, "casework/_verdict.html", verdict.of(request, form, now))


@require_POST
def restart(request: HttpRequest) -> HttpResponse:
    """Forget the draft and begin anew."""
    drafts.clear(request.user.pk, NEW_CALL)
    return redirect("casework:new_call")
