"""What fragments ask by themselves comes to an end, asks for nothing but themselves, and leaves no part behind."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def without_a_stream(page: Page, username: str, address: str) -> None:
    """Sign in; news come when the test says so."""
    page.add_init_script("delete window.SharedWorker")
    page.route("**/live/**", lambda route: route.abort())
    page.goto(f"/accounts/login/?next={address}")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill("fregat-demo")
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("#live-state")).to_have_attribute("data-state", "polling", timeout=30_000)


def test_two_filters_changed_at_once_are_two_requests(page: Page) -> None:
    without_a_stream(page, "operator", "/exchanges/")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/exchanges/?" in one.url else None)
    with page.expect_response("**/exchanges/?**", timeout=5_000):
        page.evaluate(
            """() => {
              const form = document.querySelector('form.filters')
              for (const _turn of [1, 2]) form.dispatchEvent(new Event('change', { bubbles: true }))
            }"""
        )
    page.wait_for_timeout(700)
    assert len(asked) == 2
