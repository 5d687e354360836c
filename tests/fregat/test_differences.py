"""Differences of two texts as people read corrections: by paragraphs, and by words inside them."""

from __future__ import annotations

import random
import time

import pytest

from fregat.lib.differences import ADDED, CHANGED, REMOVED, SAME, SKIPPED, Differences, compare

OLD = "# Інструкція\n\n1. Перерва — одна година.\n2. Зв’язок.\n\n3. Перевірка справ.\n4. Підпис."


def shown(found: Differences) -> list[tuple[str, str]]:
    return [(row.kind, "".join(piece.text for piece in row.pieces)) for row in found.paragraphs]


def words(found: Differences, kind: str) -> list[str]:
    return [piece.text for row in found.paragraphs for piece in row.pieces if piece.kind == kind]


def test_equal_texts_differ_in_nothing() -> None:
    assert not compare(OLD, OLD).any
    assert not compare(OLD, OLD.replace("\n\n", "\n\n\n").replace("\n", "  \n")).any


def test_a_changed_word_is_marked_inside_its_paragraph() -> None:
    found = compare(OLD, OLD.replace("одна година", "пів години"))
    assert (found.changed, found.added, found.removed) == (1, 0, 0)
    assert words(found, REMOVED) == ["одна година"]
    assert words(found, ADDED) == ["пів години"]


def test_a_new_paragraph_before_a_changed_one_is_not_taken_for_it() -> None:
    found = compare(OLD, OLD.replace("2. Зв’язок.", "2. Зовсім інше правило.\n2а. Зв’язок і телефон."))
    assert (found.changed, found.added, found.removed) == (1, 1, 0)
    assert (ADDED, "2. Зовсім інше правило.") in shown(found)


def test_what_has_nothing_in_common_is_taken_out_and_put_in() -> None:
    found = compare("один два три", "зовсім нове речення тут")
    assert (found.changed, found.added, found.removed) == (0, 1, 1)


def test_what_has_not_changed_is_counted_and_not_shown() -> None:
    text = "\n".join(f"{n}. Пункт." for n in range(1, 21))
    found = compare(text, text.replace("20. Пункт.", "20. Інший пункт."))
    assert [(row.kind, row.count) for row in found.paragraphs] == [(SKIPPED, 18), (SAME, 1), (CHANGED, 1)]


@pytest.mark.parametrize("seed", range(8))
def test_both_texts_can_be_read_out_of_the_differences(seed: int) -> None:
    dice = random.Random(seed)
    old, new = (
        "\n".join(" ".join(dice.choice("абвгд") for _ in range(dice.randrange(1, 9))) for _ in range(9))
        for _ in "12"
    )
    rows = [row for row in compare(old, new).paragraphs if row.kind != SKIPPED]
    for text, other in ((old, ADDED), (new, REMOVED)):
        kept = ["".join(p.text for p in row.pieces if p.kind != other) for row in rows if row.kind != other]
        left = text.splitlines()
        assert all(line in left for line in kept)
        assert len(left) - len(kept) == sum(
            r.count for r in compare(old, new).paragraphs if r.kind == SKIPPED
        )


@pytest.mark.parametrize("piece", ["а\n", "а б ", "а", "{}\n"])
def test_long_texts_of_anything_are_compared_in_seconds(piece: str) -> None:
    one, two = (
        "".join(piece.format(dice.randrange(50)) for _ in range(100_000 // len(piece)))
        for dice in (random.Random(1), random.Random(2))
    )
    began = time.monotonic()
    compare(one[:100_000], two[:99_000] + "кінець")
    assert time.monotonic() - began < 20
