"""What the look-up answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from cases.insurance.models import InsuredPerson, Policy


@dataclass(frozen=True)
class Found:
    """A person, their policies that the employee may see, and why they were found (a code of `MATCH_LABELS`)."""

    person: InsuredPerson
    policies: list[Policy]
    match: str


@dataclass(frozen=True)
class Answer:
    """Who was found, best first."""

    found: list[Found]
    ask: str = ""
    """What to ask the caller next so that fewer fit (a code of `ASK_NEXT_LABELS`); empty when all are shown."""
    apart: str = ""
    """The same while all are shown and several of them have the very name that fits best."""
    searched: bool = True
    """Was anybody looked for at all? Too little that is said, and whoever may see nobody, is no look-up."""
    little: bool = False
    """Nobody was found, and hardly anything was said: that is not to say that there is nobody."""
    count: Callable[[], int] = int
    """Asks how many others there are; of all who are shown there are none."""

    @property
    def more(self) -> bool:
        """Is there anybody who is not shown and fits as well as the last of them?"""
        return bool(self.ask)

    @cached_property
    def others(self) -> int:
        """How many they are, `sought.COUNT_MAX` at most; a statement, asked of those who want the number."""
        return self.count()
