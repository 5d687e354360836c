"""The watch: that somebody on duty answers for every open case is looked at every minute (B5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.urls import reverse

from cases.casework.models import Case, Responsibility, TimelineEntry
from cases.casework.statuses import OPEN, Status
from cases.handover import rules
from cases.handover.models import Lapse
from cases.handover.rules import LapseEnd
from cases.handover.selectors import off_duty_since
from cases.handover.selectors.lapses import known_and_looked_at, over_since
from fregat.lib import clock, live, notices
from fregat.lib.db import action
from shifts.attendance import selectors as attendance
from staff.employees.models import Employee


def look(now: datetime | None = None) -> int:
    """Recurring job `watch`: write down where the rule is broken, end what is over, raise the alarm.

    Two statements when nothing is wrong: what was found broken before and when it looked last, where is it broken.
    After minutes without a look, what began and ended meanwhile because its person came is written down too. A case
    that somebody is just moving is left to them. Returns how many lapses go on.
    """
    at = now or clock.now()
    known, last = known_and_looked_at()
    if last is not None and rules.is_blind(last, at):
        _write_who_came(last, at)
    broken = {pk for pk, began in off_duty_since(at).items() if rules.is_lapse(began, at)}
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
    since = dict(Responsibility.objects.filter(case__in=cases, until=None).values_list("case", "since"))
    _write_missed(since, giver, over_at or over_since(giver, now), now)


def _write_missed(
    since: Mapping[int, datetime], giver: Employee, over_at: datetime | None, now: datetime
) -> None:
    """Case → since when the giver had answered for it, off duty since `over_at`."""
    known = set(Lapse.objects.open().filter(case__in=since).values_list("case", flat=True))
    began = {pk: max(filter(None, (at, over_at))) for pk, at in since.items() if pk not in known}
    Lapse.objects.bulk_create(
        Lapse(case_id=pk, responsible=giver, began_at=at, found_at=now)
        for pk, at in began.items()
        if rules.is_lapse(at, now)
    )


def write_passed_by_hand(cases: Iterable[Case], now: datetime) -> None:
    """These locked cases have just been passed on by people: from whoever was off duty too long, it is written down.

    The watch may be down, and a colleague who takes such a case over ends what nobody has seen. A case that was not
    open before had nobody on duty rightly. Two statements as a rule.
    """
    opened = {case.pk: case for case in cases if case.is_open}
    taken = dict(Responsibility.objects.filter(case__in=opened, until=None).values_list("case", "since"))
    before = Responsibility.objects.filter(case__in=taken, until__in=set(taken.values()))
    of: dict[Employee, dict[int, datetime]] = {}
    for row in before.select_related("employee"):
        if row.until == taken[row.case_id]:
            since = max(row.since, _opened_again(opened[row.case_id]) or row.since)
            of.setdefault(row.employee, {})[row.case_id] = since
    for giver, theirs in of.items():
        if not attendance.is_on_duty(giver, now):
            _write_missed(theirs, giver, over_since(giver, now), now)


def _opened_again(case: Case) -> datetime | None:
    """When the case became open again; None for one that has been open since it was begun."""
    return None if case.status == Status.DRAFT or case.status_at == case.registered_at else case.status_at


def write_ended_by_hand(case: Case, now: datetime) -> None:
    """This locked case is open no more: the same, of the person who answers for it."""
    if attendance.is_on_duty(case.responsible, now):
        return
    moved = TimelineEntry.objects.filter(case=case, kind="status").order_by("-pk").first()
    if moved is not None and moved.values.get("from") in OPEN:
        write_missed([case], case.responsible, None, now)


@action
def _write_who_came(since: datetime, now: datetime) -> None:
    """What began, lasted too long and ended by the person's coming while the watch did not look."""
    came = (
        attendance.begun_running(now)
        .filter(attendance__begun_at__gt=since)
        .select_related("employee", "attendance")
    )
    for shift in came:
        at = max(shift.starts_at, shift.attendance.begun_at)
        over_at = over_since(shift.employee, at)
        rows = Responsibility.objects.filter(
            employee=shift.employee, until=None, since__lt=at - rules.PROMISE, case__status__in=OPEN
        ).exclude(case__lapses__ended_at=None, case__lapses__isnull=False)
        for row in rows.exclude(case__lapses__ended_at__gte=since):
            began = max(filter(None, (row.since, over_at)))
            if rules.is_lapse(began, at):
                Lapse.objects.create(
                    case_id=row.case_id, responsible=shift.employee, began_at=began, found_at=now,
                    ended_at=at, ended_by=LapseEnd.CAME,
                )  # fmt: skip
