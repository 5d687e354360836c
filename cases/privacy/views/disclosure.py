"""Pages of the disclosure register and of the insurers' consents."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.privacy import actions, permissions, selectors
from cases.privacy.forms.disclosure import AnswerForm, ConsentForm
from cases.privacy.models import ConsentRequest
from fregat.lib import clock, rights
from fregat.lib.errors import Conflict, Invalid
from fregat.lib.forms import add_errors
from staff.employees import registry as staff

NUMBER_MAX = 60
require_form = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def disclosures(request: HttpRequest) -> HttpResponse:
    """What left the house, within what I may know of; `?number=` of one case or policy."""
    number = request.GET.get("number", "")[:NUMBER_MAX].replace("\x00", "")
    rows = selectors.disclosures(request.user, now=clock.now(), number=number)
    return render(request, "privacy/disclosures.html", {"rows": rows, "number": number})


@never_cache
@require_safe
def consents(request: HttpRequest) -> HttpResponse:
    """Consents of my projects, and requests that wait for an answer."""
    now = clock.now()
    rows = selectors.consents(request.user, now=now)
    waiting = selectors.requests(request.user, now=now)
    names = staff.project_names({row.project for row in [*rows, *waiting]})
    context = {
        "consents": [(row, names.get(row.project, row.project)) for row in rows],
        "requests": [(row, names.get(row.project, row.project)) for row in waiting],
        "may_record": rights.lets(request.user, "consent.record"),
        "now": now,
    }
    return render(request, "privacy/consents.html", context)


@never_cache
@require_form
def consent_new(request: HttpRequest) -> HttpResponse:
    """Write down a consent for a whole project."""
    form = ConsentForm(
        request.POST if request.method == "POST" else None, projects=permissions.own_projects(request.user)
    )
    if form.is_valid():
        try:
            actions.record_consent(by=request.user, **form.cleaned_data)
        except Invalid as refused:
            add_errors(form, refused)
        else:
            return redirect("privacy:consents")
    return render(request, "privacy/consent_new.html", {"form": form}, status=400 if form.errors else 200)


@never_cache
@require_form
def consent_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what the insurer answered to a request."""
    row = selectors.get_request(request.user, pk, now=clock.now())
    form = AnswerForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                _answer(request, row, form.cleaned_data)
            except Invalid as refused:
                add_errors(form, refused)
            except Conflict as refused:
                form.add_error(None, str(refused.sentence))
                status = refused.status
            else:
                return redirect("privacy:consents")
    return render(request, "privacy/consent_answer.html", {"form": form, "row": row}, status=status)


def _answer(request: HttpRequest, row: ConsentRequest, clean: dict[str, Any]) -> None:
    if clean["answer"] == "no":
        actions.refuse_consent(by=request.user, request_id=row.pk, reason=clean["reference"])
        return
    actions.record_consent(
        by=request.user, project=row.project, recipient_kind=row.recipient_kind, recipient=row.recipient,
        parts=row.parts, reference=clean["reference"], until=clean["until"], request_id=row.pk,
    )  # fmt: skip


@require_POST
def consent_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The insurer takes a consent back."""
    actions.withdraw_consent(by=request.user, consent_id=pk)
    return redirect("privacy:consents")
