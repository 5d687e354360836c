"""What is true of the whole house: addresses of registries, top level, migrations, catalogues."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from fregat import translations

ROOT = Path(__file__).resolve().parents[2]
# Written so that this file does not name them either.
REGISTRY = re.compile(r"python[h]osted|registry\.(n[p]mjs|y[a]rnpkg)|//py[p]i\.", re.IGNORECASE)
TOP = {
    ".ci", ".dockerignore", ".env.example", ".gitignore", ".npmrc", "CHANGELOG.md", "Dockerfile", "LICENSE",
    "Makefile", "README.md", "SECURITY.md", "bench", "cases", "docker-compose.yml", "docs", "fregat", "locale",
    "manage.py", "package-lock.json", "package.json", "pyproject.toml", "requirements.lock",
    "requirements.production.lock", "shifts", "staff", "static", "templates", "tests", "vite.config.js",
}  # fmt: skip


def _tracked() -> list[Path]:
    """Files of the repository; without git the test has nothing to look at."""
    git = shutil.which("git")
    if not git or not (ROOT / ".git").exists():
        pytest.skip("no git here")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_no_tracked_file_names_a_package_registry() -> None:
    found = []
    for path in _tracked():
        if path.is_file():
            text = path.read_bytes().decode("utf-8", errors="replace")
            found += [str(path.relative_to(ROOT))] if REGISTRY.search(text) else []
    assert not found


def test_nothing_is_added_to_the_top_level() -> None:
    tops = {path.relative_to(ROOT).parts[0] for path in _tracked()}
    assert tops <= TOP


def test_no_secret_and_no_made_thing_is_tracked() -> None:
    barred = {".mo", ".pyc", ".pem", ".key", ".sqlite3"}
    found = [str(p.relative_to(ROOT)) for p in _tracked() if p.suffix in barred or p.name == ".env"]
    assert not found


def test_a_fresh_clone_is_tested_in_ukrainian() -> None:
    assert translations.compile_stale() == [], "tests/embedded_plugin.py compiles the catalogues"


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_every_sentence_is_translated(language: str) -> None:
    lacking = [
        f"{sentence!r} in {places[0]}" for (_c, sentence), places in translations.missing(language).items()
    ]
    assert not lacking, "\n".join(lacking)


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_translations_keep_the_placeholders(language: str) -> None:
    from babel.messages.pofile import read_po

    with translations.catalogue_of(language).open("rb") as source:
        catalogue = read_po(source, locale=language)
    name = re.compile(r"%\((\w+)\)s")
    wrong = []
    for message in catalogue:
        if message.fuzzy:  # a guess, which the other test names
            continue
        said = message.id if isinstance(message.id, str) else message.id[-1]
        forms = message.string if isinstance(message.string, tuple | list) else [message.string]
        # A counted sentence may leave the number out of its form for one.
        wrong += [said for form in forms if form and not set(name.findall(form)) <= set(name.findall(said))]
        if isinstance(message.id, str) and message.string:
            wrong += [said] if set(name.findall(said)) - set(name.findall(str(message.string))) else []
    assert not wrong


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    said = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(f"missing migrations:\n{said.getvalue()}")


def test_the_inner_order_of_every_room_is_checked() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    listed = next(row["containers"] for row in contracts if row["id"] == "room")
    rooms = [name for name in settings.INSTALLED_APPS if name.startswith(("staff.", "shifts.", "cases."))]
    assert sorted(listed) == sorted(rooms), "containers of the contract «Inside a room», in pyproject.toml"
