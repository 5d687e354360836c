"""Which territory of a tariff a country leads to: the same area as the verdict's."""

from __future__ import annotations

import pytest

from cases.contracts.selectors import territory_told
from cases.insurance.models import Territory

WORLD = Territory(code="world", countries=[], without=["US"])
SOME = Territory(code="some", countries=["TR", "RU"], without=["RU"])


@pytest.mark.parametrize(
    ("country", "code", "offered", "told"),
    [
        ("TR", "", [WORLD], ("world", "")),
        ("US", "", [WORLD], ("", "country")),
        ("US", "world", [WORLD], ("world", "country_outside")),
        ("TR", "some", [SOME], ("some", "")),
        ("RU", "some", [SOME], ("some", "country_outside")),
        ("RU", "", [SOME], ("", "country")),
        ("RU", "", [SOME, WORLD], ("world", "")),
        ("TR", "", [SOME, WORLD], ("some", "")),
        ("", "", [WORLD], ("world", "")),
        ("TR", "", [], ("", "")),
    ],
)
def test_the_whole_world_has_every_country_but_those_left_out(
    country: str, code: str, offered: list[Territory], told: tuple[str, str]
) -> None:
    assert territory_told(country, code, {row.code: row for row in offered}) == told
