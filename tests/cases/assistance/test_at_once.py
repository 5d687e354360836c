"""Two operators, one sum: really at once, in transactions of their own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from cases.assistance import actions
from cases.assistance.models import GuaranteeLetter
from cases.casework.actions import move_case
from cases.casework.models import Case
from fregat.lib.errors import Conflict
from tests.cases.casework.test_at_once import at_once
from tests.cast import make_case

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_many_letters_for_one_sum_as_many_are_given_as_fit_and_the_others_are_asked(
    at_work: Any, policy: Any, person: Any
) -> None:
    cases = [make_case(at_work, policy=policy, person=person) for _each in range(6)]
    rows = at_once(
        [
            lambda number=case.number: actions.give_letter(
                by=at_work, number=number, kind="visit", provider="Лікарня", limit=Decimal(10_000)
            )
            for case in cases
        ]
    )
    assert sorted(row.status for row in rows) == ["asked"] * 3 + ["given"] * 3
    numbers = sorted(int(row.number[-6:]) for row in rows if row.number)
    assert numbers == list(range(numbers[0], numbers[0] + 3))


def test_agreed_to_and_refused_at_once_it_is_one_of_the_two(give: Any, senior: Any, head: Any) -> None:
    letter = give(40_000)
    answers = at_once(
        [
            lambda: actions.agree_to_letter(by=senior, letter_id=letter.pk),
            lambda: actions.refuse_letter(by=head, letter_id=letter.pk, reason="Ні."),
        ]
    )
    assert sum(isinstance(one, Conflict) for one in answers) == 1
    assert GuaranteeLetter.objects.get().status in {"given", "refused"}


def test_given_while_the_case_is_cancelled_it_is_one_of_the_two(give: Any, senior: Any, case: Any) -> None:
    answers = at_once(
        [
            lambda: give(100),
            lambda: move_case(by=senior, number=case.number, to="cancelled", reason="Помилка."),
        ]
    )
    assert sum(isinstance(one, Conflict) for one in answers) == 1
    cancelled = Case.objects.get().status == "cancelled"
    assert cancelled is not GuaranteeLetter.objects.exists()
