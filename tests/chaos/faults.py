"""The scenarios of `make chaos`: each breaks something while shifts end, and counts what became of the work."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connections

from bench.table import LEAST, Row
from cases.handover.models import EndOfShiftCheck, Lapse
from fregat.lib import clock
from fregat.lib.models import Job
from tests.chaos.centre import Centre, end_at, put_off_acceptance
from tests.chaos.ground import patiently, until
from tests.chaos.judge import Verdict, judge
from tests.chaos.workers import Crew, second_connection, wait_inside

PROMISE = 60
"""Seconds within which somebody on duty answers (B5), and within which what was missed is caught up."""


@dataclass
class Kills:
    """How often what was killed."""

    inside: int = 0
    """Workers, inside an open transaction of a handover."""
    of: dict[str, int] = field(default_factory=dict)

    @property
    def all(self) -> int:
        """Together."""
        return self.inside + sum(self.of.values())

    def add(self, name: str) -> None:
        """One more."""
        self.of[name] = self.of.get(name, 0) + 1


def ended(centre: Centre, shifts: list[Any]) -> Callable[[], bool]:
    """Has the program ended all of these shifts?"""
    ids = [shift.pk for shift in shifts]
    return lambda: not EndOfShiftCheck.objects.filter(shift__in=ids, ended_at=None).exists()


def shift_ends(
    centre: Centre, crew: Crew, *, rounds: int, breakers: dict[str, Callable[[], None]]
) -> Iterator[Row]:
    """Shifts end in rounds; in each one worker is killed inside a handover, and something anywhere.

    `breakers`: other parts by name, each with what kills it and starts it again; they take turns with workers and beat.
    """
    chance, kills = random.Random(20261128), Kills()
    step = max(1, len(centre.shifts) // rounds)
    turns = [*breakers, "worker", "beat"]
    for number in range(rounds):
        several = centre.shifts[number * step : (number + 1) * step if number < rounds - 1 else None]
        _kill_inside(centre, crew, several, kills)
        time.sleep(chance.random())
        name = turns[number % len(turns)]
        _kill_anywhere(crew, name, breakers, chance)
        kills.add(name)
        if number % 10 == 9:
            patiently(put_off_acceptance)
    until(ended(centre, centre.shifts), PROMISE)
    verdict: Verdict = patiently(lambda: judge(centre, centre.shifts))
    yield Row("shiftend.kills", kills.all, "kills", 2 * rounds, LEAST)
    yield Row("shiftend.kills.inside", kills.inside, "kills inside a handover", rounds, LEAST)
    for name, times in sorted(kills.of.items()):
        yield Row(f"shiftend.kills.{name}", times, "kills")
    yield Row("shiftend.cases", verdict.cases, "cases", sum(map(len, centre.cases.values())), LEAST)
    yield Row("shiftend.lost", verdict.lost, "cases", 0)
    yield Row("shiftend.double", verdict.double, "cases", 0)
    yield Row("shiftend.wrong_receiver", verdict.wrong_receiver, "cases", 0)
    yield Row("shiftend.latest_s", verdict.latest_s, "s", PROMISE)


def _kill_inside(centre: Centre, crew: Crew, shifts: list[Any], kills: Kills) -> None:
    """Hold a case of a shift that ends, wait until a worker stands inside its transaction, kill it there."""

    def attempt() -> None:
        with second_connection() as holder, second_connection() as watcher:
            with holder.cursor() as cursor:
                cursor.execute(
                    "SELECT id FROM casework_case WHERE id = %s FOR UPDATE",
                    [centre.cases[shifts[0].pk][-1].pk],
                )
            end_at(shifts, clock.now() + timedelta(seconds=1))
            name = wait_inside(holder, watcher, PROMISE)
            if name is not None:
                crew.called(name).kill()
                kills.inside += 1
            holder.rollback()
        if name is not None:
            crew.called(name).start()

    patiently(attempt)


def _kill_anywhere(
    crew: Crew, name: str, breakers: dict[str, Callable[[], None]], chance: random.Random
) -> None:
    if name in breakers:
        breakers[name]()
        return
    victim = chance.choice(crew.workers if name == "worker" else crew.beats)
    victim.kill()
    victim.start()


def scheduler_away(centre: Centre, crew: Crew, minutes: int) -> Iterator[Row]:
    """Nothing was looked at for so long; then the scheduler is back. The shifts ended, and began to, meanwhile."""
    moment = clock.now()
    half = len(centre.shifts) // 2
    ended_long_ago, in_check = centre.shifts[:half], centre.shifts[half:]
    end_at(ended_long_ago, moment - timedelta(minutes=minutes))
    end_at(in_check, moment + timedelta(minutes=5))
    began = time.monotonic()
    with crew.at_work():
        until(ended(centre, ended_long_ago), PROMISE)
        ids = [shift.pk for shift in centre.shifts]
        until(lambda: not EndOfShiftCheck.objects.filter(shift__in=ids, started_at=None).exists(), PROMISE)
    took = time.monotonic() - began
    checks = EndOfShiftCheck.objects.filter(shift__in=ids)
    verdict = judge(centre, ended_long_ago)
    held = sum(len(centre.cases[shift.pk]) for shift in ended_long_ago)
    missed = checks.filter(started_at=None).count() + verdict.lost
    unsaid = checks.filter(started_at__isnull=False, late=False).count()
    key = f"check.away_{minutes}"
    yield Row(f"{key}.missed", missed, "checks and cases", 0)
    yield Row(f"{key}.doubled", verdict.double, "cases", 0)
    yield Row(f"{key}.not_marked_late", unsaid, "checks", 0)
    yield Row(f"{key}.lapses_unwritten", held - _lapses(centre, ended_long_ago), "cases", 0)
    yield Row(f"{key}.catchup_s", took, "s", PROMISE)


def _lapses(centre: Centre, shifts: list[Any]) -> int:
    ids = [case.pk for shift in shifts for case in centre.cases[shift.pk]]
    return Lapse.objects.filter(case__in=ids).exclude(ended_at=None).count()


def many_schedulers(centre: Centre, crew: Crew) -> Iterator[Row]:
    """Three beats and several workers at once, each shift ends once."""
    with crew.at_work():
        end_at(centre.shifts, clock.now() + timedelta(seconds=5))
        until(ended(centre, centre.shifts), PROMISE)
        time.sleep(3)
    verdict = judge(centre, centre.shifts)
    yield Row("check.schedulers", len(crew.beats), "schedulers", 3, LEAST)
    yield Row("check.schedulers.doubled", verdict.double, "cases", 0)
    yield Row("check.schedulers.missed", verdict.lost, "cases", 0)


def broker_emptied(
    centre: Centre, crew: Crew, lose: Callable[[], None], back: Callable[[], None], work: Callable[[], bool]
) -> Iterator[Row]:
    """The broker goes, with all it held, while shifts end; people work on by hand; it comes back."""
    with crew.at_work():
        until(lambda: Job.objects.filter(key="orphans:0", attempts=0).exists(), PROMISE)
        lose()
        end_at(centre.shifts, clock.now() + timedelta(seconds=1))
        by_hand = [work() for _each in range(5)]
        back()
        took = until(ended(centre, centre.shifts), PROMISE)
    verdict = judge(centre, centre.shifts)
    yield Row("broker.lost", verdict.lost + verdict.double, "cases", 0)
    yield Row("broker.refused", by_hand.count(False), "requests", 0)
    yield Row("broker.catchup_s", took, "s", PROMISE)


def database_killed(
    write: Callable[[int, str], bool],
    written: Callable[[], set[str]],
    kill: Callable[[], None],
    *,
    writers: int,
    times: int,
) -> Iterator[Row]:
    """The database is killed under many writers, again and again: whatever was answered «saved» is there."""
    saved: set[str] = set()
    over, lock = threading.Event(), threading.Lock()

    def writer(number: int) -> None:
        count = 0
        try:
            while not over.is_set():
                count += 1
                text = f"{number}-{count}"
                with suppress(Exception):
                    if write(number, text):
                        with lock:
                            saved.add(text)
                        continue
                time.sleep(0.1)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=writer, args=(number,), daemon=True) for number in range(writers)]
    for thread in threads:
        thread.start()
    for _each in range(times):
        before = len(saved)
        began = time.monotonic()
        while len(saved) < before + writers and time.monotonic() - began < PROMISE:
            time.sleep(0.05)
        kill()
    over.set()
    for thread in threads:
        thread.join(60)
    there: set[str] = patiently(written)
    yield Row("database.kills", times, "kills")
    yield Row("database.saved", len(saved), "rows", writers, LEAST)
    yield Row("database.lost", len(saved - there), "rows", 0)


def edits(
    edit: Callable[[int, str], tuple[str, str] | None], chain: Callable[[], int], *, writers: int, each: int
) -> Iterator[Row]:
    """Many people change the same cases at once: no save goes over one that its writer had not seen.

    `edit(number, mark)` makes one change on what was read and answers with (case and version read, mark) when it was
    saved, None when it was refused as stale. Two saves upon one version: one of them was overwritten.
    """
    saved: list[tuple[str, str]] = []
    refused = [0]
    lock = threading.Lock()

    def writer(number: int) -> None:
        try:
            for count in range(each):
                done = edit(number, f"{number}-{count}")
                with lock:
                    if done is None:
                        refused[0] += 1
                    else:
                        saved.append(done)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=writer, args=(number,), daemon=True) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    upon = [version for version, _mark in saved]
    yield Row("edits.tried", writers * each, "edits")
    yield Row("edits.saved", len(saved), "edits", 1, LEAST)
    yield Row("edits.refused", refused[0], "edits")
    yield Row("edits.overwritten", len(upon) - len(set(upon)) + abs(chain() - len(saved)), "edits", 0)


def peak(centre: Centre, crew: Crew) -> Iterator[Row]:
    """All shifts end in the same minute: the checks, then the handovers."""
    ids = [shift.pk for shift in centre.shifts]
    with crew.at_work():
        until(lambda: Job.objects.filter(key="orphans:0", attempts=0).exists(), PROMISE)
        end_at(centre.shifts, clock.now() + timedelta(minutes=20, seconds=8))
        until(lambda: not EndOfShiftCheck.objects.filter(shift__in=ids, started_at=None).exists(), PROMISE)
        checks = EndOfShiftCheck.objects.filter(shift__in=ids, started_at__isnull=False)
        latest = max(
            ((s - d).total_seconds() for s, d in checks.values_list("started_at", "due_at")), default=999.0
        )
        missing = len(ids) - checks.count()
        end_at(centre.shifts, clock.now() + timedelta(seconds=8))
        until(ended(centre, centre.shifts), 3 * PROMISE)
    verdict = judge(centre, centre.shifts)
    yield Row("peak.shifts", len(ids), "shifts")
    yield Row("peak.cases", verdict.cases, "cases")
    yield Row("peak.checks_missed", missing, "checks", 0)
    yield Row("peak.checks_s", latest, "s", 5)
    yield Row("peak.handovers_s", verdict.latest_s, "s", 30)
    yield Row("peak.wrong", verdict.lost + verdict.double + verdict.wrong_receiver, "cases", 0)
