"""What fragments ask by themselves comes to an end, asks for nothing but themselves, and leaves no part behind."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.live import LiveServices


def without_a_stream(page: Page, username: str, address: str) -> None:
    """Sign in; news come when the test says so."""
    page.add_init_script("delete window.SharedWorker")
    page.route("**/live/**", lambda route: route.abort())
    page.goto(f"/accounts/login/?next={address}")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill("fregat-demo")
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("#live-state")).to_have_attribute("data-state", "polling", timeout=30_000)


def test_two_filters_changed_at_once_are_two_requests(page: Page) -> None:
    without_a_stream(page, "operator", "/exchanges/")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/exchanges/?" in one.url else None)
    with page.expect_response("**/exchanges/?**", timeout=5_000):
        page.evaluate(
            """() => {
              const form = document.querySelector('form.filters')
              for (const _turn of [1, 2]) form.dispatchEvent(new Event('change', { bubbles: true }))
            }"""
        )
    page.wait_for_timeout(700)
    assert len(asked) == 2


def test_news_missed_by_the_whole_list_do_not_take_the_answer_of_a_search_away(page: Page) -> None:
    without_a_stream(page, "director", "/staff/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        by_itself = route.request.method == "GET" and "hx-request" in route.request.headers
        held.append(route) if by_itself else route.continue_()

    page.route("**/staff/**", hold)
    for _news in range(2):
        page.evaluate("document.body.dispatchEvent(new CustomEvent('live:staff'))")
        page.wait_for_timeout(1300)  # They are gathered for a second.
    assert len(held) == 1
    found = page.locator("#people:not([hx-get])")
    page.locator("#id_q").fill("Мельник")
    page.locator("#id_q").press("Enter")
    expect(found).to_contain_text("Мельник")
    page.wait_for_timeout(700)
    assert len(held) == 1
    expect(found).to_contain_text("Мельник")


def test_a_part_of_the_case_that_was_typed_in_during_news_is_drawn_when_it_is_left(
    page: Page, live_services: LiveServices
) -> None:
    from cases.casework.models import Case

    with live_services.orm():
        number = Case.objects.open().filter(responsible__username="operator").earliest("pk").number
    without_a_stream(page, "operator", f"/cases/{number}/")
    # A question of the rules that asks for a number.
    page.evaluate(
        "document.querySelector('#case-cover').insertAdjacentHTML('beforeend', '<input id=\"asked\" type=\"number\">')"
    )
    field, update = page.locator("#asked"), f"**/cases/{number}/update/"
    field.focus()
    with page.expect_response(update):
        page.evaluate("document.body.dispatchEvent(new CustomEvent('live:poll'))")
    page.wait_for_timeout(300)
    expect(field).to_be_focused()
    with page.expect_response(update, timeout=5_000):
        field.blur()
    expect(field).to_have_count(0)


def test_words_that_were_refused_stay_until_they_are_sent_well_or_taken_back(page: Page) -> None:
    without_a_stream(page, "operator", "/shift/")
    page.locator("#own-shift details summary").click()
    reason = page.locator("#own-shift details textarea[name=reason]")
    reason.fill("Захворіла дитина, треба до лікаря.")
    with page.expect_response("**/shift/change/") as answer:
        page.locator("#own-shift details form button.btn-primary").click()
    assert answer.value.status == 400  # The time was not chosen.
    expect(page.locator("#id_ends_at")).to_be_focused()
    page.locator("#id_ends_at").blur()
    page.evaluate("document.body.dispatchEvent(new CustomEvent('live:poll'))")
    page.wait_for_timeout(1000)
    expect(reason).to_have_value("Захворіла дитина, треба до лікаря.")
    expect(page.locator("#id_ends_at_error")).to_be_visible()
    reason.fill("")
    with page.expect_response("**/shift/"):
        reason.blur()


def test_a_card_that_was_filled_in_before_holds_nothing_back_when_it_is_refused(page: Page) -> None:
    """What the program wrote is no word of the person: the end of the shift would stand still, without a sign."""
    without_a_stream(page, "operator2", "/shift/end/")
    card = page.locator("[data-current]")
    summary, when = card.locator("[name$=summary]"), card.locator("[name$=next_at]")
    summary.evaluate("field => { field.value = field.defaultValue = 'Викликано лікаря.' }")
    when.fill("колись")
    with page.expect_response(lambda one: one.request.method == "POST") as answer:
        card.locator("[data-submit-default]").click()
    assert answer.value.status == 400
    expect(summary).to_have_value("Викликано лікаря.")
    when.blur()
    fetched: list[str] = []
    page.on("request", lambda one: fetched.append(one.url) if "/shift/end/" in one.url else None)
    page.evaluate("document.body.dispatchEvent(new CustomEvent('live:poll'))")
    page.wait_for_timeout(700)
    expect(when).to_have_value("колись")
    assert fetched == []
    with page.expect_response("**/shift/end/**", timeout=5_000):
        when.fill("")
        when.blur()
