"""People come in by a table: looked at first, then one order each, all or nobody; hostile files get a sentence."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fregat.lib import clock, sheets
from fregat.lib.errors import Conflict, Invalid, NotAllowed
from fregat.lib.rights import Role
from staff.employees import actions
from staff.employees.models import Employee, Order, StaffImport
from tests.builders import make_employee

pytestmark = pytest.mark.django_db
Browser = Callable[[Employee], Client]

HEADINGS = [
    "Прізвище", "Ім’я", "По батькові", "Ім’я для входу", "Посада", "Підрозділ", "Старший менеджер", "Проєкти",
    "Робочий телефон", "Електронна пошта", "Мови",
]  # fmt: skip
OPERATOR = [
    "Ґжицька", "Іванна", "Юріївна", "gzhytska", "оператор", "", "senior", "СК «Аврора»", "067 123 45 67",
    "ivanna@example.org", "українська, польська",
]  # fmt: skip


def row(**changes: str) -> list[str]:
    """A good operator with some cells changed, by heading."""
    names = {
        "last_name": 0, "first_name": 1, "username": 3, "role": 4, "department": 5, "senior": 6, "projects": 7,
        "phone": 8, "email": 9, "languages": 10,
    }  # fmt: skip
    cells = list(OPERATOR)
    for name, value in changes.items():
        cells[names[name]] = value
    return cells


def table(*rows: list[Any], headings: list[str] | None = None) -> bytes:
    return sheets.write([("Аркуш", headings or HEADINGS, rows)])


def excel(*rows: list[Any]) -> bytes:
    """As Excel itself would save it: formulas stay formulas."""
    book = openpyxl.Workbook()
    for cells in (HEADINGS, *rows):
        book.active.append(cells)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.fixture
def read(
    director: Employee, senior: Employee, project: Any, other_project: Any
) -> Callable[..., StaffImport]:
    """`read(content)`: the director reads a table."""

    def upload(content: bytes, **values: Any) -> StaffImport:
        return actions.upload_import(by=director, content=content, file_name="люди.xlsx", **values)

    return upload


def faults(kept: StaffImport, index: int = 0) -> list[str]:
    return [f"{column}: {sentence}" for column, sentence in kept.rows[index]["faults"]]


def sent(content: bytes) -> dict[str, Any]:
    """What the form sends."""
    today = f"{clock.local(clock.now()):%d.%m.%Y}"
    return {"file": SimpleUploadedFile("люди.xlsx", content), "signed_on": today}


# --- Good tables ------------------------------------------------------------------------------------------


def test_a_person_of_the_table_is_appointed_by_an_order(
    director: Employee, senior: Employee, read: Any
) -> None:
    kept = read(table(OPERATOR))
    assert faults(kept) == [] and not Employee.objects.filter(username="gzhytska").exists()
    (order,) = actions.apply_import(by=director, import_id=kept.pk)
    person = Employee.objects.get(username="gzhytska")
    assert (order.kind, order.state, order.employee, order.issued_by) == (
        "appointment",
        "in_force",
        person,
        director,
    )
    assert order.number and list(kept.orders.all()) == [order]
    assert (person.full_name, person.patronymic, person.role) == ("Ґжицька Іванна", "Юріївна", Role.OPERATOR)
    assert (person.phone, person.email, person.languages) == (
        "+380671234567",
        "ivanna@example.org",
        ["pl", "uk"],
    )
    assert person.subordinations.get().senior == senior
    assert [one.project for one in person.assignments.all()] == ["aurora"]
    assert not person.has_usable_password()
    kept.refresh_from_db()
    assert (kept.state, kept.rows, kept.decided_by) == ("done", [], director)


def test_headings_stand_in_any_order_and_in_both_languages(director: Employee, read: Any) -> None:
    headings = ["position", "Sign-in Name *", "ІМ'Я", "Surname", "Senior  manager", "Нотатки"]
    kept = read(
        table(["operator", "Gzhytska", "Іванна", "Ґжицька", "Євтушенко Марко", "?"], headings=headings)
    )
    assert faults(kept) == [] and kept.left_out == ["Нотатки"]
    assert kept.rows[0]["values"]["username"] == "gzhytska" and kept.rows[0]["values"]["senior"] == "senior"


def test_a_senior_manager_of_the_same_table_comes_first(director: Employee, read: Any) -> None:
    new = row(last_name="Новий", first_name="Роман", username="novyi", role="старший менеджер", senior="")
    kept = read(table(row(senior="Новий Роман"), new))
    assert faults(kept, 0) == faults(kept, 1) == []
    orders = actions.apply_import(by=director, import_id=kept.pk)
    assert [order.employee.username for order in orders] == ["novyi", "gzhytska"]
    assert Employee.objects.get(username="gzhytska").subordinations.get().senior.username == "novyi"


def test_orders_wait_for_their_moment(director: Employee, read: Any) -> None:
    later = clock.now() + timedelta(days=3)
    kept = read(table(OPERATOR, row(username="other")), effective_at=later, note="Заяви.")
    orders = actions.apply_import(by=director, import_id=kept.pk)
    assert {order.state for order in orders} == {"waiting"} and {order.note for order in orders} == {"Заяви."}
    assert not Employee.objects.filter(username__in=["gzhytska", "other"]).exists()
    again = read(table(OPERATOR))
    assert "Ім’я для входу: За наказом №" in faults(again)[0]


def test_a_senior_manager_who_is_not_there_yet_is_said(read: Any) -> None:
    new = row(last_name="Новий", first_name="Роман", username="novyi", role="старший менеджер", senior="")
    kept = read(table(row(senior="novyi"), new), effective_at=clock.now() + timedelta(days=3))
    assert "спершу призначте" in faults(kept, 0)[0] and faults(kept, 1) == []


# --- Faults by row ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"role": "космонавт"}, "Посада: Посади «космонавт» немає."),
        ({"role": ""}, "Посада: Це треба заповнити."),
        ({"last_name": ""}, "Прізвище: Це треба заповнити."),
        ({"last_name": "Ґ" * 81}, "Прізвище:"),
        ({"username": "два слова"}, "Ім’я для входу:"),
        ({"username": "orders"}, "Ім’я для входу: Це ім’я для входу"),
        ({"username": "SENIOR"}, "Ім’я для входу: Таке ім’я для входу вже зайняте"),
        ({"senior": ""}, "Старший менеджер: Оператор завжди"),
        ({"senior": "Ніхто Ніде"}, "Старший менеджер: Старшого менеджера «Ніхто Ніде» немає."),
        ({"senior": "director"}, "Старший менеджер: Старшого менеджера «director» немає."),
        ({"role": "системний адміністратор"}, "Старший менеджер: На цій посаді"),
        ({"projects": "СК «Аврора», Титанік"}, "Проєкти: Проєкту «Титанік» немає."),
        ({"languages": "марсіанська"}, "Мови: Мови «марсіанська» немає."),
        ({"phone": "дзвоніть"}, "Робочий телефон: Це не номер"),
        ({"email": "пошта"}, "Електронна пошта:"),
        ({"department": "контроль якості"}, "Підрозділ: Підрозділ зазначають лише"),
        ({"role": "працівник іншого підрозділу", "senior": "", "projects": ""}, "Підрозділ:"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_by_row_and_column_in_words(
    read: Any, changes: dict[str, str], fault: str
) -> None:
    kept = read(table(OPERATOR, row(**{"username": "second", **changes})))
    assert faults(kept, 0) == [] and kept.rows[1]["number"] == 3
    assert any(said.startswith(fault) for said in faults(kept, 1)), faults(kept, 1)


def test_two_rows_with_one_sign_in_name_name_each_other(read: Any) -> None:
    kept = read(table(OPERATOR, row(username="GZHYTSKA"), row(username="third")))
    assert [
        "рядку 3" in "".join(faults(kept, 0)),
        "рядку 2" in "".join(faults(kept, 1)),
        faults(kept, 2),
    ] == [True, True, []]


def test_namesakes_among_senior_managers_are_asked_about(read: Any) -> None:
    make_employee("senior9", Role.SENIOR, last_name="Євтушенко", first_name="Марко")
    assert "кількох" in faults(read(table(row(senior="Євтушенко Марко"))))[0]


def test_a_formula_is_named_and_never_read(read: Any) -> None:
    kept = read(excel(row(last_name='=HYPERLINK("http://evil")')))
    assert "Прізвище: У клітинці формула: вставте її як значення." in faults(kept)
    assert kept.rows[0]["values"]["last_name"] == ""


def test_one_faulty_row_stops_all(director: Employee, read: Any) -> None:
    kept = read(table(OPERATOR, row(username="second", role="космонавт")))
    with pytest.raises(Conflict) as refused:
        actions.apply_import(by=director, import_id=kept.pk)
    assert "Рядок 3" in str(refused.value.sentence) and "космонавт" in str(refused.value.sentence)
    assert not Order.objects.exists() and not Employee.objects.filter(username="gzhytska").exists()


def test_nothing_is_half_done_when_an_order_is_refused_in_the_middle(
    director: Employee, read: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from staff.employees.actions import imports

    kept, whole, signed = (
        read(table(*[row(username=f"p{index}") for index in range(5)])),
        imports.issue_order,
        [],
    )

    def third_fails(**values: Any) -> Order:
        if len(signed) == 3:
            raise Invalid.field("username", "Щось не так.")
        signed.append(whole(**values))
        return signed[-1]

    monkeypatch.setattr(imports, "issue_order", third_fails)
    with pytest.raises(Conflict) as refused:
        actions.apply_import(by=director, import_id=kept.pk)
    assert refused.value.code == "import_refused" and "Рядок 5" in str(refused.value.sentence)
    assert not Order.objects.exists() and not Employee.objects.filter(username__startswith="p").exists()
    kept.refresh_from_db()
    assert (kept.state, len(kept.rows)) == ("preview", 5)


def test_what_was_taken_meanwhile_is_seen_at_the_signature(director: Employee, read: Any) -> None:
    kept = read(table(OPERATOR))
    make_employee("gzhytska", Role.CLIENT)
    with pytest.raises(Conflict) as refused:
        actions.apply_import(by=director, import_id=kept.pk)
    assert "зайняте" in str(refused.value.sentence)


def test_a_table_is_decided_once(director: Employee, read: Any) -> None:
    kept = read(table(OPERATOR))
    actions.apply_import(by=director, import_id=kept.pk)
    for decide in (actions.apply_import, actions.drop_import):
        with pytest.raises(Conflict):
            decide(by=director, import_id=kept.pk)
    assert Order.objects.count() == 1


def test_an_earlier_table_is_put_aside_by_the_next(read: Any) -> None:
    first = read(table(OPERATOR))
    read(table(OPERATOR))
    first.refresh_from_db()
    assert (first.state, first.rows) == ("dropped", [])


# --- Hostile files (the workbook itself: tests/fregat/test_sheets.py) ---------------------------------------


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "порожній"),
        (b"Surname;Name", "не книга Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "парол"),
        (table(OPERATOR)[:2000], "пошкоджен"),
        (table(), "лише заголовки"),
        (table(OPERATOR, headings=["А", "Б"]), "Бракує стовпців: Прізвище, Ім’я, Ім’я для входу, Посада"),
        (table(OPERATOR, headings=[*HEADINGS[:-1], "Прізвище"]), "двічі"),
        (table(*[row(username=f"u{index}") for index in range(201)]), "забагато працівників"),
        (table(*[row(username=f"u{index}") for index in range(500)]), "задовг"),
        (b"\0" * (sheets.FILE_MAX + 1), "завеликий"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_in_words(
    page: Browser, director: Employee, content: bytes, word: str
) -> None:
    data = {
        "file": SimpleUploadedFile("люди.xlsx", content),
        "signed_on": f"{clock.local(clock.now()):%d.%m.%Y}",
    }
    answer = page(director).post("/staff/import/", data)
    assert answer.status_code == 400 and word in answer.content.decode()
    assert not StaffImport.objects.exists()


# --- The pages --------------------------------------------------------------------------------------------


def test_from_the_file_to_the_orders_on_the_pages(
    page: Browser, director: Employee, senior: Employee, project: Any
) -> None:
    browser = page(director)
    data = {
        "file": SimpleUploadedFile("люди.xlsx", table(OPERATOR)),
        "signed_on": f"{clock.local(clock.now()):%d.%m.%Y}",
    }
    preview = browser.post("/staff/import/", data, follow=True)
    assert (
        "Ґжицька Іванна Юріївна" in preview.content.decode() and "Євтушенко Марко" in preview.content.decode()
    )
    address = preview.redirect_chain[-1][0]
    done = browser.post(f"{address}apply/", follow=True).content.decode()
    assert "Підписано 1 наказ." in done and "Ґжицька Іванна" in done
    assert browser.post(f"{address}apply/").status_code == 409


def test_a_table_with_faults_cannot_be_signed_on_its_page(
    page: Browser, director: Employee, read: Any
) -> None:
    kept = read(table(row(role="космонавт")))
    browser = page(director)
    body = browser.get(f"/staff/import/{kept.pk}/").content.decode()
    assert "Посади «космонавт» немає." in body and "1 рядок має помилки." in body and "disabled" in body
    refused = browser.post(f"/staff/import/{kept.pk}/apply/")
    assert refused.status_code == 409 and "Нікого не призначено" in refused.content.decode()
    assert browser.post(f"/staff/import/{kept.pk}/drop/").status_code == 302
    assert not Order.objects.exists()


def test_the_empty_table_can_be_filled_in_and_read(page: Browser, director: Employee, read: Any) -> None:
    answer = page(director).get("/staff/import/template/")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    book.active.append(OPERATOR)
    saved = io.BytesIO()
    book.save(saved)
    assert faults(read(saved.getvalue())) == []


@pytest.mark.parametrize("who", ["head", "senior", "operator", "admin_"])
def test_nobody_else_imports(
    page: Browser, request: pytest.FixtureRequest, director: Employee, read: Any, who: str
) -> None:
    person, kept = request.getfixturevalue(who), read(table(OPERATOR))
    browser = page(person)
    assert browser.get("/staff/import/").status_code == 403
    assert browser.get(f"/staff/import/{kept.pk}/").status_code == 404
    with pytest.raises(NotAllowed):
        actions.apply_import(by=person, import_id=kept.pk)
    with pytest.raises(NotAllowed):
        actions.upload_import(by=person, content=table(OPERATOR), file_name="x")


def test_reading_costs_as_many_statements_for_two_hundred_people_as_for_one(read: Any) -> None:
    counts = set()
    for number in (1, 200):
        content = table(*[row(username=f"n{number}-{index}") for index in range(number)])
        with CaptureQueriesContext(connection) as said:
            kept = read(content)
        assert not any(line["faults"] for line in kept.rows)
        counts.add(len(said) - (1 if number == 200 else 0))  # the second puts the first aside
    assert len(counts) == 1
