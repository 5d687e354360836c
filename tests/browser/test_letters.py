"""A guarantee letter within the sum is given, less is left at the next look-up, the next one is agreed to."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import on_shift_again
from tests.browser.test_end_of_shift import sign_in
from tests.live import LiveServices


@pytest.fixture
def covered(live_services: LiveServices) -> tuple[Any, str]:
    """A new case of the operator's that needs what its policy plainly covers there, and the kind of help."""
    from cases.insurance.models import PolicyPerson
    from cases.insurance.selectors import verdict
    from fregat.lib import clock
    from staff.employees.models import Employee
    from tests.builders import make_case

    for username in ("operator", "senior"):
        on_shift_again(live_services, username)
    with live_services.orm():
        now = clock.now()
        today = clock.local(now).date()
        named = PolicyPerson.objects.filter(
            policy__insurer__code="vitrylo", policy__valid_from__lte=today, policy__valid_to__gte=today,
            policy__ended_on=None, policy__cases=None,
        )  # fmt: skip
        for row in named.select_related("policy__territory", "policy__insurer", "person").order_by("-pk")[
            :60
        ]:
            for country in ("TR", "PL", "EG"):
                for kind in ("visit", "doctor_call", "medicine", "hospital"):
                    said = verdict(row.policy, country=country, at=now, service=kind, person=row.person)
                    if said.verdict == "covered" and said.limit_left and said.limit_left.amount > 1000:
                        case = make_case(
                            Employee.objects.get(username="operator"), policy=row.policy, person=row.person,
                            country=country, occurred_at=now,
                        )  # fmt: skip
                        case.services.create(kind_id=kind, added_at=now, added_by=case.responsible)
                        return case, kind
    raise AssertionError("nothing of the demonstration is plainly covered")


def ask_for(page: Page, provider: str, limit: str) -> None:
    expect(page.locator("#case-letters [data-shortcut=L]")).to_be_visible()
    page.keyboard.press("l")
    dialog = page.locator("#ask")
    expect(dialog.locator("[name=provider]")).to_be_focused()
    dialog.locator("[name=provider]").fill(provider)
    dialog.locator("[name=limit]").fill(limit)
    dialog.locator("[name=limit]").press("Control+Enter")
    expect(dialog).to_be_hidden()


def test_within_the_sum_it_is_given_beyond_it_the_senior_manager_agrees(
    page: Page, browser: Browser, browser_context_args: dict[str, Any], live_services: LiveServices,
    covered: tuple[Any, str],
) -> None:  # fmt: skip
    case, kind = covered
    sign_in(page, "operator")
    page.goto(f"/cases/{case.number}/")
    panel = page.locator("#case-letters")
    expect(panel).to_contain_text("Жодній клініці оплату ще не гарантовано")
    ask_for(page, "Anadolu Hastanesi", "500")
    expect(panel).to_contain_text("GL")
    expect(panel).to_contain_text("видано")
    expect(page.locator("#case-timeline")).to_contain_text("Видано гарантійний лист")

    look_up = page.context.new_page()
    look_up.goto(f"/insured/policies/{case.policy_id}/verdict/?country={case.country_id}&service={kind}")
    expect(look_up.locator("body")).to_contain_text("За цим полісом уже гарантовано: 500")
    look_up.close()

    ask_for(page, "Anadolu Hastanesi", "900 000")
    expect(panel).to_contain_text("чекає погодження")
    senior = browser.new_context(**browser_context_args).new_page()
    sign_in(senior, "senior")
    senior.goto(f"/cases/{case.number}/")
    senior.locator("#case-letters").get_by_role("button", name="Погодити").click()
    expect(senior.locator("#ask")).to_be_visible()
    senior.locator("#ask").get_by_role("button", name="Погодити").click()
    # The operator's open page hears of it by itself.
    expect(panel).not_to_contain_text("чекає погодження")
    expect(panel.get_by_text("видано", exact=True)).to_have_count(2)
    # Nobody is left with a promise of a case that is not there.
    senior.reload()
    expect(senior.get_by_role("button", name="Скасувати справу")).to_be_disabled()
    expect(senior.locator(".next-closed").filter(has_text="Скасувати справу")).to_contain_text(
        re.compile(r"GL\d\d-\d+ \(Anadolu Hastanesi\), GL")
    )
