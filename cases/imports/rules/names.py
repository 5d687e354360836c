"""Things that a list calls by their names: programmes, territories."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from cases.imports.rules.columns import normal


class Names:
    """Keys by names. A whole name goes before its normal form: «Standard+» is another thing than «Standard».

    A name of two things is the name of none.
    """

    def __init__(self, named: Iterable[tuple[str, int]]) -> None:
        pairs = list(named)
        self._whole = _of_one((_whole(name), key) for name, key in pairs)
        self._normal = _of_one((normal(name), key) for name, key in pairs)

    def find(self, text: str) -> int | None:
        """The key of what is called so."""
        whole = _whole(text)
        return self._whole[whole] if whole in self._whole else self._normal.get(normal(text))


def _whole(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def _of_one(named: Iterable[tuple[str, int]]) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for name, key in named:
        if name:
            found[name] = key if found.setdefault(name, key) == key else None
    return found
