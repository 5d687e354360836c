"""`make chaos`: parts of the program are killed while shifts end; a table, `var/chaos/latest.json`, 1 on a miss."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.table import Row, printed, write

RESULT = Path("var/chaos/latest.json")
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "fregat.settings", "ALLOWED_HOSTS": "127.0.0.1", "HTTPS": "false", "DEBUG": "false",
    "EMAIL_URL": "dummy:", "METRICS_TOKEN": "",
}  # fmt: skip


@dataclass(frozen=True)
class Scale:
    """How large each scenario is."""

    shifts: int
    cases_each: int
    rounds: int
    """In each a worker is killed inside a handover, and another part anywhere: two kills a round."""
    away: tuple[int, ...]
    """Minutes for which the scheduler is away."""
    peak: tuple[int, int]
    database: tuple[int, int]
    """Writers, kills."""
    edits: tuple[int, int]
    """Writers, edits of each."""
    night: tuple[int, int]
    """On a night of a clock change: operators who go at each end from each project, cases of each."""


SCALES = {
    "smoke": Scale(80, 5, 10, (10,), (100, 20), (10, 3), (20, 20), (1, 2)),
    "std": Scale(1000, 10, 100, (10, 60, 240), (500, 20), (50, 20), (50, 200), (5, 10)),
}


def main() -> int:
    """Break, count, print; 1 when a bar is missed."""
    name = os.environ.get("SCALE", "smoke")
    if name not in SCALES:
        print(f"SCALE is one of: {', '.join(SCALES)}.")
        return 2
    os.environ.update(SETTINGS)
    from tests.chaos.ground import Ground

    live = Ground()
    try:
        live.prepare()
        rows = list(_broken(live, SCALES[name], os.environ.get("ONLY", "").split()))
    finally:
        live.stop()
    rows += _of_all_checks(rows)
    rows.append(Row("machine.load", os.getloadavg()[0], "processes"))
    write(rows, RESULT)
    print(printed(rows))
    return 0 if all(row.ok for row in rows) else 1


def _of_all_checks(rows: list[Row]) -> list[Row]:
    """The promise about checks as one figure each: over every time away, and over several schedulers at once."""
    found = []
    for word, fold in (("missed", sum), ("doubled", sum), ("catchup_s", max)):
        those = [row for row in rows if row.name.startswith("check.") and row.name.endswith(f".{word}")]
        if those:
            value = fold(row.value for row in those)
            found.append(Row(f"check.{word}", value, those[0].unit, those[0].bar))
    return found


def _broken(live: Any, scale: Scale, only: list[str]) -> Iterator[Row]:
    import django

    os.environ.update({key: value for key, value in live.environment.items() if key != "DATABASE_OWNER_URL"})
    os.environ.pop("DATABASE_OWNER_URL", None)
    django.setup()
    logging.disable(logging.CRITICAL)  # what fails while the servers are away is meant to
    from tests.chaos import scenarios

    with live.orm():
        for name, rows in scenarios.all_of(live, scale):
            if not only or name in only:
                print(f"{time.strftime('%H:%M:%S')}  {name}", flush=True)
                for row in rows():  # at once: what a later scenario stumbles over takes nothing of it away
                    print(f"          {row.name}: {row.value:,.2f} {row.unit}", flush=True)
                    yield row


if __name__ == "__main__":
    sys.exit(main())
