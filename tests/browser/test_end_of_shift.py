"""The last twenty minutes at the keyboard: the banner, the desk, one key a case, the handover, the read-back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.live import LiveServices


def sign_in(page: Page, username: str) -> None:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill("fregat-demo")
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("#live-state")).to_be_attached()


def end_in(live: LiveServices, username: str, **left: float) -> None:
    """Move the end of the running shift."""
    from fregat.lib import clock
    from shifts.roster.actions import change_shift
    from shifts.roster.models import Shift

    with live.orm():
        shift = Shift.objects.running(clock.now()).get(employee__username=username)
        change_shift(
            by=None,
            shift_id=shift.pk,
            changes={"ends_at": clock.now() + timedelta(**left)},
            reason="For the test.",
        )


@pytest.fixture
def cases(live_services: LiveServices) -> list[Any]:
    """Three open cases of the stranger's; others of hers are finished first."""
    from django.db import transaction

    from cases.casework.models import Case, CaseService, Task
    from cases.insurance.models import Insurer, ServiceKind
    from fregat.lib import clock
    from staff.employees.models import Employee
    from tests.cast import make_case

    with live_services.orm(), transaction.atomic():
        stranger = Employee.objects.get(username="stranger")
        Case.objects.open().filter(responsible=stranger).update(status="cancelled")
        insurer = Insurer.objects.get(
            code=stranger.assignments.order_by("project").values_list("project")[0][0]
        )
        now = clock.now()
        made = [
            make_case(stranger, insurer=insurer, now=now - timedelta(minutes=60 - number), country="PL")
            for number in range(3)
        ]
        for case in made:
            CaseService.objects.create(
                case=case,
                kind=ServiceKind.objects.get(code="visit"),
                state="arranged",
                added_at=now,
                added_by=stranger,
            )
        Task.objects.create(
            case=made[1], text="Call the clinic.", due_at=now + timedelta(hours=2), at=now, by=stranger
        )
        return made


def decided(page: Page) -> Any:
    return page.locator("#check-progress")


def test_the_last_twenty_minutes_by_keyboard_alone(
    live_services: LiveServices, browser: Browser, page: Page, cases: list[Any]
) -> None:
    sign_in(page, "stranger")
    end_in(live_services, "stranger", minutes=12)
    # Without a reload: the program began the check and told the open page.
    expect(page.locator("[data-check-banner]")).to_be_visible(timeout=20_000)
    page.goto("/shift/end/")
    expect(decided(page)).to_have_attribute("value", "0")
    # The case with a promise comes first, its card is filled in: one key hands it over.
    expect(page.locator("[data-current]")).to_contain_text(cases[1].number)
    page.keyboard.press("2")
    expect(decided(page)).to_have_attribute("value", "1")
    page.keyboard.press("1")
    expect(decided(page)).to_have_attribute("value", "2")
    # Without a promise the card has no time yet: the cursor is where it is missing.
    page.keyboard.press("2")
    when = page.locator("[name$=next_at]")
    expect(when).to_be_focused()
    page.keyboard.type("завтра 9:00")
    page.keyboard.press("Enter")
    expect(decided(page)).to_have_attribute("value", "3")
    end_in(live_services, "stranger", seconds=1)
    _accepted_by_the_senior_manager(live_services, browser, cases[1])


def _accepted_by_the_senior_manager(live_services: LiveServices, browser: Browser, case: Any) -> None:
    """Nobody else of the project is on duty: the one who leads receives, and accepts with a read-back."""
    context = browser.new_context(base_url=live_services.base_url, locale="uk-UA", timezone_id="Europe/Kyiv")
    page = context.new_page()
    sign_in(page, "senior")
    expect(page.locator("#desk-handovers")).to_be_visible(timeout=20_000)
    link = page.locator("a[href^='/handovers/']", has_text=case.number)
    # By its address: the desk is drawn anew whenever one more of the three cases arrives.
    page.goto(str(link.get_attribute("href")))
    expect(page.locator("[name=read_back]")).to_be_visible()
    page.keyboard.press("a")
    expect(page.locator("[name=read_back]")).to_be_focused()
    page.keyboard.type("Дзвоню в клініку до дев’ятої.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("Дзвоню в клініку до дев’ятої.")
    expect(page.locator("[data-shortcut=a]")).to_have_count(0)
    context.close()
