"""The reading page of the API works under the strict CSP."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def test_the_page_of_the_api_shows_its_calls_without_a_violation(page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto("/accounts/login/?next=/api/docs/")
    page.locator("input[name=login]").fill("operator")
    page.locator("input[name=password]").fill("fregat-demo")
    page.locator("input[name=password]").press("Enter")
    expect(page.get_by_text("/api/v1/cases/", exact=True).first).to_be_visible(timeout=20_000)
    assert said == []
