"""A proposal is asked for, sought piece by piece, stopped, written as drafts."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.urls import reverse

from fregat.lib import clock, jobs, live, notices
from fregat.lib.db import action, lock
from fregat.lib.errors import Conflict, Invalid
from shifts.coverage.selectors import ANSWERING
from shifts.proposal import labels, permissions, rules, selectors
from shifts.proposal.models import Proposal
from shifts.proposal.statuses import WRITABLE, State
from shifts.roster import actions as roster
from shifts.roster.rules import next_month
from staff.employees.models import Employee

SEEKING = "proposal"
PIECE = 12
"""Seconds of one piece of the search: a worker is away from other jobs no longer, and after `kill -9` no more is
sought again."""
FARTHEST = timedelta(days=366)
SECONDS = 60
"""So long a roster is sought."""
PATIENCE = 45
"""Seconds after which a piece that has not answered has broken off: reading and building come on top."""
TRIES = 3
_ONE_AT_A_TIME = 7_110_212
"""Key of the advisory lock: a second search would take the other half of the machine."""
_PAUSE = timedelta(seconds=2)


class Broken(Exception):
    """The process that seeks ended without an answer."""


@action
def ask(*, by: Employee, month: date, team: Employee | None = None, now: datetime | None = None) -> Proposal:
    """Have a roster of the month sought, for a team or for all whose shifts `by` plans.

    Raises NotAllowed, Invalid (`month`, `team`), Conflict when one is being sought already.
    """
    permissions.check_make(by)
    now = now or clock.now()
    today = clock.local(now).date()
    if next_month(month) <= today:
        raise Invalid.field("month", labels.FAULTS["month_over"])
    if month > today + FARTHEST:
        raise Invalid.field("month", labels.FAULTS["month_far"])
    people = selectors.people_of(by, team.username if team else "", now)
    if not any(one.role in ANSWERING for one in people):
        raise Invalid.field("team", labels.FAULTS["nobody"])
    row: Proposal = Proposal.objects.create(
        month=month, team=team, state=State.WORKING, asked_by=by, asked_at=now, seconds=SECONDS,
        people=len(people),
    )  # fmt: skip
    jobs.schedule(SEEKING, row.pk, now)
    jobs.wake()
    return row


def go_on(proposal_id: int, now: datetime) -> None:
    """One piece of the search: read the roster anew, seek from what was found before, keep what is better.

    The row is not locked meanwhile, so whoever stops it never waits; a worker killed in between has changed
    nothing, and the job is due. Does nothing when the search is over, or the asker may have nothing proposed.
    """
    row = Proposal.objects.select_related("asked_by", "team").filter(pk=proposal_id).first()
    if row is None or not row.is_working:
        return
    if not permissions.can_make(row.asked_by):
        _end(row.pk, State.CANCELLED, now)
        return
    if not _alone():
        jobs.schedule(SEEKING, row.pk, now + _PAUSE)
        return
    people = selectors.people_of(row.asked_by, row.team.username if row.team else "", now)
    question = selectors.question(people, row.month, now)
    seconds = min(PIECE, row.seconds - row.spent)
    try:
        found = _sought(question, seconds, row.chosen)
    except Broken:
        _broke_off(row.pk, now)
        return
    _keep(row.pk, question, found, seconds)


def _keep(pk: int, question: rules.Question, found: dict[str, Any], seconds: float) -> None:
    row = lock(Proposal.objects.all(), pk=pk)
    now = clock.now()
    if not row.is_working:
        return
    leading = {(place, slot) for place, slot in found["leading"]}
    row.chosen = [
        [question.people[place].id, span.starts_at.isoformat(), span.ends_at.isoformat(), span.kind, leads]
        for place, slot in found["chosen"]
        for span, leads in ((question.slots[slot].span, (place, slot) in leading),)
    ]
    row.report, row.is_best, row.people = found["report"], found["is_best"], len(question.people)
    row.spent = min(row.seconds, row.spent + seconds)
    row.save()
    live.publish(f"employee:{row.asked_by_id}", "proposal", row.pk)
    if row.is_best or row.spent >= row.seconds:
        _end(row.pk, State.READY, now)
    else:
        jobs.schedule(SEEKING, row.pk, now)
        jobs.wake()


def _broke_off(pk: int, now: datetime) -> None:
    """Once more, and after the third time no more: what was found before stays."""
    row = lock(Proposal.objects.all(), pk=pk)
    if not row.is_working:
        return
    row.tries += 1
    row.save(update_fields=["tries"])
    if row.tries < TRIES:
        jobs.schedule(SEEKING, row.pk, clock.now() + _PAUSE)
    else:
        _end(row.pk, State.READY if row.chosen else State.FAILED, now)


def _end(pk: int, state: State, now: datetime) -> None:
    row = lock(Proposal.objects.select_related("asked_by"), pk=pk)
    row.state, row.ended_at = state, now
    row.save(update_fields=["state", "ended_at"])
    live.publish(f"employee:{row.asked_by_id}", "proposal", row.pk)
    if state != State.CANCELLED:
        kind = "proposal_ready" if state == State.READY else "proposal_failed"
        url = reverse("proposal:proposal", args=[row.pk])
        notices.tell([row.asked_by], kind, url=url, values={"month": f"{row.month:%m.%Y}"}, now=now)


@action
def cancel(*, by: Employee, proposal_id: int, now: datetime | None = None) -> Proposal:
    """Seek no further; what was found until now can be used. Raises NotFound, NotAllowed, Conflict."""
    permissions.check_make(by)
    row: Proposal = lock(Proposal.objects.visible_to(by), pk=proposal_id)
    if not row.is_working:
        raise Conflict(labels.FAULTS["not_working"], code="not_working")
    row.state = State.READY if row.chosen else State.CANCELLED
    row.ended_at = now or clock.now()
    row.save(update_fields=["state", "ended_at"])
    live.publish(f"employee:{row.asked_by_id}", "proposal", row.pk)
    return row


@action
def write(*, by: Employee, proposal_id: int, now: datetime | None = None) -> tuple[int, int]:
    """Write the proposal as drafts, in one step that can be taken back: how many, and how many were left out.

    Left out is what cannot stand any more: the roster, absences and wishes are asked again. Raises NotFound,
    NotAllowed, Conflict when it is not ready or nothing is left to write.
    """
    permissions.check_make(by)
    row: Proposal = lock(Proposal.objects.visible_to(by), pk=proposal_id)
    now = now or clock.now()
    if row.state not in WRITABLE:
        raise Conflict(labels.FAULTS["not_ready"], code="not_ready")
    try:
        made = roster.write_drafts(by=by, planned=selectors.still_fit(row), now=now)
    except Conflict as refused:
        raise Conflict(labels.FAULTS["nothing_to_write"], code="nothing_to_write") from refused
    row.state, row.written_at, row.written_by = State.WRITTEN, now, by
    row.save(update_fields=["state", "written_at", "written_by"])
    return len(made), len(row.chosen) - len(made)


def _alone() -> bool:
    """No other search runs. Held to the end of the transaction; reading and seeking may last in it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(%s), set_config('idle_in_transaction_session_timeout', %s, true)",
            [_ONE_AT_A_TIME, str((PATIENCE + 15) * 1000)],
        )
        return bool(cursor.fetchone()[0])


def _hint(question: rules.Question, chosen: list[list[Any]]) -> dict[str, list[list[int]]]:
    """What was found before and what of it led, as far as the people and the shifts are still there."""
    places = {one.id: place for place, one in enumerate(question.people)}
    slots = {
        (one.span.starts_at.isoformat(), one.span.ends_at.isoformat(), one.span.kind): index
        for index, one in enumerate(question.slots)
    }
    there = [
        (places[pk], slots[starts_at, ends_at, kind], *leads)
        for pk, starts_at, ends_at, kind, *leads in chosen
        if pk in places and (starts_at, ends_at, kind) in slots
    ]
    return {
        "hint": [[*one[:2]] for one in there],
        "leading": [[*one[:2]] for one in there if one[2:] == (True,)],
    }


def _sought(question: rules.Question, seconds: float, before: list[list[Any]]) -> dict[str, Any]:
    """A piece of the search, in a process of its own: what it takes of memory goes with it. Raises Broken."""
    asked = json.dumps({"question": rules.pack(question), "seconds": seconds} | _hint(question, before))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "shifts.proposal.rules"], input=asked, capture_output=True, text=True,
            timeout=PATIENCE, cwd=settings.BASE_DIR, check=True,
        )  # fmt: skip
        found: dict[str, Any] | None = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise Broken from error
    if found is None:
        raise Broken
    return found
