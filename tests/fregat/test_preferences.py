"""Language and theme: chosen by the person, kept by the browser, drawn by the server."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_page_is_ukrainian_at_first() -> None:
    body = Client(headers={"accept-language": "uk"}).get("/accounts/login/").content.decode()
    assert '<html lang="uk"' in body
    assert "Увійти" in body


def test_a_switch_makes_it_english() -> None:
    browser = Client()
    browser.post("/preferences/", {"language": "en", "next": "/accounts/login/"})
    body = browser.get("/accounts/login/").content.decode()
    assert '<html lang="en"' in body
    assert "Sign in to Fregat" in body


def test_the_dark_theme_is_there_from_the_first_byte() -> None:
    browser = Client()
    browser.post("/preferences/", {"theme": "dark"})
    assert 'data-bs-theme="dark"' in browser.get("/accounts/login/").content.decode()


def test_without_a_choice_the_browser_decides_about_the_theme() -> None:
    assert "data-bs-theme" not in Client().get("/accounts/login/").content.decode()


@pytest.mark.parametrize(("name", "value"), [("theme", "purple"), ("language", "xx"), ("language", "")])
def test_nonsense_changes_nothing(name: str, value: str) -> None:
    browser = Client()
    browser.post("/preferences/", {name: value})
    assert not browser.cookies


def test_the_way_back_leads_to_no_other_house() -> None:
    answer = Client().post("/preferences/", {"theme": "dark", "next": "https://example.org/"})
    assert answer["Location"] == "/"


def test_a_script_is_answered_without_a_page() -> None:
    answer = Client(headers={"x-requested-with": "fetch"}).post("/preferences/", {"theme": "dark"})
    assert answer.status_code == 204


def test_the_choice_needs_the_token_of_the_page() -> None:
    assert Client(enforce_csrf_checks=True).post("/preferences/", {"theme": "dark"}).status_code == 403
