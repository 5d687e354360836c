"""What the roster refuses, in plain Python: what lies over what, what has passed, who rests too little."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from fregat.lib.errors import Conflict, DomainError, Invalid, NotFound

HOUR, WINDOW = timedelta(hours=1), timedelta(minutes=30)
GONE = {"draft": "withdrawn", "published": "cancelled"}
"""What becomes of a status when the shift is cancelled."""
OPEN = {"asked", "accepted"}
Refusal = type[DomainError] | None


@dataclass(frozen=True)
class Row:
    """A shift as the model knows it."""

    person: str
    start: datetime
    end: datetime
    status: str

    @property
    def planned(self) -> bool:
        return self.status in GONE

    def gone(self) -> Row:
        """Cancelled; a draft was never anybody else's business."""
        return replace(self, status=GONE[self.status])


@dataclass
class Request:
    """An exchange: `gets` is the colleague's shift, or nothing."""

    given: int
    gets: int | None
    giver: str
    colleague: str
    words: str
    state: str = "asked"


class PlainRoster:
    """Shifts and requests by the numbers of their rows."""

    now: datetime
    shifts: dict[int, Row]
    requests: dict[int, Request]

    # --- what the model says of a plan ----------------------------------------------------------------
    def planned(self, person: str, but: Iterable[int | None] = ()) -> list[Row]:
        return [
            row for pk, row in self.shifts.items() if row.person == person and row.planned and pk not in but
        ]

    def in_the_way(self, person: str, start: datetime, end: datetime, *but: int | None) -> bool:
        return any(row.start < end and start < row.end for row in self.planned(person, but))

    def tired(self, before: list[Row], after: list[Row]) -> bool:
        """Does somebody rest less than twice the shift before, and less than they did?"""
        was, now = _too_short(before), _too_short(after)
        return any(missing > was.get(start, timedelta(0)) for start, missing in now.items())

    def shape(self, start: datetime, end: datetime, reason: str, was: Row | None = None) -> Refusal:
        """What has passed is not planned; what began long ago, with a reason alone."""
        lately = was is not None and (was.start <= self.now or was.start == start)
        if end <= self.now or (start < self.now - HOUR and not reason and not lately):
            return Invalid
        return None

    def fall(self, pk: int) -> None:
        for request in self.requests.values():
            if request.state in OPEN and pk in (request.given, request.gets):
                request.state = "fallen"

    # --- exchanging ------------------------------------------------------------
    def no_to(self, request: Request) -> Refusal:
        row = self.shifts[request.given]
        if row.status in {"draft", "withdrawn"}:
            return NotFound
        if not self.can_go(request.given):
            return Conflict
        if request.giver == request.colleague:
            return Invalid
        if request.gets is not None:
            theirs = self.shifts[request.gets]
            if theirs.person != request.colleague or not self.can_go(request.gets):
                return Invalid
        if self.impossible(request):
            return Conflict
        if self.breaks(request) and not request.words:
            return Invalid
        mine = {request.given, request.gets} - {None}
        waits = [one for one in self.requests.values() if one.state in OPEN]
        return Conflict if any(mine & {one.given, one.gets} for one in waits) else None

    def can_go(self, pk: int) -> bool:
        return self.shifts[pk].status == "published" and self.shifts[pk].start > self.now + WINDOW

    def impossible(self, request: Request) -> bool:
        """Begun, away, or at work then, when both changes are made."""
        both = [pk for pk in (request.given, request.gets) if pk is not None]
        if not all(self.can_go(pk) for pk in both) or request.colleague == "sick":
            return True
        given = self.shifts[request.given]
        busy = self.in_the_way(request.colleague, given.start, given.end, request.gets)
        if request.gets is None:
            return busy
        gets = self.shifts[request.gets]
        return (
            busy
            or request.giver == "sick"
            or self.in_the_way(request.giver, gets.start, gets.end, request.given)
        )

    def breaks(self, request: Request) -> bool:
        given = self.shifts[request.given]
        gets = [self.shifts[request.gets]] if request.gets is not None else []
        both = [request.given, request.gets]
        left = {name: self.planned(name, both) for name in (request.giver, request.colleague)}
        mine, theirs = left[request.giver], left[request.colleague]
        return self.tired([*mine, given], [*mine, *gets]) or self.tired([*theirs, *gets], [*theirs, given])


def _too_short(rows: list[Row]) -> dict[datetime, timedelta]:
    """By the start of the shift after it, what a rest lacks of twice the shift before."""
    ordered = sorted(rows, key=lambda row: row.start)
    lacks = {
        after.start: 2 * (before.end - before.start) - (after.start - before.end)
        for before, after in pairwise(ordered)
    }
    return {start: lack for start, lack in lacks.items() if lack > timedelta(0)}
