"""Who has signed and who has not: the list, and the sheet on paper (A4)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fregat.lib import clock, pdf
from fregat.lib.middleware import is_htmx
from fregat.lib.rights import Role
from staff.documents import selectors
from staff.documents import sheet as paper
from staff.documents.forms import PeopleFilter
from staff.documents.models import DocumentVersion
from staff.employees.models import Employee


@require_safe
def signatures(request: HttpRequest, pk: int, edition: int) -> HttpResponse:
    """Everybody whom a version concerns, those who have not signed first; filters stand in the address."""
    version = _version(request, pk, edition)
    seniors = Employee.objects.employed().filter(role=Role.SENIOR).order_by("name_key", "first_name")
    filters = PeopleFilter(request.GET, seniors=seniors)
    tally = selectors.signatures_of(version, selectors.Filters(**filters.chosen()), clock.now())
    context: dict[str, Any] = {"version": version, "filters": filters, "tally": tally}
    name = "documents/_signatures.html" if is_htmx(request) else "documents/signatures.html"
    return render(request, name, context)


@require_safe
def sheet(request: HttpRequest, pk: int, edition: int) -> HttpResponse:
    """The signature sheet as PDF."""
    version = _version(request, pk, edition)
    now = clock.now()
    tally = selectors.signatures_of(version, selectors.Filters(), now)
    return pdf.answer(
        f"signatures-{pk}-{edition}.pdf", pdf.render(paper.TEMPLATE, paper.data_of(version, tally, now))
    )


def _version(request: HttpRequest, pk: int, edition: int) -> DocumentVersion:
    return selectors.get_version(request.user, pk, edition)
