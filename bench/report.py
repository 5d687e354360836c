"""A run as a section of `docs/performance.md`: what was measured, where, and how near each figure is to its bar."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from pathlib import Path

from bench.table import LEAST, Row

DOCUMENT = Path("docs/performance.md")
MARK = "<!-- runs, the latest first -->\n"
_CHART_TO = 200
"""Per cent at which a bar of the chart ends: what misses by more than that is in the table."""


def section(rows: list[Row], scale: str) -> str:
    """Markdown with a chart and a table."""
    head = f"## {time.strftime('%d.%m.%Y')}, `SCALE={scale}`, at {_commit()}\n\n{_machine()}\n"
    return f"{head}\n{_chart([row for row in rows if row.bar])}\n{_table(rows)}\n"


def keep(text: str) -> None:
    """Put the section before those of earlier runs."""
    before, mark, after = DOCUMENT.read_text(encoding="utf-8").partition(MARK)
    DOCUMENT.write_text(f"{before}{mark}\n{text}{after}", encoding="utf-8")


def _share(row: Row) -> int:
    """How much of its bar the figure takes, in per cent."""
    bar = row.bar or 0
    share = bar / row.value if row.better == LEAST else row.value / bar
    return min(_CHART_TO, round(share * 100))


def _chart(rows: list[Row]) -> str:
    names = ", ".join(f'"{row.name}"' for row in rows)
    return (
        "How much of its bar each figure takes, in per cent; 100 is the bar.\n\n"
        "```mermaid\nxychart-beta horizontal\n"
        f"  x-axis [{names}]\n"
        f'  y-axis "per cent of the bar" 0 --> {_CHART_TO}\n'
        f"  bar [{', '.join(str(_share(row)) for row in rows)}]\n"
        f"  line [{', '.join('100' for _row in rows)}]\n"
        "```\n"
    )


def _table(rows: list[Row]) -> str:
    lines = ["| figure | value | unit | bar | |", "|---|---:|---|---|---|"]
    for row in rows:
        bar = "" if row.bar is None else f"{row.better} {row.bar:,.1f}"
        said = "" if row.bar is None else "ok" if row.ok else "**missed**"
        lines.append(f"| `{row.name}` | {row.value:,.2f} | {row.unit} | {bar} | {said} |")
    return "\n".join(lines) + "\n"


def _commit() -> str:
    asked = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return asked.stdout.strip() or "an unknown commit"


def _machine() -> str:
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    memory = pages * size / 2**30
    return (
        f"{os.cpu_count()} processors, {memory:.0f} GB, Python {platform.python_version()}; program, database and"
        " measurement on one machine."
    )
