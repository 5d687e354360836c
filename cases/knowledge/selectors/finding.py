"""The search in articles: every word in any of its forms, and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from cases.knowledge.models import ArticleVersion
from cases.knowledge.selectors.shelf import narrowed
from fregat.lib import wordforms
from fregat.lib.keyboard import layout_readings
from fregat.lib.wordforms import Bit
from staff.employees.models import Employee

LIMIT = 20
_MARKS = re.compile(r"^[ \t|:]*-{3,}[ \t|:-]*$|[#*_`>|\\]+|^\s*[-+]\s+|\]\([^)\n]*\)|[\[\]]", re.MULTILINE)
"""What Markdown writes and nobody reads."""


@dataclass(frozen=True)
class Found:
    """An article that was found, its title and the stretch of its text with the words marked."""

    version: ArticleVersion
    title: list[Bit]
    snippet: list[Bit]


def find(user: Employee, text: str, today: date, *, limit: int = LIMIT, **filters: str) -> list[Found]:
    """Articles that hold and have every word of the text, the best first; as typed, else in the other keyboard layout.

    At most two queries.
    """
    for reading in layout_readings(text):
        question = wordforms.query(reading)
        rows = ArticleVersion.objects.visible_to(user).holding(today)
        found = narrowed(rows, **filters).matching(question).select_related("article__insurer").defer("words")
        hits = [_found(row, reading) for row in found[:limit]] if question else []
        if hits:
            return hits
    return []


def _found(row: ArticleVersion, text: str) -> Found:
    plain = " ".join(_MARKS.sub(" ", row.body).split())
    return Found(row, wordforms.marked(row.title, text), wordforms.snippet(plain, text))
