"""A lunch break between two people, by keys alone: refused, asked for anew, agreed to, begun, overrun, ended (B2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_whole_day import NO_MOUSE, SOON, Window
from tests.live import LiveServices

WHY = "Двоє вже на перерві."
IN_TIME = timedelta(minutes=5)
"""A break may be begun so long before its time, with room for a slow machine (the rule: ten minutes)."""


@pytest.fixture
def windows(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[dict[str, Window]]:
    made = {
        name: Window(browser.new_context(**browser_context_args), name) for name in ("operator", "senior")
    }
    for one in made.values():
        one.context.add_init_script(NO_MOUSE)
    yield made
    for one in made.values():
        one.context.close()


def test_a_break_is_refused_asked_for_anew_agreed_to_begun_overrun_and_ended_by_keys(
    windows: dict[str, Window], lunch: None, live_services: LiveServices
) -> None:
    operator, senior = windows["operator"].sign_in(), windows["senior"].sign_in()
    operator.goto("/shift/breaks/")
    expect(operator.locator("#live-state")).to_have_attribute("data-state", "open", timeout=SOON)
    senior.goto("/board/")
    expect(senior.locator("#live-state")).to_have_attribute("data-state", "open", timeout=SOON)

    refuse_the_lunch(senior)
    mine = operator.locator("#breaks section", has=operator.locator("#breaks-mine"))
    expect(mine).to_contain_text("не погоджено", timeout=SOON)
    expect(mine).to_contain_text(WHY)

    ask_for_lunch_now(operator)
    expect(mine.locator("li", has_text="чекає на погодження")).to_have_count(1, timeout=SOON)
    expect(senior.locator("#breaks-wishes .count")).to_have_text("1", timeout=SOON)
    senior.keyboard.press("g")
    expect(senior.locator("#breaks-wishes")).to_have_count(0, timeout=SOON)

    begin = operator.locator("#breaks [data-shortcut=B]")
    expect(begin).to_contain_text("Почати", timeout=SOON)
    operator.keyboard.press("b")
    expect(begin).to_contain_text("Я на місці", timeout=SOON)
    people = senior.locator("#board section", has=senior.locator("#board-people"))
    expect(people).to_contain_text("на перерві", timeout=SOON)

    _went_away(live_services, timedelta(minutes=67))
    senior.reload()
    expect(people).to_contain_text("на 7 хвилин довше", timeout=SOON)
    operator.keyboard.press("b")
    expect(mine).to_contain_text("на 7 хвилин довше", timeout=SOON)
    expect(begin).to_have_count(0)
    for one in windows.values():
        assert not one.complaints, one.username


def refuse_the_lunch(senior: Page) -> None:
    """By R, a reason and Ctrl+Enter."""
    expect(senior.locator("#breaks-wishes .count")).to_have_text("1", timeout=SOON)
    senior.keyboard.press("r")
    expect(senior.locator("dialog[open] textarea")).to_be_focused()
    senior.keyboard.insert_text(WHY)
    senior.keyboard.press("Control+Enter")
    expect(senior.locator("#breaks-wishes")).to_have_count(0, timeout=SOON)


def ask_for_lunch_now(operator: Page) -> None:
    """N takes the running quarter-hour, an arrow the next one; whichever may be begun at once and stays so."""
    first = operator.locator("#breaks [name=starts_at]").first
    operator.keyboard.press("n")
    expect(first).to_be_focused()
    expect(first).to_be_checked()
    begins = datetime.fromisoformat(first.get_attribute("value") or "")
    if datetime.now(tz=begins.tzinfo) - begins > timedelta(minutes=15) - IN_TIME:
        operator.keyboard.press("ArrowDown")
        expect(operator.locator("#breaks [name=starts_at]").nth(1)).to_be_checked()
    operator.keyboard.press("Control+Enter")


def _went_away(live_services: LiveServices, ago: timedelta) -> None:
    """As if the break had begun so long ago."""
    from fregat.lib import clock
    from shifts.breaks.models import Break

    with live_services.orm():
        running = Break.objects.filter(shift__employee__username="operator", state="running")
        assert running.update(begun_at=clock.now() - ago) == 1
