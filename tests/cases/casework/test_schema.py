"""The description of the API: complete, without warnings, readable under the CSP."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_the_schema_has_no_warning(tmp_path: Any) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))


def test_whoever_is_signed_in_reads_it(api: Any, operator: Any) -> None:
    answer = api(operator).get("/api/schema/?format=json")
    assert answer.status_code == 200
    paths = answer.json()["paths"]
    assert {"/api/v1/cases/", "/api/v1/cases/{number}/transitions/", "/api/v1/escalations/{id}/cancel/"} <= {
        re.sub(r"\{(pk|id)\}", "{id}", path) for path in paths
    }


def test_a_passer_by_does_not(client: Any) -> None:
    from django.test import Client

    assert Client().get("/api/schema/").status_code in {302, 403}
    assert Client().get("/api/docs/").status_code == 302


def test_the_page_holds_nothing_inline(page: Any, operator: Any) -> None:
    browser = page(operator)
    answer = browser.get("/api/docs/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert "unsafe" not in answer["Content-Security-Policy"]
    script = re.findall(r'<script src="([^"]*script[^"]*)"', text)[-1]
    assert "SwaggerUIBundle" in browser.get(script).content.decode()
