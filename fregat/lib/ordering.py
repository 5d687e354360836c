"""Ukrainian alphabetical order, the same on every PostgreSQL (no collation of the system is needed)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.models import F, Func, GeneratedField, TextField

_ALPHABET = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэъё"
_RANK = {letter: index for index, letter in enumerate(_ALPHABET)}
_APOSTROPHES = "'’ʼ"


class UkKey(Func):
    """SQL `uk_key(text)`: the sort key of a Ukrainian text, see migration `lib.0001`."""

    function = "uk_key"
    output_field = TextField(db_collation="C")


def uk_key_field(source: str) -> GeneratedField:
    """A stored column that sorts `source` in the order of the Ukrainian alphabet."""
    return GeneratedField(
        expression=UkKey(F(source)),
        output_field=TextField(db_collation="C"),
        db_persist=True,
        editable=False,
    )


@lru_cache(maxsize=4096)
def uk_sort_key(text: str) -> tuple[Any, ...]:
    """The same order for lists made in Python (countries, say): Latin first, then Ukrainian."""
    letters = (letter for letter in text.lower() if letter not in _APOSTROPHES)
    return tuple((1, _RANK[x]) if x in _RANK else (0, ord(x)) for x in letters)
