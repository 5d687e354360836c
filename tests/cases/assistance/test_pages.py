"""The letters on the page of a case: panel, dialog, what is decided, the paper."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.assistance.models import GuaranteeLetter
from cases.privacy.models import AccessLog
from fregat.lib import drafts

pytestmark = pytest.mark.django_db


def panel(browser: Any, case: Any) -> str:
    text: str = browser.get(f"/cases/{case.number}/letters/").content.decode()
    return text.replace("\xa0", " ")


def form(**changes: str) -> dict[str, str]:
    return {
        "provider": "Anadolu Hastanesi",
        "kind": "visit",
        "limit": "1 200,50",
        "currency": "EUR",
        **changes,
    }


def test_the_page_of_the_case_fetches_the_panel_which_says_what_is_left(
    page: Any, at_work: Any, case: Any, give: Any
) -> None:
    browser = page(at_work)
    assert f'hx-get="/cases/{case.number}/letters/"' in browser.get(f"/cases/{case.number}/").content.decode()
    assert "Жодній клініці оплату ще не гарантовано" in panel(browser, case)
    letter = give(1500)
    said = panel(browser, case)
    assert letter.number in said and "1 500 EUR" in said and "Залишок страхової суми: 28 500 EUR" in said
    assert AccessLog.objects.filter(route="assistance:letters", part="medical").count() == 1


def test_the_time_line_writes_the_amount_as_the_rest_of_the_page(
    page: Any, at_work: Any, case: Any, give: Any
) -> None:
    give(1500)
    said = page(at_work).get(f"/cases/{case.number}/").content.decode().replace("\xa0", " ")
    assert "до 1 500 EUR" in said and "1500.00" not in said


def test_a_letter_is_given_in_the_dialog_and_its_draft_is_gone(page: Any, at_work: Any, case: Any) -> None:
    browser, door = page(at_work), f"/cases/{case.number}/letters/new/"
    name = f"case-letter-{case.number}"
    browser.post(f"/drafts/{name}/", {"provider": "Anadolu"})
    assert 'value="Anadolu"' in browser.get(door).content.decode()
    wrong = browser.post(door, form(limit="багато"))
    assert wrong.status_code == 400 and "Anadolu Hastanesi" in wrong.content.decode()
    done = browser.post(door, form())
    assert done["HX-Trigger"] == "case-saved"
    assert not drafts.get(at_work.pk, name)
    letter = GuaranteeLetter.objects.get()
    assert (str(letter.limit), letter.status) == ("1200.50", "given")


def test_the_senior_manager_agrees_with_what_is_left_before_her_eyes(
    page: Any, senior: Any, case: Any, give: Any
) -> None:
    letter = give(40_000, why="Операція сьогодні.")
    browser, door = page(senior), f"/cases/{case.number}/letters/{letter.pk}"
    asked = browser.get(f"{door}/agree/").content.decode().replace("\xa0", " ")
    assert "Операція сьогодні." in asked and "30 000 EUR" in asked and "40 000 EUR" in asked
    assert browser.post(f"{door}/agree/").status_code == 204
    letter.refresh_from_db()
    assert letter.status == "given"


def test_refused_and_withdrawn_with_a_reason_only(
    page: Any, at_work: Any, senior: Any, case: Any, give: Any
) -> None:
    asked, given = give(40_000), give(10)
    door = f"/cases/{case.number}/letters"
    assert page(senior).post(f"{door}/{asked.pk}/refuse/", {"reason": ""}).status_code == 400
    page(senior).post(f"{door}/{asked.pk}/refuse/", {"reason": "Дорого."})
    page(at_work).post(f"{door}/{given.pk}/withdraw/", {"reason": "Не прийняли."})
    said = panel(page(at_work), case)
    assert "Дорого." in said and "Не прийняли." in said


def test_the_paper_names_help_and_limit_and_nothing_else_of_the_persons_health(
    page: Any, at_work: Any, case: Any, give: Any
) -> None:
    letter, browser = give("1200.50"), page(at_work)
    for language, words in (
        ("uk", ("Гарантійний лист", "Ґалаган Олена")),
        ("en", ("Guarantee letter", "HALAHAN OLENA")),
    ):
        answer = browser.get(f"/cases/{case.number}/letters/{letter.pk}/paper/?lang={language}")
        said = " ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
        assert all(word in said for word in (*words, letter.number, "Міська лікарня", case.policy.number)), (
            said
        )
        assert case.description not in said


def test_who_does_not_read_the_medical_part_has_no_panel(page: Any, client_manager: Any, case: Any) -> None:
    browser = page(client_manager)
    assert "/letters/" not in browser.get(f"/cases/{case.number}/").content.decode()
    assert browser.get(f"/cases/{case.number}/letters/").status_code == 403


def test_more_letters_take_no_more_statements(page: Any, at_work: Any, case: Any, give: Any) -> None:
    browser = page(at_work)

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            panel(browser, case)
        return len(seen)

    give(1)
    statements()
    before = statements()
    for _number in range(8):
        give(1)
    assert statements() == before
