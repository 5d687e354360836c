"""What the hands do by habit does no harm: Enter, Ctrl+Enter and Tab, where the page did not expect them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.conftest import on_shift_again
from tests.browser.test_contract import begin
from tests.browser.test_end_of_shift import sign_in
from tests.live import LiveServices


@pytest.fixture
def call(page: Page, live_services: LiveServices) -> Iterator[Page]:
    """A new call about the known person, with what happened typed."""
    from fregat.lib.models import FormDraft

    on_shift_again(live_services, "operator")
    with live_services.orm():
        FormDraft.objects.filter(employee__username="operator").delete()
    sign_in(page, "operator")
    page.goto("/calls/new/")
    page.locator("#lookup").fill("4471823")
    page.locator("#lookup").press("Enter")
    expect(page.locator("#id_description")).to_be_focused()
    page.keyboard.type("болить живіт")
    yield page
    with live_services.orm():
        FormDraft.objects.filter(employee__username="operator").delete()


def asked_for(page: Page) -> list[Request]:
    """What the page asks the server for, from now on."""
    found: list[Request] = []
    page.on("request", lambda one: found.append(one))  # playwright marks the function it is given
    return found


def test_enter_in_a_question_of_the_case_keeps_the_answer_out_of_the_address(call: Page) -> None:
    call.keyboard.press("Tab")
    call.keyboard.type("поль")
    for _field in range(4):
        call.keyboard.press("Tab")
    call.keyboard.type("госп")
    call.keyboard.press("Enter")
    expect(call.locator("#verdict [data-question]").first).to_be_visible()
    call.keyboard.press("Control+Enter")
    expect(call.locator("#registered")).to_be_visible()

    asked = asked_for(call)
    week = call.locator("#case-ask-pregnancy")
    week.focus()
    call.keyboard.type("12")
    with call.expect_response(re.compile("/answers/$")):
        call.keyboard.press("Enter")
    expect(call.locator("#case-cover")).to_contain_text("Запитайте людину")
    expect(week).to_have_value("12")
    expect(week).to_be_focused()
    call.keyboard.press("Control+Enter")
    call.wait_for_timeout(500)
    expect(week).to_be_focused()
    assert not [one.url for one in asked if "ask-" in one.url or one.is_navigation_request()]


def test_ctrl_enter_does_not_reach_behind_a_dialog(call: Page) -> None:
    call.locator("#id_description").blur()
    call.keyboard.press("Shift+Slash")
    expect(call.locator("#shortcuts")).to_be_visible()
    asked = asked_for(call)
    call.keyboard.press("Control+Enter")
    call.wait_for_timeout(500)
    assert not [one.url for one in asked if one.method == "POST" and one.url.endswith("/calls/new/")]


def test_ctrl_enter_on_a_button_beside_sends_what_was_typed_and_forgets_nothing(call: Page) -> None:
    call.get_by_role("button", name="Почати спочатку").focus()
    with call.expect_request(re.compile("/calls/new/(restart/)?$")) as sent:
        call.keyboard.press("Control+Enter")
    assert sent.value.url.endswith("/calls/new/")
    expect(call.locator("#id_description")).to_have_value("болить живіт")


def test_the_persons_found_do_not_stay_over_the_form_that_is_gone_on_with(call: Page) -> None:
    call.keyboard.press("Alt+x")
    field, found = call.locator("#lookup"), call.locator("#lookup-results [role=option]")
    expect(field).to_be_focused()
    field.fill("коваль")
    expect(found.first).to_be_visible()
    call.keyboard.press("Tab")
    expect(found).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")

    # An answer that comes after one has gone on does not open the list again.
    held: list[Route] = []
    call.route("**/calls/new/lookup/", lambda route: held.append(route))  # playwright marks what it is given
    field.focus()
    with call.expect_request("**/calls/new/lookup/"):
        field.press_sequentially("ч")
    call.locator("#id_city").focus()
    with call.expect_response("**/calls/new/lookup/"):
        held[0].continue_()
    call.wait_for_timeout(300)
    expect(found).to_have_count(0)
    # A click beside closes it as well.
    call.unroute("**/calls/new/lookup/")
    field.fill("коваленко")
    expect(found.first).to_be_visible()
    call.get_by_role("heading", level=1).click()
    expect(found).to_have_count(0)
    # By the mouse the person is still there to be chosen.
    field.fill("4471823")
    found.first.click()
    expect(call.locator("[data-who=person]")).to_be_visible()


def test_a_contract_is_typed_without_looking_for_the_keyboard(
    page: Page, live_services: LiveServices
) -> None:
    form = begin(page, live_services)
    form.locator("[name=q]").fill("HALAHAN 1987")
    form.locator("[name=q]").press("Enter")
    take = form.get_by_role("button", name="Застрахувати").first
    take.focus()
    page.keyboard.press("Enter")
    expect(form.locator(".person-row").first).to_contain_text("Ґалаган Олена Андріївна")
    expect(form.locator("[name=q]")).to_be_focused()
    page.keyboard.press("Alt+n")
    expect(form.locator("[name=p1-surname]")).to_be_focused()
    page.keyboard.type("Халява")
    page.keyboard.press("Alt+n")
    expect(form.locator("[name=p2-surname]")).to_be_focused()
    expect(form.locator("[name=p1-surname]")).to_have_value("Халява")
    form.get_by_role("button", name="Прибрати").last.focus()
    page.keyboard.press("Enter")
    expect(form.locator(".person-row")).to_have_count(2)
    expect(form.locator("[name=q]")).to_be_focused()


def test_a_contract_and_the_calculator_begin_in_their_first_field(
    page: Page, live_services: LiveServices
) -> None:
    on_shift_again(live_services, "operator")
    sign_in(page, "operator")
    for address in ("/contracts/new/", "/contracts/tariff/"):
        page.goto(address)
        expect(page.locator("[name=programme]")).to_be_focused()
