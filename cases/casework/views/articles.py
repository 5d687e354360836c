"""The articles that matter for a case or a call, read beside it (C6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.casework import permissions, selectors
from cases.insurance.models import Policy
from cases.knowledge import selectors as knowledge
from cases.knowledge.rules import Matter
from cases.privacy.actions import record_look
from fregat.lib import clock
from fregat.lib.once import moment
from staff.employees.models import Employee


@require_safe
def articles(request: HttpRequest, number: str) -> HttpResponse:
    """What the rules say of this case. Kinds of help and the verdict count as far as the reader may know of them."""
    now = moment()
    case = selectors.get_case(request.user, number, now=now)
    reading = permissions.reading(request.user)
    rows = list(case.services.select_related("kind"))
    kinds = [row.kind_id for row in reading.all("service", rows) if row.kind_id]
    said = reading.of("case", case).cover or {}
    clauses = {reason["source"]["uk"] for reason in said.get("reasons", ())}
    programme = case.policy.programme_id if case.policy else None
    found = beside(
        request.user, case.policy, case.insurer_id, country=case.country_id or "", kinds=kinds,
        clauses=clauses | knowledge.clauses_of(programme, kinds), now=now,
    )  # fmt: skip
    record_look(
        by=request.user, kind="case", objects=[case.uuid], ground=case.ground, request=request, now=now,
        part="medical" if clauses else reading.part("card", ("service", rows)),
    )  # fmt: skip
    return render(request, "knowledge/_panel.html", {"articles": found})


def beside(
    user: Employee, policy: Policy | None, insurer: int | None, *, country: str, kinds: Iterable[str],
    clauses: Iterable[str], now: datetime,
) -> list[knowledge.Beside]:  # fmt: skip
    """What matters for what is known so far; `insurer` where there is no policy."""
    matter = Matter(
        insurer=policy.insurer_id if policy else insurer, programme=policy.programme.code if policy else "",
        country=country, services=frozenset(kinds), clauses=frozenset(clauses),
    )  # fmt: skip
    return knowledge.beside(user, matter, clock.local(now).date())
