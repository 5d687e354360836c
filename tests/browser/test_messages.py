"""Two people write to each other in two browsers: a message arrives live, and its marks change (D5)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from playwright.sync_api import APIResponse, Browser, Route, expect

from tests.browser.test_instructions import person


def test_a_message_arrives_live_and_its_marks_change(
    browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    words = f"Пацієнтка чекає на дзвінок {uuid4().hex[:6]}."
    doctor = person(browser, browser_context_args, "doctor")
    night = person(browser, browser_context_args, "night")
    for page in (doctor, night):
        page.goto("/messages/")
        expect(page.locator("#live-state")).to_have_attribute("data-state", "open")
    doctor.keyboard.press("n")
    to = doctor.get_by_role("combobox", name="Кому")
    expect(to).to_be_focused()
    to.press_sequentially("Мельник")
    expect(doctor.get_by_role("option", name="Мельник Софія")).to_be_visible()
    to.press("Enter")
    doctor.locator("#id_text").fill(words)
    doctor.keyboard.press("Control+Enter")
    said = doctor.locator(".said", has_text=words)
    expect(said).to_be_visible()

    # Her list is open: the message has come by itself, counted in the bar, and that is its delivery.
    expect(night.locator("#conversations")).to_contain_text(words)
    expect(night.locator("#inbox .count")).to_have_text("1")
    expect(said.locator(".said-mark")).to_have_text("доставлено")

    night.keyboard.press("j")
    expect(night.locator("#conversations .row-link").first).to_be_focused()
    night.keyboard.press("Enter")
    expect(night.locator(".said", has_text=words)).to_be_visible()
    expect(said.locator(".said-mark")).to_have_text("прочитано")
    expect(night.locator("#inbox .count")).to_have_count(0)

    # She answers; he is typing already, and loses nothing of it.
    doctor.locator("#id_text").fill("Телефоную")
    answer = f"Дякую {words}"
    night.locator("#id_text").fill(answer)
    night.locator("#id_text").press("Control+Enter")
    expect(night.locator("#id_text")).to_have_value("")
    expect(night.locator("#id_text")).to_be_focused()
    expect(doctor.locator(".said", has_text=answer)).to_be_visible()
    expect(night.locator(".said", has_text=answer).locator(".said-mark")).to_have_text("прочитано")
    expect(doctor.locator("#id_text")).to_have_value("Телефоную")

    # News that come while a message is on its way are fetched after its answer, which is older than they are.
    fetched: list[str] = []
    night.on("request", lambda one: fetched.append(one.url) if "?since=" in one.url else None)
    held: list[Route] = []
    night.route("**/send/", lambda route: held.append(route))
    night.locator("#id_text").fill("Бачу.")
    with night.expect_request("**/send/"):
        night.locator("#id_text").press("Control+Enter")
    night.evaluate("document.body.dispatchEvent(new CustomEvent('live:poll'))")
    night.wait_for_timeout(300)
    assert fetched == []
    with night.expect_response(lambda answer: "?since=" in answer.url):
        held[0].continue_()
    expect(night.locator(".said", has_text="Бачу.")).to_be_visible()
    doctor.context.close()
    night.context.close()


def test_news_that_come_while_older_ones_are_fetched_are_fetched_too(
    browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    words = f"Номер палати уточнюю {uuid4().hex[:6]}."
    doctor = person(browser, browser_context_args, "doctor")
    night = person(browser, browser_context_args, "night")
    doctor.goto("/messages/new/")
    doctor.get_by_role("combobox", name="Кому").press_sequentially("Мельник")
    expect(doctor.get_by_role("option", name="Мельник Софія")).to_be_visible()
    doctor.keyboard.press("Enter")
    doctor.locator("#id_text").fill(words)
    doctor.keyboard.press("Control+Enter")
    said = doctor.locator(".said", has_text=words)
    expect(said).to_be_visible()
    expect(doctor.locator("#live-state")).to_have_attribute("data-state", "open")

    # The answer was computed before she read, and comes afterwards.
    stale: list[tuple[Route, APIResponse]] = []
    doctor.route("**?since=*", lambda route: stale.append((route, route.fetch())), times=1)
    while not stale:
        doctor.evaluate("document.body.dispatchEvent(new CustomEvent('live:poll'))")
        doctor.wait_for_timeout(100)
    night.goto(doctor.url)
    expect(night.locator(".said", has_text=words)).to_be_visible()
    doctor.wait_for_timeout(700)  # For the news of it to come.
    route, answer = stale[0]
    route.fulfill(response=answer)
    expect(said.locator(".said-mark")).to_have_text("прочитано")
    doctor.context.close()
    night.context.close()
