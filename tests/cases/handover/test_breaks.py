"""Who is on a break receives nothing at the end of a shift, and nothing stands in the way of the end (B2, B5)."""

from __future__ import annotations

import pytest

from cases.handover import actions
from fregat.lib.errors import Conflict, Invalid
from tests.cases.handover.conftest import at_end_of, end, handover_of, responsible
from tests.cast import make_pause

CARD = {"summary": "Лікар був.", "next_step": "Подзвонити."}


@pytest.fixture
def leader(works, senior):
    return works(senior, leads=True)


def test_the_night_operator_on_a_break_is_passed_by(works, ending, case, night, leader, now):
    make_pause(works(night, 0, 12, kind="night"), at_end_of(ending, -60))
    end(ending)
    assert responsible(case) == "senior"


def test_with_the_senior_manager_on_a_break_too_it_is_the_heads(works, ending, case, night, leader, head):
    for shift in (works(night, 0, 12, kind="night"), leader):
        make_pause(shift, at_end_of(ending, -60))
    end(ending)
    assert responsible(case) == "head"


def test_a_receiver_on_a_break_cannot_be_chosen(works, ending, case, operator, operator2, now):
    make_pause(works(operator2, -1, 8), now)
    with pytest.raises(Invalid) as refused:
        actions.decide(
            by=operator, number=case.number, decision="hand_over", next_at=now, to="operator2", **CARD
        )
    assert set(refused.value.errors) == {"to"}


def test_the_chosen_one_who_went_on_a_break_meanwhile_receives_nothing(
    works, ending, case, operator, operator2, night, leader, now
):
    works(night, 0, 12, kind="night")
    shift = works(operator2, -1, 8)
    actions.decide(by=operator, number=case.number, decision="hand_over", next_at=now, to="operator2", **CARD)
    make_pause(shift, at_end_of(ending, -60))
    end(ending)
    assert responsible(case) == "night"


def test_what_is_refused_rises_past_the_senior_manager_on_a_break(works, ending, case, night, leader, head):
    works(night, 0, 12, kind="night")
    end(ending)
    make_pause(leader, at_end_of(ending))
    actions.refuse(
        by=night, handover_id=handover_of(case).pk, reason="Друга лінія.", now=at_end_of(ending, 60)
    )
    assert responsible(case) == "head"


def test_nobody_takes_from_an_absent_receiver_while_on_a_break(works, ending, case, night, leader, senior):
    receiver = works(night, 0, 12, kind="night")
    end(ending)
    receiver.attendance.delete()
    make_pause(leader, at_end_of(ending))
    with pytest.raises(Conflict, match="перерві"):
        actions.accept(
            by=senior, handover_id=handover_of(case).pk, read_back="Дзвоню.", now=at_end_of(ending, 60)
        )


def test_the_desk_shows_who_is_on_a_break_and_cannot_be_chosen(
    works, ending, case, operator, operator2, page, now
):
    make_pause(works(operator2, -1, 8), now)
    text = page(operator).get("/shift/end/").content.decode()
    assert '<option value="operator2" disabled>' in text


def test_the_banner_says_that_calls_are_offered_no_more(ending, case, operator, page):
    actions.start_check(ending.pk)
    assert (
        "Нові звернення вам більше не пропонуються."
        in page(operator).get("/shift/end/banner/").content.decode()
    )
