"""The whole day of operator, night and senior in three browsers, on the real processes.

Nothing is reloaded to see what the others did, the operator's mouse is never touched, and no browser
complains of an error or of the security policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.day.client import Person
from tests.live import LiveServices

SOON = 30_000
"""Milliseconds for what comes by itself: the sweep looks every second, on a machine that does other things too."""
LATER = 60_000
COMPLAIN = """
addEventListener('securitypolicyviolation', (event) => console.error('CSP', event.violatedDirective, event.blockedURI))
"""
CUT_SHORT = ("htmx:afterRequest", "htmx:sendError", "htmx:sendAbort")
NO_MOUSE = "addEventListener('pointerdown', () => console.error('somebody touched the mouse'), true)"


class Window:
    """One person's browser, and what it complained of."""

    def __init__(self, context: BrowserContext, username: str) -> None:
        self.context, self.username = context, username
        self.complaints: list[str] = []
        context.add_init_script(COMPLAIN)
        context.on("console", lambda one: self._heard(one.text) if one.type == "error" else None)
        context.on("weberror", lambda one: self.complaints.append(str(one.error)))
        self.page = context.new_page()

    def _heard(self, text: str) -> None:
        # Who leaves a page in the middle of a refresh ends it; what a server refuses, the browser says too.
        if not text.startswith(CUT_SHORT):
            self.complaints.append(text)

    def sign_in(self) -> Page:
        """By the keyboard: the cursor already stands in the name."""
        page = self.page
        page.goto("/accounts/login/")
        expect(page.locator("input[name=login]")).to_be_focused()
        page.keyboard.type(self.username)
        page.keyboard.press("Tab")
        page.keyboard.type("fregat-demo")
        page.keyboard.press("Enter")
        expect(page.locator("#live-state")).to_have_attribute("data-state", "open", timeout=SOON)
        return page

    def mark(self) -> None:
        """A mark that a reload would wipe away."""
        self.page.evaluate("window.mark = 'the same page'")

    def assert_not_reloaded(self) -> None:
        assert self.page.evaluate("window.mark") == "the same page"


@pytest.fixture
def windows(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[dict[str, Window]]:
    """A browser for each of the three."""
    made = {
        name: Window(browser.new_context(**browser_context_args), name)
        for name in ("operator", "night", "senior")
    }
    made["operator"].context.add_init_script(NO_MOUSE)
    yield made
    for one in made.values():
        one.context.close()


def test_the_whole_day_goes_through_three_browsers(
    live_services: LiveServices, windows: dict[str, Window], morning: None
) -> None:
    operator, night, senior = (windows[name] for name in ("operator", "night", "senior"))
    senior.sign_in().goto("/board/")
    expect(senior.page.locator("#live-state")).to_have_attribute("data-state", "open", timeout=SOON)
    senior.mark()

    operator.sign_in()
    japan = registered(operator.page, "япон", "осака")
    assert_seen_and_acknowledged_on_the_board(senior, operator, japan)
    promised(operator.page)
    turkey = registered(operator.page, "тур", "анталья")
    expect(operator.page.locator("#case-escalations .count")).to_have_text("0")

    operator.page.keyboard.press("F2")
    expect(operator.page.locator("#lookup")).to_be_focused()
    move_shifts(live_services, senior.page)
    night.sign_in().goto("/")
    night.mark()

    assert_told_of_the_check_while_typing(operator)
    decided_by_keys(operator.page, japan, turkey)
    end_of_shift(live_services)
    accepted_with_a_read_back(night, japan)
    assert_chain_is_whole(live_services, night.page, japan)
    assert [f"{one.username}: {text}" for one in windows.values() for text in one.complaints] == []


def registered(page: Page, country: str, city: str) -> str:
    """A call comes in: F2, who, what, where, what help, Ctrl+Enter. Returns the case's number."""
    page.keyboard.press("F2")
    expect(page.locator("#lookup")).to_be_focused()
    look_up(page)
    for text in ("температура 39, блювання", country, city, "готель, 412", "вчора 23"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.type("вик")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#registered")).to_be_visible(timeout=SOON)
    return page.locator("#case-head h1").inner_text()


def look_up(page: Page) -> None:
    page.keyboard.type("4471823")
    expect(page.locator("#lookup-results [role=option]").first).to_be_visible(timeout=SOON)
    page.keyboard.press("Enter")
    expect(page.locator("#id_description")).to_be_focused(timeout=SOON)


def promised(page: Page) -> None:
    """On the case page: what must be done, and until when."""
    page.keyboard.press("t")
    expect(page.locator("#composer-task [name=text]")).to_be_focused(timeout=SOON)
    page.keyboard.type("Подзвонити до готелю")
    page.keyboard.press("Tab")
    page.keyboard.type("через 3 год")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#case-tasks")).to_contain_text("Подзвонити до готелю", timeout=SOON)


def assert_seen_and_acknowledged_on_the_board(senior: Window, operator: Window, number: str) -> None:
    waiting = senior.page.locator("[id^=escalation-]", has_text=number)
    expect(waiting).to_be_visible(timeout=SOON)
    senior.assert_not_reloaded()
    operator.mark()
    waiting.get_by_role("button").click()
    expect(waiting).to_have_count(0, timeout=SOON)
    senior.assert_not_reloaded()
    expect(operator.page.locator("#case-escalations")).to_contain_text("взято до відома", timeout=SOON)
    operator.assert_not_reloaded()


def move_shifts(live_services: LiveServices, page: Page) -> None:
    """On the roster: the operator's shift ends in less than 20 minutes, the night's begins now."""
    from fregat.lib import clock
    from shifts.roster.models import Shift

    with live_services.orm():
        now = clock.now()
        running = Shift.objects.running(now).get(employee__username="operator")
        coming = Shift.objects.not_ended(now).filter(employee__username="night").earliest("starts_at")
    local = clock.local(now)
    move_shift(page, running, ends=local + timedelta(minutes=18))
    begins = {"day": local, "starts": local, "ends": local + timedelta(hours=12)}
    move_shift(page, coming, **begins)


def move_shift(page: Page, shift: Any, **times: datetime) -> None:
    from fregat.lib import clock

    page.goto(f"/roster/?from={clock.local(shift.starts_at):%Y-%m-%d}")
    page.locator(f"#shift-{shift.pk}").click()
    for name, moment in times.items():
        page.locator(f"[name={name}]").fill(f"{moment:%Y-%m-%d}" if name == "day" else f"{moment:%H:%M}")
    page.locator("[name=reason]").fill("Перевірка дня")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#roster")).to_contain_text("Збережено", timeout=SOON)


def assert_told_of_the_check_while_typing(operator: Window) -> None:
    """The banner comes by itself; the cursor and the words stay where they are."""
    page = operator.page
    operator.mark()
    look_up(page)
    page.keyboard.type("Болить зуб, ")
    expect(page.locator("[data-check-banner]")).to_be_visible(timeout=SOON)
    page.keyboard.type("не спить")
    expect(page.locator("#id_description")).to_be_focused()
    expect(page.locator("#id_description")).to_have_value("Болить зуб, не спить")
    operator.assert_not_reloaded()


def decided_by_keys(page: Page, japan: str, turkey: str) -> None:
    """One key a case: the card of the one that goes on is filled from what was promised."""
    page.keyboard.press("F8")
    progress = page.locator("#check-progress")
    expect(progress).to_have_attribute("max", "2", timeout=SOON)
    for done in (1, 2):
        if turkey in page.locator("[data-current]").inner_text():
            page.keyboard.press("1")
        else:
            expect(page.locator("[data-current]")).to_contain_text(japan)
            page.keyboard.press("2")
        expect(progress).to_have_attribute("value", str(done), timeout=SOON)
    expect(page.locator("[data-check-banner]")).to_have_count(0)  # on the desk itself it would only repeat


def end_of_shift(live_services: LiveServices) -> None:
    """The roster takes minutes; the seconds are given through the API."""
    senior = Person(live_services.base_url, "senior")
    shift = senior.api("GET", "/shifts/?employee=operator").json["results"][0]
    ends_at = (datetime.now().astimezone() + timedelta(seconds=4)).isoformat()
    answer = senior.api("PATCH", f"/shifts/{shift['id']}/", {"ends_at": ends_at, "reason": "Перевірка дня"})
    assert answer.status == 200, answer.body.decode()


def accepted_with_a_read_back(night: Window, number: str) -> None:
    page = night.page
    expect(page.locator("[data-waiting-banner]")).to_be_visible(timeout=LATER)
    row = page.locator("#desk-handovers").locator("xpath=ancestor::section").get_by_role("link", name=number)
    expect(row).to_be_visible(timeout=SOON)
    night.assert_not_reloaded()
    row.press("Enter")
    expect(page.locator("[name=read_back]")).to_be_visible(timeout=SOON)
    page.keyboard.press("a")
    page.keyboard.type("Дзвоню до готелю за три години.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("Справу прийнято", timeout=SOON)


def assert_chain_is_whole(live_services: LiveServices, page: Page, number: str) -> None:
    page.goto(f"/cases/{number}/")
    chain = page.locator("#case-chain li")  # the newest first
    expect(chain).to_have_count(2)
    expect(chain.nth(0)).to_contain_text("Мельник Софія")
    expect(chain.nth(1)).to_contain_text("Ґудзь Оксана")
    expect(page.locator("#case-head")).to_contain_text("Мельник Софія")
    links = Person(live_services.base_url, "night").api("GET", f"/cases/{number}/responsibility/").json
    links = links.get("results", links) if isinstance(links, dict) else links
    assert [link["username"] for link in links] == ["operator", "night"]
    assert links[0]["to"] == links[1]["from"], "no gap, no overlap"
    assert links[1]["to"] is None
    # People read the same instant at both ends.
    later, earlier = (re.findall(r"\d\d\.\d\d \d\d:\d\d", one) for one in chain.all_inner_texts())
    assert earlier[-1] == later[0]


# --- The stream ---------------------------------------------------------------------------------------


def test_two_tabs_share_one_connection(
    live_services: LiveServices, browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    before = streams(live_services)
    window = Window(browser.new_context(**browser_context_args), "operator2")
    window.sign_in()
    opened = streams(live_services) - before
    assert len(opened) == 1
    second = window.context.new_page()
    second.goto("/cases/")
    expect(second.locator("#live-state")).to_have_attribute("data-state", "open", timeout=SOON)
    assert streams(live_services) - before == opened
    window.context.close()


def streams(live_services: LiveServices) -> set[str]:
    """The far ends of the established connections to the live port, as the kernel lists them."""
    port = f"{live_services.port + 1:04X}"
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return {row[2] for row in rows if row[1].endswith(f":{port}") and row[3] == "01"}


def test_without_the_stream_the_board_still_shows_what_happens(
    live_services: LiveServices, browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    context, page = without_workers(browser, browser_context_args)
    context.route("**/live/**", lambda route: route.abort())
    page.goto("/board/")
    expect(page.locator("#live-state")).to_have_attribute("data-state", "polling", timeout=SOON)
    page.evaluate("window.mark = 'the same page'")
    number = case_from_japan(live_services)
    expect(page.locator("[id^=escalation-]", has_text=number)).to_be_visible(timeout=SOON)
    assert page.evaluate("window.mark") == "the same page"
    context.close()


def test_what_happened_before_the_stream_was_open_is_shown(
    live_services: LiveServices, browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    context, page = without_workers(browser, browser_context_args)
    happened: list[str] = []

    def meanwhile(route: Route) -> None:
        """The board is drawn, its stream is not open yet."""
        if not happened:
            happened.append(case_from_japan(live_services))
        route.continue_()

    context.route("**/live/**", meanwhile)
    page.goto("/board/")
    expect(page.locator("#live-state")).to_have_attribute("data-state", "open", timeout=SOON)
    expect(page.locator("[id^=escalation-]", has_text=happened[0])).to_be_visible(timeout=SOON)
    context.close()


def without_workers(browser: Browser, arguments: dict[str, Any]) -> tuple[BrowserContext, Page]:
    """`senior` in a browser without shared workers, which opens the stream from the page, where it can be held."""
    context = browser.new_context(**arguments)
    context.add_init_script("delete window.SharedWorker")
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("senior")
    page.locator("input[name=password]").fill("fregat-demo")
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("#live-state")).to_be_attached()
    return context, page


def case_from_japan(live_services: LiveServices) -> str:
    operator2 = Person(live_services.base_url, "operator2")
    answer = operator2.api(
        "POST",
        "/cases/",
        {
            "person": None,
            "person_name": "KHRYSTENKO",
            "policy": None,
            "caller": {"name": "Марек", "relation": "companion", "phone": "+48601234567"},
            "place": {"country": "JP", "city": "", "address": ""},
            "occurred_at": datetime.now().astimezone().isoformat(),
            "description": "Травма коліна",
            "services": [],
        },
    )
    assert answer.status == 201, answer.body.decode()
    return str(answer.json["number"])
