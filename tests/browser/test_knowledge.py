"""What has changed: published, read and acknowledged by one key, found by another form, seen beside the case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_end_of_shift import sign_in
from tests.browser.test_pages_look import Eyes, eyes  # noqa: F401 - a fixture
from tests.live import LiveServices

TITLE = "Лікарня: до кого телефонувати"


@pytest.fixture
def case_of_vitrylo(live_services: LiveServices) -> Iterator[dict[str, Any]]:
    """An open case of the operator, and an article that matters for it, with a draft of its next version."""
    from cases.casework.models import Case
    from cases.knowledge import actions
    from cases.knowledge.rules import Text
    from staff.employees.models import Employee
    from tests.builders import make_article

    with live_services.orm():
        head = Employee.objects.get(username="head")
        operator = Employee.objects.get(username="operator")
        case = Case.objects.open().filter(responsible=operator, insurer__isnull=False).earliest("pk")
        first = make_article(head, case.insurer, title=TITLE, body="Телефонуємо до чергового лікаря.")
        actions.acknowledge(by=operator, article_id=first.article_id, number=1)
        text = Text(
            TITLE, "Телефонуємо до чергового лікаря клініки.\n\nФраншизу називаємо відразу.", "Про клініку."
        )
        actions.save_draft(by=head, article_id=first.article_id, text=text)
    yield {"case": case.number, "article": first.article_id}
    with live_services.orm():
        actions.withdraw(by=head, article_id=first.article_id, reason="Після перевірки.")


def test_a_change_is_published_read_acknowledged_found_and_seen_beside_the_case(
    page: Page, browser: Browser, browser_context_args: dict[str, Any], case_of_vitrylo: dict[str, Any]
) -> None:
    article, number = case_of_vitrylo["article"], case_of_vitrylo["case"]
    head = browser.new_context(**browser_context_args).new_page()
    sign_in(head, "head")
    head.goto(f"/knowledge/{article}/versions/2/")
    expect(head.get_by_role("button", name="Оприлюднити").first).to_be_visible()
    head.keyboard.press("p")
    head.locator("#publish[open] button.btn-primary").click()
    expect(head.locator("#messages")).to_contain_text("Оприлюднено")

    sign_in(page, "operator")
    expect(page.locator("[data-articles-waiting]")).to_be_visible()
    page.goto("/knowledge/?state=unread")
    page.get_by_role("link", name=TITLE).first.click()
    page.goto(f"/knowledge/{article}/versions/2/changes/")
    expect(page.locator("#changes ins:visible").first).to_be_visible()
    expect(page.get_by_role("button", name="Ознайомлено")).to_be_visible()
    page.keyboard.press("a")
    expect(page.locator("#messages")).to_contain_text("Позначено")

    head.goto(f"/knowledge/{article}/")
    lacking = head.locator("section[id^=lacking-]")
    expect(lacking).not_to_contain_text("Ґалаґан")
    lacking.get_by_role("button", name="Нагадати").dblclick()
    expect(head.locator("#messages")).to_contain_text(re.compile("Нагад"))
    expect(lacking.get_by_role("button", name="Нагадати")).to_be_disabled()

    page.goto("/knowledge/")
    page.locator("#article-words").press_sequentially("франшизою називаємо")
    expect(page.locator("#articles mark").filter(has_text="Франшизу")).to_be_visible()

    page.goto(f"/cases/{number}/")
    beside = page.locator("#case-articles").get_by_role("button", name=TITLE)
    beside.click()
    expect(page.locator("#beside[open] .prose")).to_contain_text("Франшизу називаємо відразу.")
    page.keyboard.press("Escape")
    expect(page.locator("#beside[open]")).to_have_count(0)
    expect(page).to_have_url(re.compile(number))


def test_the_pages_of_the_knowledge_base(eyes: Eyes, case_of_vitrylo: dict[str, Any]) -> None:  # noqa: F811
    article, number = case_of_vitrylo["article"], case_of_vitrylo["case"]
    eyes.sign_in("head")
    for path in (
        "/knowledge/", f"/knowledge/{article}/", f"/knowledge/{article}/versions/2/", f"/knowledge/{article}/draft/",
        f"/knowledge/{article}/receipts/", f"/knowledge/{article}/versions/1/changes/", "/knowledge/lacking/",
        "/knowledge/new/",
    ):  # fmt: skip
        eyes.look_at(path)
    eyes.page.goto(f"/cases/{number}/")
    eyes.page.locator("#case-articles").get_by_role("button", name=TITLE).click()
    expect(eyes.page.locator("#beside[open]")).to_be_visible()
    eyes.state("beside")
