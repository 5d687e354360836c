"""A month planned by keys alone, published, changed, and confirmed by the employee (B3)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.test_instructions import person
from tests.browser.test_whole_day import SOON

WHO = "operator2"


def far_month() -> date:
    """So far ahead that nothing of the demonstration lies there: a Monday is wanted."""
    day = (date.today() + timedelta(days=150)).replace(day=5)
    return day + timedelta(days=-day.weekday() % 7)


def cell(page: Page, day: date) -> Locator:
    return page.locator(f'td[data-who="{WHO}"][data-day="{day}"]')


def test_a_month_is_planned_by_keys_published_changed_and_confirmed(
    browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    monday = far_month()
    tuesday, address = monday + timedelta(days=1), f"/roster/?month={monday:%Y-%m}&person={WHO}"
    senior = person(browser, browser_context_args, "senior")
    senior.goto(address)
    planned_by_keys(senior, monday, tuesday)
    senior.locator("#publish").click()
    expect(senior.locator("#roster")).to_contain_text("Опубліковано 2 зміни", timeout=SOON)
    expect(senior.locator("#roster .month .is-draft")).to_have_count(0)
    senior.evaluate("document.getElementById('roster').dataset.before = 'it is drawn anew'")
    senior.evaluate("document.body.dispatchEvent(new CustomEvent('live:shift'))")  # all are told, we too
    expect(senior.locator("#roster[data-before]")).to_have_count(0, timeout=SOON)
    expect(senior.locator("#roster-said")).to_contain_text("Опубліковано 2 зміни")

    operator = person(browser, browser_context_args, WHO)
    operator.goto(f"/roster/?month={monday:%Y-%m}")
    expect(operator.locator("#roster .month .mark")).to_have_count(2)
    expect(operator.locator("#confirm-changes")).to_have_count(0)

    senior.locator(f'td[data-day="{monday}"]').focus()
    senior.keyboard.press("Enter")
    expect(senior.locator("#shift-form [name=starts]")).to_be_focused(timeout=SOON)
    senior.locator("#shift-form [name=ends]").fill("18:00")
    senior.locator("#shift-form [name=reason]").fill("Менше дзвінків.")
    senior.keyboard.press("Control+Enter")
    expect(senior.locator("#roster-state")).to_contain_text("1 виправлення не підтверджено", timeout=SOON)

    expect(operator.locator("#confirm-changes")).to_be_visible(timeout=SOON)  # by the live stream
    expect(operator.locator("#roster")).to_contain_text("Менше дзвінків.")
    operator.locator("#confirm-changes").click()
    expect(operator.locator("#confirm-changes")).to_have_count(0, timeout=SOON)
    expect(senior.locator("#roster-state")).not_to_contain_text("не підтверджено", timeout=SOON)
    senior.context.close()
    operator.context.close()


def planned_by_keys(page: Page, monday: date, tuesday: date) -> None:
    """A day, a day too near to it, a night instead, nothing, and the night again."""
    first, second = cell(page, monday), cell(page, tuesday)
    first.focus()
    page.keyboard.press("d")
    expect(first.locator(".is-draft")).to_have_count(1, timeout=SOON)
    expect(first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(second).to_be_focused()
    page.keyboard.press("d")
    expect(second.locator(".is-faulty")).to_have_count(1, timeout=SOON)
    expect(page.locator("#cell-words")).to_contain_text("КЗпП, ст. 59", timeout=SOON)
    page.keyboard.press("n")
    expect(second.locator(".tone-info")).to_have_count(1, timeout=SOON)
    expect(second.locator(".is-faulty")).to_have_count(0)
    expect(second).to_be_focused()
    page.keyboard.press("x")
    expect(second.locator(".mark")).to_have_count(0, timeout=SOON)
    expect(second).to_be_focused()
    page.keyboard.press("Control+z")
    expect(second.locator(".tone-info")).to_have_count(1, timeout=SOON)
    expect(page.locator("#roster-state")).to_contain_text("2 чернетки", timeout=SOON)


def test_a_key_is_answered_in_its_cell_whatever_news_come_meanwhile(
    browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    """News while the key is under way wait for its answer; the cell keeps the keyboard through them."""
    day = far_month() + timedelta(days=9)
    page = person(browser, browser_context_args, "senior")
    page.add_init_script("delete window.SharedWorker")
    page.route("**/live/**", lambda route: route.abort())  # news come when the test says so
    page.goto(f"/roster/?month={day:%Y-%m}&person={WHO}")
    expect(page.locator("#live-state")).to_have_attribute("data-state", "polling", timeout=SOON)
    fetched: list[str] = []
    page.on("request", lambda one: fetched.append(one.url) if "/roster/?" in one.url else None)
    held: list[Route] = []
    page.route("**/roster/cell/", lambda route: held.append(route))
    cell(page, day).focus()
    with page.expect_request("**/roster/cell/"):
        page.keyboard.press("d")
    page.evaluate("document.body.dispatchEvent(new CustomEvent('live:shift'))")
    page.wait_for_timeout(300)
    assert fetched == []
    with page.expect_response(
        lambda answer: "/roster/?" in answer.url
    ):  # the news are fetched after the answer
        held[0].continue_()
    page.unroute("**/roster/cell/")
    expect(cell(page, day).locator(".is-draft")).to_have_count(1, timeout=SOON)
    expect(cell(page, day)).to_be_focused()
    page.keyboard.press("x")
    expect(cell(page, day).locator(".mark")).to_have_count(0, timeout=SOON)
    page.context.close()
