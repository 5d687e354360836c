"""Who acts for whom: the list, a new one, an early end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fregat.lib import clock, rights
from fregat.lib.errors import Conflict, Invalid
from fregat.lib.forms import add_errors
from fregat.lib.middleware import is_htmx
from staff.employees import actions, selectors
from staff.employees.forms.substitutions import SubstitutionForm


@require_safe
def substitutions(request: HttpRequest) -> HttpResponse:
    """Running, coming, past; for htmx the list, or the next rows of the past."""
    context = _page(request)
    if not is_htmx(request):
        return render(request, "employees/substitutions.html", context)
    fragment = "_substitutions_past" if request.GET.get("after") else "_substitutions"
    return render(request, f"employees/{fragment}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def substitution_new(request: HttpRequest) -> HttpResponse:
    """The form, or a new substitution."""
    now = clock.now()
    seniors, substitutes = selectors.people_of_substitutions()
    data = request.POST if request.method == "POST" else None
    form = SubstitutionForm(data, seniors=seniors, substitutes=substitutes, now=now)
    if request.method != "POST":
        return _form(request, form)
    status = 400
    try:
        if form.is_valid():
            row = actions.substitute(by=request.user, **form.values())
            words = {"senior": row.senior.full_name, "substitute": row.substitute.full_name}
            messages.success(
                request, _("%(substitute)s acts for %(senior)s. Those concerned are told.") % words
            )
            return _to_the_list(request)
    except Invalid as refused:
        add_errors(form, refused)
    except Conflict as refused:
        status = refused.status
        form.add_error(None, str(refused.sentence))
    return _form(request, form, status=status)


@require_POST
def substitution_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a running one now, or drop one that has not begun."""
    row = selectors.get_substitution(request.user, pk, now=clock.now())
    actions.end_substitution(by=request.user, substitution_id=row.pk)
    messages.success(request, _("The substitution is over. Those concerned are told."))
    return _to_the_list(request)


def _page(request: HttpRequest) -> dict[str, Any]:
    after = request.GET.get("after", "")
    wanted = int(after) if after.isascii() and after.isdigit() and len(after) <= 18 else None
    now = clock.now()
    return {
        "found": selectors.list_substitutions(request.user, after=wanted, now=now),
        "may_set": rights.lets(request.user, "employee.substitute"),
        "may_list": rights.lets(request.user, "employee.list"),
        "now": now,
    }


def _form(request: HttpRequest, form: SubstitutionForm, *, status: int = 200) -> HttpResponse:
    template = "_substitution_form" if is_htmx(request) else "substitution_new"
    return render(request, f"employees/{template}.html", {"form": form}, status=status)


def _to_the_list(request: HttpRequest) -> HttpResponse:
    if not is_htmx(request):
        return redirect("employees:substitutions")
    response = render(request, "employees/_substitutions_done.html", _page(request))
    response["HX-Retarget"], response["HX-Reswap"] = "#substitutions", "outerHTML"
    return response
