"""A whole exchange in the browser: asked from the own calendar, answered, agreed on the board, in the roster (B3)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browser.test_instructions import person
from tests.browser.test_whole_day import SOON


def test_an_exchange_from_the_calendar_to_the_roster(
    browser: Browser, browser_context_args: dict[str, Any], two_shifts: dict[str, datetime]
) -> None:
    from fregat.lib import clock

    mine, theirs = (f"{clock.local(two_shifts[name]):%d.%m.%Y}" for name in ("operator", "operator2"))
    operator = person(browser, browser_context_args, "operator")
    senior = person(browser, browser_context_args, "senior")
    senior.goto("/board/")
    waits = senior.locator("section", has=senior.locator("#board-asked")).get_by_text("віддає зміну колезі")
    before = waits.count()
    expect(senior.locator("#live-state")).to_have_attribute("data-state", "open", timeout=SOON)

    ask_for_exchange(operator, mine, theirs)
    state = operator.locator("#exchange .card-header .mark").first
    expect(state).to_have_text("чекає на відповідь колеги")

    colleague = person(browser, browser_context_args, "operator2")
    colleague.goto("/exchanges/?state=asked")
    colleague.locator("section", has=colleague.locator("#exchanges-answer")).get_by_role(
        "link", name=mine
    ).click()
    expect(colleague.locator("#answer-yes")).to_be_visible(timeout=SOON)
    colleague.keyboard.press("g")
    expect(state).to_have_text("до погодження", timeout=SOON)  # by the live stream

    expect(waits).to_have_count(before + 1, timeout=SOON)
    waits.last.click()
    expect(senior.locator("#decide-yes")).to_be_visible(timeout=SOON)
    senior.keyboard.press("g")
    expect(senior.locator("#exchange .card-header .mark").first).to_have_text("погоджено", timeout=SOON)

    expect(state).to_have_text("погоджено", timeout=SOON)
    for page, has, lost in ((operator, theirs, mine), (colleague, mine, theirs)):
        page.goto("/roster/mine/")
        coming = page.locator("section", has=page.locator("#coming-title"))
        expect(coming).to_contain_text(has)
        expect(coming).not_to_contain_text(lost)
        page.context.close()
    senior.context.close()


def ask_for_exchange(page: Page, mine: str, theirs: str) -> None:
    """From the own calendar: the shift, the colleague, which of their shifts for it."""
    page.goto("/roster/mine/")
    page.get_by_role("link", name=f"Віддати чи обміняти: {mine}").click()
    page.locator("#ask-exchange tbody a[href$='colleague=operator2']").click()
    expect(page.locator("#wanted-0")).to_be_focused(timeout=SOON)
    page.get_by_label(theirs).check()
    page.locator("#id_words").fill("Весілля сестри.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#exchange")).to_be_visible(timeout=SOON)
