"""`manage.py open_account`: a first or a new password for somebody who was appointed."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from staff.employees import actions
from staff.employees.management.console import ask_password, refusals_in_words
from staff.employees.models import Employee


class Command(BaseCommand):
    """What the administrator does; also when the administrator is who has lost the password."""

    help = "Gives an appointed employee a password; ends all their sign-ins and tokens."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`open_account olena`."""
        parser.add_argument("username", help="the sign-in name in the order of appointment")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        """Asks for the password, never takes it from the command line."""
        employee = Employee.objects.filter(username=username).first()
        if employee is None:
            raise CommandError(f"Nobody was appointed under the sign-in name {username}.")
        with refusals_in_words():
            actions.open_account(by=None, employee=employee, password=ask_password())
        self.stdout.write(f"{employee.full_name} may sign in as {employee.username}.")
