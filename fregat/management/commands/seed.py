"""Demonstration data: written once, its shifts renewed at each start."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation

from cases.figures.actions import keep_quarters
from fregat.demo import (
    absences,
    breaks,
    cases,
    contracts,
    documents,
    exchanges,
    insurance,
    knowledge,
    letters,
    looks,
    messages,
    passing,
    people,
    roster,
    rulebook,
    shifts,
    tasks,
)
from fregat.lib import clock
from fregat.lib.models import Pulse
from staff.employees.models import Employee


class Command(BaseCommand):
    """`manage.py seed`."""

    help = "Loads the demonstration data, or renews its shifts; refused where real people work."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-demo", action="store_true", help="do nothing unless DEMO is true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Idempotent: what is there stays, the promised shifts stand when it ends."""
        if options["if_demo"] and not settings.DEMO:
            return
        if not Employee.objects.filter(is_demo=True).exists() and Employee.objects.exists():
            raise CommandError("Real people work with this database: demonstration data is refused.")
        with translation.override("uk"), transaction.atomic():
            now = clock.now()
            insurance.insure(clock.local(now).date())
            found = people.appoint(now)
            documents.write(found, now)
            knowledge.write(found, now)
            looks.write(found, now)  # first in the log: they are the oldest
            anew = shifts.renew(found, now)
            if not cases.are_there():
                past = shifts.write_past(found, now)
                cases.write(found, past, now)
                breaks.write_past(found, past)
            elif anew:
                cases.bring_back(found, now)
            contracts.write(found, now)
            rulebook.keep_examples(found, now)
            letters.write(now)
            roster.write(found, now)
            tasks.write(found, now)
            messages.write(found, now)
            passing.write(found, now)
            breaks.write(found, now)
            absences.write(found, now)
            exchanges.write(found, now)
            keep_quarters(now=now, back=timedelta(days=31))
        Pulse.objects.update_or_create(name="demo", defaults={"at": clock.now()})
        self.stdout.write("The demonstration data is ready.")
