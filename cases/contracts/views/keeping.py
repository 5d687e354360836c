"""Whoever keeps an insurer's data: the next version of a tariff, series of numbers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cases.contracts import actions, selectors
from cases.contracts.forms import SeriesForm, TariffForm
from cases.contracts.labels import fault_words
from cases.contracts.models import NumberSeries
from cases.contracts.permissions import check_insurer
from cases.contracts.querysets import insurers
from cases.contracts.views.words import line_words
from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid
from fregat.lib.forms import add_errors


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The next version of a tariff: checked as a whole (`act=check`), then published."""
    programme = selectors.get_programme(request.user, pk, now=clock.now())
    check_insurer(request.user, "tariff.edit", programme.insurer_id)
    last = next(iter(selectors.versions(programme)), None)
    if request.method != "POST":
        return _form(request, programme, TariffForm.after(last, clock.local(clock.now()).date()))
    form = TariffForm(request.POST, request.FILES)
    checking = request.POST.get("act") == "check"
    if form.is_valid() and not checking:
        try:
            row = actions.publish_tariff(by=request.user, programme_id=pk, facts=form.facts())
        except (Invalid, Conflict) as refused:
            add_errors(form, refused)
            return _form(request, programme, form, status=refused.status)
        else:
            messages.success(request, _("Version %(number)d is published.") % {"number": row.number})
            return redirect("contracts:programme", pk=pk)
    return _form(request, programme, form, checking=checking)


def _form(
    request: HttpRequest, programme: Any, form: TariffForm, *, checking: bool = False, status: int = 400
) -> HttpResponse:
    """What was typed with what is wrong with it; `status`: of what is wrong."""
    context: dict[str, Any] = {"programme": programme, "form": form}
    if form.is_bound and form.cleaned_data.get("table"):
        lines, faults = selectors.read(form.cleaned_data["table"])
        places = selectors.territories({line.what for line in lines if line.what})
        context |= {"faults": fault_words(faults), "lines": line_words(lines, places), "checked": True}
        # A table that came as a file stands in the field from now on: a file cannot be shown again.
        form.data = {**form.data.dict(), "table": form.cleaned_data["table"]}
    bad = bool(form.errors or context.get("faults"))
    return render(request, "contracts/publish.html", context, status=status if bad and not checking else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def series(request: HttpRequest) -> HttpResponse:
    """Series of numbers of the insurers whose data I keep, and a form for the next one."""
    mine = insurers(request.user, "series.edit")
    form = SeriesForm(request.POST if request.method == "POST" else None, insurers=mine)
    status = 400
    if form.is_valid():
        got = form.cleaned_data
        try:
            actions.add_series(
                by=request.user, insurer_id=int(got["insurer"]),
                **{name: got[name] for name in ("prefix", "width", "first", "last")},
            )  # fmt: skip
        except (Invalid, Conflict) as refused:
            add_errors(form, refused)
            status = refused.status
        else:
            messages.success(request, _("The series is added."))
            return redirect("contracts:series")
    rows = NumberSeries.objects.filter(insurer__in=mine).select_related("insurer")
    listed = [
        {
            "row": row,
            "left": row.facts().left,
            "first": facts.number(row.first),
            "last": facts.number(row.last),
        }
        for row in rows.order_by("insurer__name_key", "pk")
        if (facts := row.facts())
    ]
    return render(
        request,
        "contracts/series.html",
        {"form": form, "rows": listed},
        status=status if form.errors else 200,
    )
