"""Series of numbers: added by who keeps the insurer's data, given one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from cases.contracts.models import NumberSeries
from cases.contracts.permissions import check_insurer
from cases.insurance.models import Insurer, NumberKey, Policy
from fregat.lib import clock, db
from fregat.lib.errors import Conflict, Invalid

if TYPE_CHECKING:
    from staff.employees.models import Employee

NUMBER_MAX = 40
"""The longest number of a policy."""
BLOCK = 100
"""Numbers that are looked up in one statement."""


@db.action
def add_series(
    *, by: Employee | None, insurer_id: int, prefix: str, width: int, first: int, last: int
) -> NumberSeries:
    """Write down a series that the insurer has given. Raises Invalid, Conflict when the numbers are there already."""
    if by is not None:
        check_insurer(by, "series.edit", insurer_id)
    if last < first:
        raise Invalid.field("last", _("The last number is before the first one: correct the numbers."))
    if len(str(last)) > width or len(prefix) + width > NUMBER_MAX:
        raise Invalid.field("width", _("The last number does not fit into so many digits."))
    row: NumberSeries = NumberSeries.objects.create(
        insurer_id=insurer_id, prefix=prefix, width=width, first=first, last=last, next=first,
        added_at=clock.now(), added_by=by,
    )  # fmt: skip
    return row


def take_number(insurer: Insurer) -> str:
    """The next number of the insurer, inside the caller's transaction: a failure gives it back, nobody gets it twice.

    All series of the insurer are locked, the oldest first: whoever waits for the last number of one reads the next
    series when it is their turn. Numbers that a list of the insurer has brought already are passed over, once: the
    series goes on after them. Raises Conflict when there is none.
    """
    for series in NumberSeries.objects.select_for_update().filter(insurer=insurer).order_by("pk"):
        value = _free(series)
        after = (series.last if value is None else value) + 1
        if after != series.next:
            series.next = after
            series.save(update_fields=["next"])
        if value is not None:
            return series.facts().number(value)
    raise Conflict(
        _("The insurer’s numbers are used up. Ask the head of the contact centre to add a series."),
        code="series_used_up",
    )


def _free(series: NumberSeries) -> int | None:
    """The first number of the series, from the next one on, that no list of the insurer has brought; None: all gone."""
    facts = series.facts()
    for first in range(series.next, series.last + 1, BLOCK):
        block = range(first, min(first + BLOCK, series.last + 1))
        keys = [NumberKey(Value(facts.number(value))) for value in block]
        brought = Policy.objects.filter(insurer=series.insurer_id, number_key__in=keys)
        # The key is the database's own; it ends, as the number does, with the digits of the series.
        gone = {int(key[-series.width :]) for key in brought.values_list("number_key", flat=True)}
        for value in block:
            if value not in gone:
                return value
    return None
