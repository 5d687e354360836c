"""Tables of the staff: people are imported by orders, and taken out for a purpose."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fregat.lib import clock, sheets
from fregat.lib.errors import Conflict, Invalid
from fregat.lib.files import download
from fregat.lib.forms import add_errors
from staff.employees import actions, registry, selectors
from staff.employees.forms.tables import ExportForm, ImportForm
from staff.employees.selectors.imports import COLUMNS, REQUIRED


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The form for a table; or reading one, which leads to its preview."""
    today = clock.local(clock.now()).date()
    form = ImportForm(request.POST or None, request.FILES or None, initial={"signed_on": today})
    if request.method == "POST":
        try:
            if form.is_valid():
                return redirect("employees:import", _upload(request, form).pk)
        except Invalid as refused:
            add_errors(form, refused)
    context = {"form": form, "imports": selectors.last_imports(), "columns": _columns()}
    return render(request, "employees/imports.html", context, status=400 if form.errors else 200)


@require_safe
def import_template(request: HttpRequest) -> HttpResponse:
    """An empty table with the headings."""
    content = sheets.write([(_("Employees"), [str(name) for name in COLUMNS.values()], [])])
    return _workbook(content, _("Employees to appoint"))


@require_safe
def import_(request: HttpRequest, pk: int) -> HttpResponse:
    """What was read of a table, row by row, with what is wrong in words."""
    return render(request, "employees/import.html", _preview(request, pk))


@require_POST
def import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign one order for each person."""
    row = selectors.get_import(request.user, pk, now=clock.now())
    try:
        orders = actions.apply_import(by=request.user, import_id=row.pk)
    except Conflict as refused:
        context = {**_preview(request, pk), "refused": refused.sentence}
        return render(request, "employees/import.html", context, status=refused.status)
    sentence = ngettext("%(n)d order is signed.", "%(n)d orders are signed.", len(orders)) % {
        "n": len(orders)
    }
    messages.success(request, sentence)
    return redirect("employees:import", row.pk)


@require_POST
def import_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the table as it is."""
    row = selectors.get_import(request.user, pk, now=clock.now())
    actions.drop_import(by=request.user, import_id=row.pk)
    messages.success(request, _("The table is put aside: nobody of it is appointed."))
    return redirect("employees:imports")


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """The form with the last exports; or the workbook, written down."""
    seniors = selectors.seniors_to_choose(request.user, clock.now())
    data = request.POST if request.method == "POST" else None
    form = ExportForm(data, seniors=seniors, projects=registry.projects())
    if data is not None and form.is_valid():
        found = form.cleaned_data
        row, content = actions.export_people(
            by=request.user, filters=form.filters(), purpose=found["purpose"], private=found["private"]
        )
        return _workbook(content, _("Staff %(on)s") % {"on": f"{clock.local(row.at):%Y-%m-%d}"})
    context = {"form": form, "exports": selectors.last_exports()}
    return render(request, "employees/export.html", context, status=400 if form.errors else 200)


def _upload(request: HttpRequest, form: ImportForm) -> Any:
    file, found = form.cleaned_data["file"], form.cleaned_data
    return actions.upload_import(
        by=request.user, content=file.read(sheets.FILE_MAX + 1), file_name=file.name,
        effective_at=found["effective_at"], signed_on=found["signed_on"], note=found["note"],
    )  # fmt: skip


def _preview(request: HttpRequest, pk: int) -> dict[str, Any]:
    row = selectors.get_import(request.user, pk, now=clock.now())
    faults = sum(bool(line["faults"]) for line in row.rows)
    return {
        "row": row,
        "lines": selectors.shown_lines(row),
        "faults": faults,
        "orders": selectors.orders_of(row),
    }


def _columns() -> list[tuple[str, bool]]:
    return [(str(label), name in REQUIRED) for name, label in COLUMNS.items()]


def _workbook(content: bytes, name: str) -> HttpResponse:
    return download(content, sheets.XLSX, f"{name}.xlsx")
