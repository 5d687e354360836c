"""A person signs in and is at work."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def test_an_operator_signs_in_and_sees_the_desk(page: Page) -> None:
    page.goto("/")
    page.locator("input[name=login]").fill("operator")
    page.locator("input[name=password]").fill("fregat-demo")
    page.locator("input[name=password]").press("Enter")
    expect(page).not_to_have_url("/accounts/login/")
    expect(page.get_by_role("main")).to_be_visible()
