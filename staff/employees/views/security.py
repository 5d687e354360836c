"""What happened to accounts and doors: for the administrator alone (E4)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fregat.lib.gates import row_id
from fregat.lib.middleware import is_htmx
from staff.employees import selectors
from staff.employees.forms.security import SecurityForm


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """The events; for htmx their list, or its next rows."""
    people = [(one.username, one.full_name, one.username) for one in selectors.people_of_security()]
    form = SecurityForm(request.GET, people=people)
    filters, after = form.chosen(), request.GET.get("after", "")
    page = selectors.security_events(filters, after=row_id(after) if after else None)
    context: dict[str, Any] = {"form": form, "page": page, "filtered": bool(filters), "here": _here(request)}
    if page.more:
        query = request.GET.copy()
        query["after"] = str(page.rows[-1].pk)
        context["next_url"] = f"{request.path}?{query.urlencode()}"
    if not is_htmx(request):
        return render(request, "employees/security.html", context)
    return render(request, "employees/_security_rows.html" if after else "employees/_security.html", context)


def _here(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
