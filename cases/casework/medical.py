"""The medical part of a case: which of its fields it is, and what stands in their place for who has no right to it.

The only table of them (design: security, «person: health data»; JD II.15). `permissions.reading` says who
reads the medical part (`case.medical` in `rights.py`); every page, call, list and history hands its rows
through `Reading`. Plain Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

FIELDS: Mapping[str, frozenset[str]] = {
    "case": frozenset({"description", "unusual", "answers", "cover"}),
    # That a hospital was needed is health data; that an interpreter was, is not (`ServiceKind.medical`).
    "service": frozenset({"kind", "kind_id", "note"}),
    # Whom the centre spoke with is often a clinic.
    "contact": frozenset({"party", "address", "text"}),
    "note": frozenset({"text"}),
    "task": frozenset({"text", "outcome"}),
    "escalation": frozenset({"reason", "text", "cancel_reason"}),
    "timeline": frozenset({"text", "values"}),
    "responsibility": frozenset({"text"}),
    # Of the room above: what the giver and the receiver of a case wrote for each other.
    "handover": frozenset({"serious", "serious_why", "summary", "next_step", "what_if", "read_back"}),
    "hop": frozenset({"text"}),
    "decision": frozenset({"serious", "serious_why", "summary", "next_step", "what_if"}),
}
"""Kind of row → its medical fields. What people write freely about a case is medical: nobody sorts it."""

CODES: Mapping[str, frozenset[str]] = {
    "service": frozenset({"kind", "kind_id"}),
    "escalation": frozenset({"reason"}),
    # How serious its card says it is.
    "handover": frozenset({"serious"}),
    "decision": frozenset({"serious"}),
}
"""Those of them that are codes and no texts: lists are sorted and worked through by them."""


class Veiled:
    """A row as somebody reads it who has no right to its medical part: those fields are None, the rest is there."""

    veiled = True

    def __init__(self, row: Any, fields: frozenset[str]) -> None:
        self._row, self._fields = row, fields

    def __getattr__(self, name: str) -> Any:
        return None if name in self._fields else getattr(self._row, name)


def _of_row(kind: str, row: Any, fields: frozenset[str]) -> frozenset[str]:
    """Those of the fields that are medical in this row: what kind of help it is, not with every kind."""
    return fields - CODES[kind] if kind == "service" and not row.kind.medical else fields


@dataclass(frozen=True)
class Reading:
    """What somebody reads of a case that they see."""

    medical: bool
    escalations: bool = True
    """What was told to the senior manager."""
    in_list: bool = False
    """A list carries no medical texts, whoever asks: they are read where one case is read."""

    def listed(self) -> Reading:
        """What the same person reads of cases in a list."""
        return replace(self, in_list=True)

    @property
    def whole(self) -> bool:
        """Is everything there for the reader?"""
        return self.medical and not self.in_list

    def veiled(self, kind: str) -> frozenset[str]:
        """The fields of a kind of row that the reader does not get."""
        if not self.medical:
            return FIELDS[kind]
        return FIELDS[kind] - CODES.get(kind, frozenset()) if self.in_list else frozenset()

    def part(self, otherwise: str, *shown: tuple[str, Iterable[Any]]) -> str:
        """Which part of the case a look saw, for the access log: `medical`, when a medical field was shown.

        `shown`: kinds of rows with the rows that are shown. A field without a word in it says nothing.
        """
        said = self.medical and any(
            getattr(row, name)
            for kind, rows in shown
            for row in rows
            for name in _of_row(kind, row, FIELDS[kind]) - self.veiled(kind)
        )
        return "medical" if said else otherwise

    def part_of_history(self, otherwise: str, revisions: Iterable[Any]) -> str:
        """The same for changes of the case's own fields."""
        names = {change.name for revision in revisions for change in revision.changes}
        return "medical" if self.medical and names & FIELDS["case"] else otherwise

    def of(self, kind: str, row: Any) -> Any:
        """The row (`kind`: a key of FIELDS) as this person reads it."""
        fields = self.veiled(kind)
        return Veiled(row, _of_row(kind, row, fields)) if fields else row

    def all(self, kind: str, rows: Iterable[Any]) -> list[Any]:
        """The rows as this person reads them."""
        return [self.of(kind, row) for row in rows]

    def value(self, kind: str, name: str, value: Any) -> Any:
        """One field's value as this person reads it: for histories, which keep values without their row."""
        return value if name not in self.veiled(kind) else None
