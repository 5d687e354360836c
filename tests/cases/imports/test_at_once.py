"""Really at once, and killed: a list is written once and whole, or is taken back; nobody waits for it long."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from cases.casework.models import Case
from cases.imports import actions
from cases.imports.actions import checking, flow, reading
from cases.imports.models import Batch, Entry, Line
from cases.imports.statuses import Stage
from cases.insurance.models import InsuredPerson, Policy, PolicyPerson
from fregat.lib import jobs
from fregat.lib.errors import Conflict
from fregat.lib.models import Job
from staff.employees.models import Employee
from tests.builders import make_case
from tests.cases.imports.kit import as_csv, ready, row, send, worked
from tests.forked import die, killed_after, killed_inside

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 60


@pytest.fixture(autouse=True)
def _small_pieces(project: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ready(project)
    monkeypatch.setattr(reading, "PIECE", 7)


def content(rows: int = ROWS, until: str = "31.12.2026") -> bytes:
    return as_csv([row(f"AU-{n}", born=f"{1 + n % 28:02}.05.1990", until=until) for n in range(rows)])


def received(by: Employee, project: Any, data: bytes, mode: str = "full") -> Batch:
    upload = SimpleUploadedFile("list.csv", data)
    return actions.receive(by=by, insurer=project, mode=mode, upload=upload, at_once=True)


def whole(batch: Batch) -> None:
    """Every row is written once, and nothing else is there."""
    assert (batch.status, batch.added + batch.changed + batch.same, batch.rejected) == ("done", ROWS, 0)
    assert Counter(Policy.objects.values_list("number", flat=True)) == Counter(f"AU-{n}" for n in range(ROWS))
    assert InsuredPerson.objects.count() == PolicyPerson.objects.count() == ROWS
    assert not Line.objects.exists()


def killed_child(monkeypatch: pytest.MonkeyPatch, stage: Stage) -> None:
    """A worker that dies when the work of a step is done and its mark is not saved yet."""
    settle = flow._settle

    def work() -> None:
        def settle_or_die(step: Any, counts: Any, now: Any) -> None:
            if step.stage == stage:
                die()
            settle(step, counts, now)

        monkeypatch.setattr(flow, "_settle", settle_or_die)
        jobs.sweep()

    assert killed_inside(work)


@pytest.mark.flaky(reruns=1)  # docs/adr/0019
def test_a_worker_killed_in_any_stage_leaves_nothing_half_done(
    client_manager: Employee, project: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = received(client_manager, project, content())
    for stage in (Stage.SPLIT, Stage.READ, Stage.CHECK, Stage.WRITE, Stage.CLOSE):
        killed_child(monkeypatch, stage)
    whole(worked(batch))
    assert Entry.objects.filter(batch=batch).count() == ROWS
    actions.undo(by=client_manager, batch=batch)
    killed_child(monkeypatch, Stage.UNDO)
    assert worked(batch).status == "undone"
    assert not Policy.objects.exists() and not InsuredPerson.objects.exists()


@pytest.mark.flaky(reruns=1)  # docs/adr/0019
def test_a_worker_killed_at_any_moment_leaves_nothing_half_done(
    client_manager: Employee, project: Any
) -> None:
    batch = received(client_manager, project, content())
    for pause in (0.02, 0.05, 0.08, 0.11, 0.14, 0.17):
        killed_after(jobs.sweep, pause)
    Job.objects.update(due_at=batch.uploaded_at)
    whole(worked(batch))


def test_several_workers_write_one_list_together(client_manager: Employee, project: Any) -> None:
    batch = received(client_manager, project, content())

    def work() -> int:
        try:
            done = 0
            while Batch.objects.filter(status__in=("reading", "applying")).exists():
                done += jobs.sweep()
            return done
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        done = [job.result(60) for job in [pool.submit(work) for _worker in range(3)]]
    batch.refresh_from_db()
    whole(batch)
    assert sum(one > 0 for one in done) > 1


def test_a_few_steps_are_due_at_a_time(client_manager: Employee, project: Any) -> None:
    received(client_manager, project, content())
    for _step in range(12):
        assert Job.objects.filter(kind=flow.JOB, done_at=None).count() <= flow.LANES
        jobs.sweep(limit=1)


def test_of_two_lists_of_one_insurer_at_once_one_is_refused_with_a_sentence(
    client_manager: Employee, project: Any
) -> None:
    def one() -> Any:
        try:
            return received(client_manager, project, content())
        except Conflict as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        answers = [job.result(60) for job in [pool.submit(one) for _caller in range(3)]]
    refused = [answer for answer in answers if isinstance(answer, Conflict)]
    assert len(refused) == 2 and "Аврора" not in str(refused[0]) and len(str(refused[0])) > 30
    whole(worked(Batch.objects.get()))


def test_a_list_on_which_the_program_fails_is_taken_back(
    client_manager: Employee, project: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(client_manager, project, content(until="30.11.2026"))
    before = list(Policy.objects.order_by("pk").values())
    monkeypatch.setattr("cases.imports.actions.writing.close", lambda step, now: 1 / 0)
    batch = received(client_manager, project, content())
    for _try in range(flow.TRIES + 2):
        jobs.sweep()
        Job.objects.filter(done_at=None, kind=flow.JOB).update(due_at=batch.uploaded_at)
    batch.refresh_from_db()
    assert (batch.status, batch.failure) == ("failed", "fault")
    assert before == list(Policy.objects.order_by("pk").values())


def test_what_a_case_refers_to_outlives_its_list(
    client_manager: Employee, operator: Employee, project: Any
) -> None:
    batch = send(client_manager, project, content(rows=8))
    policy = Policy.objects.get(number="AU-3")
    make_case(operator, policy=policy, person=policy.persons.get(), insurer=project)
    actions.undo(by=client_manager, batch=batch)
    assert (worked(batch).status, batch.kept) == ("undone", 1)
    assert Policy.objects.get() == policy and InsuredPerson.objects.get() == policy.persons.get()
    assert Case.objects.get().policy == policy


def test_lists_are_taken_back_from_the_last_on(client_manager: Employee, project: Any) -> None:
    first = send(client_manager, project, content(rows=8))
    second = send(client_manager, project, content(rows=9))
    with pytest.raises(Conflict):
        actions.undo(by=client_manager, batch=first)
    actions.undo(by=client_manager, batch=second)
    worked(second)
    actions.undo(by=client_manager, batch=first)
    assert worked(first).status == "undone" and not Policy.objects.exists()


def test_a_list_that_is_put_aside_while_its_last_step_works_stays_so(
    client_manager: Employee, project: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = received(client_manager, project, content(rows=5))
    check = checking.check

    def and_meanwhile_it_is_put_aside(step: Any, now: Any) -> Any:
        counts = check(step, now)
        actions.discard(by=client_manager, batch=batch)
        return counts

    monkeypatch.setattr(checking, "check", and_meanwhile_it_is_put_aside)
    assert (worked(batch).status, batch.failure) == ("failed", "discarded")
    assert not Line.objects.exists() and not Policy.objects.exists()


def test_a_list_is_taken_back_whole_when_its_rows_are_forgotten(
    client_manager: Employee, project: Any
) -> None:
    batch = send(client_manager, project, content())
    assert batch.buckets > 3
    assert actions.forget_old(now=batch.uploaded_at + timedelta(days=31)) == 1
    actions.undo(by=client_manager, batch=batch)
    assert worked(batch).status == "undone"
    assert not Policy.objects.exists() and not InsuredPerson.objects.exists()


def test_a_list_that_waits_for_a_month_is_put_aside(client_manager: Employee, project: Any) -> None:
    batch = send(client_manager, project, content(), at_once=False)
    assert batch.status == "preview" and Line.objects.exists()
    actions.forget_old(now=batch.uploaded_at + timedelta(days=31))
    batch.refresh_from_db()
    assert (batch.status, batch.failure) == ("failed", "old")
    assert not Line.objects.exists()
