"""`manage.py verify_access_log`: is the access log what was sealed, and the chain what was anchored?"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.privacy.actions.verification import anchors_of_setting
from cases.privacy.labels import fault_sentence
from cases.privacy.rules.anchors import Head, heads_in
from cases.privacy.rules.faults import Faults
from cases.privacy.selectors import chain
from cases.privacy.selectors import verification as checks
from fregat.lib import clock


class Command(BaseCommand):
    """Finds edit, deletion, insertion, a cut tail, an emptied log, a restored old copy. Exit 1 when there is any."""

    help = "Verifies the access log: every hash anew, the end of the chain, the outside anchors."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--anchor FILE`."""
        parser.add_argument(
            "--anchor",
            metavar="FILE",
            type=Path,
            help="a file with anchors: the lines taken to a file, a saved letter, what an address received."
            " Without it the file of ACCESS_LOG_ANCHOR is read, when that names one.",
        )

    def handle(self, *args: Any, anchor: Path | None = None, **options: Any) -> None:
        """Prints a sentence for each finding."""
        began = time.monotonic()
        heads = anchors_of_setting() if anchor is None else _read(anchor)
        faults = Faults()
        portion = checks.check_seals(faults)
        checks.check_ends(faults, now=clock.now())
        anchors = checks.check_anchors(faults, heads)
        for code, values in faults.kept():
            self.stdout.write(fault_sentence(code, values))
        head = chain.latest_seal()
        if head is not None:
            at = clock.local(head.sealed_at)
            self.stdout.write(
                f"{portion.rows} rows, {portion.seals} seals, {anchors} anchors,"
                f" {time.monotonic() - began:.1f} s; the last seal {head.number} of {at:%d.%m.%Y %H:%M:%S}: {head.hash}"
            )
        if not anchors:
            self.stdout.write(
                "No anchor was given: a log written anew from its beginning would not be noticed."
            )
        if faults.listed:
            raise SystemExit(1)
        self.stdout.write("The access log is whole.")


def _read(file: Path) -> list[Head]:
    try:
        heads = heads_in(file.read_text(encoding="utf-8", errors="replace"))
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
    if not heads:
        raise CommandError(f"{file} holds no anchor of the access log.")
    return heads
