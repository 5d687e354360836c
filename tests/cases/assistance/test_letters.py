"""A guarantee letter: given within the sum, asked of another person beyond it, withdrawn with a reason."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from cases.assistance import actions
from cases.assistance.models import GuaranteeLetter
from cases.casework.labels import timeline_text
from cases.insurance.models import Currency
from fregat.lib import clock, notices
from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.cast import make_case

pytestmark = pytest.mark.django_db


def told(person: Any) -> list[str]:
    return [line.text for line in notices.latest(person, clock.now())]


def test_a_letter_within_the_sum_is_given_at_once_under_the_next_number(give: Any, case: Any) -> None:
    first, second = give(1000), give(2000, kind="hospital")
    assert (first.status, first.beyond, first.given_by) == ("given", False, case.responsible)
    assert int(second.number[-6:]) == int(first.number[-6:]) + 1
    assert first.currency_id == "EUR", "the currency of the policy, when none is said"
    line = case.timeline.filter(kind="letter_given").first()
    assert first.number in timeline_text(line) and "Міська лікарня" in timeline_text(line)
    assert "Міська лікарня" not in timeline_text(line, medical=False)


def test_beyond_the_sum_the_senior_manager_is_asked_and_agrees(
    give: Any, case: Any, at_work: Any, senior: Any
) -> None:
    letter = give("30000.01", why="Операція сьогодні.")
    assert (letter.status, letter.beyond, letter.number) == ("asked", True, None)
    assert case.number in told(senior)[0]
    agreed = actions.agree_to_letter(by=senior, letter_id=letter.pk)
    assert (agreed.status, agreed.given_by) == ("given", senior) and agreed.number
    assert agreed.number in told(at_work)[0]
    assert notices.unread(senior) == 0, "what she was asked is done"


def test_what_is_not_plainly_covered_is_asked_whatever_the_sum(give: Any, at_work: Any) -> None:
    assert give(1, kind="repatriation").beyond, "the programme does not cover it"
    unknown = make_case(at_work, insurer=at_work.cases.first().insurer)
    assert give(1, on=unknown, currency="EUR").beyond, "there is no policy"


def test_a_refusal_says_why_and_nothing_is_promised(give: Any, at_work: Any, senior: Any) -> None:
    letter = give(40_000)
    with pytest.raises(Invalid):
        actions.refuse_letter(by=senior, letter_id=letter.pk, reason=" ")
    actions.refuse_letter(by=senior, letter_id=letter.pk, reason="Страховик відмовив.")
    letter.refresh_from_db()
    assert (letter.status, letter.refused_reason, letter.number) == ("refused", "Страховик відмовив.", None)
    assert "відмовлено" in told(at_work)[0]
    with pytest.raises(Conflict):
        actions.agree_to_letter(by=senior, letter_id=letter.pk)


def test_nobody_agrees_to_what_they_asked_for_and_an_operator_to_nothing(
    give: Any, at_work: Any, senior: Any, head: Any
) -> None:
    letter = give(40_000, by=senior)
    with pytest.raises(NotAllowed, match="самі"):
        actions.agree_to_letter(by=senior, letter_id=letter.pk)
    with pytest.raises(NotAllowed):
        actions.agree_to_letter(by=at_work, letter_id=letter.pk)
    assert actions.agree_to_letter(by=head, letter_id=letter.pk).given_by == head


def test_who_does_not_answer_gives_none_and_who_does_not_see_the_case_finds_none(
    give: Any, operator2: Any, stranger: Any, client_manager: Any, on_shift: Any
) -> None:
    on_shift(operator2)
    on_shift(stranger)
    with pytest.raises(NotAllowed):
        give(by=operator2)
    with pytest.raises(NotFound):
        give(by=stranger)
    with pytest.raises(NotFound):
        actions.withdraw_letter(by=client_manager, letter_id=give().pk, reason="Чужа.")


def test_a_letter_withdrawn_says_why_and_is_withdrawn_once(give: Any, at_work: Any) -> None:
    letter = give()
    gone = actions.withdraw_letter(by=at_work, letter_id=letter.pk, reason="Пацієнта не прийняли.")
    assert (gone.status, gone.withdrawn_by, gone.number) == ("withdrawn", at_work, letter.number)
    with pytest.raises(Conflict):
        actions.withdraw_letter(by=at_work, letter_id=letter.pk, reason="Ще раз.")


def test_a_case_that_has_ended_gets_no_letter_and_may_lose_one(give: Any, case: Any, at_work: Any) -> None:
    letter = give()
    type(case).objects.filter(pk=case.pk).update(status="closed")
    with pytest.raises(Conflict):
        give()
    actions.withdraw_letter(by=at_work, letter_id=letter.pk, reason="Не знадобився.")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"limit": "0"}, "limit"), ({"limit": "-5"}, "limit"), ({"limit": "NaN"}, "limit"),
        ({"limit": "10000000000"}, "limit"), ({"kind": "nothing"}, "kind"), ({"provider": "  "}, "provider"),
        ({"currency": "XXX"}, "currency"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(give: Any, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        give(**wrong)
    assert list(refused.value.errors) == [field]
    assert not GuaranteeLetter.objects.exists()


def test_a_form_sent_twice_is_one_letter(give: Any) -> None:
    token = uuid4()
    assert give(token=token).pk == give(token=token).pk
    assert GuaranteeLetter.objects.count() == 1


def test_another_currency_is_compared_by_its_rate(give: Any) -> None:
    Currency.objects.update_or_create(code="EUR", defaults={"rate_uah": 50})
    Currency.objects.update_or_create(code="UAH", defaults={"rate_uah": 1})
    Currency.objects.update_or_create(code="USD", defaults={"rate_uah": None})
    assert not give(1_000_000, currency="UAH").beyond, "20,000 of 30,000 euros"
    assert give(600_000, currency="UAH").beyond, "12,000 of the 10,000 that are left"
    assert give(1, currency="USD").beyond, "nobody knows how much that is"
