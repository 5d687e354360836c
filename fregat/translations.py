"""Compiles the catalogues by Babel: no gettext on the machine is needed, no .mo is committed."""

from __future__ import annotations

from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent


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
