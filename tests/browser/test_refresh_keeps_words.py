"""What comes by itself never takes words away: not under the cursor, not after it has left the field."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.live import LiveServices

WORDS = "Дзвоню до готелю о восьмій."


def news(live_services: LiveServices, kind: str, ident: int) -> None:
    """Tell the operator's browser of something, and give it the time to fetch it."""
    live_services.manage(
        "shell", "-v0", "-c",
        "from fregat.lib import live; from staff.employees.models import Employee;"
        f"live.publish(f\"employee:{{Employee.objects.get(username='operator').pk}}\", '{kind}', {ident})",
    )  # fmt: skip


def test_words_left_in_a_field_stay_through_a_refresh_and_it_comes_when_they_are_gone(
    page: Page, live_services: LiveServices, handover_id: int
) -> None:
    address = f"/handovers/{handover_id}/"
    page.goto(f"/accounts/login/?next={address}")
    page.locator("input[name=login]").fill("operator")
    page.locator("input[name=password]").fill("fregat-demo")
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("#live-state")).to_have_attribute("data-state", "open", timeout=30_000)
    fetched: list[str] = []
    page.on("request", lambda one: fetched.append(one.url) if one.url.endswith(address) else None)
    page.evaluate(
        "document.body.addEventListener('live:handover', () => { window.heard = (window.heard || 0) + 1 })"
    )
    field = page.locator("[name=read_back]")
    field.fill(WORDS)

    news(live_services, "handover", handover_id)  # the cursor is in the field
    page.wait_for_function("window.heard === 1", timeout=30_000)
    field.blur()
    news(live_services, "handover", handover_id)  # the cursor has left, the words are there
    page.wait_for_function("window.heard === 2", timeout=30_000)
    page.wait_for_timeout(300)
    expect(field).to_have_value(WORDS)
    assert fetched == []

    with page.expect_response(f"**{address}"):
        field.fill("")
        field.blur()


def test_words_begun_while_a_refresh_was_under_way_stay(page: Page, handover_id: int) -> None:
    address = f"/handovers/{handover_id}/"
    page.add_init_script("delete window.SharedWorker")
    page.route("**/live/**", lambda route: route.abort())
    page.goto(f"/accounts/login/?next={address}")
    page.locator("input[name=login]").fill("operator")
    page.locator("input[name=password]").fill("fregat-demo")
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("#live-state")).to_have_attribute("data-state", "polling", timeout=30_000)
    held: list[Route] = []
    page.route(f"**{address}", lambda route: held.append(route))
    with page.expect_request(f"**{address}"):
        page.evaluate("document.body.dispatchEvent(new CustomEvent('live:poll'))")
    field = page.locator("[name=read_back]")
    field.fill(WORDS)
    field.blur()
    page.unroute(f"**{address}")
    with page.expect_response(f"**{address}"):
        for route in held:
            route.continue_()
    page.evaluate("() => new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)))")
    expect(field).to_have_value(WORDS)
    with page.expect_response(f"**{address}"):
        field.fill("")
        field.blur()


def test_a_key_pressed_during_a_refresh_is_answered_in_its_place(page: Page) -> None:
    # No stream: news come when the test says so.
    page.add_init_script("delete window.SharedWorker")
    page.route("**/live/**", lambda route: route.abort())
    page.goto("/accounts/login/?next=/shift/end/")
    page.locator("input[name=login]").fill("operator2")
    page.locator("input[name=password]").fill("fregat-demo")
    page.locator("input[name=password]").press("Enter")
    progress = page.locator("#check-progress")
    expect(progress).to_have_attribute("value", "0", timeout=30_000)
    expect(page.locator("#live-state")).to_have_attribute("data-state", "polling", timeout=30_000)
    # The refresh has read what was before, and comes back before the answer does.
    page.evaluate(
        """() => {
          const send = XMLHttpRequest.prototype.open
          XMLHttpRequest.prototype.open = function (verb, url, ...rest) {
            if (verb === 'POST' && url.startsWith('/shift/end/')) {
              const onload = Object.getOwnPropertyDescriptor(XMLHttpRequestEventTarget.prototype, 'onload')
              Object.defineProperty(this, 'onload', {
                set: (answer) => onload.set.call(this, () => setTimeout(() => answer.call(this), 1500)),
              })
            }
            return send.call(this, verb, url, ...rest)
          }
          document.body.dispatchEvent(new CustomEvent('live:desk'))
        }"""
    )
    with page.expect_response(
        lambda one: one.request.method == "POST" and "/shift/end/" in one.url
    ) as answer:
        page.keyboard.press("3")
    assert answer.value.status == 200
    expect(progress).to_have_attribute("value", "1", timeout=5_000)
