"""Several cases of a desk get their receivers at once: one, or evenly those who fit, looked at first (II.11)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cases.casework.models import Task
from cases.handover import actions
from cases.handover.models import CheckDecision
from cases.handover.rules import spread
from fregat.lib.errors import Invalid, NotFound
from tests.cases.handover.conftest import end, responsible
from tests.cases.handover.test_receiver import person
from tests.cast import make_case, make_pause


def test_evenly_counts_what_each_holds_already():
    people = [person(1), person(2)]
    cases = [(f"c{number}", "aurora") for number in range(4)]
    assert list(spread(cases, people, {1: 2}).values()).count(2) == 3


def test_a_case_that_few_fit_is_given_first():
    both, one = person(1, projects=("aurora", "borey")), person(2)
    found = spread([("a", "aurora"), ("b", "borey")], [both, one], {})
    assert found == {"a": 2, "b": 1}


def test_nobody_on_a_break_and_nobody_of_another_project():
    away, other = replace(person(1), offered=False), person(2, projects=("borey",))
    assert spread([("a", "aurora")], [away, other], {}) == {"a": None}


@pytest.fixture
def desk(ending, operator, project, now, works, night, operator2, senior):
    """Three cases whose cards are whole, in the last minutes of the shift."""
    works(senior, leads=True)
    works(night, -1, 12, kind="night")
    works(operator2, -1, 8)
    cases = [make_case(operator, insurer=project, now=now, description="Гарячка.") for _ in range(3)]
    for case in cases:
        Task.objects.create(case=case, text="Подзвонити.", due_at=ending.ends_at, at=now, by=operator)
    actions.start_check(ending.pk, now)
    return cases


def test_all_of_them_go_to_whom_the_operator_chose(desk, ending, operator):
    assert actions.spread(by=operator, receivers={case.number: "operator2" for case in desk}) == 3
    end(ending)
    assert {responsible(case) for case in desk} == {"operator2"}
    assert {row.next_step for row in CheckDecision.objects.all()} == {"Подзвонити."}, "the card of the case"


def test_what_the_operator_wrote_on_a_card_is_kept(desk, operator, now):
    number = desk[0].number
    written = {"summary": "Лікар їде.", "next_step": "Дочекатися.", "next_at": now}
    actions.decide(by=operator, number=number, decision="hand_over", **written)
    actions.spread(by=operator, receivers={number: "night"})
    row = CheckDecision.objects.get(case=desk[0])
    assert (row.summary, row.next_step, row.to.username) == ("Лікар їде.", "Дочекатися.", "night")


def test_all_or_none(desk, operator, ending, project, now):
    bare = make_case(operator, insurer=project, now=now)
    with pytest.raises(Invalid) as refused:
        actions.spread(by=operator, receivers={one.number: "night" for one in [*desk, bare]})
    assert bare.number in str(refused.value.errors["to"])
    assert not CheckDecision.objects.exists()


def test_not_to_who_is_on_a_break(desk, operator, operator2, now):
    make_pause(operator2.shifts.get(), now)
    with pytest.raises(Invalid) as refused:
        actions.spread(by=operator, receivers={desk[0].number: "operator2"})
    assert "перерві" in str(refused.value.errors["to"])


def test_the_senior_manager_does_it_for_the_operator_and_a_stranger_finds_no_desk(
    desk, operator, senior, senior2, operator2, works
):
    works(senior2, -1, 8)
    actions.spread(by=senior, of=operator, receivers={desk[0].number: "night"})
    assert CheckDecision.objects.get().decided_by == senior
    for other in (senior2, operator2):
        with pytest.raises(NotFound):
            actions.spread(by=other, of=operator, receivers={desk[1].number: "night"})


def test_a_case_of_another_desk_is_not_given_away(desk, operator, night, project, now):
    other = make_case(night, insurer=project, now=now)
    with pytest.raises(NotFound):
        actions.spread(by=operator, receivers={other.number: "operator2"})


def test_the_page_shows_first_to_whom_each_would_go_and_saves_what_it_showed(desk, operator, page, ending):
    browser, numbers = page(operator), [case.number for case in desk]
    shown = browser.post("/shift/end/spread/", {"case": numbers, "to": "=", "preview": "1"})
    lines = {line.item.case.number: line.username for line in shown.context["lines"]}
    assert sorted(lines.values()) == ["night", "night", "operator2"]
    assert not CheckDecision.objects.exists()
    sent = {"case": numbers, "to": "=", **{f"to-{number}": name for number, name in lines.items()}}
    assert browser.post("/shift/end/spread/", sent).status_code == 302
    assert {row.case.number: row.to.username for row in CheckDecision.objects.all()} == lines


def test_evenly_is_never_saved_unseen(desk, operator, page):
    answer = page(operator).post("/shift/end/spread/", {"case": [desk[0].number], "to": "="})
    assert answer.status_code == 200
    assert not CheckDecision.objects.exists()


def test_nothing_chosen_gets_a_sentence(desk, operator, page):
    answer = page(operator).post("/shift/end/spread/", {"to": "night"})
    assert answer.status_code == 400
    assert "Оберіть хоча б одну справу." in answer.content.decode()


def test_the_page_of_another_desk(desk, senior, stranger, page, on_shift):
    on_shift(stranger)
    assert desk[0].number in page(senior).get("/shift/end/spread/?of=operator").content.decode()
    assert page(stranger).get("/shift/end/spread/?of=operator").status_code == 404
    assert page(senior).get("/shift/end/spread/?of=nobody-such").status_code == 404


def test_choosing_all_leaves_out_what_cannot_be_chosen(desk, operator, project, now, page):
    bare = make_case(operator, insurer=project, now=now)
    answer = page(operator).get("/shift/end/spread/?all=1")
    chosen = {line.item.case.number for line in answer.context["lines"] if line.chosen}
    assert chosen == {case.number for case in desk}
    assert bare.number not in chosen
