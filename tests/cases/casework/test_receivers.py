"""Who may answer for a case: nobody on a break, at every door; who takes the next call (B2, B4)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.casework import actions
from cases.casework.selectors import next_for_call, receivers_of
from fregat.lib import clock
from fregat.lib.errors import Conflict
from tests.cast import make_case, make_pause


@pytest.fixture
def away(on_shift, operator2):
    """The colleague is on a break."""
    return make_pause(on_shift(operator2), clock.now())


@pytest.fixture
def case(operator, project, on_shift, senior):
    on_shift(senior, leads=True)
    on_shift(operator)
    return make_case(operator, insurer=project)


def test_a_case_is_not_given_to_who_is_on_a_break(case, away, senior, operator2):
    with pytest.raises(Conflict, match="перерві") as refused:
        actions.assign_case(by=senior, number=case.number, to=operator2, reason="Так треба.")
    assert refused.value.code == "away"
    away.delete()
    actions.assign_case(by=senior, number=case.number, to=operator2, reason="Так треба.")
    case.refresh_from_db()
    assert case.responsible == operator2


def test_who_is_on_a_break_takes_nothing_over(case, away, operator2):
    with pytest.raises(Conflict):
        actions.assign_case(by=operator2, number=case.number, to=operator2, reason="Беру.")


def test_what_is_open_no_more_is_given_to_anybody(senior, operator, operator2, project, away, on_shift):
    on_shift(senior, leads=True)
    case = make_case(operator, insurer=project, status="assisted")
    actions.assign_case(by=senior, number=case.number, to=operator2, reason="Рахунки веде вона.")


def test_the_dialog_shows_who_cannot_be_chosen_and_why(case, away, senior, page, night, on_shift):
    on_shift(night)
    answer = page(senior).get(f"/cases/{case.number}/responsible/", headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert '<option value="operator2" data-keys="operator2" disabled>' in text
    assert "– на перерві</option>" in text
    assert '<option value="night" data-keys="night">' in text


def test_a_choice_sent_all_the_same_is_answered_with_the_sentence(case, away, senior, page, api):
    data = {"to": "operator2", "reason": "Так треба.", "version": case.version}
    answer = page(senior).post(f"/cases/{case.number}/responsible/", data, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    sent = api(senior).post(
        f"/api/v1/cases/{case.number}/responsible/",
        {"to": "operator2", "reason": "Так треба."},
        format="json",
        headers={"If-Match": f'"{case.version}"'},
    )
    assert sent.status_code == 409
    assert "на перерві" in sent.json()["detail"]


def test_only_those_of_the_project_are_offered_and_the_head_last(case, stranger, head, on_shift):
    on_shift(stranger)
    names = [one.person.username for one in receivers_of(case, clock.now())]
    assert names == ["senior", "head"]


def test_a_case_opened_again_does_not_come_back_to_who_is_on_a_break(
    operator2, project, away, senior, on_shift
):
    on_shift(senior, leads=True)
    case = make_case(operator2, insurer=project, status="assisted")
    actions.move_case(by=senior, number=case.number, to="reported", reason="Потрібна ще допомога.")
    case.refresh_from_db()
    assert case.responsible == senior


def test_the_next_call_goes_to_the_least_loaded_who_takes_calls(
    operator, operator2, night, doctor, stranger, project, on_shift
):
    for person in (operator, operator2, doctor, stranger):
        on_shift(person)
    on_shift(night, 0.3)  # the last minutes
    make_case(operator, insurer=project)
    with CaptureQueriesContext(connection) as spent:
        found = next_for_call(project, clock.now())
    assert [one.username for one in found] == ["doctor", "operator2", "operator"]
    assert len(spent) <= 4
    make_pause(operator2.shifts.get(), clock.now())
    assert [one.username for one in next_for_call(project, clock.now())] == ["doctor", "operator"]
    assert "stranger" in {one.username for one in next_for_call(None, clock.now())}


def test_who_finishes_begins_a_call_all_the_same_and_is_told_calmly(operator, on_shift, page):
    on_shift(operator, 0.3)
    answer = page(operator).get("/calls/new/")
    assert answer.status_code == 200
    assert "нові звернення вам більше не пропонуються" in answer.content.decode()


def test_in_the_middle_of_the_shift_nothing_is_said(operator, on_shift, page):
    on_shift(operator)
    assert "не пропонуються" not in page(operator).get("/calls/new/").content.decode()
