"""What is done on a case from its page. Each view asks one action and answers with the page's changed parts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.casework import actions, permissions, selectors
from cases.casework.forms.facts import FactsForm
from cases.casework.forms.work import CaseForm, OutcomeForm, PersonForm, ReasonForm, ResponsibleForm
from cases.casework.models import Case
from cases.casework.views import choices, composers, cover, wording
from cases.casework.views.case import updated
from cases.insurance import selectors as insurance
from cases.insurance.selectors import Found
from cases.privacy.actions import record_look
from fregat.lib import drafts
from fregat.lib.errors import Invalid, NotFound, Stale
from fregat.lib.forms import add_errors
from fregat.lib.once import moment
from staff.employees.models import Employee

require_ask = require_http_methods(["GET", "HEAD", "POST"])


# --- Adding --------------------------------------------------------------------------------
def _note(by: Employee, number: str, clean: dict[str, Any]) -> None:
    actions.add_note(by=by, number=number, text=clean["text"])


def _contact(by: Employee, number: str, clean: dict[str, Any]) -> None:
    actions.add_contact(by=by, number=number, **clean)


def _task(by: Employee, number: str, clean: dict[str, Any]) -> None:
    to = _employee(clean["assignee"]) if clean["assignee"] else None
    actions.add_task(by=by, number=number, text=clean["text"], due_at=clean["due_at"], assignee=to)


def _service(by: Employee, number: str, clean: dict[str, Any]) -> None:
    currency = clean["currency"] if clean["expected_cost"] is not None else ""
    actions.add_service(by=by, number=number, **{**clean, "currency": currency})


def _escalation(by: Employee, number: str, clean: dict[str, Any]) -> None:
    actions.raise_escalation(by=by, number=number, reason=clean["reason"], text=clean["text"])


_ADD: dict[str, Callable[[Employee, str, dict[str, Any]], None]] = {
    "note": _note, "contact": _contact, "task": _task, "service": _service, "escalation": _escalation,
}  # fmt: skip


@require_POST
def add(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Add a note, contact, task, kind of help or escalation."""
    now = moment()
    composer = composers.KINDS[kind]
    selectors.get_case(request.user, number, action=composer.action, now=now)
    form = composer.build(request.POST, now, None)
    if form.is_valid():
        try:
            _ADD[kind](request.user, number, form.cleaned_data)
        except Invalid as refused:
            add_errors(form, refused)
        else:
            drafts.clear(request.user.pk, composers.draft_of(kind, number))
            fresh = composers.drawn(composer, number, composer.build(None, now, None))
            return updated(request, number, "casework/_added.html", **fresh)
    context = composers.drawn(composer, number, form)
    return render(request, "casework/_composer_form.html", context, status=400)


# --- Asking first ------------------------------------------------------------------------------
def _ask(request: HttpRequest, form: CaseForm, status: int = 200, **words: Any) -> HttpResponse:
    """The form in the dialog of the page."""
    return render(
        request, "casework/_ask.html", {"form": form, "action": request.path, **words}, status=status
    )


def _asked(
    request: HttpRequest, number: str, form: CaseForm, act: Callable[[dict[str, Any]], object], **words: Any
) -> HttpResponse:
    """Draw the form, or do what it asks; what is wrong comes back beside the fields with everything typed."""
    if request.method != "POST":
        return _ask(request, form, **words)
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Invalid as refused:
            add_errors(form, refused)
        else:
            return updated(request, number)
    return _ask(request, form, status=400, **words)


def _looked(request: HttpRequest, case: Case, now: datetime, *shown: tuple[str, list[Any]]) -> None:
    """Write down that a dialog shows facts of the case, and these rows of it (E1)."""
    record_look(
        by=request.user,
        kind="case",
        objects=[case.uuid],
        part=permissions.reading(request.user).part("facts", *shown),
        ground=case.ground,
        request=request,
        now=now,
    )


def _data(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


@require_ask
def move(request: HttpRequest, number: str, to: str) -> HttpResponse:
    """Move the case to another status; what is refused says why."""
    now = moment()
    case = selectors.get_case(request.user, number, now=now)
    permissions.check_move(request.user, case, to, now)
    form = ReasonForm(_data(request), now=now, initial={"version": case.version})
    return _asked(
        request, number, form,
        lambda clean: actions.move_case(
            by=request.user, number=number, to=to, reason=clean["reason"], version=clean["version"]
        ),
        title=wording.step_label(case.status, to), label=wording.step_label(case.status, to),
        tone="danger" if to in wording.GRAVE else "primary",
    )  # fmt: skip


@require_ask
def responsible(request: HttpRequest, number: str) -> HttpResponse:
    """Take the case over (`?to=me`), or give it to somebody on duty, with a reason."""
    now = moment()
    case = selectors.get_case(request.user, number, now=now)
    mine = "me" in (request.GET.get("to"), request.POST.get("to"))
    permissions.check_give(request.user, case, request.user.username if mine else "", now)
    people, closed = ([("me", request.user.full_name, "")], {}) if mine else choices.receivers(case, now)
    initial = {"version": case.version, "to": "me" if mine else ""}
    form = ResponsibleForm(_data(request), now=now, people=people, closed=closed, initial=initial)
    if mine:
        form.fields["to"].widget = form.fields["to"].hidden_widget()
    return _asked(
        request, number, form,
        lambda clean: actions.assign_case(
            by=request.user, number=number, to=request.user if mine else _employee(clean["to"]),
            reason=clean["reason"], version=clean["version"],
        ),
        title=_("Take the case over") if mine else _("Give the case to another"),
        text=_("%(name)s answers for it now.") % {"name": case.responsible.full_name},
        label=_("Take over") if mine else _("Give"),
    )  # fmt: skip


def _employee(username: str) -> Employee:
    found: Employee | None = Employee.objects.employed().filter(username=username).first()
    if found is None:
        raise NotFound()
    return found


@require_ask
def task_done(request: HttpRequest, number: str, task_id: int) -> HttpResponse:
    """A task is done, with what came of it."""
    now = moment()
    task = selectors.get_task(request.user, number, task_id, action="case.add", now=now)
    _looked(request, task.case, now, ("task", [task]))
    return _asked(
        request, number, OutcomeForm(_data(request), now=now),
        lambda clean: actions.complete_task(
            by=request.user, number=number, task_id=task_id, outcome=clean["outcome"]
        ),
        title=_("The task is done"), text=task.text, label=_("Done"),
    )  # fmt: skip


@require_POST
def answers(request: HttpRequest, number: str) -> HttpResponse:
    """Write down what was answered to the questions of the rules; the verdict follows."""
    selectors.get_case(request.user, number, action="case.change", now=moment())
    actions.answer_questions(by=request.user, number=number, answers=cover.said(request.POST))
    return updated(request, number)


@require_POST
def service(request: HttpRequest, number: str, service_id: int) -> HttpResponse:
    """Say where a kind of help stands."""
    selectors.get_service(request.user, number, service_id, action="case.work", now=moment())
    state = request.POST.get("state", "")
    actions.set_service_state(by=request.user, number=number, service_id=service_id, state=state)
    return updated(request, number)


@require_POST
def acknowledge(request: HttpRequest, number: str, escalation_id: int) -> HttpResponse:
    """The senior manager knows."""
    selectors.get_escalation(request.user, escalation_id, moment(), number=number)
    actions.acknowledge_escalation(by=request.user, escalation_id=escalation_id)
    return updated(request, number)


@require_ask
def unfounded(request: HttpRequest, number: str, escalation_id: int) -> HttpResponse:
    """Acknowledge as unfounded, with the reason."""
    now = moment()
    row = selectors.get_escalation(request.user, escalation_id, now, number=number)
    permissions.check_cancel(request.user, row, now)
    return _asked(
        request, number, ReasonForm(_data(request), now=now),
        lambda clean: actions.cancel_escalation(
            by=request.user, escalation_id=escalation_id, reason=clean["reason"]
        ),
        title=_("The information is unfounded"), label=_("Unfounded"),
        text=_("It stays on the case, with your name and the reason."),
    )  # fmt: skip


# --- Correcting ----------------------------------------------------------------------------------
@require_ask
def facts(request: HttpRequest, number: str) -> HttpResponse:
    """Correct what is known. A stale save shows both versions and keeps what was typed."""
    now = moment()
    case = selectors.get_case(request.user, number, action="case.change", now=now)
    _looked(request, case, now, ("case", [case]))
    form = _facts_form(request, case, now, _data(request))
    words: dict[str, Any] = {"title": _("Correct what is known"), "label": _("Save")}
    try:
        return _asked(request, number, form, lambda clean: _change(request, number, form, clean), **words)
    except Stale as stale:
        fresh = selectors.get_case(request.user, number, action="case.change", now=now)
        again = _facts_form(request, fresh, now, _facts_form(request, fresh, now, request.POST).rebased())
        return _ask(request, again, status=409, stale=stale, **words)


def _change(request: HttpRequest, number: str, form: FactsForm, clean: dict[str, Any]) -> None:
    actions.change_case(by=request.user, number=number, changes=form.changes(), version=clean["version"])


def _facts_form(request: HttpRequest, case: Case, now: datetime, data: QueryDict | None) -> FactsForm:
    insurers = [] if case.person_id and case.policy_id else choices.insurers(request.user)
    return FactsForm(data, now=now, case=case, countries=choices.countries()[0], insurers=insurers)


@require_ask
def person(request: HttpRequest, number: str) -> HttpResponse:
    """Find the person and the policy of a provisional case: the first sending searches, the second ties them."""
    now = moment()
    case = selectors.get_case(request.user, number, action="case.change", now=now)
    _looked(request, case, now)
    told = case.policy_number or case.who
    form = PersonForm(_data(request), now=now, initial={"version": case.version, "q": told})
    _offer_found(request, case, form, (request.POST.get("q", "") if request.method == "POST" else told), now)
    words: dict[str, Any] = {
        "title": _("Find the person and the policy"), "label": _("Search, or tie the chosen one"),
        "text": "" if "found" in form.fields else _("Nobody is found by this text in your projects."),
    }  # fmt: skip
    if request.method == "POST" and form.is_valid() and form.chosen() is None:
        return _ask(request, form, **words)
    return _asked(
        request, number, form,
        lambda clean: actions.change_case(
            by=request.user, number=number, changes=form.chosen() or {}, version=clean["version"]
        ),
        **words,
    )  # fmt: skip


def _offer_found(request: HttpRequest, case: Case, form: PersonForm, typed: str, now: datetime) -> None:
    """Persons who may be meant; looked up for the case, so on the ground on which the case is seen."""
    text = typed.replace("\x00", "")[:200].strip()
    answer = insurance.look_up(request.user, text, limit=8, now=now)
    uuids = [row.person.uuid for row in answer.found]
    record_look(
        by=request.user, kind="person", objects=uuids, part="lookup", ground=case.ground, reference=case.number,
        request=request, now=now, searched=answer.searched,
    )  # fmt: skip
    form.offer(choice for row in answer.found for choice in _ties(row))


def _ties(row: Found) -> list[tuple[str, str]]:
    """One line for each policy of the person; the person alone when none is known."""
    born = row.person.birth_date.strftime(", %d.%m.%Y") if row.person.birth_date else ""
    name = f"{row.person.full_name}{born}"
    found = [
        (f"{row.person.pk}:{policy.pk}", f"{name} · {policy.number} · {policy.insurer.name}")
        for policy in row.policies
    ]
    return found or [(f"{row.person.pk}:", name)]
