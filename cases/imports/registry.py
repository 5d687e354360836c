"""What rooms above tell of policies and persons: what they refer to outlives the list that brought it."""

from __future__ import annotations

from collections.abc import Callable, Collection

Uses = Callable[[Collection[int], Collection[int]], tuple[set[int], set[int]]]
"""`(ids of policies, ids of persons)` → those of them that the room's records refer to."""

_uses: list[Uses] = []


def refers(uses: Uses) -> None:
    """Let a room say what it refers to."""
    if uses not in _uses:
        _uses.append(uses)


def used(policies: Collection[int], persons: Collection[int]) -> tuple[set[int], set[int]]:
    """Which of these policies and persons somebody refers to. One statement or two for each room."""
    kept_policies: set[int] = set()
    kept_persons: set[int] = set()
    for uses in _uses:
        found_policies, found_persons = uses(policies, persons)
        kept_policies |= found_policies
        kept_persons |= found_persons
    return kept_policies, kept_persons
