"""Contracts: the list, one contract, its paper, its annulment."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cases.contracts import actions, selectors
from cases.contracts import paper as papers
from cases.contracts.forms import AnnulForm, FiltersForm
from cases.contracts.forms.keeping import after_of
from cases.contracts.labels import STATE_LABELS, STATE_TONES, amount, share_words
from cases.contracts.models import Contract
from cases.contracts.permissions import can_annul
from cases.contracts.querysets import insurers
from cases.insurance.permissions import closed_now, ground_of
from cases.insurance.registry import Relying, relying
from cases.privacy.actions import record_look, record_looks
from fregat.lib import clock, pdf, rights
from fregat.lib.middleware import is_htmx

ANNULLED_FROM = frozenset({"ahead", "valid"})
"""States of a contract from which it can be annulled."""


@never_cache
@require_safe
def contracts(request: HttpRequest) -> HttpResponse:
    """`/contracts/`: the newest first, filters in the address; no names of persons."""
    now = clock.now()
    today = clock.local(now).date()
    form = FiltersForm(request.GET, insurers=insurers(request.user, "contract.view"))
    after = after_of(request.GET.get("after", ""))
    found = selectors.contracts(request.user, form.filters(), now=now, today=today, after=after)
    rows = found[: selectors.LINES]
    query = request.GET.copy()
    if len(found) > selectors.LINES:
        query["after"] = str(rows[-1].pk)
    context: dict[str, Any] = {
        "rows": [_row(row, today) for row in rows],
        "next_url": f"{request.path}?{query.urlencode()}" if len(found) > selectors.LINES else "",
        "form": form,
        "off_shift": closed_now(request.user, now),
        "filtered": any(form.cleaned_data.get(name) for name in form.fields),
        "may_enter": rights.lets(request.user, "contract.enter"),
        "may_keep": rights.lets(request.user, "series.edit"),
    }
    if is_htmx(request):
        return render(
            request, "contracts/_contract_rows.html" if after else "contracts/_contracts.html", context
        )
    return render(request, "contracts/contracts.html", context)


def _row(row: Contract, today: Any) -> dict[str, Any]:
    state = row.state_on(today)
    return {
        "row": row, "label": STATE_LABELS[state], "tone": STATE_TONES[state],
        "premium": amount(row.premium, row.tariff.currency_id),
    }  # fmt: skip


@never_cache
@require_safe
def contract(request: HttpRequest, pk: int) -> HttpResponse:
    """One contract: whom it insures, by which tariff, how the premium was computed."""
    now = clock.now()
    row = selectors.get_contract(request.user, pk, now=now)
    return _page(request, row, AnnulForm(), now)


def _page(
    request: HttpRequest, row: Contract, form: AnnulForm, now: datetime, status: int = 200
) -> HttpResponse:
    record_look(
        by=request.user, kind="policy", objects=[row.policy.uuid], part="card",
        ground=ground_of(request.user, "contract.view"), request=request, now=now,
    )  # fmt: skip
    shares = row.computed()
    added = sum((share.premium for share in shares), Decimal(0))
    may_annul = can_annul(request.user, row, now) and row.state_on(clock.local(now).date()) in ANNULLED_FROM
    context = _row(row, clock.local(now).date()) | {
        "contract": row,
        "policy": row.policy,
        "persons": selectors.persons_of(row),
        "insured_sum": amount(row.policy.insured_sum, row.policy.currency_id),
        "shares": share_words(shares, row.tariff.currency_id),
        "minimum_of": amount(added, row.tariff.currency_id) if added < row.premium else "",
        "may_annul": may_annul,
        "cases": _cases(request, row, now) if may_annul else [],
        "may_see_person": rights.lets(request.user, "person.look_up"),
        "form": form,
    }
    return render(request, "contracts/contract.html", context, status=status)


def _cases(request: HttpRequest, row: Contract, now: datetime) -> list[Relying]:
    """Open cases that rely on the contract; the look is recorded before they are shown."""
    found = relying(row.policy, request.user, now)
    grounds = {one.uuid: one.ground for one in found}
    if grounds:
        record_looks(by=request.user, kind="case", grounds=grounds, part="list", request=request, now=now)
    return found


@never_cache
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The contract as PDF; `?lang=en` in English."""
    now = clock.now()
    row = selectors.get_contract(request.user, pk, now=now)
    language = "en" if request.GET.get("lang") == "en" else "uk"
    # On record before it is drawn, in one transaction: what cannot be drawn was not passed on either.
    with transaction.atomic():
        actions.pass_on_paper(by=request.user, contract=row, request=request, now=now)
        drawn = papers.paper_of(row, language)
    return pdf.answer(f"{row.policy.number}-{language}.pdf", drawn)


@require_POST
def annul(request: HttpRequest, pk: int) -> HttpResponse:
    """Annul it, with a reason."""
    form = AnnulForm(request.POST)
    if not form.is_valid():
        now = clock.now()
        return _page(request, selectors.get_contract(request.user, pk, now=now), form, now, 400)
    try:
        actions.annul_contract(
            by=request.user, contract_id=pk, reason=form.cleaned_data["reason"], confirmed=form.confirmed()
        )
    except actions.CasesRely as refused:
        form.add_error("known", str(refused.sentence))
        now = clock.now()
        return _page(request, selectors.get_contract(request.user, pk, now=now), form, now, 409)
    messages.success(request, _("The contract is annulled."))
    return redirect("contracts:contract", pk=pk)
