"""What a premium is made of and why it is not sold, in words: one day is not «1 days»."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from cases.contracts.labels import refusal_text, step_words
from cases.contracts.rules import Refusal, Step


@pytest.mark.parametrize(
    ("step", "text"),
    [
        (Step("base_day", Decimal(24), Decimal(24), 1, "europe", 1), "Rate: 24 a day × 1 day"),
        (Step("base_day", Decimal(48), Decimal(24), 1, "europe", 2), "Rate: 24 a day × 2 days"),
        (Step("base_term", Decimal(48), Decimal(48), 1, "europe", 1), "Rate of the whole term of 1 day"),
        (Step("base_term", Decimal(48), Decimal(48), 1, "europe", 1461), "Rate of the whole term of 1,461 days"),
        (Step("sum", Decimal(48), Decimal(1), 1, "", 50_000), "Insured sum 50,000"),
        (Step("risk", Decimal(48), Decimal(1), 1, "100 % sport", 0), "100 % sport"),
    ],
)  # fmt: skip
def test_a_step_counts_days_as_people_do(step: Step, text: str) -> None:
    with translation.override("en"):
        assert step_words(step, "UAH")["text"] == text


@pytest.mark.parametrize(
    ("refusal", "text"),
    [
        (
            Refusal("term_long", "ends", {"days": 7, "longest": 1}),
            "A term of 7 days is not sold: the longest is 1 day.",
        ),
        (
            Refusal("term_long", "ends", {"days": 90, "longest": 30}),
            "A term of 90 days is not sold: the longest is 30 days.",
        ),
        (
            Refusal("term_short", "ends", {"days": 1, "shortest": 3}),
            "A term of 1 day is not sold: the shortest is 3 days.",
        ),
        (Refusal("term", "ends", {"days": 1}), "A term of 1 day is not sold by this tariff."),
        (Refusal("group", "born", {"count": 1}), "A contract for 1 person is not sold by this tariff."),
        (
            Refusal("sum", "insured_sum", {"sums": (30_000,)}),
            "This insured sum is not sold. There are: 30,000.",
        ),
    ],
)
def test_a_refusal_counts_them_so_too(refusal: Refusal, text: str) -> None:
    with translation.override("en"):
        assert refusal_text(refusal) == text
