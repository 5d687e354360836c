"""The director takes the table of the staff out: texts stay texts, and each time is written down."""

from __future__ import annotations

import io
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import openpyxl
import pytest
from django.db import InternalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fregat.lib import clock
from fregat.lib.errors import Invalid, NotAllowed
from staff.employees import actions
from staff.employees.models import Employee, StaffExport
from staff.employees.selectors.listing import Filters
from tests.staff.employees.crowd import make_crowd

pytestmark = pytest.mark.django_db
Browser = Callable[[Employee], Client]


def rows_of(content: bytes, sheet: int = 0) -> list[list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [[cell.value for cell in row] for row in book.worksheets[sheet].iter_rows()]


def test_the_table_holds_the_people_and_says_whose_it_is(
    page: Browser, director: Employee, operator: Employee, operator2: Employee, stranger: Employee
) -> None:
    Employee.objects.filter(pk=operator.pk).update(private_phone="+380509990011", phone="+380441112233")
    answer = page(director).post(
        "/staff/export/", {"senior": "senior", "state": "employed", "purpose": "Звірка."}
    )
    heading, *people = rows_of(answer.content)
    assert [row[3] for row in people] == ["operator", "operator2"] and heading[:2] == ["Прізвище", "Ім’я"]
    assert people[0][4] == "оператор" and people[0][8] == "+380441112233" and "+380509990011" not in people[0]
    about = rows_of(answer.content, 1)
    assert ["Хто вивантажив", "Яременко Ірина"] in about and ["Мета", "Звірка."] in about
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert "Яременко Ірина" in book.worksheets[0].oddFooter.center.text
    assert answer["Cache-Control"] == "no-store" and "attachment" in answer["Content-Disposition"]


def test_each_time_is_written_down_and_stays_so(
    page: Browser, director: Employee, operator: Employee
) -> None:
    answer = page(director).post(
        "/staff/export/", {"role": "operator", "purpose": " Звірка. ", "private": "on"}
    )
    row = StaffExport.objects.get()
    assert (row.by, row.purpose, row.people, row.private) == (director, "Звірка.", 1, True)
    assert row.filters == {"role": "operator", "state": "employed"}
    assert row.digest == sha256(answer.content).hexdigest()
    for write in (lambda: StaffExport.objects.update(people=0), row.delete):
        with pytest.raises(InternalError), transaction.atomic():
            write()
    assert "Звірка." in page(director).get("/staff/export/").content.decode()


def test_without_the_record_there_is_no_table(
    page: Browser, director: Employee, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(StaffExport.objects, "create", fail)
    with pytest.raises(OSError):
        page(director).post("/staff/export/", {"purpose": "Звірка."})


def test_texts_that_begin_like_formulas_stay_texts(director: Employee, operator: Employee) -> None:
    names = ("=HYPERLINK(1)", "@SUM(A1)", "-2+3", "+1")
    for index, name in enumerate(names):
        Employee.objects.filter(pk=operator.pk).update(last_name=name, email="")
        _row, content = actions.export_people(
            by=director, filters=Filters(role="operator"), purpose=f"{index}"
        )
        cell = openpyxl.load_workbook(io.BytesIO(content)).active["A2"]
        assert (cell.value, cell.data_type, cell.quotePrefix) == (name, "s", True)


def test_a_purpose_is_demanded(page: Browser, director: Employee) -> None:
    answer = page(director).post("/staff/export/", {"purpose": "  "})
    assert answer.status_code == 400 and not StaffExport.objects.exists()
    with pytest.raises(Invalid):
        actions.export_people(by=director, filters=Filters(), purpose=" ")


@pytest.mark.parametrize("who", ["head", "senior", "operator", "admin_"])
def test_it_is_a_right_of_its_own(page: Browser, request: pytest.FixtureRequest, who: str) -> None:
    person = request.getfixturevalue(who)
    assert page(person).post("/staff/export/", {"purpose": "Звірка."}).status_code == 403
    with pytest.raises(NotAllowed):
        actions.export_people(by=person, filters=Filters(), purpose="Звірка.")
    assert not StaffExport.objects.exists()


def test_thousands_are_written_in_the_order_of_the_alphabet_within_few_statements(director: Employee) -> None:
    make_crowd(1200)
    with CaptureQueriesContext(connection) as said:
        row, content = actions.export_people(
            by=director, filters=Filters(), purpose="Звірка.", now=clock.now()
        )
    listed = [cells[3] for cells in rows_of(content)[1:]]
    right = list(Employee.objects.employed().by_name().values_list("username", flat=True))
    assert listed == right and row.people == len(right)
    assert len(said) <= 35
