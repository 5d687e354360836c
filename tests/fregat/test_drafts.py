"""Nothing typed is ever lost: the server keeps a form from its first character (C10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.utils.datastructures import MultiValueDict

from fregat.lib import clock, drafts
from staff.employees.models import Employee

Browser = Callable[[Employee], Client]


def test_the_first_character_is_kept(page: Browser, operator: Employee) -> None:
    answer = page(operator).post("/drafts/new-call/", {"caller_name": "О", "services": ["visit", "hospital"]})
    assert answer.status_code == 204
    assert drafts.get(operator.pk, "new-call") == {"caller_name": ["О"], "services": ["visit", "hospital"]}


def test_the_form_gets_back_what_was_typed(page: Browser, operator: Employee) -> None:
    page(operator).post("/drafts/new-call/", {"city": "Анталья", "services": ["visit", "hospital"]})
    data = drafts.initial(operator.pk, "new-call")
    assert data["city"] == "Анталья"
    assert data.getlist("services") == ["visit", "hospital"]


def test_a_form_emptied_has_no_draft(page: Browser, operator: Employee) -> None:
    browser = page(operator)
    browser.post("/drafts/new-call/", {"city": "Анталья"})
    browser.post("/drafts/new-call/", {"city": "  "})
    assert drafts.get(operator.pk, "new-call") == {}


def test_a_colleague_does_not_see_my_draft(page: Browser, operator: Employee, operator2: Employee) -> None:
    page(operator).post("/drafts/new-call/", {"city": "Анталья"})
    page(operator2).post("/drafts/new-call/", {"city": "Хургада"})
    assert drafts.get(operator.pk, "new-call") == {"city": ["Анталья"]}


def test_passwords_and_tokens_are_never_kept(operator: Employee) -> None:
    fields = MultiValueDict({"password1": ["secret"], "csrfmiddlewaretoken": ["x"], "otp_code": ["123456"]})
    assert not drafts.save(employee_id=operator.pk, form="any", fields=fields, now=clock.now())
    assert drafts.get(operator.pk, "any") == {}


def test_a_later_draft_replaces_the_earlier(operator: Employee) -> None:
    for minute, city in enumerate(["Ан", "Анталья"]):
        drafts.save(
            employee_id=operator.pk,
            form="new-call",
            fields=MultiValueDict({"city": [city]}),
            now=clock.now() + timedelta(minutes=minute),
        )
    assert drafts.get(operator.pk, "new-call") == {"city": ["Анталья"]}


def test_a_form_that_was_sent_has_no_draft(page: Browser, operator: Employee) -> None:
    page(operator).post("/drafts/new-call/", {"city": "Анталья"})
    drafts.clear(operator.pk, "new-call")
    assert drafts.initial(operator.pk, "new-call") == MultiValueDict()


def test_nul_is_refused_with_a_sentence(page: Browser, operator: Employee) -> None:
    answer = page(operator).post("/drafts/new-call/", {"city": "Анта\x00лья"})
    assert answer.status_code == 400
    assert "чернетку" in answer.content.decode()


def test_a_book_is_refused(page: Browser, operator: Employee) -> None:
    answer = page(operator).post("/drafts/new-call/", {"description": "ґ" * (drafts.DATA_MAX + 1)})
    assert answer.status_code == 400


def test_nobody_keeps_a_draft_without_signing_in(db: None) -> None:
    assert Client().post("/drafts/new-call/", {"city": "Анталья"}).status_code == 302


def test_drafts_cannot_be_read_by_address(page: Browser, operator: Employee) -> None:
    assert page(operator).get("/drafts/new-call/").status_code == 405
