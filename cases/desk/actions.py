"""Waking somebody at night for a case that cannot wait."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework.actions import answer_woken, raise_escalation, wake_doctor
from cases.casework.actions.ground import locked_case
from cases.casework.models import Case
from cases.casework.permissions import check_raise
from cases.desk import rules, selectors
from cases.desk.labels import WOKEN
from fregat.lib import clock, notices
from fregat.lib.db import action
from fregat.lib.errors import Conflict, Invalid
from fregat.lib.text import fault_in
from staff.employees.models import Employee


@action
def wake(*, by: Employee, number: str, to: str, text: str, now: datetime | None = None) -> None:
    """Wake who is told about this case (`to`: `selectors.TOLD`), or a doctor of its project (their login).

    It is an escalation: who does not answer in time is passed over, by a doctor to whoever is told of the case, by
    them to the head. Raises NotFound, NotAllowed, Invalid (nobody of the list, no summary), Conflict (woken for
    this case within the last ten minutes, or the case is not open).
    """
    case = locked_case(by, number)
    now = now or clock.now()
    check_raise(by, case, now)
    person = _check(by, case, to, text, now)
    if to != selectors.TOLD:
        wake_doctor(by=by, number=number, doctor=person, text=text, now=now)
        url = reverse("desk:woken")  # at home the case is closed to them
    else:
        raise_escalation(by=by, number=number, reason=WOKEN, text=text, now=now)
        url = reverse("casework:case", args=[case.number])
    notices.tell([person], WOKEN, url=url, values={"number": case.number, "name": by.short_name}, now=now)


@action
def answer(*, by: Employee, escalation_id: int, now: datetime | None = None) -> None:
    """A doctor takes up what they were woken for; what the notices ask for is done when nothing else waits.

    Raises NotFound, Conflict (somebody was faster).
    """
    now = now or clock.now()
    answer_woken(by=by, escalation_id=escalation_id, now=now)
    if not any(row.acknowledged_at is None for row in selectors.wakings(by, now)):
        notices.settle(reverse("desk:woken"), now=now, employee_id=by.pk)


def _check(by: Employee, case: Case, to: str, text: str, now: datetime) -> Employee:
    people = selectors.to_wake(by, case, now)
    if to not in people:
        raise Invalid.field("to", _("Choose somebody of the list."))
    if not text.strip():
        raise Invalid.field("text", _("Say what they must know at once."))
    if fault := fault_in(text):
        raise Invalid.field("text", fault)
    if not case.is_open:
        raise Conflict(_("The case is open no more: nobody is woken for it."), code="not_open")
    person = people[to]
    before = [one for one in selectors.woken([case], now)[case.pk] if one.person_id == person.pk]
    if before and before[0].at > now - rules.WOKEN_ONCE:
        raise Conflict(
            _("%(name)s was woken for this case at %(at)s. Call them now.")
            % {"name": person.full_name, "at": clock.local(before[0].at).strftime("%H:%M")},
            code="woken",
        )
    return person
