"""Locking and checking rows of the staff: shared by the actions of the room."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from fregat.lib.errors import Invalid, NotFound
from staff.employees.models import Employee


def lock(*employees: Employee) -> list[Employee]:
    """The same employees read again and locked in one order, so that two actions never wait for each other.

    Without `KEY`: rows elsewhere that only refer to an employee are not held up.
    Raises NotFound when one of them is gone.
    """
    wanted = [employee.pk for employee in employees]
    found = {
        row.pk: row
        for row in Employee.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    }
    if len(found) != len(set(wanted)):
        raise NotFound()
    return [found[pk] for pk in wanted]


def check_fields(row: models.Model, *, exclude: tuple[str, ...] = ()) -> None:
    """Ask the model's own field rules. Raises Invalid with the sentences of each field."""
    try:
        row.clean_fields(exclude={*exclude})
        row.validate_unique(exclude={*exclude})
    except ValidationError as error:
        raise Invalid({name: list(texts) for name, texts in error.message_dict.items()}) from None
