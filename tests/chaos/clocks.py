"""The nights on which the clocks change: the clocks of workers and beat are moved through them, the machine's is not.

libfaketime stands before the C library of each process and reads from a file by how much its clock is ahead; the
file is rewritten, and all clocks jump together. Monotonic time and PostgreSQL's own clock stay true.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from django.db import transaction

from bench.table import Row
from cases.handover.models import EndOfShiftCheck
from fregat.lib import clock
from fregat.lib.models import Pulse
from shifts.attendance.models import Attendance
from shifts.roster.actions import plan_shift
from shifts.roster.models import Shift
from tests.chaos.centre import CHECK, Centre, copies, hold, keep
from tests.chaos.ground import until
from tests.chaos.judge import judge
from tests.chaos.workers import Crew

STRIDE = timedelta(minutes=10)
"""The clocks jump no farther: every hour of the night is lived in, the one that comes twice, twice."""
WITHIN = 60
"""Seconds after its time within which a check begins: from twenty to nineteen minutes before the end."""


@dataclass(frozen=True)
class Night:
    """Ends of shifts on such a night, as the wall clock in Kyiv shows them, and the instants, reckoned by hand."""

    name: str
    starts_at: datetime
    ends: dict[str, datetime] = field(default_factory=dict)


def _at(day: int, hour: int, minute: int, *, month: int) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=UTC)


NIGHTS = {
    # At three o'clock it is four: from 20:00 to 08:00 it is eleven hours.
    "spring": Night("spring", _at(27, 18, 0, month=3), {
        "02:55": _at(28, 0, 55, month=3), "04:05": _at(28, 1, 5, month=3),
        "04:30": _at(28, 1, 30, month=3), "08:00": _at(28, 5, 0, month=3),
    }),
    # At four o'clock it is three: half past three comes twice, and the night has thirteen hours.
    "autumn": Night("autumn", _at(30, 17, 0, month=10), {
        "02:30": _at(30, 23, 30, month=10), "03:30 (summer time)": _at(31, 0, 30, month=10),
        "03:30 (winter time)": _at(31, 1, 30, month=10), "08:00": _at(31, 6, 0, month=10),
    }),
}  # fmt: skip


class MovedClock:
    """By how much the clocks of the processes are ahead."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "clock"
        self.ahead = timedelta()

    def now(self) -> datetime:
        """What the moved processes take it to be."""
        return clock.now() + self.ahead

    def to(self, moment: datetime) -> None:
        """It is now that moment, in every process at once."""
        self.ahead = moment - clock.now()
        new = self.file.with_suffix(".new")
        new.write_text(f"+{self.ahead.total_seconds():.3f}\n")
        new.replace(self.file)

    def environment(self) -> dict[str, str]:
        """What a process needs to live by this clock."""
        spec = find_spec("libfaketime")
        assert spec is not None, "libfaketime is one of the development packages"
        assert spec.origin is not None
        library = Path(spec.origin).parent / "vendor/libfaketime/src/libfaketime.so.1"
        assert library.exists(), "libfaketime came without its library for this system"
        return {
            "LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1",
        }  # fmt: skip


@transaction.atomic
def people_of(centre: Centre, night: Night, each: int, cases_each: int) -> Centre:
    """At each end of the night so many operators of every project go, each with so many open cases.

    Planned by the program itself, a day before.
    """
    for place, ends_at in enumerate(night.ends.values()):
        for project in centre.projects:
            for person in copies(centre, f"{night.name}-{place}", project, each):
                shift = plan_shift(
                    by=None, employee=person, starts_at=night.starts_at, ends_at=ends_at, kind="day",
                    now=night.starts_at - timedelta(days=1),
                )  # fmt: skip
                Attendance.objects.create(shift=shift, begun_at=shift.starts_at)
                centre.shifts.append(shift)
                centre.cases[shift.pk] = hold(person, project, cases_each, night.starts_at)
    keep([case for cases in centre.cases.values() for case in cases])
    return centre


def live_through(centre: Centre, night: Night, crew: Crew, moved: MovedClock) -> Iterator[Row]:
    """From the evening to after the last end; then the instants at which checks began are held to those by hand."""
    ids = [shift.pk for shift in centre.shifts]
    each = len(ids) // len(night.ends)
    ending = {end: centre.shifts[place * each :][:each] for place, end in enumerate(night.ends.values())}
    verdicts = []
    moments = sorted({moment for end in ending for moment in (end - CHECK, end)})
    moved.to(moments[0] - timedelta(minutes=30))
    with crew.at_work():
        for moment in moments:
            _walk(moved, moment - timedelta(seconds=2))
            until(partial(_nothing_waits, ids, moment), WITHIN + 5)
            if moment in ending:  # at once: a quarter of an hour later what nobody accepted has risen
                verdicts.append(judge(centre, ending[moment]))
    begun = dict(EndOfShiftCheck.objects.filter(shift__in=ids).values_list("shift_id", "started_at"))
    due = {shift.pk: end - CHECK for end, shifts in ending.items() for shift in shifts}
    after = [(at - due[pk]).total_seconds() for pk, at in begun.items() if at is not None]
    key = f"clocks.{night.name}"
    yield Row(f"{key}.checks", len(ids), "checks")
    yield Row(f"{key}.missed", len(ids) - len(after), "checks", 0)
    yield Row(f"{key}.too_early", sum(seconds < 0 for seconds in after), "checks", 0)
    yield Row(f"{key}.latest_s", max(after, default=float("inf")), "s after its time", WITHIN)
    for word in ("lost", "double", "wrong_receiver"):
        yield Row(f"{key}.{word}", sum(getattr(one, word) for one in verdicts), "cases", 0)
    yield Row(f"{key}.answered_s", max(one.latest_s for one in verdicts), "s after the end", WITHIN)


def _walk(moved: MovedClock, moment: datetime) -> None:
    """In strides; none before the scheduler has looked in the last: on a slow machine it, too, would be late."""
    while True:
        here = min(moment, moved.now() + STRIDE)
        moved.to(here)
        until(Pulse.objects.filter(name="sweep", at__gte=here).exists, WITHIN)
        if here == moment:
            return


def _nothing_waits(ids: list[int], moment: datetime) -> bool:
    """Is all done that was due by then?"""
    checks = EndOfShiftCheck.objects.filter(shift__in=ids)
    begins = checks.filter(started_at=None, due_at__lte=moment)
    ends = checks.filter(ended_at=None, shift__in=Shift.objects.filter(ends_at__lte=moment))
    return not begins.exists() and not ends.exists()
