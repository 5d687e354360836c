"""Nothing typed is ever lost: the server keeps a form from its first character (C10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.datastructures import MultiValueDict

from fregat.lib import clock, drafts
from fregat.lib.models import FormDraft
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


def test_a_save_that_was_overtaken_overwrites_nothing(page: Browser, operator: Employee) -> None:
    browser = page(operator)
    browser.post("/drafts/new-call/", {"city": "Анталья", "draft_page": "0.5", "draft_turn": "2"})
    browser.post("/drafts/new-call/", {"city": "Анта", "draft_page": "0.5", "draft_turn": "1"})
    assert drafts.get(operator.pk, "new-call") == {"city": ["Анталья"]}
    browser.post("/drafts/new-call/", {"city": "Кемер", "draft_page": "0.7", "draft_turn": "1"})
    assert drafts.get(operator.pk, "new-call") == {"city": ["Кемер"]}


def test_a_save_that_comes_after_its_form_was_sent_is_not_kept(page: Browser, operator: Employee) -> None:
    browser = page(operator)
    browser.post("/drafts/new-call/", {"city": "Анталья", "draft_page": "0.5", "draft_turn": "1"})
    drafts.clear(operator.pk, "new-call")
    browser.post("/drafts/new-call/", {"city": "Анталья!", "draft_page": "0.5", "draft_turn": "2"})
    assert drafts.get(operator.pk, "new-call") == {}


@pytest.mark.parametrize("turn", ["-1", "x", "١", "9" * 10, ""])
def test_a_turn_that_is_none_is_no_turn(page: Browser, operator: Employee, turn: str) -> None:
    for city in ("Анталья", "Кемер"):
        told = {"city": city, "draft_page": "0.5", "draft_turn": turn}
        assert page(operator).post("/drafts/new-call/", told).status_code == 204
    assert drafts.get(operator.pk, "new-call") == {"city": ["Кемер"]}


def test_emptied_drafts_are_not_kept_for_ever(operator: Employee) -> None:
    fields = MultiValueDict({"text": ["Звір"]})
    now = clock.now()
    drafts.save(employee_id=operator.pk, form="instruction", fields=fields, now=now)
    drafts.clear(operator.pk, "instruction")
    drafts.save(employee_id=operator.pk, form="any", fields=fields, now=now + timedelta(hours=2))
    assert FormDraft.objects.get(employee=operator).form == "any"
