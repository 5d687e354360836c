"""What differs between two editions of the rules, line by line. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Line = Mapping[str, object]
"""Field → value."""
Key = tuple[str, ...]
"""Which table, and what tells the line from the others in it."""


@dataclass(frozen=True)
class Difference:
    """One field that changed; without a field the whole line is new (`old` None) or gone (`new` None)."""

    key: Key
    field: str = ""
    old: object = None
    new: object = None


def differences(old: Mapping[Key, Line], new: Mapping[Key, Line]) -> list[Difference]:
    """In the order of the new edition; what is gone comes last."""
    found: list[Difference] = []
    for key, line in new.items():
        if key not in old:
            found.append(Difference(key, new=line))
            continue
        before = old[key]
        found += [
            Difference(key, name, before.get(name), value)
            for name, value in line.items()
            if before.get(name) != value
        ]
    return found + [Difference(key, old=line) for key, line in old.items() if key not in new]
