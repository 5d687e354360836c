"""Jobs are rows: claimed once, done in the claiming transaction, found again after anything (B6)."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from fregat.lib import clock, jobs
from fregat.lib.models import Job, Pulse

done: list[int] = []


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    """Only the jobs of the test are known, so that a sweep does nothing else."""
    monkeypatch.setattr(jobs, "_handlers", {})
    monkeypatch.setattr(jobs, "_periods", {})
    done.clear()

    @jobs.handler("note")
    def note(subject_id, now):
        done.append(subject_id)


@pytest.fixture
def past(db):
    return clock.now() - timedelta(seconds=1)


def test_what_is_due_is_done_once_in_the_order_of_its_time(past):
    jobs.schedule("note", 2, past)
    jobs.schedule("note", 1, past - timedelta(seconds=5))
    jobs.schedule("note", 3, clock.now() + timedelta(hours=1))
    assert jobs.sweep() == 2
    assert jobs.sweep() == 0
    assert done == [1, 2]


def test_a_subject_has_one_job_of_a_kind_that_moves(past):
    jobs.schedule("note", 1, past)
    jobs.schedule("note", 1, clock.now() + timedelta(hours=1))
    assert Job.objects.count() == 1
    assert jobs.sweep() == 0


def test_a_job_that_was_done_can_be_due_again(past):
    jobs.schedule("note", 1, past)
    jobs.sweep()
    jobs.schedule("note", 1, past)
    jobs.sweep()
    assert done == [1, 1]


def test_a_cancelled_job_is_not_done(past):
    jobs.schedule("note", 1, past)
    jobs.cancel("note", 1)
    assert jobs.sweep() == 0


def test_a_handler_may_move_its_own_job(past):
    later = clock.now() + timedelta(hours=1)

    @jobs.handler("patient")
    def patient(subject_id, now):
        jobs.schedule("patient", subject_id, later)

    jobs.schedule("patient", 1, past)
    jobs.sweep()
    job = Job.objects.get()
    assert (job.due_at, job.done_at) == (later, None)


def test_a_failing_job_is_undone_tried_again_later_and_holds_nobody_up(past):
    @jobs.handler("broken")
    def broken(subject_id, now):
        jobs.schedule("note", 99, now)
        raise RuntimeError("Ґалаган +380671234567")

    jobs.schedule("broken", 1, past - timedelta(minutes=1))
    jobs.schedule("note", 2, past)
    assert jobs.sweep() == 1
    assert done == [2]
    job = Job.objects.get(key="broken:1")
    assert (job.attempts, job.last_error, job.done_at) == (1, "RuntimeError", None)
    assert timedelta(0) < job.due_at - clock.now() <= timedelta(seconds=2)


def test_the_pause_never_grows_past_half_a_minute(past):
    @jobs.handler("broken")
    def broken(subject_id, now):
        raise RuntimeError

    jobs.schedule("broken", 1, past)
    for _ in range(8):
        Job.objects.update(due_at=past)
        jobs.sweep()
    job = Job.objects.get()
    assert job.attempts == 8
    assert job.due_at - clock.now() <= timedelta(seconds=30)


def test_an_unknown_kind_waits_for_a_program_that_knows_it(past):
    jobs.schedule("of-tomorrow", 1, past)
    assert jobs.sweep() == 0
    assert Job.objects.get().done_at is None


def test_recurring_work_needs_nobody_to_schedule_it(past):
    @jobs.recurring("tidy", seconds=10)
    def tidy(subject_id, now):
        done.append(subject_id)

    jobs.sweep()
    jobs.sweep()
    assert done == [0]
    job = Job.objects.get(key="tidy:0")
    assert job.done_at is None
    assert timedelta(seconds=8) < job.due_at - clock.now() <= timedelta(seconds=10)
    Job.objects.update(due_at=past)
    jobs.sweep()
    assert done == [0, 0]


def test_recurring_work_comes_back_when_its_row_was_ended_or_deleted(past):
    @jobs.recurring("tidy", seconds=10)
    def tidy(subject_id, now):
        done.append(subject_id)

    jobs.sweep()
    Job.objects.update(done_at=past)
    jobs.sweep()
    Job.objects.all().delete()
    jobs.sweep()
    assert done == [0, 0, 0]


def test_each_sweep_leaves_its_pulse(past):
    before = clock.now()
    jobs.sweep()
    assert Pulse.objects.get(name="sweep").at >= before


def in_threads(count, work):
    """Run `work` in threads of their own, each with its own connection."""
    faults = []

    def run():
        try:
            work()
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not faults


def test_a_sweep_costs_two_statements_when_nothing_is_due(past):
    @jobs.recurring("again", seconds=30)
    def again(_subject, now):
        done.append(0)

    jobs.schedule("note", 1, clock.now() + timedelta(hours=1))
    jobs.sweep()
    with CaptureQueriesContext(connection) as seen:
        assert jobs.sweep() == 0
    assert len(seen) <= 2, [row["sql"] for row in seen]
    assert done == [0]


@pytest.mark.django_db(transaction=True)
def test_three_schedulers_at_once_do_nothing_twice():
    past = clock.now() - timedelta(seconds=1)
    for number in range(60):
        jobs.schedule("note", number, past)
    in_threads(3, jobs.sweep)
    assert sorted(done) == list(range(60))


@pytest.mark.django_db(transaction=True)
def test_a_job_in_other_hands_is_passed_over():
    past = clock.now() - timedelta(seconds=1)
    jobs.schedule("note", 1, past - timedelta(seconds=5))
    jobs.schedule("note", 2, past)
    with transaction.atomic():
        Job.objects.select_for_update().get(key="note:1")
        in_threads(1, jobs.sweep)
    assert done == [2]


@pytest.mark.django_db(transaction=True)
def test_a_subject_that_a_person_holds_makes_the_job_give_way_and_come_again_soon():
    """No deadlock: the worker holds the job and wants the subject, the person holds the subject and wants the job."""
    past = clock.now() - timedelta(seconds=1)
    Pulse.objects.create(name="subject", at=past)

    @jobs.handler("careful")
    def careful(subject_id, now):
        Pulse.objects.select_for_update(nowait=True).get(name="subject")
        done.append(subject_id)

    jobs.schedule("careful", 1, past)
    with transaction.atomic():
        Pulse.objects.select_for_update().get(name="subject")
        in_threads(1, jobs.sweep)
        jobs.schedule("careful", 1, past)
    assert done == []
    job = Job.objects.get(key="careful:1")
    assert job.attempts == 0
    in_threads(1, jobs.sweep)
    assert done == [1]
