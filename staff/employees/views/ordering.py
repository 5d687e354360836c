"""A new order: filled in, its effects foreseen, signed by the director or put before them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fregat.lib import clock, drafts, rights
from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from fregat.lib.middleware import is_htmx
from staff.employees import actions, registry, selectors
from staff.employees.forms.orders import FIELDS, OrderForm
from staff.employees.models import Employee, Order
from staff.employees.views.orders import named


@require_http_methods(["GET", "HEAD", "POST"])
def order_new(request: HttpRequest, kind: str) -> HttpResponse:
    """The form of an order of this kind; POST signs it, or puts it before the director."""
    now = clock.now()
    form = _form(request, kind, now)
    if request.method == "POST" and form.is_valid():
        try:
            row = _write(request.user, form, now)
        except (Invalid, Conflict, NotAllowed) as refused:
            form.add_refusal(refused)
        else:
            drafts.clear(request.user.pk, f"order-{kind}")
            return _written(request, row)
    context = {**_context(request, form, now), "draft": f"order-{kind}"}
    name = "employees/orders/_form.html" if is_htmx(request) else "employees/orders/new.html"
    return render(request, name, context, status=400 if form.is_bound and form.errors else 200)


@require_POST
def order_preview(request: HttpRequest, kind: str) -> HttpResponse:
    """What the order would do as it is filled in now; fields that came or went with it are drawn anew."""
    now = clock.now()
    form = _form(request, kind, now)
    drawn = request.POST.get("drawn", "")
    context = _context(request, form, now) | {"redraw": drawn != form.depends_on}
    form.errors.clear()
    return render(request, "employees/orders/_preview.html", context)


def _form(request: HttpRequest, kind: str, now: datetime) -> OrderForm:
    if kind not in FIELDS:
        raise NotFound()
    user = request.user
    today = clock.local(now).date()
    data: Any = request.POST if request.method == "POST" else None
    initial: dict[str, Any] = {"signed_on": today, "employee": request.GET.get("employee", "")}
    if data is None:
        kept = drafts.initial(user.pk, f"order-{kind}")
        initial |= {name: kept.getlist(name) if name == "projects" else kept[name] for name in kept}
    form = OrderForm(
        data,
        kind=kind,
        signs=rights.lets(user, "order.issue"),
        people=[named(person) for person in selectors.people_for_orders(user, now)],
        seniors=[named(person) for person in selectors.senior_managers()],
        projects=[(code, name, code) for code, name in registry.projects().items()],
        initial=initial,
    )
    form.leave_out(has_team=selectors.has_team(form.employee_given))
    return form


def _employee(form: OrderForm) -> Employee | None:
    username = form.cleaned_data.get("employee")
    return Employee.objects.get(username=username) if username else None


def _write(user: Employee, form: OrderForm, now: datetime) -> Order:
    given: dict[str, Any] = {
        "by": user, "kind": form.kind, "employee": _employee(form), "values": form.values(),
        "effective_at": form.cleaned_data["effective_at"], "note": form.cleaned_data["note"],
    }  # fmt: skip
    if rights.lets(user, "order.issue"):
        return actions.issue_order(**given, signed_on=form.cleaned_data["signed_on"])
    return actions.propose_order(**given)


def _written(request: HttpRequest, row: Order) -> HttpResponse:
    if row.number:
        messages.success(request, _("Order № %(number)s is signed.") % {"number": row.number})
    else:
        messages.success(request, _("Put before the director. You will be told how they decide."))
    url = reverse("employees:order", args=[row.pk])
    return HttpResponse(status=204, headers={"HX-Redirect": url}) if is_htmx(request) else redirect(url)


def _context(request: HttpRequest, form: OrderForm, now: datetime) -> dict[str, Any]:
    return {
        "form": form,
        "kind": registry.order_kind(form.kind),
        "signs": rights.lets(request.user, "order.issue"),
        "foreseen": _foreseen(request.user, form, now),
        "drawn": form.depends_on,
    }


def _foreseen(user: Employee, form: OrderForm, now: datetime) -> selectors.Foreseen | None:
    """What would happen; None while what decides it is not filled in."""
    if not form.is_bound:
        return None
    form.is_valid()
    lacking = set(form.errors) & set(FIELDS[form.kind])
    if lacking:
        return None
    order = Order(
        kind=form.kind, employee=_employee(form), values=form.values(), issued_by=user,
        effective_at=form.cleaned_data.get("effective_at"),
    )  # fmt: skip
    return selectors.foresee(order, now)
