"""`manage.py import_list`: bring an insurer's list in from a file, by night for example, with or without a worker; and
take one back."""

from __future__ import annotations

import time
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import ngettext

from cases.imports import actions, permissions, selectors
from cases.imports.actions.flow import JOB
from cases.imports.labels import attention_text, failure_text
from cases.imports.models import Batch
from cases.imports.rules import last_day
from cases.imports.statuses import Mode, Status
from cases.insurance.models import Insurer
from cases.privacy.actions import record_look
from fregat.lib import clock, jobs, sheets
from staff.employees.management.console import refusals_in_words
from staff.employees.models import Employee

SHOWN = 100
"""Faults that are told here; all of them stand in the file of `--faults`."""


class Command(BaseCommand):
    """In the name of somebody who may; what is told goes to standard output, faults to `--faults`."""

    help = (
        "Brings an insurer's list of insured persons in: reads and checks it, and writes it with --apply."
        " With --undo takes the last list of an insurer back."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`import_list list.xlsx --insurer aurora --mode full --by client --apply`."""
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--insurer", help="the code of the insurer")
        parser.add_argument("--mode", choices=[mode.value for mode in Mode])
        parser.add_argument("--by", required=True, help="the sign-in name of who brings it in")
        parser.add_argument(
            "--date", type=date.fromisoformat, help="date of the list, 2026-11-29; today by default"
        )
        parser.add_argument(
            "--column", action="append", default=[], type=_column, metavar="HEADING=FIELD",
            help="what stands in a column, where that is asked: 'Діє до=ended_on'; nothing after = leaves it out",
        )  # fmt: skip
        parser.add_argument(
            "--faults",
            type=Path,
            metavar="FILE",
            help="where to write the faulty rows, as a CSV like that of the page",
        )
        parser.add_argument("--apply", action="store_true", help="write it as soon as it is checked")
        parser.add_argument(
            "--undo", type=int, metavar="LIST", help="take this list back, as it was numbered when it came in"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Ends with 1 when the list was not taken or waits for a person."""
        by = Employee.objects.employed().filter(username=options["by"]).first()
        if by is None:
            raise CommandError("There is no such employee.")
        if options["undo"] is not None:
            self._undo(by, options["undo"])
            return
        if not (options["file"] and options["insurer"] and options["mode"]):
            raise CommandError("Give a file with --insurer and --mode, or --undo and the number of a list.")
        insurer = Insurer.objects.filter(code=options["insurer"]).first()
        if insurer is None:
            raise CommandError("There is no such insurer.")
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.")
        faults = options["faults"]
        if faults is not None and not faults.parent.is_dir():
            raise CommandError(f"There is no folder {faults.parent}.")
        with refusals_in_words(), options["file"].open("rb") as file:
            batch = actions.receive(
                by=by, insurer=insurer, mode=options["mode"], upload=File(file, name=options["file"].name),
                list_date=options["date"], at_once=options["apply"], columns=dict(options["column"]),
            )  # fmt: skip
        batch = self._worked(batch)
        if faults is not None:
            _look(batch, by, "download")
            faults.write_bytes(sheets.write_csv(selectors.fault_table(batch)))
        self._tell(batch, by)

    def _undo(self, by: Employee, number: int) -> None:
        with refusals_in_words():
            batch = actions.undo(by=by, batch=selectors.get_list(by, number))
        batch = self._worked(batch)
        self.stdout.write(f"list {batch.pk}: {batch.status}; kept {batch.kept}")

    def _worked(self, batch: Batch) -> Batch:
        """Do the steps that no worker has taken, until there is none."""
        while permissions.is_running(batch):
            if not jobs.work(JOB):
                time.sleep(0.2)
            batch.refresh_from_db()
            self.stdout.write(f"\r{batch.status} {selectors.progress(batch)} % ", ending="")
            self.stdout.flush()
        self.stdout.write("")
        return batch

    def _tell(self, batch: Batch, by: Employee) -> None:
        faults = selectors.faults(batch, limit=SHOWN)
        if faults:
            _look(batch, by, "")
        if batch.left_out:
            names = {"names": "», «".join(batch.left_out)}
            text = ngettext(
                "The sheet «%(names)s» is not read: its columns are others.",
                "The sheets «%(names)s» are not read: their columns are others.",
                len(batch.left_out),
            )
            self.stdout.write(text % names)
        for fault in faults:
            self.stdout.write(f"{fault.source} {fault.row_there or ''} {fault.heading}: {fault.text}".strip())
        counts = ("rows", "added", "changed", "ended", "spared", "same", "rejected")
        self.stdout.write(
            f"list {batch.pk}: {batch.status}; "
            + ", ".join(f"{name} {getattr(batch, name)}" for name in counts)
        )
        if batch.status == Status.FAILED:
            raise CommandError(failure_text(batch.failure, batch.failure_place))
        if batch.attention:
            asked = last_day(batch.mapping, batch.mode) if batch.attention == "last_day" else ""
            advice = f" (--column '{asked}=ended_on', --column '{asked}=valid_to')" if asked else ""
            raise CommandError(attention_text(batch.attention, batch.mapping) + advice)


def _look(batch: Batch, by: Employee, action: str) -> None:
    """Faults hold what stands in the cells: whoever has them told has seen the list."""
    record_look(
        by=by, kind="import", objects=[batch.uuid], part="list", action=action, ground=permissions.ground(by),
        now=clock.now(),
    )  # fmt: skip


def _column(text: str) -> tuple[str, str]:
    heading, sign, field = text.rpartition("=")
    if not sign:
        raise ArgumentTypeError("Write it as HEADING=FIELD.")
    return heading, field.strip()
