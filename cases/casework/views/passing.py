"""The dialog «Pass on» of the case page: what goes to whom, or the insurer's consent asked for with one key."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from cases.casework import actions, permissions, selectors
from cases.casework.models import Case
from cases.casework.views.case import updated
from cases.privacy import selectors as privacy
from cases.privacy.actions import NoGround, Passing, record_look
from cases.privacy.forms.disclosure import DisclosureForm
from fregat.lib.errors import Invalid
from fregat.lib.forms import add_errors
from fregat.lib.once import moment


@require_http_methods(["GET", "HEAD", "POST"])
def disclose(request: HttpRequest, number: str) -> HttpResponse:
    """Draw the form, pass on, or (`ask`) ask for the consent to what was refused."""
    now = moment()
    case = selectors.get_case(request.user, number, now=now)
    permissions.check_add(request.user, case, now)
    services = list(case.services.exclude(state="cancelled").select_related("kind").order_by("id"))
    record_look(
        by=request.user, kind="case", objects=[case.uuid], ground=case.ground, request=request, now=now,
        part=permissions.reading(request.user).part("facts", ("service", services)),
    )  # fmt: skip
    form = DisclosureForm(
        request.POST if request.method == "POST" else None,
        services=[(str(row.pk), row.kind.name) for row in services],
        auto_id="id_pass_%s",
    )
    refused: NoGround | None = None
    if form.is_valid():
        try:
            _act(request, case, form.cleaned_data)
        except NoGround as error:
            refused = error
        except Invalid as error:
            add_errors(form, error)
        else:
            return updated(request, number)
    context = {
        "form": form, "case": case, "refused": refused, "disclosed": privacy.disclosed_of(case.uuid),
        "action": request.path,
    }  # fmt: skip
    status = 409 if refused else 400 if form.errors else 200
    return render(request, "casework/_pass_on.html", context, status=status)


def _act(request: HttpRequest, case: Case, clean: dict[str, Any]) -> None:
    passing = Passing(
        recipient_kind=clean["recipient_kind"], recipient=clean["recipient"],
        parts=tuple(clean["parts"]), purpose=clean["purpose"],
    )  # fmt: skip
    if "ask" in request.POST:
        actions.ask_consent(by=request.user, number=case.number, passing=passing)
        return
    service = int(clean["service"]) if clean["service"] else None
    actions.pass_on(by=request.user, number=case.number, passing=passing, service_id=service, request=request)
