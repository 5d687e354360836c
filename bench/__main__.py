"""`make bench`: starts the whole program with many rows, measures, prints a table, exits 1 when a bar is missed."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from bench import report
from bench.generate import SCALES, Scale, fill_cases, fill_persons, look
from bench.table import Row, printed, write

RESULT = Path("var/bench/latest.json")
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "bench.settings", "ALLOWED_HOSTS": "127.0.0.1", "HTTPS": "false", "DEBUG": "false",
    "EMAIL_URL": "dummy:", "METRICS_TOKEN": "",
}  # fmt: skip
VERIFIED_IN = 60
"""Seconds for a million rows; for fewer the bar is as much lower."""


def main() -> int:
    """Measure; 1 when a bar is missed."""
    name = os.environ.get("SCALE", "smoke")
    if name not in SCALES:
        print(f"SCALE is one of: {', '.join(SCALES)}.")
        return 2
    os.environ.update(SETTINGS)
    from tests.live import LiveServices

    live = LiveServices()
    try:
        live.start()
        rows = list(_measured(live, SCALES[name]))
    finally:
        live.stop()
    rows.append(Row("machine.load", os.getloadavg()[0], "processes"))
    write(rows, RESULT)
    if os.environ.get("KEEP"):
        report.keep(report.section(rows, name))
    print(printed(rows))
    if SCALES[name].looks < 1_000_000:
        print(
            f"SCALE={name}: {SCALES[name].looks:,} rows were verified; the bar of a million is taken in proportion."
        )
    return 0 if all(row.ok for row in rows) else 1


def _measured(live: Any, scale: Scale) -> Iterator[Row]:
    import psycopg2

    from bench import figures, limits, lists, lookup, pages

    with closing(psycopg2.connect(live.environment["DATABASE_OWNER_URL"])) as owner:
        _say(f"{scale.persons // 10:,} persons")
        fill_persons(owner, scale.persons // 10, scale.surnames)
        before = lookup.mixed_p95(live, owner)
        _say(f"{scale.persons:,} persons, {scale.cases:,} cases")
        fill_persons(owner, scale.persons - scale.persons // 10, scale.surnames)
        fill_cases(owner, scale)
        _say("look-ups")
        found = list(lookup.lookups(live, owner))
        yield from found
        (after,) = (row.value for row in found if row.name == "lookup.mixed.p95")
        yield Row("lookup.growth", after / before, "times of a tenth of the persons", 1.5)
        yield from limits.sql_part(live, owner)
        _say(f"lists of {scale.csv_rows:,} and {scale.xlsx_rows:,} rows")
        yield from lists.lists(
            live, owner, csv_rows=scale.csv_rows, xlsx_rows=scale.xlsx_rows, idle_p95=after
        )
        _say("the queue and single cases")
        yield from pages.pages(live, owner)
        _say("looks")
        yield from figures.looks(live, owner)
        _say(f"{scale.looks:,} rows of the access log")
        look(owner, scale.looks)
        yield from figures.verification(live, scale.looks, bar=VERIFIED_IN * scale.looks / 1_000_000)
        _say("cases registered")
        yield from pages.registering(live, owner)


def _say(text: str) -> None:
    print(
        f"{time.strftime('%H:%M:%S', time.gmtime())}  {text}", flush=True
    )  # UTC: Django changes the local zone


if __name__ == "__main__":
    sys.exit(main())
