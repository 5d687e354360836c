"""`manage.py rights_table`: docs/rights.md drawn from the rooms' tables; `--check` compares instead."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from fregat.lib import rights
from fregat.lib.rights import PUBLIC, SIGNED_IN, Department, Role, RouteTable, Scope

FILE = "docs/rights.md"
SHORT = {
    Role.OPERATOR: "OP",
    Role.SENIOR: "SM",
    Role.HEAD: "HEAD",
    Role.DIRECTOR: "DIR",
    Role.DOCTOR: "DOC",
    Role.CLIENT: "CM",
    Role.DEPARTMENT: "DEP",
    Role.ADMIN: "ADM",
}
LETTERS = {
    Scope.OWN: "o",
    Scope.TEAM: "t",
    Scope.ROUTED: "r",
    Scope.PROJECT: "p",
    Scope.CENTRE: "c",
}
INTRODUCTION = """# Who may what

Made by `manage.py rights_table` from the `rights.py` of every room; `make check` compares. The matrix that it
fills in is the design's; `tests/meta/test_rights.py` asks every address of it through a real client.

OP operator · SM senior manager · HEAD head of the contact centre · DIR director · DOC doctor-consultant ·
CM client manager · DEP employee of another department (**data:** of personal data protection alone, **quality:** of
quality control alone) · ADM system administrator.

Scopes: **o** own · **t** own team, and the teams one substitutes · **r** routed to me, or of the shift that I lead ·
**p** the projects that I work on (operators and doctors: on shift only) · **c** the whole centre · – no right.
Outside the scope the object does not exist (404, the same answer as for a missing one); inside it a wrong action is 403
with the reason. A route that no row names is closed to everybody. A route that names an object says of which kind: who
may not see it learns 404 whatever the role may do (ADR 0008).
"""


def rooms() -> Iterator[tuple[str, ModuleType]]:
    """Every room that has tables, with its `rights.py`, in the order of the house."""
    for config in apps.get_app_configs():
        inside = Path(config.path).is_relative_to(settings.BASE_DIR) and ".venv" not in config.path
        name = f"{config.name}.rights"
        if inside and find_spec(name):
            module = import_module(name)
            if hasattr(module, "ROUTES"):
                yield config.name, module


def table() -> str:
    """The whole document; routes that stand in no room's table are the shell's."""
    parts = [INTRODUCTION]
    shell = dict(rights.routes())
    for name, module in rooms():
        for route in module.ROUTES:
            shell.pop(route, None)
        if module.RIGHTS or module.ROUTES:
            parts += [
                f"## {name.replace('.', '/')}",
                *_notes(module),
                *_actions(module),
                *_routes(module.ROUTES),
            ]
    parts += ["## fregat", *_routes(shell)]
    return "\n".join(parts).rstrip() + "\n"


def _notes(module: ModuleType) -> list[str]:
    """What the room's docstring says beyond its first line."""
    rest = (module.__doc__ or "").strip().partition("\n")[2].strip()
    return ["", rest] if rest else []


def _actions(module: ModuleType) -> list[str]:
    if not module.RIGHTS:
        return []
    head = ["", f"| action | {' | '.join(SHORT.values())} |", "|---" * (len(SHORT) + 1) + "|"]
    return head + [
        f"| `{action}` | {' | '.join(_cell(row, role) for role in SHORT)} |"
        for action, row in module.RIGHTS.items()
    ]


def _cell(row: Mapping[Any, frozenset[Scope]], role: Role) -> str:
    """What a role has; in the column of the departments, also what one of them has besides."""
    said = [_letters(row[role])] if row.get(role) else []
    if role == Role.DEPARTMENT:
        said += [
            f"{department}: {_letters(row[department])}" for department in Department if row.get(department)
        ]
    return "; ".join(said) or "–"


def _letters(scopes: frozenset[Scope]) -> str:
    return ", ".join(letter for scope, letter in LETTERS.items() if scope in scopes)


def _routes(routes: RouteTable) -> list[str]:
    if not routes:
        return [""]
    rows = [
        f"| `{route}` | {_asked(row)} | {rights.object_of(route)} |" for route, row in sorted(routes.items())
    ]
    return ["", "| route | asks | names |", "|---|---|---|", *rows, ""]


def _asked(row: Any) -> str:
    words = {PUBLIC: "open to everybody", SIGNED_IN: "whoever is signed in"}
    if isinstance(row, str):
        return words.get(row, f"`{row}`")
    return ", ".join(f"{method} {words.get(action, f'`{action}`')}" for method, action in row.items())


class Command(BaseCommand):
    """Write docs/rights.md, or compare it."""

    help = "Write docs/rights.md from the rooms' tables."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail when the file is not up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        file = Path(settings.BASE_DIR) / FILE
        text = table()
        if not options["check"]:
            file.write_text(text)
        elif not file.exists() or file.read_text() != text:
            raise CommandError(f"{FILE} is not up to date: run `manage.py rights_table`.")
