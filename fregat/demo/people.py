"""The demonstration sign-ins of the interfaces."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from fregat.demo.insurance import OTHER_PROJECT, PROJECTS
from fregat.lib.rights import Role
from staff.employees import actions
from staff.employees.models import Employee

PASSWORD = "fregat-demo"
_MORE_LANGUAGES = {
    "operator": ["pl"],
    "operator2": ["de"],
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


def appoint(now: datetime) -> dict[str, Employee]:
    """Appoint who is missing and open their accounts. Returns all by username."""
    found: dict[str, Employee] = Employee.objects.in_bulk([row[0] for row in PEOPLE], field_name="username")
    missing = [row for row in PEOPLE if row[0] not in found]
    # One hash for all: thirteen would cost seconds, and the password is printed on the screen anyway.
    secret = make_password(PASSWORD) if missing else ""
    for username, role, last, first, patronymic, senior, projects, department in missing:
        found[username] = actions.create_employee(
            username=username, role=role, last_name=last, first_name=first, patronymic=patronymic,
            senior=found.get(senior), projects=projects, department=department, is_demo=True,
            languages=["uk", "en"], now=now - timedelta(days=200),
        )  # fmt: skip
        found[username] = _reach(found[username], len(found), now)
    new = [row[0] for row in missing]
    Employee.objects.filter(username__in=new).update(password=secret)
    return found


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
