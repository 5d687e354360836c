"""An order's text, fixed at its signing."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from staff.employees import registry
from staff.employees.actions.kinds import ground
from staff.employees.models import Employee, Order


def worded(order: Order) -> dict[str, Any]:
    """The order as it is printed, in Ukrainian: what was signed stays as it was signed (people change names)."""
    kind = registry.order_kind(order.kind)
    with translation.override("uk"):
        return {
            "heading": str(kind.heading),
            "person": ground.formal_name(order.employee) if order.employee else ground.full_name(order),
            "clauses": [
                {"text": str(clause.text), "facts": [[str(name), value] for name, value in clause.facts]}
                for clause in kind.text(order)
            ],
            "note": order.note,
            "signer": _signature(order.issued_by),
            "reader": signed_name(order.employee) if order.employee else _name_in_values(order),
        }


def signed_name(person: Employee) -> str:
    """Name and SURNAME, as under a paper."""
    return f"{person.first_name} {person.last_name.upper()}"


def _signature(person: Employee | None) -> dict[str, str]:
    if person is None:
        return {"position": "", "name": ""}
    return {"position": ground.position(person.role), "name": signed_name(person)}


def _name_in_values(order: Order) -> str:
    return " ".join(filter(None, (ground.text(order, "first_name"), ground.text(order, "last_name").upper())))
