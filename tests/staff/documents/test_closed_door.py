"""What an employee may not do until everything is signed: the centre chooses, rooms above ask (A4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fregat.lib import clock
from fregat.lib.errors import NotAllowed
from staff.documents import actions, registry
from staff.documents.models import DocumentVersion
from staff.documents.permissions import check_signed
from staff.employees.actions import issue_order
from staff.employees.models import Employee
from tests.builders import make_document
from tests.cast import PASSWORD, with_password

pytestmark = pytest.mark.django_db
ACT = "case.register"
TERM = timedelta(days=settings.FREGAT["SIGN_DAYS"])


@pytest.fixture
def late(director: Employee, operator: Employee) -> DocumentVersion:
    """A version whose time to be signed is over."""
    made: DocumentVersion = make_document(director, roles=["operator"], now=clock.now() - TERM)
    return made


def test_until_the_time_is_over_the_door_is_open(operator: Employee, version: DocumentVersion) -> None:
    assert version.in_force_at
    check_signed(operator, ACT, version.in_force_at + TERM - timedelta(seconds=1))
    with pytest.raises(NotAllowed) as refused:
        check_signed(operator, ACT, version.in_force_at + TERM)
    assert refused.value.code == "unsigned"
    assert "Посадова інструкція оператора" in str(refused.value.sentence)
    assert refused.value.way and refused.value.way.url == "/documents/"


def test_a_signature_opens_it_at_once(operator: Employee, late: DocumentVersion) -> None:
    actions.sign(by=with_password(operator), version_id=late.pk, secret=PASSWORD)
    check_signed(operator, ACT, clock.now())


def test_whom_the_document_does_not_concern_it_does_not_stop(doctor: Employee, late: DocumentVersion) -> None:
    check_signed(doctor, ACT, clock.now())


def test_a_centre_that_closes_nothing_stops_nobody_and_asks_nothing(
    operator: Employee, late: DocumentVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settings.FREGAT, "UNSIGNED", [])
    with CaptureQueriesContext(connection) as captured:
        check_signed(operator, ACT, clock.now())
    assert not captured.captured_queries


def test_the_door_costs_one_statement_however_many_documents(operator: Employee, director: Employee) -> None:
    for number in range(3):
        make_document(director, title=f"Правила {number}", roles=["doctor"], now=clock.now() - TERM)
    with CaptureQueriesContext(connection) as captured:
        check_signed(operator, ACT, clock.now())
    assert len(captured.captured_queries) == 1


def test_a_setting_that_names_no_door_stops_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not registry.check_doors(None)
    monkeypatch.setitem(settings.FREGAT, "UNSIGNED", ["case.regster"])
    [fault] = registry.check_doors(None)
    assert "case.regster" in fault.msg and "case.register" in fault.msg


def test_registering_is_refused_with_the_sentence_and_the_way(
    operator: Employee, late: DocumentVersion, on_shift: Callable[..., Any], page: Callable[[Employee], Client],
    api: Callable[[Employee], Any],
) -> None:  # fmt: skip
    on_shift(with_password(operator))
    client = page(operator)
    answer = client.get("/calls/new/")
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "вчасно не підписали" in text and 'href="/documents/"' in text and "Підписати документи" in text
    posted = client.post("/calls/new/", {"caller_name": "Олена"}, headers={"HX-Request": "true"})
    assert posted.status_code in {400, 403}
    refused = api(operator).post("/api/v1/cases/", {"description": "Гарячка."}, format="json")
    assert refused.status_code == 403
    assert refused.json()["type"] == "unsigned"
    actions.sign(by=operator, version_id=late.pk, secret=PASSWORD)
    assert client.get("/calls/new/").status_code == 200


def test_an_unsigned_document_closes_nothing_else(
    operator: Employee,
    late: DocumentVersion,
    on_shift: Callable[..., Any],
    page: Callable[[Employee], Client],
) -> None:
    on_shift(operator)
    for address in ("/", "/cases/", "/shift/end/", "/documents/"):
        assert page(operator).get(address).status_code == 200


def test_whoever_is_appointed_later_signs_before_the_first_call(
    director: Employee, senior: Employee, late: DocumentVersion, on_shift: Callable[..., Any],
    page: Callable[[Employee], Client],
) -> None:  # fmt: skip
    values = {
        "username": "novak", "last_name": "Новак", "first_name": "Іван", "role": "operator",
        "senior": senior.username, "projects": ["aurora"],
    }  # fmt: skip
    novak = issue_order(by=director, kind="appointment", values=values).employee
    assert novak
    on_shift(with_password(novak))
    client = page(novak)
    assert "Строк підписання минув." in client.get("/").content.decode()
    assert client.get("/calls/new/").status_code == 403
    client.post(f"/documents/{late.document_id}/versions/{late.number}/sign/", {"secret": PASSWORD})
    assert client.get("/calls/new/").status_code == 200
