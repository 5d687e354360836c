"""The page of one assignment: what is to be done, the reports with their proofs, the answers, the history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fregat.lib import clock, drafts, files
from fregat.lib.errors import Invalid
from fregat.lib.forms import add_errors
from fregat.lib.middleware import is_htmx
from fregat.lib.rights import lets
from staff.tasks import actions, permissions, rules, selectors
from staff.tasks.forms import PassOnForm, ReportForm, ReturnForm, WithdrawForm
from staff.tasks.labels import EVENT_LABELS, EVENT_SIGNS
from staff.tasks.models import AssignmentEvent


@require_safe
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """`/tasks/12/`: what is to be done, the reports with their proofs, the history."""
    return _task(request, pk)


@require_safe
def proof(request: HttpRequest, pk: int, report_id: int) -> HttpResponse:
    """The file sent with a report, for who may see the assignment."""
    return files.answer(selectors.proof(request.user, pk, report_id, now=clock.now()))


@require_POST
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """It is done (JD II.13). A refusal by the state leaves the form as it was typed."""
    _gate(request, pk)
    form = ReportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _task(request, pk, form, 400)
    try:
        actions.report(by=request.user, assignment_id=pk, **form.cleaned_data)
    except Invalid as refused:
        add_errors(form, refused)
        return _task(request, pk, form, 400)
    drafts.clear(request.user.pk, _draft(pk))
    return _again(request, pk)


@require_POST
def accept(request: HttpRequest, pk: int, report_id: int) -> HttpResponse:
    """The report is right."""
    selectors.get_report(request.user, pk, report_id, now=clock.now())
    actions.accept(by=request.user, assignment_id=pk, report_id=report_id)
    return _again(request, pk)


@require_POST
def return_report(request: HttpRequest, pk: int, report_id: int) -> HttpResponse:
    """The report is not right yet."""
    now = clock.now()
    selectors.get_report(request.user, pk, report_id, now=now)
    form = ReturnForm(request.POST, now=now)
    actions.return_report(by=request.user, assignment_id=pk, report_id=report_id, **_clean(form))
    return _again(request, pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """It need not be done."""
    _gate(request, pk)
    form = WithdrawForm(request.POST, shared=True)
    actions.withdraw(by=request.user, assignment_id=pk, **_clean(form))
    return _again(request, pk)


@require_POST
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else does it."""
    user, now = request.user, clock.now()
    row = selectors.get_assignment(user, pk, now=now)
    form = PassOnForm(request.POST, people=selectors.people(user, now), but=row.assignee)
    found = _clean(form)
    to = form.people.find(found.pop("to"))
    if to is None:
        raise Invalid.field("to", _("This person cannot be given instructions by you now."))
    actions.pass_on(by=user, assignment_id=pk, to=to, **found)
    return _again(request, pk)


def _gate(request: HttpRequest, pk: int) -> None:
    """What one may not see does not exist, whatever was typed. Raises NotFound."""
    selectors.get_assignment(request.user, pk, now=clock.now())


def _clean(form: Any) -> dict[str, Any]:
    """What was typed in a dialog, which stays open with the sentences. Raises Invalid."""
    if not form.is_valid():
        raise Invalid({name: [str(text) for text in texts] for name, texts in form.errors.items()})
    return dict(form.cleaned_data)


def _draft(pk: int) -> str:
    return f"instruction-report-{pk}"


def _again(request: HttpRequest, pk: int) -> HttpResponse:
    """The page after what was done."""
    if not is_htmx(request):
        return redirect("tasks:task", pk)
    response = _task(request, pk)
    response["HX-Retarget"], response["HX-Reswap"] = "#task", "outerHTML"
    return response


def _task(request: HttpRequest, pk: int, form: ReportForm | None = None, status: int = 200) -> HttpResponse:
    user, now = request.user, clock.now()
    story = selectors.story(user, pk, now=now)
    context = {"story": story, "row": story.row, "now": now, "history": list(map(_worded, story.events))}
    context |= _report_part(request, story, form, now) | _decision_part(request, story, now)
    template = "tasks/_task.html" if is_htmx(request) else "tasks/task.html"
    return render(request, template, context, status=status)


def _report_part(
    request: HttpRequest, story: selectors.Story, form: ReportForm | None, now: datetime
) -> dict[str, Any]:
    row = story.row
    if (
        not row.is_open
        or story.waiting
        or not permissions.can(permissions.check_report, request.user, row, now)
    ):
        return {}
    draft = _draft(row.pk)
    kept = drafts.initial(request.user.pk, draft)
    return {"report_form": form or ReportForm(initial={"text": kept.get("text", "")}), "draft": draft}


def _decision_part(request: HttpRequest, story: selectors.Story, now: datetime) -> dict[str, Any]:
    """The dialogs of who decides, each only when the state and the person allow it."""
    user, row = request.user, story.row
    if not row.is_open or not lets(user, "instruction.decide"):
        return {}
    may, found = permissions.can, {}
    if story.waiting and may(permissions.check_decide, user, row, now):
        found["return_form"] = ReturnForm(now=now, late=row.due_at <= now)
    if may(permissions.check_withdraw, user, row, now):
        found["withdraw_form"] = WithdrawForm(shared=any(one.is_open for one in story.others))
    if not story.waiting and may(permissions.check_pass_on, user, row, now):
        found["pass_form"] = PassOnForm(people=selectors.people(user, now), but=row.assignee)
    return found | {"late": rules.is_late(row.state, row.due_at, now)}


def _worded(event: AssignmentEvent) -> dict[str, Any]:
    """One line of the history in the reader's language."""
    sign, tone = EVENT_SIGNS[event.kind]
    values = dict(event.values)
    if "due" in values:
        values["due"] = clock.local(datetime.fromisoformat(values["due"])).strftime("%d.%m.%Y %H:%M")
    return {
        "sign": sign, "tone": tone, "title": str(EVENT_LABELS[event.kind]) % values, "at": event.at,
        "who": event.by.full_name if event.by else "", "text": "" if event.kind == "reported" else event.text,
    }  # fmt: skip
