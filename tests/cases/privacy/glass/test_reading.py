"""Through broken glass one record is read, for half an hour, and every look is in the log (E1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from cases.privacy.actions import log
from cases.privacy.models import AccessLog, BrokenGlass
from fregat.lib import clock
from staff.employees.models import Employee
from tests.cases.privacy.glass.conftest import BORN, WORDS
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
Browser = Callable[[Employee], Client]
Break = Callable[..., BrokenGlass]


def at(row: BrokenGlass, tail: str = "") -> str:
    return f"/privacy/glass/{row.pk}/{tail}"


def test_the_case_is_read_with_its_medical_part(
    page: Browser, breaker: Employee, case: Any, broken: Break
) -> None:
    browser = page(breaker)
    assert browser.get(f"/cases/{case.number}/").status_code == 404
    text = browser.get(at(broken())).content.decode()
    assert "Гарячка 39." in text
    assert "Христенко" in text


def test_a_person_is_found_by_policy_and_birth_date(
    page: Browser, breaker: Employee, case: Any, broken: Break
) -> None:
    row = broken(kind="person", number=f" {case.policy.number.lower()} ", birth_date=BORN)
    assert row.object_uuid == case.person.uuid
    assert "KHRYSTENKO" in page(breaker).get(at(row)).content.decode().upper()


def test_each_look_is_in_the_log_on_its_own_ground(
    page: Browser, breaker: Employee, case: Any, broken: Break
) -> None:
    row, browser = broken(), page(breaker)
    browser.get(at(row))
    browser.get(at(row))
    looks = AccessLog.objects.filter(employee=breaker.pk, ground="broken_glass", reference=str(row.pk))
    assert [look.objects_seen for look in looks] == [[case.uuid], [case.uuid]]
    assert looks[0].persons == [case.person.uuid]


def test_what_the_log_cannot_take_is_not_shown(
    page: Browser, breaker: Employee, broken: Break, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, browser = broken(), page(breaker)
    browser.raise_request_exception = False

    def fail(*_: object, **__: object) -> None:
        raise OSError("the log is away")

    monkeypatch.setattr(log, "_statement", fail)
    answer = browser.get(at(row))
    assert answer.status_code == 500
    assert "Гарячка" not in answer.content.decode()


def test_it_opens_no_other_door(
    page: Browser, api: Callable[[Employee], Client], breaker: Employee, case: Any, broken: Break
) -> None:
    broken()
    browser, program = page(breaker), api(breaker)
    for door in ("", "facts/", "update/", "history/"):
        assert browser.get(f"/cases/{case.number}/{door}").status_code == 404
    assert program.get(f"/api/v1/cases/{case.number}/").status_code == 404
    assert browser.post(f"/cases/{case.number}/notes/", {"text": "Нотатка"}).status_code == 404
    assert case.number not in browser.get("/cases/").content.decode()


def test_no_button_is_drawn_behind_glass(page: Browser, breaker: Employee, case: Any, broken: Break) -> None:
    text = page(breaker).get(at(broken())).content.decode()
    assert f"/cases/{case.number}/" not in text


@pytest.mark.parametrize("how", ["time", "closed"])
def test_after_half_an_hour_or_closed_nothing_is_read(
    page: Browser, breaker: Employee, broken: Break, how: str
) -> None:
    row, browser = broken(), page(breaker)
    if how == "closed":
        browser.post(at(row, "close/"))
        text = browser.get(at(row)).content.decode()
    else:
        with time_machine.travel(clock.now() + timedelta(minutes=30, seconds=1)):
            text = browser.get(at(row)).content.decode()
    assert "Гарячка" not in text
    assert "Півгодини минуло" in text


def test_nobody_else_reads_through_it(
    page: Browser, senior2: Employee, head: Employee, officer: Employee, broken: Break
) -> None:
    row = broken()
    for watcher in (senior2, head, officer):
        text = page(watcher).get(at(row)).content.decode()
        assert WORDS in text
        assert "Гарячка" not in text


def test_the_senior_manager_and_the_head_are_told_at_once(
    page: Browser, senior2: Employee, head: Employee, senior: Employee, case: Any, broken: Break
) -> None:
    broken()
    for watcher in (senior2, head):
        assert f"екстрений доступ, {case.number}" in page(watcher).get("/notices/").content.decode()
    assert case.number not in page(senior).get("/notices/").content.decode()


def test_the_page_breaks_glass_and_keeps_what_was_typed(page: Browser, breaker: Employee, case: Any) -> None:
    browser = page(breaker)
    values = {"kind": "case", "number": case.number, "reason": "life", "words": WORDS, "secret": "wrong"}
    refused = browser.post("/privacy/glass/new/", values)
    assert refused.status_code == 400
    assert WORDS in refused.content.decode()
    assert "wrong" not in refused.content.decode()
    done = browser.post("/privacy/glass/new/", values | {"secret": PASSWORD})
    assert done.headers["Location"] == at(BrokenGlass.objects.get())


def test_a_page_that_is_not_found_leads_to_the_glass(
    page: Browser, breaker: Employee, client_manager: Employee, case: Any
) -> None:
    link = f"/privacy/glass/new/?case={case.number}"
    assert link in page(breaker).get(f"/cases/{case.number}/").content.decode()
    assert "/privacy/glass/new/" not in page(client_manager).get("/nowhere/").content.decode()


def test_the_director_reads_a_case_by_broken_glass_alone(
    page: Browser, director: Employee, head: Employee, case: Any, broken: Break
) -> None:
    from tests.cast import with_password

    with_password(director)
    browser = page(director)
    assert browser.get(f"/cases/{case.number}/").status_code == 404
    assert "Гарячка 39." in browser.get(at(broken(by=director))).content.decode()
