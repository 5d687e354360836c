"""The layout: keys, live news, theme, weight. How each page looks: test_pages_look.py."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, CDPSession, Page, Route, expect

from tests.live import LiveServices

FIRST_VISIT_MAX = 350_000
LATER_MAX = 30_000
"""Bytes over the wire."""


def sign_in(page: Page, username: str) -> None:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill("fregat-demo")
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("#shift-clock a")).to_be_visible()


def test_f2_begins_a_call_and_slash_searches_in_the_ukrainian_layout_too(page: Page) -> None:
    sign_in(page, "operator")
    page.keyboard.press("F2")
    expect(page).to_have_url("/calls/new/")
    page.goto("/cases/")
    key = "new KeyboardEvent('keydown', {key: '.', code: 'Slash', bubbles: true, cancelable: true})"
    page.evaluate(f"document.body.dispatchEvent({key})")
    expect(page.locator("#search-field")).to_be_focused()


def test_a_key_pressed_before_the_scripts_have_come_is_not_lost(page: Page) -> None:
    sign_in(page, "operator")
    held: list[Route] = []
    let_go: list[Route] = []
    page.route("**/assets/*.js", lambda route: route.continue_() if let_go else held.append(route))
    page.goto("/cases/", wait_until="commit")
    expect(page.locator("#search-field")).to_be_visible()
    page.keyboard.press("F2")
    let_go.extend(held)
    for route in let_go:
        route.continue_()
    expect(page).to_have_url("/calls/new/")


def test_a_question_mark_lists_the_keys_of_the_page(page: Page) -> None:
    sign_in(page, "operator")
    page.keyboard.press("Shift+Slash")
    shown = page.get_by_role("dialog")
    expect(shown).to_be_visible()
    expect(shown).to_contain_text("F2")
    page.keyboard.press("Escape")
    expect(shown).to_be_hidden()


def test_letters_typed_into_a_field_are_letters(page: Page) -> None:
    sign_in(page, "operator")
    page.goto("/calls/new/")
    page.locator("[name=description]").press_sequentially("/?n")
    expect(page.locator("[name=description]")).to_have_value("/?n")
    expect(page.locator("#shortcuts")).to_be_hidden()


def test_the_search_is_worked_by_arrows_and_enter(page: Page) -> None:
    sign_in(page, "operator")
    surname = page.locator("td[data-label='Застрахована особа']").first.inner_text().split()[0]
    page.keyboard.press("Control+k")
    page.keyboard.type(surname)
    expect(page.locator("#search-results [aria-selected=true]")).to_have_count(1)
    expect(page.locator("#search-field")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#search-field")).to_have_attribute("aria-expanded", "false")


def test_the_theme_changes_in_place_and_stays(page: Page) -> None:
    sign_in(page, "operator")
    page.goto("/calls/new/")
    page.locator("[name=city]").fill("Анталья")
    with page.expect_response("**/preferences/"):
        page.locator("[data-theme-form] button").click()
    expect(page.locator("[name=city]")).to_have_value("Анталья")
    chosen = page.evaluate("document.documentElement.dataset.bsTheme")
    page.goto("/cases/")
    assert page.evaluate("document.documentElement.dataset.bsTheme") == chosen
    with page.expect_response("**/preferences/"):
        page.locator("[data-theme-form] button").click()


def test_news_reach_every_tab_over_one_connection(
    page: Page, context: BrowserContext, live_services: LiveServices
) -> None:
    sign_in(page, "operator")
    tabs = [page, *(context.new_page() for _ in range(7))]
    for tab in tabs:
        tab.goto("/cases/")
        expect(tab.locator("#live-state")).to_have_attribute("data-state", "open")
        tab.evaluate(
            "document.body.addEventListener('live:case-26-000001',"
            " () => document.body.dataset.heard = 1 + Number(document.body.dataset.heard ?? 0))"
        )
    live_services.manage(
        "shell",
        "-v0",
        "-c",
        "from fregat.lib import live; from staff.employees.models import Employee;"
        "live.publish(f\"employee:{Employee.objects.get(username='operator').pk}\", 'case', '26-000001')",
    )
    for tab in tabs:
        expect(tab.locator("body")).to_have_attribute("data-heard", "1")


def test_without_the_stream_pages_poll_and_say_so_and_come_back(
    page: Page, live_services: LiveServices
) -> None:
    sign_in(page, "operator")
    expect(page.locator("#live-state")).to_have_attribute("data-state", "open")
    live_services.kill("live")
    try:
        expect(page.locator("#live-state")).to_have_attribute("data-state", "polling")
        page.evaluate("document.body.addEventListener('live:poll', () => document.body.dataset.polled = 1)")
        expect(page.locator("body")).to_have_attribute("data-polled", "1", timeout=20_000)
    finally:
        live_services.restart("live")
    expect(page.locator("#live-state")).to_have_attribute("data-state", "open", timeout=45_000)


def test_a_first_visit_is_light_and_later_ones_lighter(context: BrowserContext) -> None:
    """The bars of the design, on every page of a working day."""
    page = context.new_page()
    wire: CDPSession = context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    sign_in(page, "operator")
    page.wait_for_timeout(2000)
    assert sum(sizes) < FIRST_VISIT_MAX
    case = page.locator("#desk .row-link").first.get_attribute("href") or ""
    heavy = {}
    for path in (
        "/",
        "/cases/",
        "/calls/new/",
        case,
        "/insured/",
        "/shift/",
        "/shift/end/",
        "/roster/",
        "/staff/me/",
    ):
        page.goto(path)
        page.wait_for_timeout(300)
        sizes.clear()
        page.goto(path)
        page.wait_for_timeout(700)
        if sum(sizes) >= LATER_MAX:
            heavy[path] = sum(sizes)
    assert not heavy
