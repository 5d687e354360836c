"""A whole exchange in the browser: asked from the own calendar, answered, agreed on the board, in the roster (B3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_instructions import person
from tests.browser.test_whole_day import SOON
from tests.live import LiveServices

FAR = timedelta(days=100)
"""So far ahead that nothing of the demonstration lies there."""


@pytest.fixture
def shifts(live_services: LiveServices) -> Iterator[dict[str, datetime]]:
    """A published shift of each of the two; afterwards nothing of them stands."""
    from fregat.lib import clock
    from shifts.exchange.models import Exchange
    from shifts.roster.actions import cancel_shift, plan_shift
    from shifts.roster.models import Shift
    from staff.employees.models import Employee

    starts = {}
    with live_services.orm():
        first = (clock.now() + FAR).replace(hour=8, minute=0, second=0, microsecond=0)
        for days, name in ((0, "operator"), (4, "operator2")):
            starts[name] = first + timedelta(days=days)
            plan_shift(
                by=None, employee=Employee.objects.get(username=name), kind="day", starts_at=starts[name],
                ends_at=starts[name] + timedelta(hours=9),
            )  # fmt: skip
    yield starts
    with live_services.orm():
        Exchange.objects.open().filter(shift__starts_at__gte=first).update(
            state="fallen", fallen_at=clock.now(), fallen_why="cancelled"
        )
        for pk in Shift.objects.standing().filter(starts_at__gte=first).values_list("pk", flat=True):
            cancel_shift(by=None, shift_id=pk, reason="Після перевірки.")


def test_an_exchange_from_the_calendar_to_the_roster(
    browser: Browser, browser_context_args: dict[str, Any], shifts: dict[str, datetime]
) -> None:
    from fregat.lib import clock

    mine, theirs = (f"{clock.local(shifts[name]):%d.%m.%Y}" for name in ("operator", "operator2"))
    operator = person(browser, browser_context_args, "operator")
    senior = person(browser, browser_context_args, "senior")
    senior.goto("/board/")
    waits = senior.locator("section", has=senior.locator("#board-asked")).get_by_text("віддає зміну колезі")
    before = waits.count()
    expect(senior.locator("#live-state")).to_have_attribute("data-state", "open", timeout=SOON)

    _ask(operator, mine, theirs)
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


def _ask(page: Page, mine: str, theirs: str) -> None:
    """From the own calendar: the shift, the colleague, which of their shifts for it."""
    page.goto("/roster/mine/")
    page.get_by_role("link", name=f"Віддати чи обміняти: {mine}").click()
    page.locator("#ask-exchange tbody a[href$='colleague=operator2']").click()
    expect(page.locator("#wanted-0")).to_be_focused(timeout=SOON)
    page.get_by_label(theirs).check()
    page.locator("#id_words").fill("Весілля сестри.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#exchange")).to_be_visible(timeout=SOON)
