"""The director's orders: the register, one order, a new one with its effects foreseen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fregat.lib import clock
from fregat.lib.middleware import is_htmx
from staff.employees import selectors


@require_safe
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One order as it was signed, and how it stands."""
    row = selectors.get_order(request.user, pk, now=clock.now())
    template = "employees/orders/_order.html" if is_htmx(request) else "employees/orders/order.html"
    return render(request, template, {"order": row})
