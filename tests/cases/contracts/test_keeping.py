"""Pages where tariffs and series are kept: a table is checked, refused beside what was typed, published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.contracts.models import Tariff
from cases.contracts.rules.reading import LINES_MAX
from staff.employees.models import Employee
from tests.cases.contracts.tables import TABLE, make_programme, make_series, make_tariff, today

pytestmark = pytest.mark.django_db


def day(ahead: int) -> str:
    return (today() + timedelta(days=ahead)).strftime("%d.%m.%Y")


@pytest.fixture
def programme(project: Any) -> Any:
    make_tariff(project)
    make_series(project)
    return make_programme(project)


def published(**more: Any) -> dict[str, Any]:
    return {
        "since": day(1), "currency": "UAH", "step": "0,01", "rounding": "half_up", "minimum": "", "lead_days": "0",
        "ahead_days": "365", "persons_max": "10", "table": TABLE, "act": "publish", **more,
    }  # fmt: skip


def test_a_table_is_checked_before_it_is_published(
    programme: Any, head: Employee, page: Callable[..., Client]
) -> None:
    browser, address = page(head), f"/contracts/tariffs/{programme.pk}/new/"
    checked = browser.post(address, published(act="check", table=f"{TABLE}вік;;79;99;3"))
    assert "Вік 79–79 є і в рядку 9" in checked.content.decode()
    assert browser.post(address, published(act="check")).status_code == 200
    assert Tariff.objects.count() == 1
    assert browser.post(address, published()).status_code == 302
    assert Tariff.objects.count() == 2


@pytest.mark.parametrize(
    ("step", "taken"), [("0", False), ("1000000", False), ("0,01", True), ("999999,99", True)]
)
def test_a_step_that_is_none_is_refused_beside_its_field(
    programme: Any, head: Employee, page: Callable[..., Client], step: str, taken: bool
) -> None:
    answer = page(head).post(f"/contracts/tariffs/{programme.pk}/new/", published(step=step))
    assert answer.status_code == (302 if taken else 400)
    assert taken or list(answer.context["form"].errors) == ["step"]


def test_what_the_database_refuses_leaves_the_pasted_table_where_it_was(
    programme: Any, head: Employee, page: Callable[..., Client]
) -> None:
    address = f"/contracts/tariffs/{programme.pk}/new/"
    file = SimpleUploadedFile("тариф.csv", TABLE.encode())
    for more in ({}, {"table": "", "file": file}):
        answer = page(head).post(address, published(lead_days="9", ahead_days="3", **more))
        assert answer.status_code == 409
        text = answer.content.decode()
        assert "Найменше днів до початку більше за найбільше" in text, text
        assert "ризик;Хронічні хвороби;;;1,3" in text
    assert Tariff.objects.count() == 1


def test_a_series_that_is_there_already_is_refused_beside_what_was_typed(
    programme: Any, project: Any, head: Employee, page: Callable[..., Client]
) -> None:
    typed = {"insurer": project.pk, "prefix": "ДС-", "width": "4", "first": "500", "last": "1500"}
    answer = page(head).post("/contracts/series/", typed)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "іншій серії" in text and 'value="1500"' in text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_a_table_comes_as_a_file_too(
    programme: Any, head: Employee, page: Callable[..., Client], encoding: str
) -> None:
    file = SimpleUploadedFile("тариф.csv", TABLE.encode(encoding))
    answer = page(head).post(f"/contracts/tariffs/{programme.pk}/new/", published(table="", file=file))
    assert answer.status_code == 302
    assert len(Tariff.objects.get(number=2).lines) == 13


@pytest.mark.parametrize("as_file", [False, True])
def test_a_table_of_as_many_lines_as_are_promised_is_taken(
    programme: Any, head: Employee, page: Callable[..., Client], as_file: bool
) -> None:
    risks = "".join(f"ризик;{str(number).rjust(80, 'ї')};;;1,5\n" for number in range(LINES_MAX - 2))
    table = f"день;europe;1;366;24\nсума;;30000;;1\n{risks}"
    sent = (
        {"table": "", "file": SimpleUploadedFile("тариф.csv", table.encode())}
        if as_file
        else {"table": table}
    )
    answer = page(head).post(f"/contracts/tariffs/{programme.pk}/new/", published(**sent))
    assert answer.status_code == 302
    assert len(Tariff.objects.get(number=2).lines) == LINES_MAX
