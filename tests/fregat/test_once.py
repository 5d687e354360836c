"""What is asked again and again in one request is answered once; an action asks anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from fregat.lib import clock, db
from fregat.lib.middleware import RightsMiddleware
from fregat.lib.once import noted, once
from shifts.attendance import selectors as attendance


@pytest.fixture
def ask() -> Any:
    """A question that counts how often it is really asked."""

    @once
    def question(name: str, *, at: int = 0) -> int:
        question.asked += 1  # type: ignore[attr-defined]
        return len(name) + at

    question.asked = 0  # type: ignore[attr-defined]
    return question


def test_a_question_is_asked_once_in_a_request_and_another_one_anew(ask: Any) -> None:
    with noted():
        assert [ask("duty"), ask("duty"), ask("duty", at=1), ask("leader")] == [4, 4, 5, 6]
    assert ask.asked == 3


def test_without_a_request_every_question_is_asked(ask: Any) -> None:
    assert [ask("duty"), ask("duty")] == [4, 4]
    assert ask.asked == 2


def test_the_next_request_knows_nothing_of_this_one(ask: Any) -> None:
    def view(_request: Any) -> HttpResponse:
        ask("duty")
        return HttpResponse(str(ask("duty")))

    door = RightsMiddleware(view)
    for _ in range(2):
        door(RequestFactory().get("/"))
    assert ask.asked == 2


def test_a_question_that_failed_is_asked_again() -> None:
    answers = iter([ValueError, 7])

    @once
    def question() -> int:
        answer = next(answers)
        if answer is ValueError:
            raise ValueError
        return int(answer)  # type: ignore[call-overload]

    with noted():
        with pytest.raises(ValueError):
            question()
        assert question() == 7


@pytest.mark.django_db
def test_an_action_asks_the_database_itself_and_what_follows_is_read_anew(ask: Any) -> None:
    @db.action
    def act() -> None:
        ask("duty")
        ask("duty")

    with noted():
        ask("duty")
        act()
        assert ask.asked == 3
        ask("duty")
        assert ask.asked == 4


@pytest.mark.django_db
def test_who_is_on_duty_is_read_once_until_somebody_changes_the_roster(
    operator: Any, senior: Any, on_shift: Any, django_assert_num_queries: Any
) -> None:
    from shifts.roster.actions import cancel_shift

    shift, now = on_shift(operator), clock.now()
    on_shift(senior, leads=True)
    with noted():
        assert attendance.is_on_duty(operator, now)
        with django_assert_num_queries(0):
            assert attendance.is_on_duty(operator, now)
            assert attendance.current_shift(operator, now) == shift
        with django_assert_num_queries(1):
            assert attendance.is_on_duty(operator, now + timedelta(seconds=1))
        cancel_shift(by=senior, shift_id=shift.pk, reason="Захворіла.")
        assert not attendance.is_on_duty(operator, now)
