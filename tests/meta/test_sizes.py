"""No file, function or template outgrows what a person reads in one go."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("fregat", "staff", "shifts", "cases", "tests")
FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 400, 50, 200
STORY_LINES = 80  # a test that tells a whole day


def _code() -> Iterator[Path]:
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_is_longer_than_400_lines() -> None:
    long = {str(p.relative_to(ROOT)): _lines(p) for p in _code() if _lines(p) > FILE_LINES}
    assert not long, f"make a folder by noun of: {long}"


def test_no_function_is_longer_than_50_lines() -> None:
    long = {}
    for path in _code():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                limit = STORY_LINES if path.is_relative_to(ROOT / "tests") else FUNCTION_LINES
                if length > limit:
                    long[f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"] = length
    assert not long, f"divide: {long}"


def test_no_template_is_longer_than_200_lines() -> None:
    templates = sorted((ROOT / "templates").rglob("*.html"))
    long = {str(p.relative_to(ROOT)): _lines(p) for p in templates if _lines(p) > TEMPLATE_LINES}
    assert not long, f"divide: {long}"


def test_there_is_no_utils_or_helpers() -> None:
    names = {"utils.py", "helpers.py", "misc.py", "common.py"}
    found = [str(p.relative_to(ROOT)) for p in _code() if p.name in names]
    assert not found, f"name what it does: {found}"


def test_no_template_has_inline_script_style_or_handlers() -> None:
    import re

    barred = re.compile(r"<style\b|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\bsrc=)", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if barred.search(line)
    ]
    assert not found, f"the content security policy refuses these: {found}"
