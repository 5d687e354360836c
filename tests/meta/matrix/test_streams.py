"""The event stream as a door: who hears which ids, and that a right taken away is silent at once.

What people do is done by the rooms' own actions; what is heard goes through the broker and the live server.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from cases.casework import actions as casework
from fregat import asgi
from fregat.lib import clock
from staff.employees import actions as staff
from staff.employees.models import Employee
from staff.tasks import actions as tasks
from tests.builders import give_order, make_case
from tests.fregat.test_live import Stream, connected, run, session_of, tell
from tests.meta.conftest import handed_over

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

LAST = {"kind": "last", "id": ""}
"""Told to everybody in the end: what comes before it is all that they hear."""

Heard = dict[str, list[dict[str, str]]]


async def _opened(sessions: dict[str, str]) -> dict[str, Stream]:
    await connected()
    streams = {who: Stream(session) for who, session in sessions.items()}
    for stream in streams.values():
        assert await stream.open() == 200
    return streams


async def _heard(streams: dict[str, Stream], people: dict[str, Employee]) -> Heard:
    found: Heard = {}
    for who, stream in streams.items():
        await tell(f"employee:{people[who].pk}", "last", "")
        found[who] = []
        while (event := await stream.event()) != LAST:
            found[who].append(event)
        await stream.close()
    return found


def test_everybody_hears_the_ids_of_what_they_may_see_and_no_other(
    operator: Employee, operator2: Employee, stranger: Employee, senior: Employee, senior2: Employee,
    client: Employee, head: Employee, director: Employee, officer: Employee, admin_: Employee,
    project: Any, on_shift: Callable[..., Any], page: Callable[..., Any],
) -> None:  # fmt: skip
    """`operator2` is of the project and off shift; `senior2` neither leads nor works on it."""
    on_shift(operator)
    on_shift(stranger)
    on_shift(senior, leads=True)
    on_shift(senior2)
    people = {
        "operator": operator, "operator2": operator2, "stranger": stranger, "senior": senior, "senior2": senior2,
        "client": client, "head": head, "director": director, "officer": officer, "admin": admin_,
    }  # fmt: skip
    sessions = {who: session_of(page(person)) for who, person in people.items()}
    case = make_case(operator, insurer=project)
    heard: Heard = {}
    ids: dict[str, str] = {"case": case.number}

    def work() -> None:
        later = clock.now() + timedelta(hours=1)
        casework.add_note(by=operator, number=case.number, text="Записано.")
        told = casework.raise_escalation(
            by=operator, number=case.number, reason="complaint", text="Скаржиться."
        )
        order = tasks.give(by=senior, text="Звірити.", due_at=later, to=operator).assignments.get()
        proposal = staff.propose_order(by=head, kind="dismissal", employee=stranger, values={})
        moved = handed_over(case, operator, senior)
        from cases.handover.actions.moving import tell as tell_of

        tell_of(moved)
        ids.update(
            escalation=str(told.pk), instruction=str(order.pk), handover=str(moved.pk), order=str(proposal.pk)
        )

    async def scenario() -> None:
        streams = await _opened(sessions)
        await sync_to_async(work)()
        heard.update(await _heard(streams, people))

    run(scenario)
    named = {who: {(one["kind"], one["id"]) for one in events if one["id"]} for who, events in heard.items()}
    work_of = {("case", ids["case"]), ("desk", ids["case"])}
    assert named == {
        "operator": work_of | {("instruction", ids["instruction"]), ("handover", ids["handover"])},
        "operator2": set(),
        "stranger": set(),
        "senior": {
            ("case", ids["case"]), ("escalation", ids["escalation"]), ("instruction", ids["instruction"]),
            ("handover", ids["handover"]),
        },
        "senior2": set(),
        "client": {("case", ids["case"])},
        "head": {("case", ids["case"])},
        "director": set(),
        "officer": set(),
        "admin": set(),
    }  # fmt: skip
    assert {"kind": "board", "id": ""} in heard["senior2"]  # that something changed, and not what


def test_off_shift_nobody_hears_of_the_cases_that_they_answer_for(
    operator: Employee, senior: Employee, project: Any, on_shift: Callable[..., Any], page: Callable[..., Any]
) -> None:
    """They stay the responsible one of cases of later statuses, and read them when the next shift begins (B1)."""
    on_shift(senior, leads=True)
    case = make_case(operator, insurer=project)
    people = {"operator": operator}
    sessions = {"operator": session_of(page(operator))}

    def work() -> None:
        casework.add_note(by=senior, number=case.number, text="Записано.")

    async def scenario() -> None:
        streams = await _opened(sessions)
        await sync_to_async(work)()
        heard = await _heard(streams, people)
        assert case.number not in {one["id"] for one in heard["operator"]}

    run(scenario)


Take = Callable[[Employee, Any], None]


def _unassigned(person: Employee, _browser: Any) -> None:
    staff.unassign_project(by=None, employee=person, project="aurora")


def _shift_cancelled(person: Employee, _browser: Any) -> None:
    from shifts.roster.actions import cancel_shift
    from shifts.roster.models import Shift

    shift = Shift.objects.get(employee=person)
    cancel_shift(by=None, shift_id=shift.pk, reason="Обмін.")


@pytest.mark.parametrize("take", [_unassigned, _shift_cancelled])
def test_a_right_taken_away_is_silent_at_once(
    operator: Employee, senior: Employee, head: Employee, project: Any, on_shift: Callable[..., Any],
    page: Callable[..., Any], take: Take,
) -> None:  # fmt: skip
    """Not at the next of the server's rounds, for which the test would not wait."""
    assert asgi.RECHECK_SECONDS > 10
    on_shift(operator)
    browser = page(operator)
    session = session_of(browser)

    async def scenario() -> None:
        streams = await _opened({"operator": session})
        stream = streams["operator"]
        await tell("project:aurora", "case", "26-000001")
        assert await stream.event() == {"kind": "case", "id": "26-000001"}
        await sync_to_async(take)(operator, browser)
        while (await stream.event())["kind"] != "poll":
            pass  # the news of the change itself
        await tell("project:aurora", "case", "26-000002")
        heard = await _heard(streams, {"operator": operator})
        assert "26-000002" not in {one["id"] for one in heard["operator"]}

    run(scenario)


def _dismissed(person: Employee, _browser: Any) -> None:
    give_order("dismissal", person)


def _session_ended(person: Employee, _browser: Any) -> None:
    from allauth.usersessions.models import UserSession

    staff.end_session(by=person, session_id=UserSession.objects.get(user=person).pk)


@pytest.mark.parametrize("end", [_dismissed, _session_ended])
def test_a_stream_ends_with_the_account_and_with_the_session(
    operator: Employee, senior: Employee, head: Employee, director: Employee, on_shift: Callable[..., Any],
    page: Callable[..., Any], end: Take,
) -> None:  # fmt: skip
    on_shift(operator)
    browser = page(operator)
    session = session_of(browser)

    async def scenario() -> None:
        streams = await _opened({"operator": session})
        await sync_to_async(end)(operator, browser)
        assert await streams["operator"].event("end", seconds=10) == ""
        with suppress(TimeoutError, asyncio.CancelledError):
            await streams["operator"].app.wait(2)
        again = Stream(session)
        assert await again.open() == 401

    run(scenario)
