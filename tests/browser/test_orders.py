"""The director's orders in a real browser: effects foreseen while typing, a paper, a draft signed (A3)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.live import LiveServices

pytestmark = pytest.mark.browser


def _signed_in(browser: Browser, live: LiveServices, username: str) -> Page:
    context = browser.new_context(
        base_url=live.base_url,
        locale="uk-UA",
        timezone_id="Europe/Kyiv",
        viewport={"width": 1366, "height": 768},
    )
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill("fregat-demo")
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("main")).to_be_visible()
    return page


def _choose(page: Page, label: str, text: str) -> None:
    # The plain list, which a script replaces, is a combobox too.
    field = page.locator("input").and_(page.get_by_role("combobox", name=label))
    field.fill(text)
    field.press("Tab")


def test_the_director_fills_in_an_order_by_keyboard_and_reads_what_it_will_do(
    browser: Browser, live_services: LiveServices
) -> None:
    page = _signed_in(browser, live_services, "director")
    page.goto("/staff/orders/new/dismissal/")
    foreseen = page.locator("#foreseen")
    _choose(page, "Працівник", "Щербак")
    successor = page.get_by_role("combobox", name="Кому передати команду")
    expect(successor).to_be_visible()
    page.get_by_label("Підстава").fill("Заява від 20.11.2026.")
    _choose(page, "Кому передати команду", "Євтуш")
    expect(foreseen).to_contain_text("Щербак Лідія більше не зможе увійти")
    expect(foreseen).to_contain_text("Євтушенко Марко стає старшим менеджером для: Бойко Ганна")
    page.get_by_label("Набирає чинності").fill("01.12.2031 09:00")
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_contain_text("Наказ №")
    expect(page.locator("main")).to_contain_text("підписано, чекає свого часу")
    with page.expect_download() as paper:
        page.get_by_role("link", name=re.compile("Друк")).click()
    assert paper.value.suggested_filename.startswith("nakaz-")
    page.get_by_role("link", name="Скасувати іншим наказом").click()
    page.get_by_label("Причина").fill("Працівниця лишається.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("Скасовано наказом")
    page.context.close()


def test_a_draft_of_a_senior_manager_reaches_the_directors_open_page_and_is_declined(
    browser: Browser, live_services: LiveServices
) -> None:
    director = _signed_in(browser, live_services, "director")
    director.goto("/staff/orders/")
    expect(director.locator("#live-state")).to_have_attribute("data-state", "open")
    senior = _signed_in(browser, live_services, "senior")
    senior.goto("/staff/orders/new/transfer/")
    _choose(senior, "Працівник", "Зінченко")
    senior.get_by_label("Нова посада").select_option("doctor")
    expect(senior.get_by_role("combobox", name="Старший менеджер")).to_be_visible()
    senior.get_by_role("button", name=re.compile("Подати директорові")).click()
    expect(senior.locator("h1")).to_have_text("Проєкт наказу")
    waiting = director.get_by_role("link", name=re.compile("Про переведення на іншу посаду: Зінченко"))
    expect(waiting).to_be_visible()
    waiting.click()
    expect(director.locator("main")).to_contain_text("оператор → лікар-консультант")
    director.get_by_label("Чому відхилено").fill("Немає диплома лікаря.")
    director.get_by_role("button", name="Відхилити").click()
    expect(senior.locator("#order")).to_contain_text("Немає диплома лікаря.")
    for page in (director, senior):
        page.context.close()
