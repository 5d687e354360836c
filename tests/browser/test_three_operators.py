"""A day of three operators in their browsers: a lunch refused once, one of them sick, an exchange of shifts, and at
the end one handover refused and one that nobody accepted and that rose (B2, B3, B5, JD II.10-12).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import FAR
from tests.browser.test_breaks import WHY, ask_for_lunch_now, refuse_the_lunch
from tests.browser.test_exchange import ask_for_exchange
from tests.browser.test_whole_day import (
    LATER,
    SOON,
    Window,
    end_of_shift,
    move_shifts,
    promised,
    registered,
)
from tests.live import LiveServices

NAMES = ("operator", "operator2", "night", "senior")
NO_TIME = "Веду двох тяжких пацієнтів."


@pytest.fixture
def windows(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[dict[str, Window]]:
    """A browser for each of the three and for the senior manager."""
    made = {name: Window(browser.new_context(**browser_context_args), name) for name in NAMES}
    yield made
    for one in made.values():
        one.context.close()


@pytest.fixture
def sick_day(live_services: LiveServices) -> Iterator[datetime]:
    """A far day on which `night` has a shift; the three speak the same languages, so that each may work for each."""
    from fregat.lib import clock
    from shifts.absence.models import Absence
    from shifts.roster.actions import cancel_shift, plan_shift
    from shifts.roster.models import Shift
    from staff.employees.models import Employee

    with live_services.orm():
        starts_at = (clock.now() + FAR + timedelta(days=9)).replace(hour=8, minute=0, second=0, microsecond=0)
        three = list(Employee.objects.filter(username__in=NAMES[:3]))
        night = next(one for one in three if one.username == "night")
        plan_shift(
            by=None, employee=night, kind="day", starts_at=starts_at, ends_at=starts_at + timedelta(hours=9)
        )
        every = sorted({language for one in three for language in one.languages})
        Employee.objects.filter(username__in=NAMES[:3]).update(languages=every)
    yield starts_at
    with live_services.orm():
        Absence.objects.standing().filter(employee=night, since__gte=starts_at.date()).update(
            state="withdrawn"
        )
        for pk in Shift.objects.standing().filter(starts_at__gte=starts_at).values_list("pk", flat=True):
            cancel_shift(by=None, shift_id=pk, reason="Після перевірки.")
        for one in three:
            Employee.objects.filter(pk=one.pk).update(languages=one.languages)


def test_a_day_of_three_operators(
    live_services: LiveServices, windows: dict[str, Window], morning: None, lunch: None,
    two_shifts: dict[str, datetime], sick_day: datetime,
) -> None:  # fmt: skip
    operator, other, night, senior = (windows[name].sign_in() for name in NAMES)
    a_lunch_is_refused_and_then_agreed(operator, senior)
    one_is_sick_and_another_covers(night, senior, other, sick_day)
    two_exchange_their_shifts(operator, other, senior, two_shifts)
    refused, forgotten = two_cases_are_handed_over(live_services, operator, senior, night)
    one_is_refused(night, refused, senior)
    one_rises(live_services, forgotten, senior)
    for number in (refused, forgotten):
        assert_answered_by(senior, number, "Євтушенко Марко")
    assert [f"{one.username}: {text}" for one in windows.values() for text in one.complaints] == []


def opened(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("#live-state")).to_have_attribute("data-state", "open", timeout=SOON)


def a_lunch_is_refused_and_then_agreed(operator: Page, senior: Page) -> None:
    opened(operator, "/shift/breaks/")
    opened(senior, "/board/")
    refuse_the_lunch(senior)
    mine = operator.locator("#breaks section", has=operator.locator("#breaks-mine"))
    expect(mine).to_contain_text(WHY, timeout=SOON)
    ask_for_lunch_now(operator)
    expect(senior.locator("#breaks-wishes .count")).to_have_text("1", timeout=SOON)
    senior.keyboard.press("g")
    begin = operator.locator("#breaks [data-shortcut=B]")
    expect(begin).to_contain_text("Почати", timeout=SOON)
    operator.keyboard.press("b")
    expect(begin).to_contain_text("Я на місці", timeout=SOON)
    operator.keyboard.press("b")
    expect(begin).to_have_count(0, timeout=SOON)


def one_is_sick_and_another_covers(night: Page, senior: Page, other: Page, starts_at: datetime) -> None:
    """Sick leave is on record at once; the senior manager passes the shift on with one key."""
    from fregat.lib import clock

    day = f"{clock.local(starts_at):%d.%m.%Y}"
    opened(night, "/absences/")
    night.locator("#id_kind").select_option("sick")
    night.locator("#id_since").fill(f"{clock.local(starts_at):%Y-%m-%d}")
    night.locator("#id_until").fill(f"{clock.local(starts_at):%Y-%m-%d}")
    night.keyboard.press("Control+Enter")
    expect(night.locator("#absence")).to_be_visible(timeout=SOON)
    opened(senior, "/absences/")
    senior.locator("section", has=senior.locator("#absences-others")).get_by_role(
        "link", name=day
    ).first.click()
    expect(senior.locator("#absence-cover")).to_be_visible(timeout=SOON)
    senior.locator("select[name=employee]").first.select_option("operator2")
    senior.keyboard.press("z")
    cover = senior.locator("section", has=senior.locator("#absence-cover"))
    expect(cover).to_contain_text("Зінченко Тарас", timeout=SOON)
    expect(cover.locator("form")).to_have_count(0, timeout=SOON)
    opened(other, "/roster/mine/")
    expect(other.locator("section", has=other.locator("#coming-title"))).to_contain_text(day)


def two_exchange_their_shifts(
    operator: Page, other: Page, senior: Page, two_shifts: dict[str, datetime]
) -> None:
    from fregat.lib import clock

    mine, theirs = (f"{clock.local(two_shifts[name]):%d.%m.%Y}" for name in ("operator", "operator2"))
    ask_for_exchange(operator, mine, theirs)
    opened(other, operator.url)
    expect(other.locator("#answer-yes")).to_be_visible(timeout=SOON)
    other.keyboard.press("g")
    opened(senior, operator.url)
    expect(senior.locator("#decide-yes")).to_be_visible(timeout=SOON)
    senior.keyboard.press("g")
    state = operator.locator("#exchange .card-header .mark").first
    expect(state).to_have_text("погоджено", timeout=SOON)  # by the live stream


def two_cases_are_handed_over(
    live_services: LiveServices, operator: Page, senior: Page, night: Page
) -> tuple[str, str]:
    """The operator's shift ends with two open cases, the night's has begun. Returns their numbers."""
    numbers = []
    for country, city in (("япон", "осака"), ("тур", "анталья")):
        opened(operator, "/")
        numbers.append(registered(operator, country, city))
        promised(operator)
    move_shifts(live_services, senior)
    opened(night, "/")
    opened(operator, "/shift/end/")
    progress = operator.locator("#check-progress")
    expect(progress).to_have_attribute("max", "2", timeout=SOON)
    for done in (1, 2):
        current = operator.locator("[data-current]")
        number = next(one for one in numbers if one in current.inner_text())
        operator.keyboard.press("2")
        expect(progress).to_have_attribute("value", str(done), timeout=SOON)
        expect(operator.locator("[data-current]", has_text=number)).to_have_count(0)
        expect(operator.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    end_of_shift(live_services)
    expect(night.locator("[data-waiting-banner]")).to_be_visible(timeout=LATER)
    return numbers[0], numbers[1]


def one_is_refused(night: Page, number: str, senior: Page) -> None:
    """With a reason: it goes to the senior manager on duty at once."""
    handovers = night.locator("#desk-handovers").locator("xpath=ancestor::section")
    handovers.get_by_role("link", name=number).press("Enter")
    night.locator("details", has=night.locator("[name=reason]")).locator("summary").click()
    night.locator("[name=reason]").fill(NO_TIME)
    night.locator("form[action$='/refuse/'] button").click()
    opened(senior, "/")
    expect(senior.locator("main")).to_contain_text(number, timeout=SOON)


def one_rises(live_services: LiveServices, number: str, senior: Page) -> None:
    """Nobody accepts it; its quarter of an hour is over, as if by the clock."""
    from cases.handover.models import Handover
    from fregat.lib import clock, jobs

    with live_services.orm():
        row = Handover.objects.pending().get(case__number=number)
        assert row.receiver.username == "night"
        due_at = clock.now() - timedelta(seconds=1)
        Handover.objects.filter(pk=row.pk).update(due_at=due_at)
        jobs.schedule("acceptance", row.pk, due_at)
    waiting = senior.locator("#desk-handovers").locator("xpath=ancestor::section")
    expect(waiting.get_by_role("link", name=number)).to_be_visible(timeout=LATER)


def assert_answered_by(page: Page, number: str, name: str) -> None:
    page.goto(f"/cases/{number}/")
    chain = page.locator("#case-chain li")  # the newest first
    expect(chain).to_have_count(3)
    expect(chain.nth(0)).to_contain_text(name)
    expect(chain.nth(1)).to_contain_text("Мельник Софія")
    expect(chain.nth(2)).to_contain_text("Ґудзь Оксана")
