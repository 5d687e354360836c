"""What a table of the staff holds when it is taken out, and who has taken what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fregat.lib import clock
from fregat.lib.errors import Sentence
from staff.employees.labels import FIELD_LABELS, language_names
from staff.employees.models import Employee, StaffExport
from staff.employees.selectors.listing import Filters, Person, lines, narrowed

CHUNK = 500
"""So many people are read at a time."""
_HEADINGS: tuple[Sentence, ...] = (
    FIELD_LABELS["last_name"], FIELD_LABELS["first_name"], FIELD_LABELS["patronymic"], FIELD_LABELS["username"],
    FIELD_LABELS["role"], FIELD_LABELS["department"], gettext_lazy("Senior manager"), gettext_lazy("Projects"),
    FIELD_LABELS["phone"], FIELD_LABELS["extension"], FIELD_LABELS["email"], FIELD_LABELS["languages"],
    gettext_lazy("State"),
)  # fmt: skip


def last_exports() -> list[StaffExport]:
    """The last exports, the latest first. One statement."""
    return list(StaffExport.objects.select_related("by").order_by("-id")[:20])


def headings(*, private: bool) -> list[str]:
    """The first row of the table."""
    return [str(name) for name in (*_HEADINGS, *((FIELD_LABELS["private_phone"],) if private else ()))]


def table(user: Employee, filters: Filters, *, private: bool, now: datetime) -> Iterator[Sequence[object]]:
    """The rows, in the order of the alphabet: six statements for each five hundred people."""
    names, last = language_names(), None
    while True:
        rows = narrowed(user, filters, now)
        chunk = list((rows.after(last) if last else rows).by_name()[:CHUNK])
        if not chunk:
            return
        for person in lines(chunk, now):
            yield _row(person, names, private=private)
        last = chunk[-1]


def _row(person: Person, names: dict[str, str], *, private: bool) -> list[object]:
    one = person.employee
    return [
        one.last_name, one.first_name, one.patronymic, one.username, one.get_role_display(),
        one.get_department_display(), person.senior.full_name if person.senior else "", ", ".join(person.projects),
        one.phone, one.extension, one.email, ", ".join(names.get(code, code) for code in one.languages),
        _state(person), *([one.private_phone] if private else []),
    ]  # fmt: skip


def _state(person: Person) -> str:
    if person.employee.dismissed_at:
        return _("dismissed %(on)s") % {"on": f"{clock.local(person.employee.dismissed_at):%d.%m.%Y}"}
    return _("works") if person.has_account else _("account not opened")
