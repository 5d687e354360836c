"""What a verification of the chain can find. Codes and values; the sentences are in `labels`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

LISTED = 50
"""Faults kept of one verification; the others are counted."""

_MERGED = frozenset({"missing", "added", "changed"})
"""Faults of neighbouring seals that are told as one."""


@dataclass
class Fault:
    """One finding: a code of `labels.FAULT_SENTENCES`, and values that fill its sentence (JSON)."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)


def rows_fault(*, sealed: int, found: int, same: bool) -> str:
    """What is wrong with the rows of a seal: a code, or nothing. `same`: their hash is the sealed one."""
    if same:
        return ""
    if found == sealed:
        return "changed"
    return "missing" if found < sealed else "added"


@dataclass
class Faults:
    """Findings in order; those of one kind in neighbouring seals are one."""

    listed: list[Fault] = field(default_factory=list)
    more: int = 0

    @classmethod
    def of(cls, kept: Iterable[tuple[str, dict[str, Any]]]) -> Faults:
        """Those that `kept` has written down, to go on from."""
        faults = cls()
        for code, values in kept:
            if code == "more":
                faults.more = values["n"]
            else:
                faults.listed.append(Fault(code, values))
        return faults

    def kept(self) -> list[tuple[str, dict[str, Any]]]:
        """As they are written down: codes and values, the number of those that are not listed last."""
        said = [(fault.code, fault.values) for fault in self.listed]
        return [*said, ("more", {"n": self.more})] if self.more else said

    def add(self, code: str, **values: Any) -> None:
        """One more."""
        last = self.listed[-1] if self.listed else None
        if code in _MERGED and last and last.code == code and values["seal"] == last.values["seal_to"] + 1:
            last.values |= {"seal_to": values["seal"], "id_to": values["id_to"], "at_to": values["at_to"]}
            last.values["n"] += values["n"]
        elif len(self.listed) >= LISTED:
            self.more += 1
        else:
            if code in _MERGED:
                values["seal_to"] = values["seal"]
            self.listed.append(Fault(code, values))
