"""What stands on the desk and on the board, for whom, and at what cost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.casework.models import Task
from cases.privacy.models import AccessLog
from fregat.lib import clock
from tests.cast import make_case, make_person, make_policy

pytestmark = pytest.mark.django_db


def test_my_open_cases_stand_on_my_desk_and_the_look_is_on_record(
    operator: Any, project: Any, on_shift: Any, page: Any
) -> None:
    on_shift(operator)
    person = make_person(surname="Яворська")
    case = make_case(operator, policy=make_policy(project, person), person=person)
    answer = page(operator).get("/")
    assert case.number in answer.content.decode()
    assert "Яворська" in answer.content.decode()
    look = AccessLog.objects.get(employee=operator.pk, part="list")
    assert look.objects_seen == [case.uuid]


def test_off_shift_the_desk_shows_no_case(operator: Any, project: Any, page: Any) -> None:
    case = make_case(operator, insurer=project)
    assert case.number not in page(operator).get("/").content.decode()


def test_off_shift_the_desk_says_so_and_offers_no_call(operator: Any, on_shift: Any, page: Any) -> None:
    off = page(operator).get("/").content.decode()
    assert "Ваша зміна зараз не триває" in off and "За вами немає відкритих справ" not in off
    assert 'data-shortcut-label="Новий дзвінок"' not in off
    on_shift(operator)
    on = page(operator).get("/").content.decode()
    assert "Ваша зміна зараз не триває" not in on and 'data-shortcut-label="Новий дзвінок"' in on


def test_a_colleagues_case_is_not_on_my_desk(
    operator: Any, operator2: Any, project: Any, on_shift: Any, page: Any
) -> None:
    on_shift(operator), on_shift(operator2)
    case = make_case(operator2, insurer=project)
    assert case.number not in page(operator).get("/").content.decode()


def test_the_update_in_place_is_the_fragment_of_the_page(operator: Any, on_shift: Any, page: Any) -> None:
    on_shift(operator)
    part = page(operator).get("/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert part.strip() in page(operator).get("/").content.decode()


def test_the_board_puts_an_overdue_case_of_the_team_at_risk(
    operator: Any, senior: Any, project: Any, on_shift: Any, page: Any
) -> None:
    on_shift(operator), on_shift(senior, leads=True)
    case = make_case(operator, insurer=project)
    now = clock.now()
    Task.objects.create(
        case=case, at=now, by=operator, text="Подзвонити до лікарні", due_at=now - timedelta(minutes=5)
    )
    shown = page(senior).get("/board/").content.decode()
    assert case.number in shown
    assert "Подзвонити до лікарні" not in shown, "what is written on a case stands on its page"
    assert operator.full_name in shown


def test_the_board_is_not_for_operators(operator: Any, on_shift: Any, page: Any) -> None:
    on_shift(operator)
    assert page(operator).get("/board/").status_code == 403


def test_a_senior_manager_of_another_team_off_shift_sees_nothing_of_it(
    operator: Any, senior2: Any, project: Any, on_shift: Any, page: Any
) -> None:
    on_shift(operator)
    case = make_case(operator, insurer=project)
    shown = page(senior2).get("/board/").content.decode()
    assert case.number not in shown


@pytest.mark.parametrize("path", ["/", "/board/"])
def test_the_number_of_statements_does_not_grow_with_the_cases(
    path: str, senior: Any, project: Any, on_shift: Any, page: Any
) -> None:
    on_shift(senior, leads=True)
    client = page(senior)

    def cost() -> int:
        with CaptureQueriesContext(connection) as statements:
            assert client.get(path).status_code == 200
        return len(statements)

    make_case(senior, insurer=project)
    cost()
    one = cost()
    for _ in range(12):
        make_case(senior, insurer=project)
    assert cost() == one


def test_the_search_finds_a_place_to_go_and_says_when_there_is_nothing(
    operator: Any, on_shift: Any, page: Any
) -> None:
    on_shift(operator)
    client = page(operator)
    assert (
        'role="option"'
        in client.post("/search/", {"q": "стіл"}, headers={"HX-Request": "true"}).content.decode()
    )
    nothing = client.post("/search/", {"q": "ъъъъъъ"}, headers={"HX-Request": "true"}).content.decode()
    assert 'role="option"' not in nothing
    assert nothing.strip()


def test_control_characters_in_the_search_get_a_sentence(operator: Any, on_shift: Any, page: Any) -> None:
    on_shift(operator)
    answer = page(operator).post("/search/", {"q": "аб\x00в"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "search-none" in answer.content.decode()
