"""Days as lists and people write them."""

from __future__ import annotations

from datetime import date

import pytest

from fregat.lib.days import birth_day, day

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("24.11.2026", date(2026, 11, 24)),
        ("24/11/26", date(2026, 11, 24)),
        ("2026-11-24", date(2026, 11, 24)),
        ("20261124", date(2026, 11, 24)),
        ("24 листопада 2026", date(2026, 11, 24)),
        ("24 листоп. 26", date(2026, 11, 24)),
        ("24NOV2026", date(2026, 11, 24)),
        ("24-Nov-26", date(2026, 11, 24)),
        ("2026 11 24", date(2026, 11, 24)),
        ("46350", date(2026, 11, 24)),
        ("31.02.2026", None),
        ("24 Галаган 2026", None),
        ("24 Марченко 2026", None),
        ("24 Листопадний 26", None),
        ("", None),
    ],
)
def test_a_day_is_read_in_its_usual_forms(text: str, read: date | None) -> None:
    assert day(text) == read


def test_a_birthday_of_two_digits_has_been() -> None:
    assert birth_day("02.01.28", TODAY) == date(1928, 1, 2)
    assert birth_day("29.11.26", TODAY) == TODAY
    assert birth_day("30.11.26", TODAY) == date(1926, 11, 30)
    assert birth_day("30.11.2026", TODAY) == date(2026, 11, 30)
    assert birth_day("30 листопада 26", TODAY) == date(1926, 11, 30)
