"""Setting the second factor up with a telephone at hand, and signing in with it (E4)."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.live import LiveServices

PASSWORD = "fregat-demo"


@pytest.fixture
def newcomer(live_services: LiveServices) -> Iterator[str]:
    """Somebody whose account is no demonstration's: those are exempt."""
    from staff.employees import actions
    from staff.employees.models import Employee

    with live_services.orm():
        person = actions.create_employee(
            username="totp", last_name="Кодова", first_name="Ліна", role="department", department="other"
        )
        # The program keeps slower hashes than the tests: one of its own is taken.
        person.password = Employee.objects.get(username="operator").password
        person.save(update_fields=["password"])
    yield person.username
    with live_services.orm():
        Employee.objects.filter(pk=person.pk).update(is_active=False)


def shown_by_the_telephone(secret: str, after: str = "") -> str:
    """The code of this half minute; waits for the next one when this one was used."""
    while True:
        code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
        if code != after and int(time.time()) % 30 < 25:
            return code
        time.sleep(1)


def give_password(page: Page, username: str) -> None:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")


def test_it_is_set_up_with_a_telephone_and_asked_for_at_the_next_sign_in(page: Page, newcomer: str) -> None:
    faults: list[str] = []
    page.on("console", lambda message: message.type == "error" and faults.append(message.text))
    give_password(page, newcomer)
    page.goto("/staff/me/")
    page.locator("#second-factor .btn-primary").click()
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    picture = page.locator(".qr img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    secret = page.locator("dl.facts code").inner_text().replace(" ", "")
    used = shown_by_the_telephone(secret)
    page.locator("input[name=code]").fill(used)
    page.keyboard.press("Enter")
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto("/staff/me/")
    expect(page.locator("#second-factor")).to_contain_text("налаштовано")
    page.goto("about:blank")  # a page that is still open would ask for news and be told 401
    page.context.clear_cookies()
    give_password(page, newcomer)
    expect(page.locator("input[name=code]")).to_be_focused()
    page.locator("input[name=code]").fill(shown_by_the_telephone(secret, after=used))
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_visible()
    page.goto("/staff/me/")
    expect(page.locator("h1")).to_contain_text("Кодова")
    assert not faults
