"""People: the table, the tree, the search. Filters stand in the address, names that are sought do not."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fregat.lib import clock, rights
from fregat.lib.middleware import is_htmx
from staff.employees import permissions, registry, selectors
from staff.employees.forms.people import PeopleForm

_NEIGHBOURS = {
    "import": "employee.import",
    "export": "employee.export",
    "substitutions": "substitution.view",
}
"""Pages that the list leads to, and the rights that they ask for."""
_KEPT = ("state", "role", "project", "senior")


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """The list or the tree; POST carries the search as well."""
    now = clock.now()
    values = request.POST if request.method == "POST" else request.GET
    alone = permissions.sees_accounts_alone(request.user)
    form = PeopleForm(
        values, seniors=selectors.seniors_to_choose(request.user, now), projects=registry.projects(),
        accounts_alone=alone,
    )  # fmt: skip
    filters = form.filters()
    address = _address(values)
    after = values.get("after", "")
    if request.method == "POST" and not filters.text and not after and not is_htmx(request):
        return redirect(address)
    context: dict[str, Any] = {
        "form": form, "filters": filters, "address": address, "now": now, "after": after,
        "is_tree": values.get("view") == "tree" and not filters.text,
        "accounts_alone": alone,
        "addresses": {view: _address(values, view) for view in ("table", "tree")},
    }  # fmt: skip
    if context["is_tree"]:
        context["tree"] = selectors.subordination_tree(request.user, after=after, now=now)
    else:
        context["people"] = selectors.list_people(request.user, filters, after=after, now=now)
    return _answer(request, context)


def _answer(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    if not is_htmx(request):
        context["may"] = {name: rights.lets(request.user, action) for name, action in _NEIGHBOURS.items()}
        return render(request, "employees/people.html", context)
    if context["after"]:
        name = "_teams" if context["is_tree"] else "_people_rows"
        return render(request, f"employees/{name}.html", context)
    response = render(request, "employees/_people.html", context)
    if request.method == "POST":
        response["HX-Push-Url"] = context["address"]
    return response


def _address(values: Any, view: str = "") -> str:
    """The address of the list with these filters; nothing that was typed is in it."""
    kept = {name: values.get(name) for name in _KEPT if values.get(name)}
    if (view or values.get("view")) == "tree":
        kept["view"] = "tree"
    query = urlencode({name: value for name, value in kept.items() if (name, value) != ("state", "employed")})
    return f"{reverse('employees:people')}?{query}" if query else reverse("employees:people")
