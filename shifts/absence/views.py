"""`/absences/`: my absences, those of whom I answer for; one of them. The page and its update share one fragment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fregat.lib import clock, files
from fregat.lib.errors import Conflict, Invalid
from fregat.lib.forms import add_errors
from fregat.lib.middleware import is_htmx
from shifts.absence import actions, permissions, selectors
from shifts.absence.forms import (
    AskForm,
    CertificateForm,
    CoverForm,
    ExplainForm,
    JudgeForm,
    RecordForm,
    RefuseForm,
)
from shifts.absence.labels import FAULTS
from staff.employees.models import Employee


@require_http_methods(["GET", "HEAD", "POST"])
def absences(request: HttpRequest) -> HttpResponse:
    """My absences and those of whom I answer for; POST asks for one."""
    if request.method != "POST":
        return _page(request, AskForm(kinds=selectors.kinds()))
    form = AskForm(request.POST, kinds=selectors.kinds())
    if not form.is_valid():
        return _page(request, form, 400)
    try:
        row = actions.ask(by=request.user, **form.cleaned_data)
    except (Invalid, Conflict) as refused:
        return _page(request, _faulty(form, refused), refused.status)
    return redirect("absence:absence", row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """The absence of somebody who has said so by telephone."""
    people, kinds = selectors.people_to_record(request.user, clock.now()), selectors.kinds()
    form = RecordForm(request.POST if request.method == "POST" else None, people=people, kinds=kinds)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                row = actions.record(by=request.user, **form.cleaned_data)
                return redirect("absence:absence", row.pk)
            except (Invalid, Conflict) as refused:
                form, status = _faulty(form, refused), refused.status
    return render(request, "absence/record.html", {"form": form}, status=status)


@require_safe
def absence(request: HttpRequest, pk: int) -> HttpResponse:
    """One absence: its certificate, the shifts to cover, what is missing."""
    return _one(request, pk)


@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Agreed."""
    actions.agree(by=request.user, absence_id=pk)
    return _again(request, pk)


@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Not agreed, with the reason."""
    selectors.get_absence(request.user, pk, now=clock.now())
    actions.refuse(by=request.user, absence_id=pk, **_clean(RefuseForm(request.POST)))
    return _again(request, pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """I need it no more."""
    actions.withdraw(by=request.user, absence_id=pk)
    return _again(request, pk)


@require_POST
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """My certificate."""
    permissions.check_own(request.user, selectors.get_absence(request.user, pk, now=clock.now()))
    form = CertificateForm(request.POST, request.FILES)
    if not form.is_valid():
        return _one(request, pk, certificate_form=form, status=400)
    actions.bring(by=request.user, absence_id=pk, file=form.cleaned_data["file"])
    return _again(request, pk)


@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, for the employee, the head and the director."""
    now = clock.now()
    row = selectors.get_absence(request.user, pk, now=now)
    permissions.check_certificate(request.user, row, now)
    return files.answer(selectors.certificate_of(row))


@require_POST
def cover(request: HttpRequest, pk: int) -> HttpResponse:
    """A colleague works the shift instead."""
    now = clock.now()
    permissions.check_cover(request.user, selectors.get_absence(request.user, pk, now=now), now)
    given = _clean(CoverForm(request.POST))
    employee = Employee.objects.employed().filter(username=given["employee"]).first()
    if employee is None:
        raise Invalid.field("employee", FAULTS["employee"])
    actions.cover(by=request.user, absence_id=pk, shift_id=given["shift"], employee=employee)
    return _again(request, pk)


@require_POST
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Why I have no certificate."""
    permissions.check_own(request.user, selectors.get_absence(request.user, pk, now=clock.now()))
    form = ExplainForm(request.POST)
    if not form.is_valid():
        return _one(request, pk, explain_form=form, status=400)
    actions.explain(by=request.user, absence_id=pk, **form.cleaned_data)
    return _again(request, pk)


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """The director's decision."""
    permissions.check_judge(request.user, selectors.get_absence(request.user, pk, now=clock.now()))
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return _one(request, pk, judge_form=form, status=400)
    actions.judge(by=request.user, absence_id=pk, **form.cleaned_data)
    return _again(request, pk)


def _clean(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        raise Invalid({name: str(errors[0]) for name, errors in form.errors.items()})
    return form.cleaned_data


def _faulty(form: Any, refused: Invalid | Conflict) -> Any:
    if isinstance(refused, Invalid):
        add_errors(form, refused)
    else:
        form.add_error(None, str(refused.sentence))
    return form


def _page(request: HttpRequest, form: AskForm, status: int = 200) -> HttpResponse:
    now = clock.now()
    context = {"page": selectors.page(request.user, now=now), "form": form, "now": now}
    template = "absence/_absences.html" if is_htmx(request) else "absence/absences.html"
    return render(request, template, context, status=status)


def _one(request: HttpRequest, pk: int, *, status: int = 200, **given: forms.Form) -> HttpResponse:
    context = {
        "page": selectors.one(request.user, pk, now=clock.now()), "now": clock.now(),
        "certificate_form": CertificateForm(), "explain_form": ExplainForm(), "judge_form": JudgeForm(),
        "refuse_form": RefuseForm(auto_id="refuse-%s"), **given,
    }  # fmt: skip
    template = "absence/_absence.html" if is_htmx(request) else "absence/absence.html"
    return render(request, template, context, status=status)


def _again(request: HttpRequest, pk: int) -> HttpResponse:
    return _one(request, pk) if is_htmx(request) else redirect("absence:absence", pk)
