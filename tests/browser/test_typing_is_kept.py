"""What is typed is never lost: not by leaving the page, not by a lost connection, not by an ended sign-in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.live import LiveServices

STORY = "Гарячка 39, блювання з учорашнього вечора."
LEFT = """() => document.body.addEventListener('htmx:beforeRequest', ({ detail }) => {
  if (detail.elt.id !== 'new-call') return
  const left = new Event('change', { bubbles: true })
  setTimeout(() => detail.elt.elements.description.dispatchEvent(left))
})"""


@pytest.fixture
def call(page: Page, live_services: LiveServices) -> Iterator[Page]:
    """The operator at an empty new call."""
    _forget(live_services)
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("operator2")
    page.locator("input[name=password]").fill("fregat-demo")
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("#shift-clock a")).to_be_visible()
    page.goto("/calls/new/")
    yield page
    _forget(live_services)


def _forget(live_services: LiveServices) -> None:
    from fregat.lib.models import FormDraft

    with live_services.orm():
        FormDraft.objects.filter(employee__username="operator2").delete()


def _kept(live_services: LiveServices) -> str:
    from fregat.lib.models import FormDraft

    with live_services.orm():
        rows = FormDraft.objects.filter(employee__username="operator2", form="new-call")
        return str(rows.values_list("data", flat=True).first())


def test_the_story_is_still_there_after_a_reload(call: Page) -> None:
    call.locator("[name=description]").fill(STORY)
    expect(call.locator("[data-draft-mark]").first).to_have_text("чернетку збережено")
    call.reload()
    expect(call.locator("[name=description]")).to_have_value(STORY)


def test_leaving_at_once_loses_nothing(call: Page, live_services: LiveServices) -> None:
    call.locator("[name=description]").press_sequentially(STORY)
    call.goto("/cases/")
    call.goto("/calls/new/")
    expect(call.locator("[name=description]")).to_have_value(STORY)


def test_a_lost_connection_is_said_and_what_is_typed_comes_through_later(
    call: Page, context: BrowserContext, live_services: LiveServices
) -> None:
    context.set_offline(True)
    call.locator("[name=description]").fill(STORY)
    expect(call.locator("#connection")).to_be_visible()
    expect(call.locator("[data-draft-mark]").first).to_have_text("збережено лише в цій вкладці")
    context.set_offline(False)
    expect(call.locator("#connection")).to_be_hidden()
    expect(call.locator("[data-draft-mark]").first).to_have_text("чернетку збережено")
    assert STORY in _kept(live_services)


def test_an_ended_sign_in_leaves_the_words_on_the_screen_and_brings_them_back(
    call: Page, context: BrowserContext
) -> None:
    context.clear_cookies(name="sessionid")
    call.locator("[name=description]").fill(STORY)
    expect(call.locator("[data-draft-mark]").first).to_have_text("збережено лише в цій вкладці")
    call.locator("#search-field").fill("26-0")
    expect(call.locator("#messages")).to_contain_text("Ваш сеанс завершено")
    expect(call.locator("[name=description]")).to_have_value(STORY)
    call.goto("/accounts/login/")
    call.locator("input[name=login]").fill("operator2")
    call.locator("input[name=password]").fill("fregat-demo")
    call.locator("input[name=password]").press("Enter")
    expect(call.locator("#shift-clock a")).to_be_visible()
    call.goto("/calls/new/")
    expect(call.locator("[name=description]")).to_have_value(STORY)


def test_signing_out_leaves_nothing_in_the_tab(call: Page, context: BrowserContext) -> None:
    context.set_offline(True)
    call.locator("[name=description]").fill(STORY)
    expect(call.locator("[data-draft-mark]").first).to_have_text("збережено лише в цій вкладці")
    context.set_offline(False)
    expect(call.locator("[data-draft-mark]").first).to_have_text("чернетку збережено")
    call.locator("details.menu > summary").last.click()
    call.get_by_role("button", name="Вийти").click()
    expect(call).to_have_url(re.compile("/accounts/login/"))
    assert call.evaluate("Object.keys(sessionStorage).filter(name => name.startsWith('draft:'))") == []


def test_words_of_a_call_that_was_taken_do_not_turn_up_in_the_next_one(
    call: Page, live_services: LiveServices
) -> None:
    """The next page comes slowly, as on a busy day: the old one stays long enough to save once more."""
    call.route("**/cases/26-*/*", lambda route: (call.wait_for_timeout(1500), route.continue_()))
    call.locator("#lookup").fill("4471823")
    expect(call.locator("#lookup-results [role=option]").first).to_be_visible()
    call.keyboard.press("Enter")
    expect(call.locator("#id_description")).to_be_focused()
    call.keyboard.type(STORY)
    # The field is left in the middle of the sending, which sets the clock of another save.
    call.evaluate(LEFT)
    call.keyboard.press("Control+Enter")
    expect(call.locator("#registered")).to_be_visible(timeout=20_000)
    assert call.evaluate("Object.keys(sessionStorage).filter(name => name.startsWith('draft:'))") == []
    assert STORY not in _kept(live_services)
    call.goto("/calls/new/")
    expect(call.locator("#lookup")).to_be_focused()
    expect(call.locator("[name=description]")).to_have_value("")
