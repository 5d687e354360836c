"""A pasted table is checked as a whole: every fault with its line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cases.contracts.labels import fault_words
from cases.contracts.rules import Line, Table, read_table
from cases.contracts.rules.reading import LINES_MAX

PLACES = {"europe": "europe", "європа": "europe", "world": "world"}
GOOD = "день;Європа;1;14;24\nсума;;30000;;1\n"


def faults_of(text: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.code) for fault in read_table(text, PLACES)[1]]


@pytest.mark.parametrize("mark", ["\t", ";"])
def test_columns_are_parted_as_the_spreadsheet_does(mark: str) -> None:
    text = f"Таблиця;Для чого;Від;До;Значення\n\n{GOOD}".replace(";", mark)
    lines, faults = read_table(text, PLACES)
    assert not faults
    assert lines[0] == Line(3, Table.DAY, "europe", 1, 14, Decimal(24))


def test_a_comma_parts_columns_and_a_quoted_one_does_not() -> None:
    lines, faults = read_table('день,Європа,1,14,"24,5"\n', PLACES)
    assert not faults
    assert lines[0].value == Decimal("24.5")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("день;Європа;1;14", "columns"),
        ("година;Європа;1;14;24", "kind"),
        ("день;Марс;1;14;24", "territory"),
        ("день;Європа;один;14;24", "reach"),
        ("день;Європа;14;1;24", "reversed"),
        ("день;Європа;0;14;24", "outside"),
        ("день;Європа;1;400;24", "outside"),
        ("день;Європа;1;14;0", "value"),
        ("день;Європа;1;14;24,12345", "value"),
        ("день;Європа;1;14;1e5", "value"),
        ("день;Європа;1;14;NaN", "value"),
        ("вік;діти;0;17;0,9", "needless"),
        ("ризик;;;;1,5", "no_name"),
        ("ризик;Спорт;1;2;1,5", "needless"),
        ("сума;;1;2;1", "one_sum"),
    ],
)
def test_a_line_with_a_fault_is_named(line: str, code: str) -> None:
    assert faults_of(f"{GOOD}{line}\n") == [(3, code)]


@pytest.mark.parametrize(
    ("lines", "fault", "sentence"),
    [
        ("день;Європа;10;31;20", (3, "overlap_terms"), "Days 10–14 are in line 1 too: terms of a territory overlap."),
        (
            "день;Європа;20;31;20", (3, "gap_terms"),
            "Between line 1 and this one there is no rate for days 15–19.",
        ),
        ("вік;;0;17;1\nвік;;17;64;1", (4, "overlap_ages"), "Ages 17–17 are in line 3 too: ages overlap."),
        (
            "вік;;0;17;1\nвік;;20;64;1", (4, "gap_ages"),
            "Between line 3 and this one there is no coefficient for ages 18–19.",
        ),
        ("ризик;Спорт;;;2\nризик;спорт;;;3", (4, "twice"), "The same stands in line 3 already."),
    ],
)  # fmt: skip
def test_gaps_and_overlaps_are_named_with_the_other_line(
    lines: str, fault: tuple[int, str], sentence: str
) -> None:
    from django.utils import translation

    found = read_table(f"{GOOD}{lines}\n", PLACES)[1]
    assert [(one.line, one.code) for one in found] == [fault]
    with translation.override("en"):
        assert fault_words(found)[0]["text"] == sentence


def test_terms_of_another_territory_stand_by_themselves() -> None:
    assert faults_of(f"{GOOD}день;world;1;14;40\n") == []


def test_a_table_without_a_rate_is_none() -> None:
    assert faults_of("вік;;0;17;1\n") == [(0, "no_rates")]
    assert faults_of("") == [(0, "no_rates")]


def test_every_fault_is_told_at_once() -> None:
    assert faults_of("день;Марс;1;14;24\nвік;;а;б;1\nдень;Європа;1;14;0\n") == [
        (1, "territory"), (2, "reach"), (3, "value"),
    ]  # fmt: skip


def test_a_cell_that_no_spreadsheet_has_is_a_fault_of_its_line() -> None:
    long = "9" * 140_000
    assert faults_of(f"{GOOD}день;Європа;{long}\nвік;;а;б;1\n") == [(3, "cells"), (4, "reach")]


def test_lines_are_read_up_to_the_largest_number_of_them_whatever_they_hold() -> None:
    risks = "".join(f"ризик;Ризик {number};;;2\n" for number in range(LINES_MAX - 2))
    assert faults_of(GOOD + risks) == []
    assert faults_of(f"{GOOD}{risks}ризик;Ще;;;2\n") == [(LINES_MAX + 1, "too_many")]
    faults = faults_of(GOOD + "x\n" * 2 * LINES_MAX)
    assert (len(faults), faults[-1]) == (LINES_MAX - 1, (LINES_MAX + 1, "too_many"))


def test_a_quotation_mark_that_is_not_closed_swallows_its_line_alone() -> None:
    assert [line for line, _code in faults_of(f'{GOOD}ризик;"Спорт;;;1\nвік;;0;99;1\n')] == [3]
