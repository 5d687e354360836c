"""A night alone: what cannot wait, what can until 08:00 there, the senior manager and a doctor woken by keys (C5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import on_shift_again
from tests.browser.test_whole_day import NO_MOUSE, SOON, Window
from tests.live import LiveServices

PEOPLE = ("operator", "senior", "doctor")
WATCHES = ("orphans", "watch", "shift_plan")
"""Who is sent away for this test keeps their cases: the program does not look meanwhile."""
ZONES = ("Asia/Tokyo", "America/New_York")
FACT = "Температура не спадає."


@pytest.fixture
def windows(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[dict[str, Window]]:
    made = {name: Window(browser.new_context(**browser_context_args), name) for name in PEOPLE}
    for one in made.values():
        one.context.add_init_script(NO_MOUSE)
    yield made
    for one in made.values():
        one.context.close()


@pytest.fixture
def night(live_services: LiveServices) -> Iterator[dict[str, Any]]:
    """The operator is alone, with one case that cannot wait and one that can; her senior manager leads."""
    for name in ("operator", "senior"):
        on_shift_again(live_services, name)
    with live_services.orm():
        away = _send_the_others_away()
        cases = _cases()
    yield cases
    with live_services.orm():
        _bring_them_back(away)


def _send_the_others_away() -> dict[int, Any]:
    """As if no other operator had come yet; when each really came."""
    from fregat.lib import clock
    from fregat.lib.models import Job
    from shifts.attendance.models import Attendance
    from shifts.attendance.selectors import begun_running

    now = clock.now()
    Job.objects.filter(kind__in=WATCHES).update(due_at=now + timedelta(hours=1))
    others = begun_running(now).filter(employee__role="operator").exclude(employee__username="operator")
    rows = Attendance.objects.filter(shift__in=others)
    came = dict(rows.values_list("pk", "begun_at"))
    Attendance.objects.filter(pk__in=came).update(begun_at=now + timedelta(hours=1))
    return came


def _bring_them_back(came: dict[int, Any]) -> None:
    from fregat.lib import clock
    from fregat.lib.models import Job
    from shifts.attendance.models import Attendance

    for pk, begun_at in came.items():
        Attendance.objects.filter(pk=pk).update(begun_at=begun_at)
    Job.objects.filter(kind__in=WATCHES).update(due_at=clock.now())


def _cases() -> dict[str, Any]:
    from django.db import transaction

    from cases.casework.models import Case, Task
    from cases.insurance.models import Insurer
    from fregat.lib import clock
    from staff.employees.models import Employee
    from tests.cast import make_case

    now = clock.now()
    operator, doctor = (Employee.objects.get(username=name) for name in ("operator", "doctor"))
    shared = set(doctor.assignments.values_list("project", flat=True))
    code = operator.assignments.filter(project__in=shared).order_by("project").values_list("project")[0][0]
    zone = next(name for name in ZONES if now.astimezone(ZoneInfo(name)).hour not in {7, 8})
    given = {"insurer": Insurer.objects.get(code=code), "zone": zone, "description": FACT, "country": "PL"}
    with transaction.atomic():
        Case.objects.open().filter(responsible=operator).update(status="cancelled")
        quiet, grave = (make_case(operator, now=now, city=city, **given) for city in ("Осака", "Наґоя"))
        Task.objects.create(case=grave, at=now, by=operator, text="Call.", due_at=now + timedelta(minutes=5))
    return {"grave": grave, "quiet": quiet}


def test_a_lone_operator_wakes_who_decides_and_a_doctor_by_keys_and_sees_that_they_answer(
    windows: dict[str, Window], night: dict[str, Any]
) -> None:
    operator, senior = windows["operator"].sign_in(), windows["senior"].sign_in()
    expect(operator.locator("[data-alone]")).to_be_visible()
    operator.keyboard.press("F7")
    expect(operator).to_have_url("/night/")
    urgent = operator.locator("section", has=operator.locator("#night-urgent"))
    later = operator.locator("section", has=operator.locator("#night-later"))
    expect(urgent).to_contain_text(night["grave"].number)
    expect(urgent).not_to_contain_text(night["quiet"].number)
    expect(later).to_contain_text(night["quiet"].number)
    expect(later).not_to_contain_text(night["grave"].number)

    _wake(operator, night["grave"].number)
    woken = urgent.locator("[data-woken]")
    expect(woken).to_have_count(1)
    expect(woken).to_contain_text("ще не підтверджено")
    windows["operator"].mark()
    _acknowledge(senior, night["grave"].number)
    expect(woken).not_to_contain_text("ще не підтверджено", timeout=SOON)
    expect(woken).to_contain_text("підтверджено о")

    doctor = windows["doctor"].sign_in()
    windows["operator"].assert_not_reloaded()
    _wake(operator, night["grave"].number, doctor="ArrowDown")
    of_doctor = woken.filter(has_text="ще не підтверджено")
    expect(of_doctor).to_have_count(1)
    doctor.goto("/woken/")
    expect(doctor.locator("#woken-for")).to_contain_text(night["grave"].number)
    doctor.keyboard.press("a")
    expect(doctor.locator("#woken-for")).to_contain_text("підтверджено о")
    expect(of_doctor).to_have_count(0, timeout=SOON)
    for one in windows.values():
        assert not one.complaints, one.username


def _wake(operator: Page, number: str, *, doctor: str = "") -> None:
    """At the row of the case, the person (the first is who decides), Ctrl+Enter; the summary stands there already."""
    operator.locator(f"#night a[href='/night/{number}/wake/']").focus()
    operator.keyboard.press("Enter")
    expect(operator).to_have_url(f"/night/{number}/wake/")
    expect(operator.locator("[name=to]")).to_be_focused()
    if doctor:
        operator.keyboard.press(doctor)
    expect(operator.locator("[name=text]")).to_have_value(re.compile(FACT))
    operator.keyboard.press("Control+Enter")
    expect(operator).to_have_url("/night/")


def _acknowledge(senior: Page, number: str) -> None:
    """On the board, at the row of this case, by Enter."""
    senior.goto("/board/")
    row = senior.locator("#board tr[id^=escalation-]", has_text=number)
    expect(row).to_have_count(1, timeout=SOON)
    row.locator("button").focus()
    senior.keyboard.press("Enter")
    expect(row).to_have_count(0, timeout=SOON)
