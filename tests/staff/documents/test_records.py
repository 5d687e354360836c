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
