"""Signatures on the personal record, and the mark of who has not signed on the list of the staff."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fregat.lib import clock
from staff.documents import actions, selectors
from staff.documents.models import DocumentVersion
from staff.employees.models import Employee
from tests.builders import make_document
from tests.cast import PASSWORD, with_password

pytestmark = pytest.mark.django_db
Page = Callable[[Employee], Client]


def said(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_record_shows_what_is_signed_and_what_is_not(
    director: Employee, operator: Employee, version: DocumentVersion, page: Page
) -> None:
    client = page(director)
    assert "не підписано" in said(client.get("/staff/operator/"))
    actions.sign(by=with_password(operator), version_id=version.pk, secret=PASSWORD)
    text = said(client.get("/staff/operator/"))
    assert version.title in text and "паролем" in text


def test_the_senior_manager_sees_no_signatures_of_others(
    senior: Employee, operator: Employee, version: DocumentVersion
) -> None:
    now = clock.now()
    assert selectors.signatures_card(senior, operator, now) is None
    assert selectors.signatures_card(operator, operator, now) is not None


def test_a_mark_says_how_much_is_not_signed_in_one_statement(
    director: Employee, operator: Employee, operator2: Employee, doctor: Employee, version: DocumentVersion
) -> None:
    make_document(director, title="Правила", kind="rules", roles=["operator"], people=[doctor])
    actions.sign(by=with_password(operator2), version_id=version.pk, secret=PASSWORD)
    with CaptureQueriesContext(connection) as captured:
        marks = selectors.unsigned_marks([operator, operator2, doctor, director], clock.now())
    assert len(captured) == 1
    assert {pk: str(mark.label) for pk, mark in marks.items()} == {
        operator.pk: "не підписано: 2",
        operator2.pk: "не підписано: 1",
        doctor.pk: "не підписано: 1",
    }


def test_the_order_about_a_version_is_read_printed_and_revoked_in_the_register(
    director: Employee, operator: Employee, version: DocumentVersion, page: Page
) -> None:
    client = page(director)
    url = f"/staff/orders/{version.order_id}/"
    assert f'href="{url}"' in said(client.get(f"/documents/{version.document_id}/"))
    assert f'href="{url}"' not in said(page(operator).get(f"/documents/{version.document_id}/"))
    text = said(client.get(url))
    assert version.title in text and version.content_hash in text
    paper = client.get(f"{url}pdf/")
    assert paper["Content-Type"] == "application/pdf"
    form = said(client.get(f"{url}revoke/"))
    assert "Редакція 1 втратить чинність." in form and "Підписи під нею зберігаються." in form
    typed = {"reason": "Помилка в тексті.", "signed_on": f"{clock.local(clock.now()):%d.%m.%Y}"}
    assert client.post(f"{url}revoke/", typed).status_code in {204, 302}
    version.refresh_from_db()
    assert version.state == "revoked"
