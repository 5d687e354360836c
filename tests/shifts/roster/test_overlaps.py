"""No two shifts of one person at once, no two leaders at once (B3)."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from fregat.lib.errors import Conflict
from shifts.roster.actions import cancel_shift, change_shift, plan_shift
from shifts.roster.models import Shift
from tests.shifts.conftest import T, shift

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(("start", "end"), [(-2, 1), (3, 5), (11.99, 14), (-1, 13), (0, 12)])
def test_an_overlapping_shift_is_refused_and_the_one_in_the_way_is_named(operator, start, end):
    shift(operator)
    with pytest.raises(Conflict) as refused:
        shift(operator, start, end)
    assert refused.value.code == "no_two_shifts_at_once"
    assert "Єременко Ґанна" in str(refused.value)
    assert "23.11.2026 14:00–24.11.2026 02:00" in str(refused.value)


def test_adjacent_shifts_and_shifts_of_different_people_are_planned(operator, operator2):
    shift(operator, 0, 12)
    shift(operator, 12, 24)
    shift(operator2, 0, 12)
    assert Shift.objects.count() == 3


def test_the_time_of_a_cancelled_shift_is_free(operator):
    planned = shift(operator)
    cancel_shift(by=None, shift_id=planned.pk, reason="Помилка", now=T)
    shift(operator)


def test_prolonging_into_the_next_shift_is_refused(operator):
    first = shift(operator, 0, 6)
    shift(operator, 7, 12)
    with pytest.raises(Conflict):
        change_shift(by=None, shift_id=first.pk, changes={"ends_at": T + 8 * HOUR}, now=T)
    first.refresh_from_db()
    assert first.ends_at == T + 6 * HOUR


def test_a_second_leader_is_refused_and_the_first_is_named(senior, senior2):
    shift(senior, leads=True)
    with pytest.raises(Conflict) as refused:
        shift(senior2, 6, 18, leads=True)
    assert "Старша Ґанна" in str(refused.value)
    shift(senior2, 6, 18)


def test_the_database_itself_refuses_the_overlap(operator):
    planned = shift(operator)
    planned.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        planned.save()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("leads", [False, True])
def test_of_eight_planned_at_once_exactly_one_stands(senior, senior2, leads):
    people = [senior, senior2] if leads else [senior]
    start, refused, planned = threading.Barrier(8), [], []

    def plan(index: int):
        try:
            start.wait()
            planned.append(
                plan_shift(
                    by=None, employee=people[index % len(people)], kind="day", leads=leads, now=T,
                    starts_at=T + index * HOUR / 10, ends_at=T + 8 * HOUR,
                )
            )  # fmt: skip
        except Conflict as fault:
            refused.append(str(fault))
        finally:
            connection.close()

    threads = [threading.Thread(target=plan, args=(index,)) for index in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(planned) == Shift.objects.count() == 1
    assert len(refused) == 7
    assert all("23.11.2026" in sentence for sentence in refused)
