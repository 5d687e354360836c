"""The client manager brings a list in, names its columns, has it written, finds whom it names, and takes it back."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from playwright.sync_api import Browser, Page, expect

from tests.browser.test_instructions import person
from tests.cases.imports.kit import as_csv, row


def bring_in(page: Page, content: bytes) -> None:
    page.goto("/imports/")
    page.keyboard.press("n")
    page.locator("select[name=insurer]").select_option(index=1)
    page.get_by_role("radio", name="лише нові та змінені").check()
    page.locator("input[type=file]").set_input_files(
        {"name": "листопад.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Прочитати й перевірити").click()


def test_a_chosen_file_stays_chosen_when_something_else_is_missing(
    browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    page = person(browser, browser_context_args, "client")
    page.goto("/imports/new/")
    file, send = page.locator("input[type=file]"), page.get_by_role("button", name="Прочитати й перевірити")
    send.click()
    expect(page.get_by_text("Виберіть файл.")).to_be_visible()
    content = as_csv([row(f"LS-{uuid4().hex[:6].upper()}")])
    file.set_input_files({"name": "грудень.csv", "mimeType": "text/csv", "buffer": content})
    send.click()
    expect(page.get_by_text("Скажіть, який це список.")).to_be_visible()
    expect(page.get_by_text("Виберіть файл.")).to_be_hidden()
    expect(page.locator("select[name=insurer]")).to_be_focused()
    assert file.evaluate("field => field.files[0].name") == "грудень.csv"
    page.locator("select[name=insurer]").select_option(index=1)
    page.get_by_role("radio", name="лише нові та змінені").check()
    send.click()
    expect(page.get_by_role("heading", name="грудень.csv")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Відкласти").click()
    page.get_by_role("dialog").get_by_role("button", name="Відкласти").click()
    expect(page.get_by_text("Список відкладено")).to_be_visible()


def test_a_list_is_brought_in_by_a_person_and_taken_back(
    browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    mark = uuid4().hex[:6].upper()
    rows = [row(f"LS-{mark}-{n}", "Гризодубенко", "Лукія", f"1{n}.04.1977") for n in range(3)]
    content = as_csv(
        [*rows, row(f"LS-{mark}-9", born="31.02.1990")], headings=[f"{mark}{n}" for n in range(7)]
    )
    page = person(browser, browser_context_args, "client")
    bring_in(page, content)

    # Nothing of the headings is known: she says what is what, once.
    expect(page.get_by_text("Не всі стовпці зрозуміло")).to_be_visible(timeout=30_000)
    names = ("number", "surname", "given_name", "birth_date", "phone", "valid_from", "valid_to")
    for index, name in enumerate(names):
        page.locator(f"select[name=column_{index}]").select_option(name)
    for name in ("programme", "territory"):
        page.locator(f"select[name={name}]").select_option(index=1)
    page.locator("select[name=currency]").select_option("EUR")
    page.locator("input[name=insured_sum]").fill("30000")
    page.get_by_role("button", name="Прочитати й перевірити знову").click()

    write = page.get_by_role("button", name="Записати список")
    expect(write).to_be_visible(timeout=30_000)
    expect(page.locator(".facts.in-line")).to_contain_text(re.compile(r"Буде додано\s*3"))
    expect(page.get_by_role("row", name="31.02.1990").first).to_be_visible()
    page.keyboard.press("Alt+w")
    back = page.get_by_role("button", name="Скасувати список")
    expect(back.first).to_be_visible(timeout=30_000)
    expect(page.locator("#summary-title")).to_be_focused()
    page.keyboard.press("Tab")
    expect(back.first).to_be_focused()

    page.goto("/insured/")
    page.locator("#id_q").fill(f"LS-{mark}-1")
    expect(page.get_by_role("main")).to_contain_text("Гризодубенко")

    # The next list of this insurer is understood by itself.
    bring_in(page, content)
    expect(write).to_be_visible(timeout=30_000)
    expect(page.locator(".facts.in-line")).to_contain_text(re.compile(r"Без змін\s*3"))
    page.get_by_role("button", name="Відкласти").click()
    page.get_by_role("dialog").get_by_role("button", name="Відкласти").click()
    expect(page.get_by_text("Список відкладено")).to_be_visible()

    page.goto("/imports/?status=done")
    page.locator(".row-link").first.click()
    back.click()
    page.get_by_role("dialog").get_by_role("button", name="Скасувати список").click()
    expect(page.get_by_text("скасовано", exact=True)).to_be_visible(timeout=30_000)
