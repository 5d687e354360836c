"""`manage.py appoint_first`: the first director and the first administrator of a new Fregat."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from staff.employees import actions
from staff.employees.management.console import ask_password, refusals_in_words
from staff.employees.rules import FIRST


class Command(BaseCommand):
    """Refused as soon as somebody holds the position: from then on the director's orders do it."""

    help = "Appoints the first director or administrator; asks for the password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`appoint_first director chief Surname Name [Patronymic]`."""
        parser.add_argument("role", choices=sorted(FIRST))
        parser.add_argument("username", help="the sign-in name")
        parser.add_argument("last_name", metavar="surname")
        parser.add_argument("first_name", metavar="name")
        parser.add_argument("patronymic", nargs="?", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Asks for the password, never takes it from the command line."""
        given = {
            name: options[name] for name in ("role", "username", "last_name", "first_name", "patronymic")
        }
        with refusals_in_words():
            employee = actions.appoint_first(**given, password=ask_password())
        self.stdout.write(f"{employee.full_name} may sign in as {employee.username}.")
