"""The catalogues by Babel: no gettext on the machine is needed, no .mo is committed.

Reads the sentences out of the code and the templates (`extract`), says which have no translation
(`missing`), puts new ones into the catalogue (`update`) and compiles (`compile_stale`).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BASE_DIR = Path(__file__).resolve().parent.parent
ROOTS = ("fregat", "staff", "shifts", "cases", "templates")
# The code is written in English; every other language of the house has a catalogue.
LANGUAGES = ("uk",)

_KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_PYTHON_FORMAT = re.compile(r"%(\(\w+\))?[#0\- +]*\d*(\.\d+)?[sdfrx%]")

Message = tuple[str | None, str | tuple[str, str]]
"""Context or None, and the sentence, or its singular and plural."""


def catalogue_of(language: str) -> Path:
    """The .po of a language."""
    return BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"


def extract() -> dict[Message, list[str]]:
    """Every sentence of the code and the templates → the files that say it."""
    found: dict[Message, list[str]] = {}
    for path in _sources():
        for message in _sentences(path):
            found.setdefault(message, []).append(str(path.relative_to(BASE_DIR)))
    return found


def missing(language: str) -> dict[Message, list[str]]:
    """Sentences that have no translation, or only a guessed («fuzzy») one → where they stand."""
    from babel.messages.pofile import read_po

    with catalogue_of(language).open("rb") as source:
        catalogue = read_po(source, locale=language)
    return {message: places for message, places in extract().items() if not _translated(catalogue, message)}


def update(language: str) -> tuple[int, int]:
    """Put new sentences into the catalogue, drop those nobody says any more; return both numbers."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po, write_po

    path = catalogue_of(language)
    with path.open("rb") as source:
        catalogue = read_po(source, locale=language)
    before = {message.id for message in catalogue if message.id}
    template = Catalog()
    for context, sentence in extract():
        template.add(sentence, context=context, flags=_flags(sentence))
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    after = {message.id for message in catalogue if message.id}
    written = io.BytesIO()
    write_po(written, catalogue, width=0, no_location=True, omit_header=False, ignore_obsolete=True)
    path.write_bytes(written.getvalue())
    return len(after - before), len(before - after)


def compile_stale(root: Path = BASE_DIR / "locale") -> list[Path]:
    """Write the .mo of every .po that is newer than its .mo; return the written files."""
    stale = [po for po in root.glob("*/LC_MESSAGES/*.po") if _older(po.with_suffix(".mo"), po)]
    if not stale:
        return []
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for po in stale:
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parent.parent.name)
        part = po.with_suffix(".mo.part")
        with part.open("wb") as target:
            write_mo(target, catalogue)
        part.rename(po.with_suffix(".mo"))
    return [po.with_suffix(".mo") for po in stale]


def _older(made: Path, source: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def _sources() -> Iterator[Path]:
    for root in ROOTS:
        for path in sorted((BASE_DIR / root).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                yield path


def _sentences(path: Path) -> Iterator[Message]:
    from babel.messages.extract import extract as read

    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = _as_python(text, str(path))
    for _line, sentence, _comments, context in read(
        "python", io.BytesIO(text.encode()), _KEYWORDS, options={"encoding": "utf-8"}
    ):
        if sentence:
            pair = (str(sentence[0]), str(sentence[1])) if isinstance(sentence, tuple) else str(sentence)
            yield context, pair


def _as_python(text: str, name: str) -> str:
    """A template's sentences as calls that a Python reader understands (Django's own way)."""
    from django.utils.translation.template import templatize

    lines = (line.strip() for line in templatize(text, origin=name).splitlines())
    return "\n".join(lines) + "\n"


def _translated(catalogue: Any, message: Message) -> bool:
    context, sentence = message
    entry = catalogue.get(sentence[0] if isinstance(sentence, tuple) else sentence, context)
    if entry is None or entry.fuzzy:
        return False
    if isinstance(sentence, tuple):
        forms = entry.string if isinstance(entry.string, tuple | list) else ()
        return len(forms) == catalogue.num_plurals and all(forms)
    return bool(entry.string)


def _flags(sentence: str | tuple[str, str]) -> set[str]:
    text = " ".join(sentence) if isinstance(sentence, tuple) else sentence
    return {"python-format"} if _PYTHON_FORMAT.search(text) else set()
