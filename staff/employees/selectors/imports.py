"""A table of people to be appointed: read, understood, and what is wrong with each row, in words.

The checks are those of the order of appointment, asked of all rows at once: a number of statements that does
not grow. The order asks again when it is signed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models.functions import Lower
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fregat.lib import gates, phones, rights, sheets
from fregat.lib.errors import Invalid, NotFound, Sentence
from fregat.lib.rights import Role, Scope
from fregat.lib.text import fault_in
from staff.employees import registry, rules
from staff.employees.labels import DEPARTMENT_LABELS, FIELD_LABELS, ROLE_LABELS, language_names, shown
from staff.employees.models import Employee, Order, StaffImport

COLUMNS: dict[str, Sentence] = {
    "last_name": FIELD_LABELS["last_name"],
    "first_name": FIELD_LABELS["first_name"],
    "patronymic": FIELD_LABELS["patronymic"],
    "username": FIELD_LABELS["username"],
    "role": FIELD_LABELS["role"],
    "department": FIELD_LABELS["department"],
    "senior": gettext_lazy("Senior manager"),
    "projects": gettext_lazy("Projects"),
    "phone": FIELD_LABELS["phone"],
    "email": FIELD_LABELS["email"],
    "languages": FIELD_LABELS["languages"],
}
"""Columns of the table, in the order of the template; understood in both languages of the house."""
REQUIRED = ("last_name", "first_name", "username", "role")
_LISTS = ("projects", "languages")
_SHEET_ROWS = rules.IMPORT_PEOPLE * 2
"""Empty rows between people are forgiven."""
_SHEET_COLUMNS = 40
_SHOWN = 60
_TEXT_MAX = 1000


@dataclass
class Line:
    """One row of the table: what was understood, and what was not."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)

    def fault(self, column: str, sentence: Sentence) -> None:
        """Note what is wrong in a column."""
        self.faults.append((str(COLUMNS.get(column, column)), str(sentence)))

    @property
    def full_name(self) -> str:
        """Surname and name as written."""
        return f"{self.values.get('last_name', '')} {self.values.get('first_name', '')}".strip()

    def kept(self) -> dict[str, Any]:
        """For the row of the import."""
        return {"number": self.number, "values": self.values, "faults": self.faults}


@dataclass(frozen=True)
class Table:
    """What a file holds."""

    lines: list[Line]
    left_out: list[str]
    """Headings that are no column of ours."""


def read_table(content: bytes) -> Table:
    """The people of a workbook's first sheet, under headings in any order. Raises Invalid (`file`)."""
    rows = sheets.read(content, rows=_SHEET_ROWS, columns=_SHEET_COLUMNS)
    columns, left_out = _columns(rows[0])
    if len(rows) < 2:
        raise Invalid.field("file", _("There is nobody in the table: only the headings."))
    if len(rows) - 1 > rules.IMPORT_PEOPLE:
        raise Invalid.field(
            "file",
            _("There are too many people in the table: at most %(max)d.") % {"max": rules.IMPORT_PEOPLE},
        )
    words = _Words()
    return Table([_line(row, columns, words) for row in rows[1:]], left_out)


def check_lines(lines: list[Line], *, effective_at: datetime | None, now: datetime) -> None:
    """Add to each line what stands in the way of its order: six statements, however many lines.

    `effective_at`: None means at once; then a senior manager of the same table is there before the operators.
    """
    known = _Known(lines, later=effective_at is not None and effective_at > now)
    for line in lines:
        _check_person(line)
        _check_username(line, known)
        _check_senior(line, known)
        _check_projects(line)


def get_import(user: Employee, pk: int | str, *, now: datetime) -> StaffImport:
    """The gate to an import. Raises NotFound."""
    reach = rights.scopes(user.role, "employee.import", user.department) if user.is_active else frozenset()
    rows = StaffImport.objects.select_related("uploaded_by", "decided_by")
    found: StaffImport | None = rows.filter(pk=gates.row_id(pk)).first() if Scope.CENTRE in reach else None
    if found is None:
        raise NotFound()
    return found


def last_imports() -> list[StaffImport]:
    """The last imports, the latest first. One statement."""
    return list(StaffImport.objects.select_related("uploaded_by").order_by("-id")[:20])


def orders_of(row: StaffImport) -> list[Order]:
    """The orders that an import was signed as, by number. One statement."""
    return list(row.orders.select_related("employee").order_by("id"))


@dataclass(frozen=True)
class Shown:
    """One row as the preview draws it."""

    number: int
    full_name: str
    username: str
    position: str
    senior: str
    projects: str
    reach: str
    languages: str
    faults: list[list[str]]


def shown_lines(row: StaffImport) -> list[Shown]:
    """The rows of an import in words. Two statements."""
    names, languages = registry.projects(), language_names()
    seniors = {one.username: one.full_name for one in Employee.objects.filter(role__in=rules.LEADS_A_TEAM)}
    found = []
    for kept in row.rows:
        values = kept["values"]
        name = [values.get(key, "") for key in ("last_name", "first_name", "patronymic")]
        position = [shown(key, values[key]) for key in ("role", "department") if values.get(key)]
        found.append(
            Shown(
                number=kept["number"], full_name=" ".join(filter(None, name)), username=values.get("username", ""),
                position=", ".join(position), senior=seniors.get(values.get("senior", ""), values.get("senior", "")),
                projects=", ".join(names.get(code, code) for code in values.get("projects", [])),
                reach=", ".join(filter(None, (phones.read_aloud(values.get("phone", "")), values.get("email", "")))),
                languages=", ".join(languages.get(code, code) for code in values.get("languages", [])),
                faults=kept["faults"],
            )
        )  # fmt: skip
    return found


# --- Reading ------------------------------------------------------------------------------------------


def _key(text: str) -> str:
    """A heading or a word as it is compared: case, apostrophes, blanks and stars forgiven."""
    bare = re.sub(r"[’ʼ`´]", "'", text.casefold())
    return re.sub(r"\s+", " ", bare).strip(" *:")


def _in_every_language(names: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """Word in any language of the house → code."""
    found: dict[str, str] = {}
    listed = list(names)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {_key(str(name)): code for code, name in listed}
    return found


def _columns(heading: sheets.Row) -> tuple[dict[int, str], list[str]]:
    names = _in_every_language(COLUMNS.items())
    columns = {index: names[_key(text)] for index, text in enumerate(heading.cells) if _key(text) in names}
    twice = [name for name, times in Counter(columns.values()).items() if times > 1]
    if twice:
        raise Invalid.field(
            "file", _("The column «%(name)s» stands twice in the table.") % {"name": COLUMNS[twice[0]]}
        )
    lacking = [str(COLUMNS[name]) for name in REQUIRED if name not in columns.values()]
    if lacking:
        raise Invalid.field(
            "file",
            _("The first row must hold the headings. These columns are missing: %(names)s.")
            % {"names": ", ".join(lacking)},
        )
    left_out = [text[:_SHOWN] for text in heading.cells if text and _key(text) not in names]
    return columns, left_out


class _Words:
    """What people write for codes."""

    def __init__(self) -> None:
        self.roles = _in_every_language((str(code), name) for code, name in ROLE_LABELS.items())
        self.departments = _in_every_language((str(code), name) for code, name in DEPARTMENT_LABELS.items())
        self.projects: dict[str, str] = {}
        self.languages: dict[str, str] = {}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                self.projects |= {_key(name): code for code, name in registry.projects().items()}
                self.languages |= {_key(name): code for code, name in language_names().items()}
        for table in (self.roles, self.departments, self.projects, self.languages):
            table |= {_key(code): code for code in table.values()}


def _line(row: sheets.Row, columns: dict[int, str], words: _Words) -> Line:
    line = Line(row.number)
    for index, name in columns.items():
        text = row.cells[index] if index < len(row.cells) else ""
        if index in row.formulas:
            line.fault(name, _("There is a formula in the cell: paste it as a value."))
            text = ""
        if fault := fault_in(text, max_length=_TEXT_MAX, multiline=name in _LISTS):
            line.fault(name, fault)
            text = ""
        line.values[name] = _read(line, name, text, words)
    return line


def _read(line: Line, name: str, text: str, words: _Words) -> Any:
    if name in _LISTS:
        table = words.projects if name == "projects" else words.languages
        return sorted(
            {
                code
                for part in re.split(r"[,;\n]+", text)
                if part.strip()
                for code in _code(line, name, part, table)
            }
        )
    if name in {"role", "department"}:
        table = words.roles if name == "role" else words.departments
        return next(iter(_code(line, name, text, table)), "") if text else ""
    if name == "username":
        return text.lower()
    return _phone(line, text) if name == "phone" and text else text


def _code(line: Line, name: str, text: str, table: dict[str, str]) -> list[str]:
    code = table.get(_key(text))
    if code is not None:
        return [code]
    sentences = {
        "role": _("There is no position «%(word)s»."), "department": _("There is no department «%(word)s»."),
        "projects": _("There is no project «%(word)s»."), "languages": _("There is no language «%(word)s»."),
    }  # fmt: skip
    line.fault(name, sentences[name] % {"word": text.strip()[:_SHOWN]})
    return []


def _phone(line: Line, text: str) -> str:
    # Excel drops the plus of a number that it takes for one.
    number = phones.kept(text if text.startswith(("+", "0")) else f"+{text}")
    if number:
        return number
    line.fault("phone", _("This is no phone number. Write it as +380 67 123 45 67."))
    return ""


# --- Checking -----------------------------------------------------------------------------------------


class _Known:
    """What the rows are compared with: four statements."""

    def __init__(self, lines: list[Line], *, later: bool) -> None:
        self.later = later
        names = [line.values.get("username", "") for line in lines]
        taken = Employee.objects.annotate(low=Lower("username")).filter(low__in=names)
        self.taken = set(taken.values_list("low", flat=True))
        waiting = Order.objects.waiting().filter(kind="appointment")
        self.promised = {
            str(values.get("username", "")).lower(): number
            for values, number in waiting.values_list("values", "number")
        }
        self.twice = {name for name, times in Counter(names).items() if name and times > 1}
        self.numbers: dict[str, list[int]] = {}
        for line in lines:
            self.numbers.setdefault(line.values.get("username", ""), []).append(line.number)
        self.seniors: dict[str, set[str]] = {}
        for one in Employee.objects.employed().filter(role__in=rules.LEADS_A_TEAM):
            self._name(one.username, one.full_name)
        self.own = {
            line.values["username"] for line in lines if line.values.get("role") in rules.LEADS_A_TEAM
        }
        for line in lines:
            if line.values["username"] in self.own:
                self._name(line.values["username"], line.full_name)

    def _name(self, username: str, full_name: str) -> None:
        for key in {_key(username), _key(full_name)}:
            self.seniors.setdefault(key, set()).add(username)


def _check_person(line: Line) -> None:
    """The fields themselves, by the model's own rules."""
    for name in REQUIRED:
        if not line.values.get(name) and str(COLUMNS[name]) not in {column for column, _s in line.faults}:
            line.fault(name, _("This must be filled in."))
    values = {
        name: line.values.get(name, "") for name in COLUMNS if name not in {"senior", "projects", "languages"}
    }
    person = Employee(**values, languages=line.values.get("languages", []))
    empty = {name for name, value in values.items() if not value}
    try:
        person.clean_fields(exclude={*empty, "password", "name_key", "first_name_key", "language", "theme"})
    except ValidationError as error:
        for name, sentences in error.message_dict.items():
            line.fault(name, sentences[0])
    if line.values.get("role") == Role.DEPARTMENT and not line.values.get("department"):
        line.fault("department", _("Choose the department."))
    elif line.values.get("department") and line.values.get("role") not in {Role.DEPARTMENT, "", None}:
        line.fault("department", _("Only an employee of another department has a department."))


def _check_username(line: Line, known: _Known) -> None:
    name = line.values.get("username", "")
    if name in known.twice:
        others = ", ".join(str(number) for number in known.numbers[name] if number != line.number)
        line.fault("username", _("The same sign-in name stands in row %(rows)s too.") % {"rows": others})
    if name in known.taken:
        line.fault("username", _("This sign-in name is taken."))
    elif name in known.promised:
        line.fault(
            "username",
            _("Order № %(number)s appoints somebody under this sign-in name.")
            % {"number": known.promised[name]},
        )
    elif name and rules.is_reserved(name):
        line.fault("username", _("This sign-in name is an address of Fregat: choose another."))


def _check_senior(line: Line, known: _Known) -> None:
    text, role = line.values.get("senior", ""), line.values.get("role", "")
    if not text:
        if rules.needs_senior(role):
            line.fault("senior", _("An operator always has a senior manager: name one."))
        return
    if role and role not in rules.MAY_HAVE_SENIOR:
        line.fault("senior", _("Nobody in this position reports to a senior manager: leave it empty."))
        return
    found = known.seniors.get(_key(text), set())
    if len(found) > 1:
        line.fault("senior", _("Several senior managers are called so: write the sign-in name."))
    elif not found:
        line.fault("senior", _("There is no senior manager «%(name)s».") % {"name": text[:_SHOWN]})
    else:
        (line.values["senior"],) = found
        if known.later and line.values["senior"] in known.own:
            line.fault(
                "senior",
                _(
                    "This senior manager is appointed by the same table and not there yet: appoint them first."
                ),
            )


def _check_projects(line: Line) -> None:
    """Who sees persons and cases by project works on one; the others need none."""
    if line.values.get("projects") and line.values.get("role") in {Role.DIRECTOR, Role.ADMIN}:
        line.fault("projects", _("Nobody in this position works on projects: leave it empty."))


def appointments(lines: list[Line]) -> Iterator[Line]:
    """The lines in the order of their orders: senior managers first, then as in the file."""
    yield from sorted(lines, key=lambda line: line.values["role"] not in rules.LEADS_A_TEAM)
