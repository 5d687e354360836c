"""Signing in begins the shift (JD I.6, B1)."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from shifts.attendance.actions import begin
from shifts.attendance.models import Attendance
from shifts.attendance.selectors import current_shift, is_on_duty, next_shift, on_duty
from shifts.roster.actions import cancel_shift, change_shift
from tests.shifts.conftest import T, shift

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("moment", "begins"),
    [
        (T - 30 * MINUTE - timedelta(microseconds=1), False),
        (T - 30 * MINUTE, True),
        (T, True),
        (T + timedelta(hours=12) - timedelta(microseconds=1), True),
        (T + timedelta(hours=12), False),
    ],
)
def test_the_window_opens_half_an_hour_before_and_closes_at_the_end(operator, moment, begins):
    shift(operator)
    assert (begin(employee=operator, now=moment) is not None) is begins


def test_who_comes_early_is_not_late_and_is_on_duty_only_from_the_planned_start(operator):
    shift(operator)
    attendance = begin(employee=operator, now=T - 10 * MINUTE)
    assert attendance.late_seconds == 0
    assert not is_on_duty(operator, T - MINUTE)
    assert is_on_duty(operator, T)


def test_lateness_is_counted_in_whole_seconds_from_the_planned_start(operator):
    shift(operator)
    assert begin(employee=operator, now=T + timedelta(seconds=90, milliseconds=900)).late_seconds == 90


def test_beginning_twice_keeps_the_first_time(operator):
    shift(operator)
    first = begin(employee=operator, now=T)
    assert begin(employee=operator, now=T + 5 * MINUTE) == first
    assert Attendance.objects.get().begun_at == T


def test_a_planned_shift_that_nobody_began_is_not_duty(operator):
    shift(operator)
    assert not is_on_duty(operator, T + MINUTE)
    assert current_shift(operator, T + MINUTE) is None
    assert list(on_duty(T + MINUTE)) == []


def test_the_head_is_always_on_duty_until_dismissed(head):
    assert is_on_duty(head, T)
    head.is_active = False
    assert not is_on_duty(head, T)


def test_of_two_adjacent_shifts_the_second_is_begun_in_its_window_and_follows_without_a_gap(operator):
    first = shift(operator, 0, 6)
    second = shift(operator, 6, 12, kind="night")
    begin(employee=operator, now=T)
    edge = T + timedelta(hours=6)
    begin(employee=operator, now=edge - 20 * MINUTE)
    assert current_shift(operator, edge - MINUTE) == first
    assert current_shift(operator, edge) == second
    assert next_shift(operator, T) == second


def test_a_cancelled_shift_is_neither_begun_nor_duty(operator):
    planned = shift(operator)
    begin(employee=operator, now=T)
    cancel_shift(by=None, shift_id=planned.pk, reason="Хвороба", now=T + MINUTE)
    assert not is_on_duty(operator, T + 2 * MINUTE)
    assert begin(employee=operator, now=T + 2 * MINUTE) is None


def test_a_begun_shift_that_is_moved_to_tomorrow_has_to_be_begun_again(operator):
    planned = shift(operator)
    begin(employee=operator, now=T)
    day = timedelta(days=1)
    moved = {"starts_at": T + day, "ends_at": T + day + timedelta(hours=12)}
    change_shift(by=None, shift_id=planned.pk, changes=moved, now=T + MINUTE)
    assert not is_on_duty(operator, T + day)
    assert begin(employee=operator, now=T + day) is not None


def test_lateness_follows_a_start_that_is_moved(operator):
    planned = shift(operator)
    begin(employee=operator, now=T + 5 * MINUTE)
    change_shift(by=None, shift_id=planned.pk, changes={"starts_at": T + 4 * MINUTE}, now=T + 6 * MINUTE)
    assert Attendance.objects.get().late_seconds == 60


@pytest.mark.django_db(transaction=True)
def test_eight_requests_at_once_begin_the_shift_once(operator):
    shift(operator)
    faults: list[BaseException] = []

    def request():
        try:
            begin(employee=operator, now=T)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=request) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert faults == []
    assert Attendance.objects.count() == 1
