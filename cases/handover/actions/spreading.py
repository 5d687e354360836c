"""Several cases of a desk of the check get their receivers at once, by its operator or by who answers for them (B5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from cases.casework.models import Case
from cases.handover import permissions, selectors
from cases.handover.actions.deciding import check_of, find_receiver
from cases.handover.labels import NOT_SPREAD
from cases.handover.models import CheckDecision
from cases.handover.rules import Decision
from cases.handover.selectors import CheckView, Item
from fregat.lib import clock, live
from fregat.lib.db import action
from fregat.lib.errors import Conflict, Invalid, NotFound, Sentence
from staff.employees.models import Employee


@action
def spread(
    *, by: Employee, of: Employee | None = None, receivers: Mapping[str, str], now: datetime | None = None
) -> int:
    """Decide «hand over» about each of these cases: number → sign-in name of the receiver.

    `of`: whose desk it is, else one's own. The card of each is what its operator wrote, else what the case gives; one
    that lacks something is written by hand first. All of them or none. Returns how many were decided about.
    Raises NotFound, NotAllowed, Invalid (a receiver who may not receive, a card that lacks something), Conflict.
    """
    giver, now = of or by, now or clock.now()
    permissions.check_spread(by, giver, now)
    held = Case.objects.open().filter(responsible=giver, number__in=receivers)
    list(held.select_for_update(of=("self",)).order_by("pk"))
    check = selectors.current_check(giver, now)
    if check is None:
        raise Conflict(_("%(name)s is not on shift now.") % {"name": giver.full_name}, code="off_shift")
    items = {item.case.number: item for item in check.items}
    if not receivers:
        raise Invalid.field("case", _("Choose at least one case."))
    if set(receivers) - set(items):
        raise NotFound()
    found = _checked(check, giver, {number: (items[number], to) for number, to in receivers.items()}, now)
    row = check_of(check.shift, now)
    for item, person in found:
        _decide(row.pk, item, person, by, now)
    live.publish(f"employee:{giver.pk}", "shift", check.shift.pk)
    live.publish("board", "board")
    return len(found)


def _checked(
    check: CheckView, giver: Employee, wanted: Mapping[str, tuple[Item, str]], now: datetime
) -> list[tuple[Item, Employee]]:
    """Each case with its receiver. Raises Invalid with a sentence for the first case that is wrong."""
    found: list[tuple[Item, Employee]] = []
    for number, (item, to) in wanted.items():
        code = selectors.why_not_spread(check, item)
        person: Employee | None = None
        fault: Sentence = NOT_SPREAD[code] if code else ""
        if not fault:
            person, fault = find_receiver(giver, item.case, check.shift, to, now)
        if person is None:
            raise Invalid.field("to", f"{number}: {fault or NOT_SPREAD['nobody']}")
        found.append((item, person))
    return found


def _decide(check_id: int, item: Item, to: Employee, by: Employee, now: datetime) -> None:
    written = item.decision is not None and item.decision.next_step
    card = item.decision if written and item.decision is not None else item.card
    CheckDecision.objects.update_or_create(
        check_row_id=check_id,
        case=item.case,
        defaults={
            "decision": Decision.HAND_OVER, "decided_at": now, "decided_by": by, "to": to,
            **selectors.card_values(card),
        },
    )  # fmt: skip
