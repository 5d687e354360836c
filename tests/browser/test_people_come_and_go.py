"""Two stories of the director's orders in real browsers (A3, A4): somebody new takes a first call, somebody leaves
in the middle of a case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.live import LiveServices

pytestmark = pytest.mark.browser

SECRET = "Сад-і-город-77"
NAME = "Ґжицька Іванна"
At = Callable[[str], Page]


@pytest.fixture
def at(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[At]:
    """`at("director")`: the page of somebody signed in, each in a browser of their own."""
    contexts: list[BrowserContext] = []

    def signed_in(username: str, secret: str = "fregat-demo") -> Page:
        contexts.append(browser.new_context(**browser_context_args))
        page = contexts[-1].new_page()
        page.goto("/accounts/login/")
        page.locator("input[name=login]").fill(username)
        page.locator("input[name=password]").fill(secret)
        page.locator("input[name=password]").press("Enter")
        expect(page.locator("#live-state")).to_be_attached()
        return page

    yield signed_in
    for context in contexts:
        context.close()


@pytest.fixture
def newcomer(live_services: LiveServices) -> Iterator[str]:
    """The sign-in name of whoever is appointed; gone again when the story is told, with nothing left of it."""
    name = (
        f"gzhytska-{uuid4().hex[:6]}"  # who was dismissed keeps the name: a second try appoints somebody else
    )
    yield name
    _leave(live_services, name)


def _leave(live: LiveServices, username: str) -> None:
    """Others count on who is on duty: the person is dismissed, the cases of the story are cancelled."""
    from cases.casework.models import Case
    from staff.employees.models import Employee
    from tests.cast import give_order

    with live.orm():
        person = Employee.objects.filter(username=username).first()
        if person is not None and person.is_active:
            give_order("dismissal", person, by=Employee.objects.get(username="director"))
        Case.objects.filter(opened_by=person).update(status="cancelled")


def _plan_shift(live: LiveServices, username: str) -> None:
    """The senior manager's plan: a shift that runs already."""
    from fregat.lib import clock
    from shifts.roster.actions import plan_shift
    from staff.employees.models import Employee

    with live.orm():
        now = clock.now()
        people = Employee.objects.in_bulk(["senior", username], field_name="username")
        plan_shift(
            by=people["senior"], employee=people[username], starts_at=now - timedelta(minutes=5),
            ends_at=now + timedelta(hours=6), kind="day", reason="Перша зміна.",
        )  # fmt: skip


def _choose(page: Page, label: str, *texts: str) -> None:
    # The plain list, which a script replaces, is a combobox too.
    field = page.locator("input").and_(page.get_by_role("combobox", name=label))
    for text in texts:
        field.fill(text)
        field.press("Enter")


def _appointed(director: Page, username: str) -> None:
    director.goto("/staff/orders/new/appointment/")
    for label, value in {"Прізвище": "Ґжицька", "Ім’я": "Іванна", "Ім’я для входу": username}.items():
        director.get_by_label(label, exact=True).fill(value)
    director.get_by_label("Посада").select_option("operator")
    _choose(director, "Старший менеджер", "Євтуш")
    _choose(director, "Проєкти", "Вітрило", "Ластівка")
    foreseen = director.locator("#foreseen")
    expect(foreseen).to_contain_text(f"{NAME} стає працівником. Посада: оператор")
    expect(foreseen).to_contain_text("Старший менеджер: Євтушенко Марко")
    expect(foreseen).to_contain_text("СК «Вітрило»")
    director.keyboard.press("Control+Enter")
    expect(director.locator("h1")).to_contain_text("Наказ №")


def _account_opened(admin: Page, username: str) -> None:
    """The administrator learns of the appointment from the bell and gives the first password."""
    admin.goto("/notices/")
    admin.get_by_role("button", name=re.compile(f"Призначено нового працівника .{NAME}")).first.click()
    admin.get_by_role("link", name="Відкрити обліковий запис").click()
    admin.get_by_label("Пароль", exact=True).fill(SECRET)
    admin.get_by_label("Пароль ще раз").fill(SECRET)
    admin.get_by_label("Пароль ще раз").press("Enter")
    expect(admin.locator("main")).to_contain_text("відкрито")


def _signed(page: Page) -> None:
    page.get_by_role("link", name="Посадова інструкція оператора контакт-центру").first.click()
    expect(page.locator("#signing")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("s")
    expect(page).to_have_url(re.compile("#signing$"))
    page.keyboard.press("Tab")
    expect(page.locator("#id_secret")).to_be_focused()
    page.keyboard.type(SECRET)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#signing")).to_contain_text("Ознайомлено й підписано:")


def _first_call(page: Page) -> None:
    page.keyboard.press("F2")
    expect(page.locator("#lookup")).to_be_focused()
    page.keyboard.type("4471823")
    expect(page.locator("#lookup-results [role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#id_description")).to_be_focused()
    page.keyboard.type("температура 39, блювання")
    _choose(page, "Країна", "тур")
    page.get_by_label("Місто").fill("Анталья")
    _choose(page, "Яка допомога потрібна", "вик")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#registered")).to_be_visible()


def test_the_director_appoints_an_operator_who_signs_the_job_description_and_takes_a_first_call(
    at: At, live_services: LiveServices, newcomer: str
) -> None:
    from cases.casework.models import Case
    from shifts.attendance.models import Attendance

    _appointed(at("director"), newcomer)
    _account_opened(at("admin"), newcomer)
    _plan_shift(live_services, newcomer)
    page = at(newcomer, SECRET)
    expect(page.locator("#shift-clock a")).to_be_visible()  # signing in has begun the shift
    page.goto("/calls/new/")
    expect(page.locator("main")).to_contain_text("Ви вчасно не підписали «Посадова інструкція оператора")
    page.get_by_role("link", name="Підписати документи").click()
    _signed(page)
    page.goto("/")
    _first_call(page)
    with live_services.orm():
        case = Case.objects.get(opened_by__username=newcomer)
        assert (case.status, case.responsible.username) == ("reported", newcomer)
        assert Attendance.objects.get(shift__employee__username=newcomer).late_seconds < 600


@pytest.fixture
def leaving(live_services: LiveServices) -> Iterator[str]:
    """The sign-in name of an operator whose shift runs."""
    from staff.documents.actions import sign_in_demonstration
    from staff.documents.models import DocumentVersion
    from staff.employees.actions import create_employee
    from staff.employees.models import Employee

    name = f"tkachuk-{uuid4().hex[:6]}"
    with live_services.orm():
        senior = Employee.objects.get(username="senior")
        person = create_employee(
            username=name, last_name="Ткачук", first_name="Роман", role="operator", senior=senior,
            projects=["vitrylo"], is_demo=True,
        )  # fmt: skip
        # The running program has another kind of hash than the tests.
        Employee.objects.filter(pk=person.pk).update(password=senior.password)
        for version in DocumentVersion.objects.signable().unsigned_by(person):
            sign_in_demonstration(employee=person, version_id=version.pk, now=version.in_force_at)
    _plan_shift(live_services, name)
    yield name
    _leave(live_services, name)


def _open_case(live: LiveServices, username: str) -> str:
    """The number of a case that the person answers for; only of somebody at work, else the program passes it on."""
    from cases.insurance.models import Insurer
    from staff.employees.models import Employee
    from tests.cast import make_case

    with live.orm():
        person, insurer = Employee.objects.get(username=username), Insurer.objects.get(code="vitrylo")
        return str(make_case(person, insurer=insurer, country="PL").number)


def test_the_director_dismisses_an_operator_in_the_middle_of_a_case(
    at: At, live_services: LiveServices, leaving: str
) -> None:
    from fregat.lib.models import FormDraft

    operator, senior, director = at(leaving), at("senior"), at("director")
    number = _open_case(live_services, leaving)
    operator.goto(f"/cases/{number}/")
    operator.wait_for_load_state()
    operator.keyboard.press("n")
    note = operator.locator("#form-note [name=text]")
    expect(note).to_be_focused()
    operator.keyboard.type("Клініка просить гарантійний лист до 18:00")
    expect(operator.locator("#form-note [data-draft-mark]")).to_have_text("чернетку збережено")

    director.goto("/staff/orders/new/dismissal/")
    _choose(director, "Працівник", "Ткачук")
    director.get_by_label("Підстава").fill("Заява від 27.11.2026.")
    foreseen = director.locator("#foreseen")
    expect(foreseen).to_contain_text("1 відкрита справа перейде до старшого менеджера зміни")
    expect(foreseen).to_contain_text("збережеться в перебігу справи")
    director.keyboard.press("Control+Enter")
    expect(director.locator("h1")).to_contain_text("Наказ №")

    operator.keyboard.type(" і ще")
    expect(operator).to_have_url(re.compile("/accounts/login/"))
    expect(operator.locator("body")).to_contain_text("Ваш доступ до «Фрегата» закрито")
    assert operator.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('draft:'))") == []

    senior.goto("/notices/")
    expect(senior.locator("main")).to_contain_text(re.compile("Наказ № .* набрав чинності.*Ткачук Роман"))
    senior.goto("/")
    expect(senior.get_by_role("main")).to_contain_text(number)  # a handover that waits for acceptance
    senior.goto(f"/cases/{number}/")
    line = senior.locator(".timeline-list li", has_text="Набирали й не надіслали")
    expect(line).to_contain_text("Клініка просить гарантійний лист до 18:00")
    expect(line).to_contain_text("Ткачук")
    with live_services.orm():
        assert not FormDraft.objects.filter(employee__username=leaving).exists()
