"""Rules of the end of a shift and of the handover (JD II.11-12, B4-B6). Plain Python: no clock, no queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

LATE_AFTER = timedelta(minutes=1)
"""A check that begins later than this after its time is marked as late."""
ORPHAN_GRACE = timedelta(seconds=20)
"""So long the rescue leaves a shift that has just ended to its own job."""

PROMISE = timedelta(seconds=60)
"""So long after the end of a shift somebody on duty answers for its cases (B5); what lasts longer is a lapse."""
LOOK_SECONDS = 60
"""The watch looks once a minute."""
BLIND_AFTER = timedelta(minutes=3)
"""The watch has not looked for so long: its silence says nothing."""


class Decision(StrEnum):
    """What the operator says about a case in the check (B4)."""

    ASSISTED = "assisted"
    HAND_OVER = "hand_over"
    SENIOR = "senior"


class Serious(StrEnum):
    """How serious a case is, as its card says."""

    USUAL = "usual"
    SERIOUS = "serious"
    CRITICAL = "critical"


CRITICAL_REASONS = frozenset({"hospital", "transport"})
"""Escalations that make a case critical while nobody has acknowledged them."""


def how_serious(*, told: Collection[str], displeased: bool, overdue: bool, draft: bool) -> Serious:
    """How serious a case is by what is known of it: `told` are its escalations that nobody has acknowledged,
    `overdue`: something promised is late, `draft`: it is not registered yet."""
    if CRITICAL_REASONS & set(told):
        return Serious.CRITICAL
    return Serious.SERIOUS if told or displeased or overdue or draft else Serious.USUAL


class Hop(StrEnum):
    """Why a handover went to somebody."""

    SHIFT_END = "shift_end"
    DISMISSED = "dismissed"
    TRANSFERRED = "transferred"
    ORPHAN = "orphan"
    REFUSED = "refused"
    NOT_ACCEPTED = "not_accepted"
    TAKEN = "taken"


class Side(StrEnum):
    """Whose page of the hand-over sheet it is."""

    GIVEN = "given"
    RECEIVED = "received"


class LapseEnd(StrEnum):
    """How a time without anybody on duty ended."""

    MOVED = "moved"
    CAME = "came"
    NOT_OPEN = "not_open"


def is_lapse(began_at: datetime, now: datetime) -> bool:
    """Has nobody on duty answered for longer than B5 allows?"""
    return now - began_at > PROMISE


def is_blind(looked_at: datetime | None, now: datetime) -> bool:
    """Has the watch not looked for so long that its zero says nothing?"""
    return looked_at is None or now - looked_at > BLIND_AFTER


def check_at(ends_at: datetime, before: timedelta) -> datetime:
    """When the check of a shift begins, in UTC.

    Python subtracts on the wall clock of an aware time: on the nights of a clock change only UTC tells the truth.
    """
    return ends_at.astimezone(UTC) - before


def is_late(*, due_at: datetime, set_at: datetime, started_at: datetime) -> bool:
    """Did the check begin more than a minute after it could have?

    `set_at` is when the program learnt of the plan: a shift shortened into its own last 20 minutes
    makes its check begin at once, and that is not late.
    """
    return started_at - max(due_at, set_at) > LATE_AFTER


@dataclass(frozen=True)
class Candidate:
    """Somebody on duty after the end who may receive cases."""

    id: int
    username: str
    operator: bool
    """An operator: the night and following operators are found among these."""
    kind: str
    """Kind of the running shift: `day`, `night`."""
    starts_at: datetime
    """Planned start of the running shift."""
    projects: frozenset[str]
    """Codes of the insurers that the person works for."""
    offered: bool = True
    """May be offered a case now: not on a break (B2; `shifts.breaks.rules.OFFERED`)."""


@dataclass(frozen=True)
class Duty:
    """Who is on duty at the moment of the move, the giver left out.

    `leader` is the senior manager on duty or whoever substitutes them, not on a break; `head` is the last resort,
    always there. `load` counts open cases by person and grows while cases are moved.
    """

    candidates: Collection[Candidate]
    leader: int | None
    head: int
    load: dict[int, int] = field(default_factory=dict)

    @property
    def senior(self) -> int:
        """The senior manager on duty, else the head."""
        return self.head if self.leader is None else self.leader


@dataclass(frozen=True)
class Leaving:
    """What of the case and of its giver decides who receives it."""

    project: str | None
    """Code of the case's insurer; None for a provisional case without one."""
    day_follower: bool
    """The insurer lets the operator of the following day shift receive (Insurer.day_follower)."""
    shift_starts_at: datetime | None
    """Planned start of the giver's shift; None when the giver had none."""
    leads: bool = False
    """The giver's shift led."""
    decision: str = ""
    """`Decision` of the check, or empty."""
    to: int | None = None
    """Whom the giver chose."""


def fixed(*, leads: bool, project: str | None) -> str:
    """Why nobody can be chosen to receive: `leads` (the giver's shift), `no_project`; empty when one can."""
    if leads:
        return "leads"
    return "no_project" if project is None else ""


def receiver(case: Leaving, duty: Duty) -> int:
    """Who answers for the case after the end of the giver's shift (B5).

    1. The cases of a leading senior manager go to the next leader, else to the head, and so does every
       case that the giver gives to the senior manager or that has no insurer yet.
    2. Whom the giver chose, when on duty and of the project.
    3. The night operator on duty of the project.
    4. The operator of the project who follows, when the insurer allows it: whose shift began after the
       giver's. A colleague who began together with the giver does not follow.
    5. The senior manager on duty or their substitute; else the head.

    Among several: the fewest open cases, then the sign-in name. Who is on a break receives nothing (B2), chosen
    or not: when all are away, the case goes up.
    """
    if case.decision == Decision.SENIOR or fixed(leads=case.leads, project=case.project):
        return duty.senior
    team = [person for person in duty.candidates if person.offered and case.project in person.projects]
    chosen = {person.id for person in team} | {duty.senior, duty.head}
    if case.to is not None and case.to in chosen:
        return case.to
    operators = [person for person in team if person.operator]
    night = [person for person in operators if person.kind == "night"]
    following = [person for person in operators if _follows(person, case)] if case.day_follower else []
    return _least_loaded(night or following, duty.load, otherwise=duty.senior)


def _follows(person: Candidate, case: Leaving) -> bool:
    return case.shift_starts_at is None or person.starts_at > case.shift_starts_at


def _least_loaded(people: Collection[Candidate], load: Mapping[int, int], *, otherwise: int) -> int:
    if not people:
        return otherwise
    return min(people, key=lambda person: (load.get(person.id, 0), person.username)).id


def spread(
    cases: Collection[tuple[str, str]], people: Collection[Candidate], load: Mapping[int, int]
) -> dict[str, int | None]:
    """Each of these `(number, project)` to one of the fit ones, so that all hold about the same; None: nobody fits.

    The cases that fewest people fit are given first; of as many cases the sign-in name decides. Who is on a break
    receives nothing (B2).
    """
    held = dict(load)
    fit = {
        number: [one for one in people if one.offered and project in one.projects]
        for number, project in cases
    }
    found: dict[str, int | None] = dict.fromkeys(fit)
    for number in sorted(fit, key=lambda one: len(fit[one])):
        if fit[number]:
            to = min(fit[number], key=lambda person: (held.get(person.id, 0), person.username)).id
            found[number], held[to] = to, held.get(to, 0) + 1
    return found


def next_step_up(*, current: int, leader: int | None, head: int) -> int:
    """To whom a handover rises that is refused or not accepted: the senior manager on duty, then the head.

    Answers with `current` when it is the head's already: the last resort keeps it.
    """
    if leader is not None and leader not in {current, head} and current != head:
        return leader
    return head
