"""An exchange of the demonstration: the colleague has agreed, the senior manager has to decide."""

from __future__ import annotations

from datetime import datetime

from fregat.lib.errors import DomainError
from shifts.exchange import actions, selectors
from shifts.exchange.models import Exchange
from shifts.roster.models import Shift
from staff.employees.models import Employee


def write(people: dict[str, Employee], now: datetime) -> None:
    """While none waits: `operator` gives a published shift of the weeks to come for one of `operator2`."""
    if Exchange.objects.open().exists():
        return
    giver, colleague = people["operator"], people["operator2"]
    coming = Shift.objects.not_ended(now).filter(employee=giver, starts_at__gt=now).select_related("employee")
    for shift in coming.order_by("starts_at"):
        for swap in selectors.swaps(shift, colleague, now):
            if swap.against:
                continue
            try:
                row = actions.ask(
                    by=giver, shift_id=shift.pk, colleague=colleague, wanted_id=swap.shift.pk,
                    words="Того дня випускний у доньки.", now=now,
                )  # fmt: skip
            except DomainError:
                continue
            actions.answer(
                by=colleague, exchange_id=row.pk, agree=True, words="Мені так навіть зручніше.", now=now
            )
            return
