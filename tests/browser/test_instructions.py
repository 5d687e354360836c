"""An instruction from the keyboard of the senior manager to the acceptance of the report (A8)."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page, expect

TEXT = "Перевірити, чи всі гарантійні листи за вчора підписано."
PDF = {
    "name": "акт.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n",
}


def person(browser: Browser, arguments: dict[str, Any], username: str) -> Page:
    page = browser.new_context(**arguments).new_page()
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill("fregat-demo")
    page.locator("input[name=password]").press("Enter")
    expect(page.get_by_role("main")).to_be_visible()
    return page


def test_an_instruction_is_given_reported_and_accepted(
    browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    senior = person(browser, browser_context_args, "senior")
    operator = person(browser, browser_context_args, "operator")
    senior.goto("/tasks/")
    senior.keyboard.press("n")
    expect(senior.locator("#id_text")).to_be_focused()
    senior.keyboard.insert_text(TEXT)
    senior.locator("#id_to").select_option("operator")
    senior.locator("#id_due_at").fill("завтра 9:00")
    senior.keyboard.press("Control+Enter")
    expect(senior.locator("#instructions")).to_contain_text(TEXT)

    operator.goto("/")
    operator.locator("#desk .row-link", has_text=TEXT).click()
    operator.locator("#id_text").fill("Підписано всі дванадцять.")
    operator.locator("#id_proof").set_input_files(PDF)
    operator.locator("#id_text").press("Control+Enter")
    expect(operator.locator("#task")).to_contain_text("чекає на прийняття")

    senior.goto("/board/")
    senior.locator("#board .row-link", has_text=TEXT[:40]).click()
    expect(senior.locator("#task")).to_contain_text("акт.pdf")
    senior.keyboard.press("r")
    expect(senior.locator("dialog[open] textarea")).to_be_visible()
    senior.keyboard.press("Escape")
    senior.keyboard.press("a")
    expect(senior.locator("#task")).to_contain_text("Звіт прийнято")
    expect(operator.locator("#task")).to_contain_text("Звіт прийнято", timeout=20_000)  # by the live stream
    senior.context.close()
    operator.context.close()
