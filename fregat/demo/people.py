"""The demonstration sign-ins of the interfaces."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from fregat.demo.insurance import OTHER_PROJECT, PROJECTS
from fregat.lib import clock, notices
from fregat.lib.rights import Role
from staff.employees import actions
from staff.employees.models import Employee, Order
from staff.employees.rules import FIRST

PASSWORD = "fregat-demo"
_MORE_LANGUAGES = {
    "operator": ["pl", "de"],
    "operator2": ["pl", "de"],
    "night": ["pl", "tr"],
    "stranger": ["it"],
    "doctor": ["ar"],
}

# username, role, surname, name, patronymic, senior manager, projects, department
PEOPLE = (
    ("director", Role.DIRECTOR, "Яременко", "Ірина", "Павлівна", "", (), ""),
    ("head", Role.HEAD, "Їжакевич", "Богдан", "Остапович", "", (), ""),
    ("senior", Role.SENIOR, "Євтушенко", "Марко", "Іванович", "", PROJECTS, ""),
    ("senior2", Role.SENIOR, "Щербак", "Лідія", "Андріївна", "", OTHER_PROJECT, ""),
    ("operator", Role.OPERATOR, "Ґудзь", "Оксана", "Юріївна", "senior", PROJECTS, ""),
    ("operator2", Role.OPERATOR, "Зінченко", "Тарас", "Олегович", "senior", PROJECTS, ""),
    ("night", Role.OPERATOR, "Мельник", "Софія", "Романівна", "senior", PROJECTS, ""),
    ("stranger", Role.OPERATOR, "Бойко", "Ганна", "Петрівна", "senior2", OTHER_PROJECT, ""),
    ("doctor", Role.DOCTOR, "Лисенко", "Орест", "Михайлович", "senior", PROJECTS, ""),
    ("client", Role.CLIENT, "Кравець", "Юлія", "Степанівна", "", PROJECTS, ""),
    ("quality", Role.DEPARTMENT, "Ткач", "Павло", "Богданович", "", (), "quality"),
    ("officer", Role.DEPARTMENT, "Руденко", "Ніна", "Василівна", "", (), "data"),
    ("admin", Role.ADMIN, "Чорний", "Гліб", "Сергійович", "", (), ""),
)

Row = tuple[str, Role, str, str, str, str, tuple[str, ...], str]
APPOINTED = timedelta(days=200)
MOVED_BEFORE = timedelta(days=170)
MOVED = {"night": "senior"}
"""Who came under another senior manager later, and under whom."""
BEFORE = {"night": "senior2"}
"""Under whom they were appointed."""


def appoint(now: datetime) -> dict[str, Employee]:
    """Appoint who is missing, each by an order, and open their accounts. Returns all by username."""
    found: dict[str, Employee] = Employee.objects.in_bulk([row[0] for row in PEOPLE], field_name="username")
    missing = [row for row in PEOPLE if row[0] not in found]
    # Where orders were issued already theirs stay the latest: numbers and dates go forward together.
    by_order = not Order.objects.exists()
    # One hash for all: thirteen would cost seconds, and the password is printed on the screen anyway.
    secret = make_password(PASSWORD) if missing else ""
    for place, row in enumerate(missing):
        at = now - APPOINTED + timedelta(minutes=20 * place)
        person = _employ(row, found, at, by_order=by_order and row[1] not in FIRST)
        found[person.username] = _reach(person, len(found) + 1, at)
    if by_order:
        for username, senior in MOVED.items():
            _move(found[username], found[senior], by=found["director"], at=now - MOVED_BEFORE)
    new = [row[0] for row in missing]
    Employee.objects.filter(username__in=new).update(password=secret, is_demo=True)
    for person in found.values():
        notices.read(person.pk, now=now)
    return dict(Employee.objects.in_bulk(list(found), field_name="username"))


def _employ(row: Row, found: dict[str, Employee], at: datetime, *, by_order: bool) -> Employee:
    """By the director's order; the director and the administrator come in before there is anybody to sign."""
    username, role, last, first, patronymic, senior, projects, department = row
    values: dict[str, Any] = {
        "username": username, "role": str(role), "last_name": last, "first_name": first, "patronymic": patronymic,
        "department": department, "projects": list(projects),
    }  # fmt: skip
    if not by_order:
        return actions.create_employee(**values, senior=found.get(senior), now=at)
    order = actions.issue_order(
        by=found["director"], kind="appointment", values=values | {"senior": BEFORE.get(username, senior)},
        note="Заява про прийняття на роботу.", signed_on=clock.local(at).date(), now=at,
    )  # fmt: skip
    return Employee.objects.get(pk=order.employee_id)


def _move(person: Employee, senior: Employee, *, by: Employee, at: datetime) -> None:
    """Under another senior manager, by an order."""
    actions.issue_order(
        by=by, kind="senior_change", employee=person, values={"senior": senior.username},
        note="Зміна графіка: нічні зміни веде інша команда.", signed_on=clock.local(at).date(), now=at,
    )  # fmt: skip


def _reach(person: Employee, place: int, now: datetime) -> Employee:
    """Phones and an address that nobody has: they answer nowhere."""
    return actions.change_work(
        by=None, employee=person, now=now,
        changes={
            "phone": f"+38044000{1000 + place}", "extension": str(100 + place),
            "private_phone": f"+38050000{1000 + place}", "email": f"{person.username}@fregat.example",
            "languages": ["uk", "en", *_MORE_LANGUAGES.get(person.username, [])],
        },
    )  # fmt: skip
