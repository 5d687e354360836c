"""The read side of the director's orders."""

from __future__ import annotations

from datetime import datetime

from fregat.lib.errors import NotFound
from fregat.lib.gates import row_id
from staff.employees.models import Employee, Order

_PEOPLE = ("employee", "issued_by", "proposed_by", "closed_by", "revokes", "revocation__issued_by")


def get_order(user: Employee, pk: int | str, *, now: datetime) -> Order:
    """The one gate to an order. Raises NotFound for one that this person may not know of."""
    rows = Order.objects.visible_to(user, now).select_related(*_PEOPLE)
    order: Order | None = rows.filter(pk=row_id(pk)).first()
    if order is None:
        raise NotFound()
    return order
