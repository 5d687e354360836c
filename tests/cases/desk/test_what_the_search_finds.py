"""One field finds cases, persons, colleagues and places to go, within what one may see."""

from __future__ import annotations

from typing import Any

import pytest

from cases.casework.search import numbers
from cases.privacy.models import AccessLog
from tests.cast import make_case, make_person, make_policy

pytestmark = pytest.mark.django_db


def found(client: Any, text: str) -> str:
    return client.post("/search/", {"q": text}, headers={"HX-Request": "true"}).content.decode()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("26-000123", ["26-000123"]),
        ("26-123", ["26-000123"]),
        (" 123 ", ["26-000123", "25-000123", "24-000123"]),
        ("Ґалаган", []),
        ("12.03.1984", []),
        ("٢٦-١٢٣", []),
    ],
)
def test_a_number_is_forgiven_its_year_and_its_zeros(text: str, wanted: list[str]) -> None:
    assert numbers(text, 2026) == wanted


def test_a_case_is_found_by_its_number_and_the_look_is_on_record(
    operator: Any, project: Any, on_shift: Any, page: Any
) -> None:
    on_shift(operator)
    case = make_case(operator, insurer=project)
    assert f"/cases/{case.number}/" in found(page(operator), case.number)
    assert AccessLog.objects.get(part="search", kind="case").objects_seen == [case.uuid]


def test_a_case_of_another_project_is_not_found(
    stranger: Any, operator: Any, project: Any, on_shift: Any, page: Any
) -> None:
    on_shift(stranger)
    case = make_case(operator, insurer=project)
    assert case.number not in found(page(stranger), case.number)


def test_a_person_is_found_by_the_surname(operator: Any, project: Any, on_shift: Any, page: Any) -> None:
    on_shift(operator)
    make_policy(project, make_person(surname="Яворська"))
    assert "Яворська" in found(page(operator), "яворськ")


def test_a_colleague_leads_to_the_week_of_their_shifts(
    operator: Any, operator2: Any, on_shift: Any, page: Any
) -> None:
    on_shift(operator)
    on_shift(operator2)
    assert "/roster/?person=operator2" in found(page(operator), operator2.last_name[:4])


def test_a_colleague_of_another_project_is_not_found(
    operator: Any, stranger: Any, on_shift: Any, page: Any
) -> None:
    on_shift(operator)
    on_shift(stranger)
    assert stranger.last_name not in found(page(operator), stranger.last_name)


def test_documents_that_concern_me_are_found_by_title_below_the_rest(
    operator: Any, doctor: Any, director: Any, page: Any
) -> None:
    from tests.builders import make_document

    version = make_document(director, title="Правила чергувань", roles=["operator"])
    text = found(page(operator), "правил")
    assert f'href="/documents/{version.document_id}/versions/1/"' in text
    assert "Правила чергувань" not in found(page(doctor), "правил")
    mixed = found(page(operator), "до")
    assert "Документи" in mixed
