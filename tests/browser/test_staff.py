"""The staff in a real browser: the director's pages looked at, edited in place; a substitution moves an escalation."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from fregat.lib import clock, sheets
from tests.browser.test_pages_look import Eyes, eyes
from tests.day.client import Person
from tests.live import LiveServices

__all__ = ["eyes"]

pytestmark = pytest.mark.browser


def _signed_in(browser: Browser, args: dict[str, Any], username: str) -> Page:
    page = browser.new_context(**args).new_page()
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill("fregat-demo")
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("main")).to_be_visible()
    return page


def test_what_the_director_sees_of_the_staff(eyes: Eyes) -> None:
    eyes.sign_in("director")
    for path in (
        "/staff/", "/staff/?view=tree", "/staff/?role=senior&state=dismissed", "/staff/operator/",
        "/staff/operator/history/", "/staff/operator/work/", "/staff/operator/projects/", "/staff/import/",
        "/staff/export/", "/staff/substitutions/", "/staff/substitutions/new/",
    ):  # fmt: skip
        eyes.look_at(path)


def test_what_others_see_of_the_staff(eyes: Eyes) -> None:
    eyes.sign_in("admin")
    for path in ("/staff/", "/staff/operator/"):
        eyes.look_at(path)
    eyes.look_at("/staff/operator/history/", 404)


def test_the_list_follows_what_is_typed_and_the_address_keeps_the_filters_alone(
    browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    page = _signed_in(browser, browser_context_args, "director")
    page.goto("/staff/")
    page.get_by_label("Посада").select_option("operator")
    expect(page).to_have_url("/staff/?role=operator")
    search = page.get_by_label("Ім’я, ім’я для входу або телефон")
    search.click()
    page.keyboard.type("psyx")  # «зінч» with the other keyboard layout
    expect(page.locator("#people-count")).to_have_text("1 працівник")
    expect(search).to_be_focused()
    expect(page).to_have_url("/staff/?role=operator")
    page.get_by_role("link", name="Зінченко Тарас").click()
    expect(page.locator("h1")).to_contain_text("Зінченко Тарас")
    page.context.close()


def test_work_fields_are_changed_in_place_and_a_photograph_is_seen(
    browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    page = _signed_in(browser, browser_context_args, "head")
    page.goto("/staff/night/")
    page.locator("#change-work").click()
    page.get_by_label("Робочий телефон").fill("десь")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Робочий телефон")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Робочий телефон").fill("044 234 56 78")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#work")).to_contain_text("+380 44 234 5678")
    expect(page.locator("#record")).to_contain_text("Їжакевич Богдан")  # in the history
    page.get_by_text("Додати фотографію").click()
    drawn = io.BytesIO()
    Image.new("RGB", (640, 480), "navy").save(drawn, "JPEG")
    page.set_input_files(
        "input[type=file]", {"name": "n.jpg", "mimeType": "image/jpeg", "buffer": drawn.getvalue()}
    )
    page.locator(".photograph").get_by_role("button", name="Зберегти").click()
    picture = page.get_by_role("img", name="Мельник Софія")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("naturalWidth", 480)  # seen once it has come
    page.get_by_text("Замінити фотографію").click()
    page.get_by_role("button", name="Вилучити фотографію").click()
    expect(picture).to_have_count(0)
    page.context.close()


def test_a_table_of_people_is_read_and_its_faults_are_said(
    browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    page = _signed_in(browser, browser_context_args, "director")
    page.goto("/staff/import/")
    headings = ["Прізвище", "Ім’я", "Ім’я для входу", "Посада", "Старший менеджер"]
    rows = [
        ["Ґжицька", "Іванна", "gzhytska", "оператор", "senior"],
        ["Їжак", "Петро", "petro", "космонавт", ""],
    ]
    table = sheets.write([("Аркуш", headings, rows)])
    page.set_input_files("input[type=file]", {"name": "люди.xlsx", "mimeType": sheets.XLSX, "buffer": table})
    page.get_by_role("button", name="Прочитати таблицю").click()
    expect(page.locator("main")).to_contain_text("Посади «космонавт» немає.")
    expect(page.get_by_role("button", name="Підписати накази")).to_be_disabled()
    page.get_by_role("button", name="Відкласти таблицю").click()
    expect(page.locator("main")).to_contain_text("нікого з неї не призначено")
    page.context.close()


def _has_a_shift(live: LiveServices, username: str) -> None:
    """Another test may have ended the one of the demonstration."""
    with live.orm():
        from shifts.roster.actions import plan_shift
        from shifts.roster.models import Shift
        from staff.employees.models import Employee

        now, person = clock.now(), Employee.objects.get(username=username)
        if not Shift.objects.running(now).filter(employee=person).exists():
            until = now + timedelta(hours=3)
            plan_shift(
                by=None,
                employee=person,
                kind="day",
                starts_at=now,
                ends_at=until,
                now=now,
                reason="Перевірка.",
            )


def _told(live: LiveServices) -> str:
    """To whom the program tells of a new case of `stranger`."""
    stranger, head = Person(live.base_url, "stranger"), Person(live.base_url, "head")
    case = {
        "person": None, "person_name": "KHRYSTENKO", "policy": None,
        "caller": {"name": "Марек", "relation": "companion", "phone": "+48601234567"},
        "place": {"country": "JP", "city": "", "address": ""},
        "occurred_at": datetime.now().astimezone().isoformat(), "description": "Травма коліна", "services": [],
    }  # fmt: skip
    answer = stranger.api("POST", "/cases/", case)
    assert answer.status == 201, answer.body.decode()
    rows = head.api("GET", "/escalations/?open=true").json["results"]
    return next(str(row["addressee"]) for row in rows if row["case"] == answer.json["number"])


def test_a_substitution_moves_an_escalation_at_once_and_its_end_moves_it_back(
    browser: Browser, browser_context_args: dict[str, Any], live_services: LiveServices
) -> None:
    """`senior2` is off: what her team tells goes to whoever leads, until the head acts for her."""
    _has_a_shift(live_services, "stranger")
    operator = _signed_in(browser, browser_context_args, "stranger")
    assert _told(live_services) == "senior"
    expect(operator.locator("#live-state")).to_have_attribute("data-state", "open")
    page = _signed_in(browser, browser_context_args, "head")
    page.goto("/staff/substitutions/")
    page.keyboard.press("n")
    page.get_by_label("Кого заміщують").select_option("senior2")
    page.get_by_label("Хто заміщує").select_option("head")
    until = datetime.now().astimezone() + timedelta(days=3)
    page.get_by_label("До", exact=True).fill(f"{until:%d.%m.%Y} 18:00")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#substitutions")).to_contain_text("Щербак Лідія")
    assert _told(live_services) == "head"
    expect(operator.locator("#bell[data-unread]")).to_be_visible(timeout=20_000)
    operator.goto("/notices/")
    expect(operator.locator("main")).to_contain_text("Заміщення старшого менеджера (Щербак Лідія)")
    page.get_by_role("button", name="Завершити зараз").click()
    page.get_by_role("dialog").get_by_role("button", name="Завершити зараз").click()
    expect(page.locator("#substitutions")).to_contain_text("Раніше")
    assert _told(live_services) == "senior"
    for one in (page, operator):
        one.context.close()
