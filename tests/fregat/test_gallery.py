"""The gallery of components shows what there is (docs/components.md)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory
from django.test.signals import template_rendered

from fregat.lib.views import components

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "components.md").read_text()
ELSEWHERE = {"data-print", "data-draft-mark", "data-opens-when-filled"}
"""Behaviours that stand on other pages or in the layout alone."""

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(operator: Any) -> tuple[str, set[str]]:
    """The page of the gallery, and the templates that it was drawn from."""
    drawn: set[str] = set()

    def note(template: Any, **_: Any) -> None:
        drawn.add(str(template.name))

    request = RequestFactory().get("/developers/components/")
    request.user, request.session, request.htmx = operator, {}, False
    template_rendered.connect(note)
    try:
        return components(request).content.decode(), drawn
    finally:
        template_rendered.disconnect(note)


def test_every_component_is_shown(shown: tuple[str, set[str]]) -> None:
    there = {f"components/{path.name}" for path in (ROOT / "templates" / "components").glob("*.html")}
    assert not sorted(there - shown[1])


def test_every_class_and_behaviour_of_the_document_is_shown(shown: tuple[str, set[str]]) -> None:
    table = DOCUMENT.split("## Components")[1].split("## On paper")[0]
    first = "\n".join(row.split(" | ")[0] for row in table.splitlines() if row.startswith("| `"))
    classes = {one for found in re.findall(r'class="([^"]+)"', first) for one in found.split()}
    behaviours = set(re.findall(r"data-[a-z-]+", first)) - ELSEWHERE
    page = shown[0]
    used = {one for found in re.findall(r'class="([^"]+)"', page) for one in found.split()}
    assert not sorted(classes - used)
    assert not sorted(one for one in behaviours if one not in page)
    assert len(classes) > 10 and len(behaviours) > 5


def test_the_document_names_every_tag() -> None:
    source = (ROOT / "fregat" / "lib" / "templatetags" / "ui.py").read_text()
    tags = re.findall(r"@register\.(?:simple_tag|inclusion_tag|filter)[^\n]*\ndef (\w+)", source)
    assert len(tags) > 10
    assert not [name for name in tags if not re.search(rf"(\{{% |\|){name}\b", DOCUMENT.replace("\\|", "|"))]
