"""A message may name a case (D5): a link for who sees the case, the bare number for anybody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from fregat.lib.errors import Invalid
from staff.employees.models import Employee
from staff.messenger import actions
from staff.messenger.models import Message
from tests.builders import make_case

pytestmark = pytest.mark.django_db
Browser = Callable[[Employee], Client]


@pytest.fixture
def number(operator: Employee, project: Any, on_shift: Any) -> str:
    on_shift(operator)
    found: str = make_case(operator, insurer=project).number
    return found


def test_who_sees_the_case_opens_it_and_who_does_not_reads_the_number(
    operator: Employee, operator2: Employee, stranger: Employee, number: str, on_shift: Any, page: Browser
) -> None:
    on_shift(operator2), on_shift(stranger)
    for reader, linked in ((operator2, True), (stranger, False)):
        talk = actions.write_to(by=operator, to=reader, text="Гляньте.", case=number).conversation
        text = page(reader).get(f"/messages/{talk.uuid}/").content.decode()
        assert f"Справа {number}" in text
        assert (f'href="/cases/{number}/"' in text) is linked


def test_off_shift_the_case_is_closed_in_the_conversation_too(
    operator: Employee, operator2: Employee, number: str, page: Browser
) -> None:
    talk = actions.write_to(by=operator, to=operator2, text="Гляньте.", case=number).conversation
    text = page(operator2).get(f"/messages/{talk.uuid}/").content.decode()
    assert f"Справа {number}" in text
    assert "/cases/26" not in text


def test_a_case_that_the_writer_does_not_see_is_refused_like_one_that_is_not_there(
    operator: Employee, stranger: Employee, number: str, on_shift: Any, page: Browser
) -> None:
    on_shift(stranger)
    said = []
    for named in (number, "26-999999", "що завгодно"[:12]):
        with pytest.raises(Invalid) as refused:
            actions.write_to(by=stranger, to=operator, text="Що там?", case=named)
        said.append(str(refused.value.errors["case"][0]))
    assert set(said) == {"Такої справи немає, або ви не маєте до неї доступу."}
    assert not Message.objects.exists()
    form = {"to": "operator", "text": "Що там?", "case": number}
    answer = page(stranger).post("/messages/new/", form, headers={"HX-Request": "true"})
    assert answer.status_code == 400
    assert "Такої справи немає" in answer.content.decode()
    assert "Що там?" in answer.content.decode()
    assert number in answer.content.decode()


def test_ten_cases_cost_what_one_costs(
    operator: Employee, operator2: Employee, project: Any, number: str, on_shift: Any,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    from fregat.lib import clock
    from staff.messenger.selectors import piece

    on_shift(operator2)
    talk = actions.write_to(by=operator, to=operator2, text="1", case=number).conversation
    for _index in range(9):
        other = make_case(operator, insurer=project).number
        actions.send(by=operator, conversation=talk.uuid, text="Ще.", case=other)
    with django_assert_max_num_queries(6):
        found = piece(operator2, talk, now=clock.now())
    assert len({one.case_url for one in found.said} - {""}) == 10
