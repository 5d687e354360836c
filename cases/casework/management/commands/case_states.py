"""Draw `docs/case-states.md` from the table of transitions, or compare it (`--check`)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.casework.diagram import draw


class Command(BaseCommand):
    """Draw `docs/case-states.md` from the table of transitions."""

    help = "Draw docs/case-states.md from the table of transitions; with --check only compare."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """`--check`."""
        parser.add_argument(
            "--check", action="store_true", help="compare, write nothing, exit 1 when it differs"
        )

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        """Write the file, or say that it is not what the table says."""
        path = settings.BASE_DIR / "docs" / "case-states.md"
        drawn = draw()
        if check:
            if not path.exists() or path.read_text() != drawn:
                raise CommandError(
                    "docs/case-states.md is not what statuses.py says: run manage.py case_states."
                )
            self.stdout.write("docs/case-states.md is up to date")
            return
        path.write_text(drawn)
        self.stdout.write("docs/case-states.md written")
