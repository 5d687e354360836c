"""`catalogue`: new sentences of the code into the catalogues, and what has no translation yet."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fregat import translations


class Command(BaseCommand):
    """Updates and compiles the catalogues; `--check` only says what is missing."""

    help = "Puts new sentences into the catalogues (--check only says what has no translation)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail when something is missing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        lacking = 0
        for language in translations.LANGUAGES:
            if not options["check"]:
                added, dropped = translations.update(language)
                self.stdout.write(f"{language}: {added} new, {dropped} dropped")
            for (context, sentence), places in translations.missing(language).items():
                lacking += 1
                where = f" [{context}]" if context else ""
                self.stdout.write(f"{language}: not translated{where}: {sentence!r} ({places[0]})")
        translations.compile_stale()
        if options["check"] and lacking:
            raise CommandError(f"{lacking} sentences have no translation. See `make messages`.")
