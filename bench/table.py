"""The rows of the benchmark: printed, written to a file, judged."""

from __future__ import annotations

import json
import operator
from dataclasses import asdict, dataclass
from pathlib import Path

LEAST, MOST = "at least", "at most"
_HOLDS = {LEAST: operator.ge, MOST: operator.le}


@dataclass(frozen=True)
class Row:
    """One figure. `bar` None: it is written down and not judged; `better` says on which side of the bar it is good."""

    name: str
    value: float
    unit: str
    bar: float | None = None
    better: str = MOST

    @property
    def ok(self) -> bool:
        """Within its bar."""
        return self.bar is None or bool(_HOLDS[self.better](self.value, self.bar))


def write(rows: list[Row], file: Path) -> None:
    """`[{"name", "value", "unit", "bar", "ok"}]`."""
    file.parent.mkdir(parents=True, exist_ok=True)
    kept = [{**asdict(row), "ok": row.ok} for row in rows]
    for row in kept:
        del row["better"]
    file.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def printed(rows: list[Row]) -> str:
    """A table for people."""
    lines = [("figure", "value", "unit", "bar", "")]
    for row in rows:
        bar = "" if row.bar is None else f"{row.better} {row.bar:g}"
        lines.append((row.name, f"{row.value:,.2f}", row.unit, bar, "ok" if row.ok else "MISSED"))
    widths = [max(len(line[place]) for line in lines) for place in range(5)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
