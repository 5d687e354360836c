"""The scenarios on servers of their own: what breaks them, who works meanwhile."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import redis
from django.db import transaction
from django.test import Client

from bench.table import Row
from cases.casework.models import Case, Note
from fregat.lib import clock
from shifts.roster.models import Shift
from tests.chaos import clocks, faults
from tests.chaos.centre import Centre, copies, found, hold, keep, plan, staff
from tests.chaos.ground import Ground, patiently

Scenario = tuple[str, Callable[[], Iterator[Row]]]


def all_of(live: Ground, scale: Any) -> Iterator[Scenario]:
    """Each with its name; one is built when the one before is over."""
    ground = found()
    yield "peak", lambda: faults.peak(staff(ground, *scale.peak), live.crew(2))
    yield "shiftend", lambda: _shift_ends(live, ground, scale)
    for minutes in scale.away:
        crowd = (max(20, scale.shifts // 10), scale.cases_each)
        yield "away", partial(_away, live, ground, crowd, minutes)
    yield "schedulers", lambda: faults.many_schedulers(staff(ground, 40, 5), live.crew(3, beats=3))
    yield "broker", lambda: _broker(live, ground)
    yield "database", lambda: _database(live, ground, *scale.database)
    yield "edits", lambda: _edits(ground, *scale.edits)
    for name in clocks.NIGHTS:
        yield "clocks", partial(_clocks, live, name, *scale.night)


def _clocks(live: Ground, name: str, each: int, cases_each: int) -> Iterator[Row]:
    """A centre of its own: what the other scenarios left lies in the past of that night."""
    night, moved = clocks.NIGHTS[name], clocks.MovedClock(live.root)
    # Who receives came two hours after the givers; who came before them does not follow (B5).
    ground = found(night.starts_at + timedelta(hours=2), f"{name}-")
    centre = clocks.people_of(ground, night, each, cases_each)
    return clocks.live_through(centre, night, live.crew(2, **moved.environment()), moved)


def _away(live: Ground, ground: Centre, crowd: tuple[int, int], minutes: int) -> Iterator[Row]:
    return faults.scheduler_away(staff(ground, *crowd), live.crew(2), minutes)


def _shift_ends(live: Ground, ground: Centre, scale: Any) -> Iterator[Row]:
    centre = staff(ground, scale.shifts, scale.cases_each)
    live.supervisor.start("web")
    crew = live.crew(4)

    def again(name: str) -> None:
        live.kill(name)
        live.restart(name)

    with crew.at_work():
        yield from faults.shift_ends(
            centre, crew, rounds=scale.rounds,
            breakers={name: partial(again, name) for name in ("web", "valkey", "postgres")},
        )  # fmt: skip


def _broker(live: Ground, ground: Centre) -> Iterator[Row]:
    """People append notes while it is away; it comes back empty."""
    centre = staff(ground, 20, 5)
    people, cases = writers(ground, 1)

    def back() -> None:
        live.restart("valkey")
        patiently_emptied(live)

    def work() -> bool:
        return _note(client(people[0]), cases[0].number, "Без брокера.")

    return faults.broker_emptied(centre, live.crew(2), lambda: live.kill("valkey"), back, work)


def patiently_emptied(live: Ground) -> None:
    """Whatever the broker held is gone."""
    redis.Redis.from_url(live.environment["REDIS_URL"]).flushall()


def _database(live: Ground, ground: Centre, number: int, times: int) -> Iterator[Row]:
    people, cases = writers(ground, number)
    doors = [client(person) for person in people]

    def write(index: int, text: str) -> bool:
        return _note(doors[index], cases[index % len(cases)].number, text)

    def written() -> set[str]:
        return set(Note.objects.filter(case__in=cases).values_list("text", flat=True))

    def kill() -> None:
        live.kill("postgres")
        live.restart("postgres")
        patiently(Shift.objects.count)

    return faults.database_killed(write, written, kill, writers=number, times=times)


def _edits(ground: Centre, number: int, each: int) -> Iterator[Row]:
    """At most fifty cases, everybody at whichever comes."""
    people, cases = writers(ground, number)
    doors, chance = [client(person) for person in people], random.Random(20261128)

    def edit(index: int, mark: str) -> tuple[str, str] | None:
        case = chance.choice(cases[:50])
        address = f"/api/v1/cases/{case.number}/"
        read = doors[index].get(address)
        assert read.status_code == 200, read.content[:300]
        answer = doors[index].patch(
            address, json.dumps({"description": mark}), content_type="application/json",
            headers={"If-Match": read["ETag"]},
        )  # fmt: skip
        if answer.status_code == 412:
            return None
        assert answer.status_code == 200, answer.content[:300]
        return f"{case.number} {read['ETag']}", mark

    def chain() -> int:
        versions = Case.objects.filter(pk__in=[case.pk for case in cases]).values_list("version", flat=True)
        return sum(version - 1 for version in versions)

    return faults.edits(edit, chain, writers=number, each=each)


# --- Who works meanwhile --------------------------------------------------------------------------------
_crowds = iter(range(1, 1000))


@transaction.atomic
def writers(ground: Centre, number: int) -> tuple[list[Any], list[Case]]:
    """So many operators of one project on shift for hours, each with an open case."""
    now, project = clock.now(), ground.projects[0]
    people = copies(ground, f"writer{next(_crowds)}", project, number)
    plan(people, now - timedelta(hours=1), now + timedelta(hours=20))
    cases = [case for person in people for case in hold(person, project, 1, now - timedelta(hours=1))]
    keep(cases)
    return people, cases


def client(person: Any) -> Client:
    """Somebody signed in, through all of the middleware."""
    door = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    door.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return door


def _note(door: Client, number: str, text: str) -> bool:
    """One note through the API; was it answered «saved»?"""
    answer = door.post(
        f"/api/v1/cases/{number}/notes/", json.dumps({"text": text}), content_type="application/json"
    )
    return bool(answer.status_code == 201)
