"""The watch: that somebody on duty answers for every open case is looked at every minute (B5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from cases.casework.models import Case, Responsibility
from cases.handover import rules
from cases.handover.models import Lapse
from cases.handover.rules import LapseEnd
from cases.handover.selectors import off_duty_since
from cases.handover.selectors.lapses import over_since
from fregat.lib import clock, live, notices
from fregat.lib.db import action
from shifts.attendance import selectors as attendance
from staff.employees.models import Employee


def look(now: datetime | None = None) -> int:
    """Recurring job `watch`: write down where the rule is broken, end what is over, raise the alarm.

    Two statements when nothing is wrong: where is it broken, what was found broken before. A case that
    somebody is just moving is left to them. Returns how many lapses go on.
    """
    at = now or clock.now()
    broken = {pk for pk, began in off_duty_since(at).items() if rules.is_lapse(began, at)}
    known = set(Lapse.objects.open().values_list("case", flat=True))
    if not broken and not known:
        return 0
    return _write_down(broken, known, now)


@action
def _write_down(broken: set[int], known: set[int], now: datetime | None) -> int:
    held = Case.objects.filter(pk__in=broken | known).select_for_update(of=("self",), skip_locked=True)
    cases = {case.pk: case for case in held.select_related("responsible").order_by("pk")}
    now = now or clock.now()
    began = off_duty_since(now, among=cases)
    open_ones = {row.case_id: row for row in Lapse.objects.open().filter(case__in=cases)}
    for row in list(open_ones.values()):
        case = cases[row.case_id]
        if case.pk not in began or case.responsible_id != row.responsible_id:
            _end(open_ones.pop(case.pk), case, now)
    new = [
        Lapse(case=cases[pk], responsible=cases[pk].responsible, began_at=at, found_at=now)
        for pk, at in began.items()
        if pk not in open_ones and rules.is_lapse(at, now)
    ]
    Lapse.objects.bulk_create(new)
    return _tell(bool(new), now)


def _end(row: Lapse, case: Case, now: datetime) -> None:
    """It is over; how, and when, as far as the rows can say."""
    how, at = LapseEnd.MOVED, now
    if not case.is_open:
        how, at = LapseEnd.NOT_OPEN, case.status_at
    elif case.responsible_id == row.responsible_id:
        shift = attendance.current_shift(case.responsible, now)
        how, at = LapseEnd.CAME, max(shift.starts_at, shift.attendance.begun_at) if shift else now
    row.ended_by, row.ended_at = how, at if at > row.began_at else now
    row.save(update_fields=["ended_by", "ended_at"])


def _tell(new: bool, now: datetime) -> int:
    """The alarm: to the leading senior manager and the head, anew with each new lapse; quiet when none goes on."""
    count, url = Lapse.objects.open().count(), reverse("handover:lapses")
    leader = attendance.leader(now)
    told = [*Employee.objects.heads(), *([leader] if leader else [])]
    if new or not count:
        notices.settle(url, now=now)
    if new and count:
        notices.tell(told, "lapses", url=url, values={"count": count}, now=now)
    for pk in {person.pk for person in told}:
        live.publish(f"employee:{pk}", "shift", 0)
    live.publish("board", "board")
    live.publish("watch", "lapse")
    return count


def end_lapses(cases: Iterable[Case], how: LapseEnd, now: datetime) -> None:
    """The cases, locked, have moved or are open no more: their lapses are over. One statement as a rule."""
    rows = Lapse.objects.open().filter(case__in=list(cases), began_at__lt=now)
    if rows.update(ended_at=now, ended_by=how):
        _tell(False, now)


def write_missed(cases: Iterable[Case], giver: Employee, over_at: datetime | None, now: datetime) -> None:
    """These locked cases leave a giver who was not on duty: what lasted too long is written down, seen or not.

    So a lapse is on record also when the watch was down with everything else. `over_at` is when the giver's shift
    was over, None when that has to be asked. No statement for a shift that ends in time.
    """
    if over_at is not None and not rules.is_lapse(over_at, now):
        return
    over_at = over_at or over_since(giver, now)
    since = dict(Responsibility.objects.filter(case__in=cases, until=None).values_list("case", "since"))
    known = set(Lapse.objects.open().filter(case__in=cases).values_list("case", flat=True))
    began = {pk: max(filter(None, (at, over_at))) for pk, at in since.items() if pk not in known}
    Lapse.objects.bulk_create(
        Lapse(case_id=pk, responsible=giver, began_at=at, found_at=now)
        for pk, at in began.items()
        if rules.is_lapse(at, now)
    )
