"""The medical part of a case: which of its fields it is, and what stands in their place for who has no right to it.

The only table of them (design: security, «person: health data»; JD II.15). `permissions.reading` says who
reads the medical part (`case.medical` in `rights.py`); every page, call, list and history hands its rows
through `Reading`. Plain Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

FIELDS: Mapping[str, frozenset[str]] = {
    "case": frozenset({"description", "unusual"}),
    # That a hospital was needed is health data; that an interpreter was, is not (`ServiceKind.medical`).
    "service": frozenset({"kind", "kind_id", "note"}),
    # Whom the centre spoke with is often a clinic.
    "contact": frozenset({"party", "address", "text"}),
    "note": frozenset({"text"}),
    "task": frozenset({"text", "outcome"}),
    "escalation": frozenset({"reason", "text", "cancel_reason"}),
    "timeline": frozenset({"text", "values"}),
    "responsibility": frozenset({"text"}),
}
"""Kind of row → its medical fields. What people write freely about a case is medical: nobody sorts it."""


class Veiled:
    """A row as somebody reads it who has no right to its medical part: those fields are None, the rest is there."""

    veiled = True

    def __init__(self, row: Any, fields: frozenset[str]) -> None:
        self._row, self._fields = row, fields

    def __getattr__(self, name: str) -> Any:
        return None if name in self._fields else getattr(self._row, name)


@dataclass(frozen=True)
class Reading:
    """What somebody reads of a case that they see."""

    medical: bool
    escalations: bool = True
    """What was told to the senior manager."""

    def of(self, kind: str, row: Any) -> Any:
        """The row (`kind`: a key of FIELDS) as this person reads it."""
        if self.medical:
            return row
        fields = FIELDS[kind]
        if kind == "service" and not row.kind.medical:
            fields -= {"kind", "kind_id"}
        return Veiled(row, fields)

    def all(self, kind: str, rows: Iterable[Any]) -> list[Any]:
        """The rows as this person reads them."""
        return [self.of(kind, row) for row in rows]

    def value(self, kind: str, name: str, value: Any) -> Any:
        """One field's value as this person reads it: for histories, which keep values without their row."""
        return value if self.medical or name not in FIELDS[kind] else None
