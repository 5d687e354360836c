"""Every page with fresh eyes: light and dark, wide and narrow, by keyboard, in both languages, on paper.

One sign-in for each role, one load for each page: the theme and the width change on the open page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.browser.test_whole_day import CUT_SHORT, case_from_japan
from tests.day.client import Person
from tests.live import LiveServices

WIDTHS = (1366, 390)
THEMES = ("light", "dark")
"""axe sees each theme at each width; at the second theme only the rules that a theme can break."""
EVERYTHING = {"resultTypes": ["violations"]}
OF_COLOURS = EVERYTHING | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
PAPER = {"portrait": 718, "landscape": 1047}
"""Pixels between the margins of an A4 sheet: a table wider than that is cut."""
TABS = 10
"""Stops of the Tab key on each page whose focus must be seen."""
FOREIGN = {"/api/docs/": "#swagger-ui"}
"""Pages whose content is a third party's: Swagger has its own colours, language and landmarks."""

SAID = """(language) => {
  const isIn = (node) => node.closest('[lang]').lang === language && !node.closest('script, style, template')
  const said = [document.title], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) if (isIn(walker.currentNode.parentElement)) said.push(walker.currentNode.data)
  for (const name of ['aria-label', 'placeholder', 'title', 'data-label'])
    for (const node of document.querySelectorAll(`[${name}]`)) if (isIn(node)) said.push(node.getAttribute(name))
  return said
}"""
STUCK_OUT = """() => [...document.querySelectorAll('.card')]
  .filter((card) => card.checkVisibility() && card.scrollWidth > card.clientWidth + 1)
  .map((card) => card.outerHTML.slice(0, 80))"""
PRINTED = """() => ({
  wide: document.documentElement.scrollWidth,
  ground: getComputedStyle(document.body).backgroundColor,
  turned: getComputedStyle(document.body).page === 'wide',
  controls: [...document.querySelectorAll('.bar, button, .btn, input, select, textarea, kbd')]
    .filter((node) => node.checkVisibility()).map((node) => node.outerHTML.slice(0, 80)),
  hollow: [...document.querySelectorAll('main details, main .stack > *')].filter((node) => node.checkVisibility() &&
    (node.matches('details') ? ![...node.children].some((one) => !one.matches('summary') && one.checkVisibility())
      : !node.offsetHeight && !node.matches('.stack'))).map((node) => node.outerHTML.slice(0, 120)),
})"""
FOCUS = """() => {
  const node = document.activeElement
  if (!node || node === document.body) return ''
  const style = getComputedStyle(node)
  const seen = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'
  return seen ? '' : node.outerHTML.slice(0, 100)
}"""


class Eyes:
    """A browser of one person that writes down every fault it sees."""

    def __init__(self, context: BrowserContext) -> None:
        self.context, self.page = context, context.new_page()
        self.faults: list[str] = []
        self._path, self._refused, self._username = "", False, ""
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self._path}: {error}"))

    def _heard(self, message: ConsoleMessage) -> None:
        refusal = self._refused and message.text.startswith(
            ("Failed to load resource", "Response Status Error")
        )
        # Who leaves a page in the middle of a refresh ends it.
        if message.type == "error" and not refusal and not message.text.startswith(CUT_SHORT):
            self.faults.append(f"{self._path}: {message.text}")

    def sign_in(self, username: str) -> None:
        self._username = username
        self.page.goto("/accounts/login/")
        self.page.locator("input[name=login]").fill(username)
        self.page.locator("input[name=password]").fill("fregat-demo")
        self.page.locator("input[name=password]").press("Enter")
        expect(self.page.get_by_role("main")).to_be_visible()

    def look_at(self, path: str, status: int = 200) -> None:
        """Open a page and look at it in every way."""
        self._path, self._refused = path, status >= 400
        answer = self.page.goto(path)
        assert answer
        if answer.status != status:
            self.faults.append(f"{path}: status {answer.status}, not {status}")
        self.look()

    def read(self, path: str) -> None:
        """Open a page and only read it."""
        self._path, self._refused = path, False
        self.page.goto(path)
        self._language()

    def look(self) -> None:
        """Look at the page that is open."""
        self.page.wait_for_load_state("load")
        if self._path in FOREIGN:  # Swagger builds its page, the landmark included, after the load
            expect(self.page.locator(f"{FOREIGN[self._path]} section.block").first).to_be_attached(
                timeout=30_000
            )
        self._axe()
        if self._path not in FOREIGN:
            self._heading()
            self._language()
            self._focus()
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 768})

    def state(self, name: str) -> None:
        """Look at what has opened on the page: a dialog, a form that came back, results."""
        self._path, self._refused = name, True
        self.look()

    def _sideways(self, width: int) -> None:
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            self.faults.append(f"{self._path}: {wide} px wide on {width}")
        self.faults.extend(
            f"{self._path}: sticks out on {width}: {card}" for card in self.page.evaluate(STUCK_OUT)
        )

    def _axe(self) -> None:
        foreign = FOREIGN.get(self._path)
        context = {"exclude": [[foreign]]} if foreign else None
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 768})
            self._sideways(width)
            for theme in THEMES:
                self.page.evaluate("theme => { document.documentElement.dataset.bsTheme = theme }", theme)
                options = EVERYTHING if theme == THEMES[0] else OF_COLOURS
                for one in Axe().run(self.page, context, options).response["violations"]:
                    self.faults.append(
                        f"{self._path} {theme} {width}: {one['id']} {one['nodes'][0]['html'][:120]}"
                    )

    def _heading(self) -> None:
        if (count := self.page.locator("h1").count()) != 1:
            self.faults.append(f"{self._path}: {count} h1")

    def _language(self) -> None:
        language = self.page.evaluate("document.documentElement.lang")
        said = {re.sub(r"\s+", " ", text).strip() for text in self.page.evaluate(SAID, language)}
        foreign = _sentences("en" if language == "uk" else "uk") - {self._username}
        self.faults.extend(f"{self._path}: not in {language}: {text!r}" for text in sorted(said & foreign))

    def _focus(self) -> None:
        for _ in range(TABS):
            self.page.keyboard.press("Tab")
            if unseen := self.page.evaluate(FOCUS):
                self.faults.append(f"{self._path}: focus not seen on {unseen}")


@cache
def _sentences(language: str) -> set[str]:
    """Our sentences in a language: as they stand in the code, or as they are translated."""
    from babel.messages.pofile import read_po

    from fregat.translations import catalogue_of

    found: dict[str, set[str]] = {"en": set(), "uk": set()}
    with catalogue_of("uk").open("rb") as source:
        for message in read_po(source, locale="uk"):
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            found["en"].update(one for one in ids if one and one not in strings)
            found["uk"].update(one for one in strings if one and one not in ids)
    return found[language]


@pytest.fixture
def eyes(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Eyes]:
    """A browser for one person; what it saw amiss fails the test, all at once."""
    context = browser.new_context(**browser_context_args)
    made = Eyes(context)
    yield made
    context.close()
    if made.faults:
        pytest.fail("\n".join(made.faults), pytrace=False)


def test_before_the_sign_in(eyes: Eyes) -> None:
    eyes.look_at("/accounts/login/")
    eyes.look_at("/nowhere/", 404)


def test_what_an_operator_sees(eyes: Eyes, handover_id: int) -> None:
    eyes.sign_in("operator")
    for path in (
        "/", "/calls/new/", "/cases/", "/shift/", "/shift/end/", "/shift/end/sheet/", "/shift/end/spread/?all=1",
        "/handovers/sheets/", "/insured/", "/staff/me/",
        "/roster/", f"/handovers/{handover_id}/", "/api/docs/", "/accounts/password/change/",
        "/accounts/reauthenticate/", "/accounts/logout/", "/tasks/",
        "/messages/", "/messages/new/",
    ):  # fmt: skip
        eyes.look_at(path)
    page = eyes.page
    page.goto("/")
    eyes.look_at(_link(page, "#desk-cases"))
    page.goto("/insured/")
    page.locator("#id_q").fill("галаган")
    eyes.look_at(_link(page, "#found-title"))
    page.goto("/messages/")
    eyes.look_at(page.locator("#conversations .row-link").first.get_attribute("href") or "")
    eyes.look_at("/board/", 403)
    eyes.look_at("/cases/26-999999/", 404)


def _link(page: Page, title: str) -> str:
    """The address of the first row under this title."""
    row = page.locator("section", has=page.locator(title)).locator(".row-link").first
    expect(row).to_be_visible(timeout=20_000)
    return row.get_attribute("href") or ""


def test_what_a_senior_manager_sees(eyes: Eyes, live_services: LiveServices) -> None:
    eyes.sign_in("senior")
    for path in ("/", "/board/", "/roster/", "/roster/?view=list", "/roster/plan/", "/tasks/", "/tasks/new/"):
        eyes.look_at(path)
    eyes._path, eyes._refused = "409", True
    _post_a_conflict(eyes.page, live_services)
    expect(eyes.page.get_by_role("main")).to_contain_text("409")
    eyes.look()


def _post_a_conflict(page: Page, live_services: LiveServices) -> None:
    """Acknowledge what is acknowledged already, as a page without scripts would."""
    number = case_from_japan(live_services)
    senior = Person(live_services.base_url, "senior")
    waiting = senior.api("GET", "/escalations/?open=true").json["results"]
    ident = next(row["id"] for row in waiting if row["case"] == number)
    assert senior.api("POST", f"/escalations/{ident}/acknowledge/").status == 200
    address = f"/cases/{number}/escalations/{ident}/acknowledge/"
    with page.expect_navigation():
        page.evaluate(
            """address => {
              const form = Object.assign(document.createElement('form'), {method: 'post', action: address})
              const value = document.querySelector('meta[name=csrf-token]').content
              form.append(Object.assign(document.createElement('input'), {name: 'csrfmiddlewaretoken', value}))
              document.body.append(form)
              form.submit()
            }""",
            address,
        )


def test_what_opens_on_a_page(eyes: Eyes) -> None:
    eyes.sign_in("operator2")
    page = eyes.page
    page.goto("/calls/new/")
    page.locator("#lookup").fill("4471823")
    expect(page.locator("#lookup-results [role=option]").first).to_be_visible(timeout=20_000)
    eyes.state("call: found")
    page.locator("#lookup").press("Enter")
    expect(page.locator("#id_description")).to_be_visible(timeout=20_000)
    page.locator("#id_description").press("Tab")
    page.keyboard.type("тур")
    page.keyboard.press("Tab")
    expect(page.locator("#verdict [data-verdict]")).to_be_visible(timeout=20_000)
    eyes.state("call: verdict")
    page.locator("#id_description").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#id_description_error")).to_be_visible(timeout=20_000)
    expect(page.locator("#id_description")).to_be_focused()
    eyes.state("call: refused")
    page.locator(".page-actions form button").click()
    page.goto("/")
    page.goto(_link(page, "#desk-cases"))
    for key, form in (("n", "note"), ("c", "contact"), ("t", "task"), ("s", "service"), ("e", "escalation")):
        page.locator("body").press(key)
        expect(page.locator(f"#composer-{form} form")).to_be_visible()
        page.keyboard.press("Escape")
        page.evaluate("document.activeElement.blur()")
    page.locator("#composer-contact > summary").click()
    eyes.state("case: composer")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("m")
    expect(page.locator("#ask form")).to_be_visible(timeout=20_000)
    eyes.state("case: correct")
    page.goto("/cases/")
    page.keyboard.press("Shift+Slash")
    expect(page.locator("#shortcuts")).to_be_visible()
    eyes.state("keys")
    page.keyboard.press("Escape")
    page.keyboard.press("Slash")
    page.keyboard.type("галаган")
    expect(page.locator("#search-results [role=option]").first).to_be_visible(timeout=20_000)
    eyes.state("search")


def test_english_is_english(eyes: Eyes) -> None:
    eyes.sign_in("operator2")
    page = eyes.page
    page.locator("form button[lang=en], form[action='/preferences/'] button[name=language]").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    for path in (
        "/",
        "/calls/new/",
        "/cases/",
        "/shift/",
        "/shift/end/",
        "/insured/",
        "/staff/me/",
        "/roster/",
    ):
        eyes.read(path)
    page.goto("/")
    eyes.read(_link(page, "#desk-cases"))
    page.goto("/")
    page.locator("form[action='/preferences/'] button[name=language]").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "uk")


def test_what_is_printed_fits_on_its_sheet(eyes: Eyes) -> None:
    """Nothing to click, nothing dark, nothing cut: from a dark screen too."""
    eyes.sign_in("senior")
    page = eyes.page
    page.goto("/board/")
    case = (
        _link(page, "#board-escalations")
        if page.locator("[id^=escalation-]").count()
        else "/cases/26-000059/"
    )
    for path, sheet in (
        (case, "portrait"),
        (_insured(page), "portrait"),
        ("/board/", "portrait"),
        ("/roster/", "landscape"),
        ("/cases/", "landscape"),
    ):
        page.set_viewport_size({"width": 1366, "height": 768})
        page.goto(path)
        page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
        page.emulate_media(media="print")
        page.set_viewport_size({"width": PAPER[sheet], "height": 1000})
        seen = page.evaluate(PRINTED)
        assert seen["wide"] <= PAPER[sheet], f"{path}: {seen['wide']} px wide"
        assert seen["controls"] == [], f"{path}: {seen['controls']}"
        assert seen["hollow"] == [], f"{path}: a title without its text, or a gap: {seen['hollow']}"
        assert seen["ground"] == "rgb(255, 255, 255)", path
        assert seen["turned"] == (sheet == "landscape"), path
        page.emulate_media(media="screen")


def _insured(page: Page) -> str:
    page.goto("/insured/")
    page.locator("#id_q").fill("Ковальчук")
    first = page.locator("#found a").first
    expect(first).to_be_visible(timeout=20_000)
    return first.get_attribute("href") or ""


def test_what_others_see(eyes: Eyes) -> None:
    eyes.sign_in("admin")
    for path in ("/", "/admin/", "/admin/insurance/programme/"):
        eyes.look_at(path)
