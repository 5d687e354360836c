"""`/absences/`: asked for, agreed, the certificate uploaded and seen by whom it concerns, at one price."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shifts.absence import actions
from shifts.absence.models import Absence
from tests.shifts.absence.test_absences import DAY, TODAY, away
from tests.shifts.conftest import Role, T, person, shift

URL = "/absences/"
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def page():
    def sign_in(employee):
        client = Client()
        client.force_login(employee, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


def test_sick_leave_with_its_certificate_and_who_may_open_it(operator, senior, head, director, page):
    with time_machine.travel(T, tick=False):
        sent = {"kind": "sick", "since": "23.11.2026", "until": "24.11.2026", "words": ""}
        answer = page(operator).post(URL, sent)
        row = Absence.objects.get()
        assert answer.url == f"{URL}{row.pk}/"
        paper = SimpleUploadedFile("довідка.pdf", PDF)
        assert page(operator).post(f"{URL}{row.pk}/bring/", {"file": paper}).status_code == 302
        for one, status in ((operator, 200), (head, 200), (director, 200), (senior, 403)):
            answer = page(one).get(f"{URL}{row.pk}/certificate/")
            assert answer.status_code == status, one.username
        seen = page(senior).get(f"{URL}{row.pk}/").content.decode()
    assert "довідку подано" in seen
    assert "довідка.pdf" not in seen


def test_a_file_that_is_none_is_answered_with_a_sentence_and_nothing_is_kept(operator, senior, page):
    row = away(operator, "sick")
    with time_machine.travel(T, tick=False):
        answer = page(operator).post(
            f"{URL}{row.pk}/bring/", {"file": SimpleUploadedFile("virus.pdf", b"MZ\x90")}
        )
    assert answer.status_code == 400
    assert "Такий файл" in answer.content.decode()
    row.refresh_from_db()
    assert row.certificate_id is None


def test_the_senior_manager_records_what_was_said_and_passes_the_shift_on(operator, operator2, senior, page):
    planned = shift(operator, 24, 36)
    with time_machine.travel(T, tick=False):
        sent = {"employee": "operator", "kind": "sick", "since": "24.11.2026", "until": "24.11.2026"}
        address = page(senior).post(f"{URL}record/", sent).url
        shown = page(senior).get(address).content.decode()
        assert operator2.full_name in shown
        answer = page(senior).post(f"{address}cover/", {"shift": planned.pk, "employee": "operator2"})
        assert answer.status_code == 302
        assert operator2.full_name in page(senior).get(address).content.decode()
    planned.refresh_from_db()
    assert planned.is_cancelled


def test_the_list_costs_the_same_for_one_and_for_many(operator, operator2, senior, page):
    def cost(url):
        client = page(senior)
        with time_machine.travel(T, tick=False):
            client.get(url)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(url).status_code == 200
        return len(seen)

    shift(operator, 24, 36)
    row = away(operator, "sick")
    one = cost(URL), cost(f"{URL}{row.pk}/")
    for number in range(6):
        colleague = person(f"colleague{number}", Role.OPERATOR, f"Колега{number}", senior)
        shift(operator, 36.5 + number * 2, 38 + number * 2)
        away(colleague)
    assert (cost(URL), cost(f"{URL}{row.pk}/")) == one


def test_the_director_sees_what_is_to_be_decided(operator, senior, director, page):
    row = away(operator, "sick", TODAY - 9 * DAY, TODAY - 8 * DAY)
    with time_machine.travel(T + timedelta(hours=1), tick=False):
        actions.miss(row.pk)
        assert "довідки немає" in page(director).get(URL).content.decode()
        sent = {"decision": "breach", "grounds": "Довідки немає досі."}
        assert page(director).post(f"{URL}{row.pk}/judge/", sent).status_code == 302
        assert "порушення дисципліни" in page(operator).get(f"{URL}{row.pk}/").content.decode()
