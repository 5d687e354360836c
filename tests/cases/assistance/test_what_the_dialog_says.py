"""The dialog of a letter says beforehand whether it will be given or only asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fregat.lib import clock
from tests.builders import make_service_kind
from tests.cast import make_case, make_person, make_policy

pytestmark = pytest.mark.django_db
EVERY = "Кожен гарантійний лист тут спершу погоджує старший менеджер"
BEYOND = "Понад це лист піде на погодження старшому менеджеру."


@pytest.fixture
def dialog(page: Any, at_work: Any) -> Callable[..., str]:
    """`dialog(case, "visit")`: what the dialog of a case says that needs this help."""

    def opened(case: Any, *kinds: str) -> str:
        for kind in kinds:
            case.services.create(kind=make_service_kind(kind), added_at=clock.now(), added_by=at_work)
        text: str = page(at_work).get(f"/cases/{case.number}/letters/new/").content.decode()
        return text.replace("\xa0", " ")

    return opened


def test_what_is_covered_says_what_is_left(dialog: Callable[..., str], case: Any) -> None:
    said = dialog(case, "visit")
    assert "30 000 EUR" in said and BEYOND in said and "Видати" in said
    assert EVERY not in said


def test_what_is_not_covered_says_that_every_letter_is_only_asked_for(
    dialog: Callable[..., str], case: Any
) -> None:
    said = dialog(case, "legal")
    assert EVERY in said and ": не покрито." in said and "Попросити" in said
    assert BEYOND not in said and "Залишилося" not in said and "Видати" not in said


def test_without_a_policy_too(dialog: Callable[..., str], at_work: Any, project: Any) -> None:
    said = dialog(make_case(at_work, insurer=project))
    assert EVERY in said and "у справі немає поліса" in said and BEYOND not in said


def test_while_a_question_is_open_the_cover_is_not_confirmed(
    dialog: Callable[..., str], at_work: Any, project: Any
) -> None:
    person = make_person("Питайло", surname_latin="PYTAILO")
    case = make_case(at_work, policy=make_policy(project, person, number="ASK-1", asks=True), person=person)
    said = dialog(case, "visit")
    assert EVERY in said and "покриття ще не підтверджено" in said


def test_of_two_kinds_each_says_its_own(dialog: Callable[..., str], case: Any) -> None:
    said = dialog(case, "visit", "legal")
    assert "30 000 EUR" in said and ": не покрито." in said and "Видати" in said
    assert "Понад залишок і на те, чого не покрито, лист погоджує старший менеджер." in said
    assert EVERY not in said


def test_when_the_sum_is_spent_it_says_that_nothing_is_left(
    dialog: Callable[..., str], case: Any, give: Callable[..., Any]
) -> None:
    give(30_000)
    said = dialog(case, "visit")
    assert "Залишилося" in said and ": 0 EUR." in said and EVERY in said
