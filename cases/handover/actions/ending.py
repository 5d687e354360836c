"""The end of a shift, and the rescue of cases for which nobody on duty answers (B5, B6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from cases.casework import actions as casework
from cases.casework.models import Case
from cases.casework.querysets import CaseQuerySet
from cases.handover import rules
from cases.handover.actions.moving import Move, hand_over, last_shift
from cases.handover.actions.plan import END
from cases.handover.actions.watching import write_missed
from cases.handover.models import CheckDecision, EndOfShiftCheck
from cases.handover.rules import Hop
from cases.handover.selectors import duty, led_at_end, orphans, with_cards
from fregat.lib import clock, jobs, live
from fregat.lib.db import action
from shifts.attendance import selectors as attendance
from shifts.roster.models import Shift
from staff.employees.models import Employee

_RESCUED_AT_ONCE = 100


@action
def end_shift(shift_id: int, now: datetime | None = None) -> int:
    """Job `shift_end`: pass on every open case of the employee whose shift has ended (JD II.11, B5).

    Steps, in one transaction: the shift is locked (NOWAIT: a person may be changing it) and read again; the
    open cases are locked in the order of their ids; the clock is read; who is on duty is asked once; each
    case goes to its receiver with its handover, hop, card and acceptance job; the check is marked as ended.
    Survives: `kill -9` anywhere (nothing is half done, the job stays due), a second run (`ended_at`, and one
    handover per case and shift), a shift prolonged behind the job's back (it moves its own job), a case
    taken over or finished in the last second (only cases still open and still the giver's are locked; one
    that comes a moment later is found by the rescue). Nothing moves while the giver is on duty in another
    shift. Returns how many cases moved.
    """
    shift = Shift.objects.select_for_update(of=("self",), nowait=True).filter(pk=shift_id).first()
    if shift is None:
        return 0
    check = EndOfShiftCheck.objects.select_for_update().filter(shift=shift).first()
    if check is not None and check.ended_at:
        return 0
    if not shift.is_cancelled and (now or clock.now()) < shift.ends_at:
        jobs.schedule(END, shift_id, shift.ends_at)
        return 0
    cases = locked(Case.objects.open().filter(responsible=shift.employee_id))
    now = now or clock.now()
    giver = shift.employee
    moved = 0
    if not attendance.is_on_duty(giver, now):
        over_at = min(shift.ends_at, shift.cancelled_at or shift.ends_at)
        moved = move(
            cases, giver, shift, check, hop=Hop.SHIFT_END, reason="shift_end", now=now, over_at=over_at
        )
    EndOfShiftCheck.objects.filter(shift=shift).update(ended_at=now)
    live.publish(f"employee:{giver.pk}", "shift", shift.pk)
    live.publish(f"employee:{giver.pk}", live.RIGHTS)
    live.publish("board", "board")
    return moved


def locked(cases: CaseQuerySet) -> list[Case]:
    """The rows, locked in the order of their ids, so that two shift ends never wait for each other in a circle."""
    return list(with_cards(cases.select_for_update(of=("self",))).order_by("id"))


def move(
    cases: Iterable[Case],
    giver: Employee,
    shift: Shift | None,
    check: EndOfShiftCheck | None,
    *,
    hop: Hop,
    reason: str,
    now: datetime,
    over_at: datetime | None = None,
) -> int:
    """Pass locked cases of one giver to whom B5 names, each with its handover; `shift` None: they had none.

    `over_at`: when the giver's shift was over, where that is known.
    """
    cases = list(cases)
    if not cases:
        return 0
    write_missed(cases, giver, over_at, now)
    moves = _moves(cases, giver, shift, check, now)
    hand_over(moves, giver, shift, hop=hop, now=now)
    casework.pass_cases([(one.case, one.to) for one in moves], reason=reason, now=now)
    return len(moves)


def _moves(
    cases: list[Case], giver: Employee, shift: Shift | None, check: EndOfShiftCheck | None, now: datetime
) -> list[Move]:
    """To whom each case goes. What one receives counts for the next: cases are spread by load."""
    on_duty, decisions, led = duty(now, without=giver), _decisions(check), led_at_end(shift)
    chosen: list[tuple[Case, int]] = []
    for case in cases:
        to = rules.receiver(_leaving(case, shift, decisions.get(case.pk), leads=led), on_duty)
        on_duty.load[to] = on_duty.load.get(to, 0) + 1
        chosen.append((case, to))
    people = Employee.objects.in_bulk({to for _case, to in chosen})
    return [Move(case, people[to], decisions.get(case.pk)) for case, to in chosen]


def _decisions(check: EndOfShiftCheck | None) -> dict[int, CheckDecision]:
    """Decisions that say where a case goes; «help given» says nothing once the case is open again."""
    if check is None:
        return {}
    rows = check.decisions.exclude(decision=rules.Decision.ASSISTED)
    return {row.case_id: row for row in rows}


def _leaving(
    case: Case, shift: Shift | None, decision: CheckDecision | None, *, leads: bool
) -> rules.Leaving:
    return rules.Leaving(
        project=case.insurer.code if case.insurer else None,
        day_follower=bool(case.insurer and case.insurer.day_follower),
        shift_starts_at=shift.starts_at if shift else None,
        leads=leads,
        decision=decision.decision if decision else "",
        to=decision.to_id if decision else None,
    )


@action
def rescue(now: datetime | None = None) -> int:
    """Recurring job `orphans`: no open case stays with somebody who is not on duty (B5, B6).

    It finds what came past the end of the shift: a case registered or reopened in the last second, one
    handed to a person whose own shift ended at that moment, a shift whose job fails. Cases are locked with
    SKIP LOCKED (who holds one is just moving it) and asked again under the lock. Returns how many moved.
    """
    at = now or clock.now()
    found = list(orphans(at).order_by("id").values_list("id", flat=True)[:_RESCUED_AT_ONCE])
    if not found:
        return 0
    rows = Case.objects.filter(id__in=found).select_for_update(of=("self",), skip_locked=True)
    cases = list(with_cards(rows).order_by("id"))
    now = now or clock.now()
    still = set(orphans(now).filter(id__in=[case.pk for case in cases]).values_list("id", flat=True))
    by_giver: dict[Employee, list[Case]] = {}
    for case in cases:
        if case.pk in still:
            by_giver.setdefault(case.responsible, []).append(case)
    return sum(_rescue_of(giver, theirs, now) for giver, theirs in by_giver.items())


def _rescue_of(giver: Employee, cases: list[Case], now: datetime) -> int:
    shift = last_shift(giver, now)
    check = EndOfShiftCheck.objects.filter(shift=shift).first() if shift else None
    return move(cases, giver, shift, check, hop=Hop.ORPHAN, reason="orphan", now=now)
