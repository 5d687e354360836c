"""What has changed between two texts, by paragraphs and inside them by words, as people read corrections.

Plain Python. Comparing is quadratic at its worst, so it has a budget: past it a part is shown as taken out
and put in, never left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, zip_longest

SAME, CHANGED, ADDED, REMOVED, SKIPPED = "same", "changed", "added", "removed", "skipped"

AROUND = 1
"""Unchanged paragraphs shown before and after a change; the others are only counted."""
_ALIKE = 0.4
"""Two paragraphs are versions of one when so much of their words is the same (of 1)."""
_PAIRS = 2_500
"""Paragraphs of one changed stretch that are looked through for partners, old ones times new ones."""
_LINES = 4_000_000
"""Pairs of paragraphs that are compared with each other at most."""
_WORDS = 4_000_000
"""Pairs of words that are compared with each other at most, in all paragraphs together."""
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """Some words of a paragraph: `same`, `added` or `removed`."""

    kind: str
    text: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: `same`, `changed`, `added`, `removed`; or `skipped`, which stands for `count` unchanged ones."""

    kind: str
    pieces: tuple[Piece, ...] = ()
    count: int = 1


@dataclass(frozen=True)
class Differences:
    """The paragraphs to be shown, in order, and how many of each kind have changed."""

    paragraphs: tuple[Paragraph, ...]
    changed: int
    added: int
    removed: int

    @property
    def any(self) -> bool:
        """Is anything different?"""
        return bool(self.changed or self.added or self.removed)


def compare(old: str, new: str) -> Differences:
    """The differences of two texts. Blank lines and blanks at the ends of lines say nothing."""
    rows = list(_rows(_paragraphs(old), _paragraphs(new)))
    kinds = [row.kind for row in rows]
    return Differences(tuple(_folded(rows)), kinds.count(CHANGED), kinds.count(ADDED), kinds.count(REMOVED))


def _paragraphs(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def _rows(old: list[str], new: list[str]) -> Iterator[Paragraph]:
    left = _WORDS
    for kind, first, last, begin, end in _opcodes(old, new, _LINES):
        if kind == "equal":
            yield from (Paragraph(SAME, (Piece(SAME, line),)) for line in old[first:last])
            continue
        for before, after in _pairs(old[first:last], new[begin:end]):
            row, spent = _row(before, after, left)
            left -= spent
            yield row


def _opcodes(old: list[str], new: list[str], budget: int) -> Iterable[tuple[str, int, int, int, int]]:
    """The steps from one list to the other; beyond the budget the middle is one step."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    one, two = old[head : len(old) - tail], new[head : len(new) - tail]
    middle: Sequence[tuple[str, int, int, int, int]]
    if len(one) * len(two) > budget:
        middle = [("replace", 0, len(one), 0, len(two))]
    else:
        middle = SequenceMatcher(None, one, two, autojunk=len(one) * len(two) > budget // 4).get_opcodes()
    yield from [("equal", 0, head, 0, head)] if head else []
    yield from ((kind, a + head, b + head, c + head, d + head) for kind, a, b, c, d in middle)
    yield from ([("equal", len(old) - tail, len(old), len(new) - tail, len(new))] if tail else [])


def _pairs(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Paragraphs that are versions of one, in order; what has no partner is paired with nothing."""
    if len(old) * len(new) > _PAIRS:
        yield from zip_longest(old, new, fillvalue="")
        return
    words = [set(_TOKEN.findall(line)) for line in new]
    taken = 0
    for before in old:
        mine = set(_TOKEN.findall(before))
        likeness = [len(mine & its) / len(mine | its) for its in words[taken:]]
        best = max(range(len(likeness)), key=likeness.__getitem__, default=0)
        if not likeness or likeness[best] < _ALIKE:
            yield before, ""
            continue
        yield from (("", line) for line in new[taken : taken + best])
        yield before, new[taken + best]
        taken += best + 1
    yield from (("", line) for line in new[taken:])


def _row(before: str, after: str, budget: int) -> tuple[Paragraph, int]:
    """A paragraph with its changed words marked, and what comparing it has cost."""
    if not before or not after:
        kind = ADDED if after else REMOVED
        return Paragraph(kind, (Piece(kind, before or after),)), 0
    one, two = _TOKEN.findall(before), _TOKEN.findall(after)
    cost = len(one) * len(two)
    whole = Paragraph(CHANGED, (Piece(REMOVED, before), Piece(ADDED, after)))
    if cost > budget:
        return whole, 0
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return whole, cost
    pieces: list[Piece] = []
    for kind, first, last, begin, end in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece(SAME, "".join(one[first:last])))
            continue
        pieces += [Piece(REMOVED, "".join(one[first:last]))] if last > first else []
        pieces += [Piece(ADDED, "".join(two[begin:end]))] if end > begin else []
    return Paragraph(CHANGED, tuple(_joined(pieces))), cost


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """A blank between two changed words is changed with them: phrases are read, not single words."""
    inner = [
        index
        for index, piece in enumerate(pieces)
        if piece.kind == SAME and not piece.text.strip() and 0 < index < len(pieces) - 1
    ]
    run: list[Piece] = []
    for index, piece in enumerate(pieces):
        if piece.kind == SAME and index not in inner:
            yield from _phrase(run)
            run = []
            yield piece
        elif index in inner:
            run += [Piece(REMOVED, piece.text), Piece(ADDED, piece.text)]
        else:
            run.append(piece)
    yield from _phrase(run)


def _phrase(run: list[Piece]) -> Iterator[Piece]:
    for kind in (REMOVED, ADDED):
        text = "".join(piece.text for piece in run if piece.kind == kind)
        if text:
            yield Piece(kind, text)


def _folded(rows: list[Paragraph]) -> Iterator[Paragraph]:
    """Long stretches of unchanged paragraphs become a number."""
    groups = [(kind, list(group)) for kind, group in groupby(rows, key=lambda row: row.kind == SAME)]
    for index, (is_same, group) in enumerate(groups):
        if not is_same:
            yield from group
            continue
        before = group[:AROUND] if index else []
        after = group[len(group) - AROUND :] if index < len(groups) - 1 else []
        hidden = len(group) - len(before) - len(after)
        if hidden <= AROUND:
            yield from group
            continue
        yield from before
        yield Paragraph(SKIPPED, count=hidden)
        yield from after
