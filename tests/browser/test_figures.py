"""The head reads the figures by the keyboard: the month, a chart, what a day is made of, a target."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, expect

from tests.browser.test_instructions import person

DRAWN = """canvas => {
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
  return pixels.some((value) => value)
}"""


def test_a_figure_opens_what_it_is_made_of(browser: Browser, browser_context_args: dict[str, Any]) -> None:
    head = person(browser, browser_context_args, "head")
    head.goto("/figures/")
    row = head.locator("tr", has_text="Виконано обіцянок")
    assert row.locator("canvas").evaluate(DRAWN)
    row.locator("a.row-link").focus()
    head.keyboard.press("Enter")
    expect(head.locator("h1")).to_have_text("Виконано обіцянок")
    expect(head.locator("canvas[data-chart]")).to_be_visible()
    assert head.locator("canvas[data-chart]").evaluate(DRAWN)

    head.locator("#by-day a.row-link").first.focus()
    head.keyboard.press("Enter")
    made_of = head.locator("#made-of tbody tr")
    expect(made_of.first).to_be_visible()
    total = head.locator("#by-day tr[aria-current] td.num").nth(1).inner_text()
    assert made_of.count() == int(total), "the number is what it is made of"
    made_of.first.locator("a.row-link").click()
    head.wait_for_url("**/cases/26-*/")

    head.goto("/figures/promises/")
    head.keyboard.press("t")
    expect(head.locator("#set-target #id_value")).to_be_focused()
    head.locator("#id_value").fill("96")
    head.keyboard.press("Enter")
    expect(head.locator("#messages")).to_contain_text("ціль – 96")
    head.context.close()
