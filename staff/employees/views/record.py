"""The personal record: reading it, its history, its work fields, projects and photograph changed in place."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fregat.lib import clock, pictures, rights
from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from fregat.lib.forms import add_errors
from fregat.lib.middleware import is_htmx
from staff.employees import actions, permissions, registry, selectors
from staff.employees.forms.record import PhotographForm, ProjectsForm, WorkForm
from staff.employees.models import Employee
from staff.employees.rules import Part


@require_safe
def record(request: HttpRequest, username: str) -> HttpResponse:
    """The record; for htmx its part."""
    return _drawn(request, "_record", "record", _page(request, username))


@require_safe
def history(request: HttpRequest, username: str) -> HttpResponse:
    """Every change."""
    employee, parts = selectors.get_employee(request.user, username, now=clock.now())
    if Part.WORK not in parts:
        raise NotFound()
    context = {"employee": employee, "acts": selectors.changes_of(employee, parts)}
    return render(request, "employees/history.html", context)


@require_POST
def second_factor_reset(request: HttpRequest, username: str) -> HttpResponse:
    """The administrator takes away a second factor that was lost."""
    employee, _parts = selectors.get_employee(request.user, username, now=clock.now())
    actions.reset_second_factor(by=request.user, employee=employee)
    messages.success(request, _("The second factor has been reset, and every sign-in has ended."))
    return redirect("employees:record", username)


@require_http_methods(["GET", "HEAD", "POST"])
def work(request: HttpRequest, username: str) -> HttpResponse:
    """Phones, e-mail, languages: the form, or the change."""
    now = clock.now()
    employee, _parts = selectors.get_employee(request.user, username, now=now)
    parts = permissions.check_edit(request.user, employee, now)
    form = WorkForm(request.POST if request.method == "POST" else None, employee=employee, parts=parts)

    def change() -> None:
        version = form.cleaned_data["version"]
        actions.change_work(by=request.user, employee=employee, changes=form.changes(), version=version)

    return _form(request, employee, form, "work", change)


@require_http_methods(["GET", "HEAD", "POST"])
def projects(request: HttpRequest, username: str) -> HttpResponse:
    """The projects: the form, or the change."""
    employee, _parts = selectors.get_employee(request.user, username, now=clock.now())
    permissions.check_manage(request.user, "employee.projects", employee)
    form = ProjectsForm(
        request.POST if request.method == "POST" else None,
        employee=employee, offered=registry.projects(), held=selectors.project_codes(employee),
    )  # fmt: skip

    def change() -> None:
        wanted, version = form.cleaned_data["projects"], form.cleaned_data["version"]
        actions.set_projects(by=request.user, employee=employee, projects=wanted, version=version)

    return _form(request, employee, form, "projects", change)


@require_http_methods(["GET", "HEAD", "POST"])
def photo(request: HttpRequest, username: str) -> HttpResponse:
    """The photograph itself, asked about at every request; or a new one."""
    if request.method == "POST":
        return _upload(request, username)
    found = selectors.photograph_of(request.user, username, now=clock.now())
    mark = f'"{found.digest}"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == mark:
        return HttpResponseNotModified(headers={"ETag": mark})
    answer = HttpResponse(bytes(found.content), content_type=found.content_type)
    answer["ETag"], answer["Cache-Control"] = mark, "private, no-cache"
    answer["Content-Disposition"] = "inline"
    return answer


@require_POST
def photo_remove(request: HttpRequest, username: str) -> HttpResponse:
    """Take the photograph away."""
    employee, _parts = selectors.get_employee(request.user, username, now=clock.now())
    actions.set_photograph(by=request.user, employee=employee, picture=None)
    messages.success(request, _("The photograph has been removed."))
    return redirect("employees:record", username)


def _upload(request: HttpRequest, username: str) -> HttpResponse:
    now = clock.now()
    employee, _parts = selectors.get_employee(request.user, username, now=now)
    permissions.check_edit(request.user, employee, now)
    form = PhotographForm(request.POST, request.FILES)
    try:
        if form.is_valid():
            sent = form.cleaned_data["file"].read(pictures.FILE_MAX + 1)
            picture = pictures.portrait(sent)
            actions.set_photograph(by=request.user, employee=employee, picture=picture)
            messages.success(request, _("The photograph has been saved."))
            return redirect("employees:record", username)
    except Invalid as refused:
        add_errors(form, refused)
    return render(request, "employees/record.html", _page(request, username, form), status=400)


def _page(
    request: HttpRequest, username: str, photograph_form: PhotographForm | None = None
) -> dict[str, Any]:
    return {
        "record": selectors.personal_record(request.user, username, now=clock.now()),
        "photograph_form": photograph_form or PhotographForm(),
        "may_list": rights.lets(request.user, "employee.list"),
    }


def _form(request: HttpRequest, employee: Employee, form: Any, name: str, change: Any) -> HttpResponse:
    """The form in place of its card, or alone on a page; after a change the record again."""
    context: dict[str, Any] = {"employee": employee, "form": form, "name": name}
    if request.method != "POST":
        return _drawn(request, f"_{name}_form", "edit", context)
    status = 400
    try:
        if form.is_valid():
            change()
            return _changed(request, employee)
    except Stale as refused:
        status, context["stale"] = refused.status, refused
        employee.refresh_from_db()
        form.data = form.data.copy()
        form.data["version"] = employee.version
    except Invalid as refused:
        add_errors(form, refused)
    except (Conflict, NotAllowed) as refused:
        status = refused.status
        form.add_error(None, str(refused.sentence))
    return _drawn(request, f"_{name}_form", "edit", context, status=status)


def _changed(request: HttpRequest, employee: Employee) -> HttpResponse:
    sentence = _("Saved.")
    if not is_htmx(request):
        messages.success(request, sentence)
        return redirect("employees:record", employee.username)
    context = {**_page(request, employee.username), "done": sentence}
    response = render(request, "employees/_record.html", context)
    response["HX-Retarget"], response["HX-Reswap"] = "#record", "outerHTML"
    return response


def _drawn(
    request: HttpRequest, fragment: str, page: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    template = fragment if is_htmx(request) else page
    return render(
        request,
        f"employees/{template}.html",
        {**context, "fragment": f"employees/{fragment}.html"},
        status=status,
    )
