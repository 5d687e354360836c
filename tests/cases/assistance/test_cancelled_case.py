"""A case with letters that stand is not cancelled: the clinic would keep a promise of a case that is not there."""

from __future__ import annotations

from typing import Any

import pytest

from cases.assistance.actions import refuse_letter, withdraw_letter
from cases.casework.actions import move_case
from cases.casework.actions.lifecycle import Missing
from cases.casework.models import Case

pytestmark = pytest.mark.django_db


def cancel(by: Any, case: Any) -> None:
    move_case(by=by, number=case.number, to="cancelled", reason="Зателефонували помилково.")


def test_it_names_the_letters_that_stand_and_nothing_happens(senior: Any, case: Any, give: Any) -> None:
    given, asked = give(100), give(40_000, provider="Клініка «Схід»")
    with pytest.raises(Missing) as refused:
        cancel(senior, case)
    said = str(refused.value.sentence)
    assert f"{given.number} (Міська лікарня)" in said and "Клініка «Схід» (чекає погодження)" in said
    assert asked.number is None and Case.objects.get(pk=case.pk).status == case.status


def test_once_they_are_withdrawn_and_refused_it_is_cancelled(
    senior: Any, at_work: Any, case: Any, give: Any
) -> None:
    given, asked = give(100), give(40_000)
    withdraw_letter(by=at_work, letter_id=given.pk, reason="Скасовано.")
    refuse_letter(by=senior, letter_id=asked.pk, reason="Скасовано.")
    cancel(senior, case)
    assert Case.objects.get(pk=case.pk).status == "cancelled"


def test_the_button_is_closed_with_that_sentence(page: Any, senior: Any, case: Any, give: Any) -> None:
    letter = give(100)
    said = page(senior).get(f"/cases/{case.number}/").content.decode()
    assert f"У справі є гарантійні листи: {letter.number} (Міська лікарня)." in said


def test_other_ways_on_stay_open(senior: Any, case: Any, give: Any) -> None:
    give(100)
    move_case(by=senior, number=case.number, to="declined", reason="Відмова страховика.")
    assert Case.objects.get(pk=case.pk).status == "declined"


def test_through_the_api_it_is_a_conflict_with_the_sentence(
    api: Any, senior: Any, case: Any, give: Any
) -> None:
    letter, browser = give(100), api(senior)
    tag = browser.get(f"/api/v1/cases/{case.number}/")["ETag"]
    answer = browser.post(
        f"/api/v1/cases/{case.number}/transitions/", {"to": "cancelled", "reason": "Помилка."}, format="json",
        headers={"If-Match": tag},
    )  # fmt: skip
    assert answer.status_code == 409 and letter.number in answer.json()["detail"]
