"""A desk is shared out and its sheet signed by who gives and by who receives, at the keyboard."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import on_shift_again
from tests.browser.test_end_of_shift import cases, end_in, sign_in  # noqa: F401 - `cases` is a fixture
from tests.live import LiveServices


@pytest.fixture
def promised(live_services: LiveServices, cases: list[Any]) -> list[Any]:  # noqa: F811
    """The same, with something promised in each: their cards are whole. Another test may have ended the shift."""
    from cases.casework.models import Task
    from fregat.lib import clock

    on_shift_again(live_services, "stranger")
    with live_services.orm():
        now = clock.now()
        for case in cases:
            Task.objects.get_or_create(
                case=case, text="Call the clinic.", at=now, by=case.responsible,
                defaults={"due_at": now + timedelta(hours=3)},
            )  # fmt: skip
    return cases


def sign(page: Page) -> None:
    page.locator("#id_secret").focus()
    page.keyboard.type("fregat-demo")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#signing")).to_contain_text("Підписано:")


def test_a_desk_is_shared_out_and_both_sign_its_sheet(
    live_services: LiveServices, browser: Browser, page: Page, promised: list[Any]
) -> None:
    sign_in(page, "stranger")
    end_in(live_services, "stranger", minutes=12)
    expect(page.locator("[data-check-banner]")).to_be_visible(timeout=20_000)
    page.goto("/shift/end/")
    expect(page.locator("[data-shortcut=s]")).to_be_visible()
    page.keyboard.press("s")
    expect(page.locator("#spread")).to_be_visible()
    page.keyboard.press("a")
    expect(page.locator("[name=case]:checked")).to_have_count(3)
    page.locator("[name=to][value=senior]").check()
    page.locator("[data-shortcut=p]").click()
    expect(page.locator("#spread td strong")).to_have_count(3)
    page.locator("[data-submit-default]").click()
    expect(page.locator("#messages")).to_contain_text("3 справи мають тих, хто їх прийме.")
    page.goto("/shift/end/sheet/")
    sign(page)
    end_in(live_services, "stranger", seconds=1)
    _signed_by_the_receiver(live_services, browser, promised)


def _signed_by_the_receiver(live_services: LiveServices, browser: Browser, promised: list[Any]) -> None:
    context = browser.new_context(base_url=live_services.base_url, locale="uk-UA", timezone_id="Europe/Kyiv")
    page = context.new_page()
    sign_in(page, "senior")
    links = page.locator("a[href^='/handovers/']")
    expect(links.filter(has_text=promised[2].number)).to_have_count(1, timeout=20_000)
    first = _accepted(live_services, promised)
    page.goto(f"/handovers/{first}/sheet/")
    sign(page)
    page.goto("/handovers/sheets/")
    # Other tests end shifts too: theirs is the one of this giver that both have signed.
    row = page.locator("#sheets tbody tr", has_text="Бойко").filter(has_text="підписали обоє")
    expect(row).to_have_count(1)
    with page.expect_download() as paper:
        row.locator("a").first.click()
    assert paper.value.path().read_bytes().startswith(b"%PDF")
    context.close()


def _accepted(live_services: LiveServices, promised: list[Any]) -> int:
    from cases.handover import actions
    from cases.handover.models import Handover
    from staff.employees.models import Employee

    with live_services.orm():
        rows = list(Handover.objects.pending().filter(case__in=promised))
        assert len(rows) == 3
        senior = Employee.objects.get(username="senior")
        for row in rows:
            actions.accept(by=senior, handover_id=row.pk, read_back="Дзвоню в клініку.")
        return rows[0].pk
