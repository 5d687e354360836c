"""Every change of a person's record: who, when, what it was, what it became.

Rows of one transaction are one act: the database gives them one time. The first row of a thing is its
beginning; a row has only what changed since the row before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from staff.employees import labels, registry
from staff.employees.models import (
    Employee,
    EmployeeEvent,
    PhotographEvent,
    ProjectAssignmentEvent,
    SubordinationEvent,
    SubstitutionEvent,
)
from staff.employees.rules import Part

ROWS = 300
"""So many of the last rows of each kind are read."""

_WORK = ("role", "department", "email", "phone", "extension", "languages")
_PRIVATE = ("private_phone",)
_FILE = ("username", "last_name", "first_name", "patronymic", "is_active", "dismissed_at")
_BEGINNINGS = ("insert", "before")


@dataclass(frozen=True)
class Change:
    """One thing that changed."""

    name: str
    old: str
    new: str


@dataclass
class Act:
    """What one person did at one moment; `who` is None for the program."""

    at: datetime
    who: Employee | None
    changes: list[Change] = field(default_factory=list)
    began: bool = False
    """The record, or its history, begins here."""


Rows = list[Any]
Read = Callable[[Rows, "_Words"], Iterator[tuple[Any, Change]]]


@dataclass(frozen=True)
class _Words:
    """What codes and ids are called."""

    people: dict[int, Employee]
    projects: dict[str, str]
    fields: tuple[str, ...]

    def person(self, pk: int | None) -> str:
        found = self.people.get(pk or 0)
        return found.full_name if found else "—"


def changes_of(employee: Employee, parts: frozenset[Part]) -> list[Act]:
    """The acts, the latest first, within what the viewer sees: seven statements."""
    fields = _WORK + (_PRIVATE if Part.PRIVATE in parts else ()) + (_FILE if Part.FILE in parts else ())
    sources = _sources(employee)
    words = _words(sources, fields)
    acts: dict[tuple[datetime, int | None], Act] = {}
    for rows, read in sources:
        for row, change in read(rows, words):
            act = _act_of(acts, row, words)
            act.changes.append(change)
    own = sources[0][0]
    if own and own[0].pgh_label in _BEGINNINGS:
        _act_of(acts, own[0], words).began = True
    return sorted(acts.values(), key=lambda act: act.at, reverse=True)


def _sources(employee: Employee) -> list[tuple[Rows, Read]]:
    acting = Q(senior=employee) | Q(substitute=employee)
    return [
        (_last(EmployeeEvent.objects.filter(pgh_obj=employee)), _fields),
        (_last(SubordinationEvent.objects.filter(employee=employee)), _seniors),
        (_last(ProjectAssignmentEvent.objects.filter(employee=employee)), _projects),
        (_last(SubstitutionEvent.objects.filter(acting)), _substitutions),
        (_last(PhotographEvent.objects.filter(employee=employee)), _photographs),
    ]


def _last(rows: Any) -> Rows:
    return list(rows.order_by("-pgh_id")[:ROWS])[::-1]


def _words(sources: list[tuple[Rows, Read]], fields: tuple[str, ...]) -> _Words:
    rows = [row for source, _read in sources for row in source]
    ids = {getattr(row, name, None) for row in rows for name in ("senior_id", "substitute_id")}
    ids |= {_user(row) for row in rows}
    projects = {row.project for row in rows if hasattr(row, "project")}
    return _Words(Employee.objects.in_bulk(ids - {None}), registry.project_names(projects), fields)


def _user(row: Any) -> int | None:
    return (row.pgh_context or {}).get("user")


def _act_of(acts: dict[tuple[datetime, int | None], Act], row: Any, words: _Words) -> Act:
    user = _user(row)
    key = (row.pgh_created_at, user)
    return acts.setdefault(key, Act(row.pgh_created_at, words.people.get(user or 0)))


# --- What rows say ------------------------------------------------------------------------------------


def _fields(rows: Rows, words: _Words) -> Iterator[tuple[Any, Change]]:
    for before, row in pairwise(rows):
        for name in words.fields:
            old, new = getattr(before, name), getattr(row, name)
            if old != new:
                label = str(labels.FIELD_LABELS[name])
                yield row, Change(label, labels.shown(name, old), labels.shown(name, new))


def _seniors(rows: Rows, words: _Words) -> Iterator[tuple[Any, Change]]:
    """An end and the beginning that follows it at once are one change: from whom to whom."""
    label, ended = _("Senior manager"), None
    for row in (row for row in rows if row.pgh_label != "before"):
        if ended is not None and (row.until is not None or row.pgh_created_at != ended.pgh_created_at):
            yield ended, Change(label, words.person(ended.senior_id), "—")
            ended = None
        if row.until is not None:
            ended = row
            continue
        yield (
            row,
            Change(label, words.person(ended.senior_id if ended else None), words.person(row.senior_id)),
        )
        ended = None
    if ended is not None:
        yield ended, Change(label, words.person(ended.senior_id), "—")


def _projects(rows: Rows, words: _Words) -> Iterator[tuple[Any, Change]]:
    for row in rows:
        name = words.projects[row.project]
        if row.pgh_label == "insert":
            yield row, Change(_("Project"), "—", name)
        elif row.pgh_label == "delete":
            yield row, Change(_("Project"), name, "—")


def _substitutions(rows: Rows, words: _Words) -> Iterator[tuple[Any, Change]]:
    known: dict[int, Any] = {}
    for row in rows:
        before = known.get(row.id)
        known[row.id] = row
        if row.pgh_label == "before":
            continue
        name = _("Substitution (%(senior)s – %(substitute)s)") % {
            "substitute": words.person(row.substitute_id),
            "senior": words.person(row.senior_id),
        }
        old = _span(before) if before is not None and row.pgh_label != "insert" else "—"
        yield row, Change(name, old, "—" if row.pgh_label == "delete" else _span(row))


def _photographs(rows: Rows, _words: _Words) -> Iterator[tuple[Any, Change]]:
    there = _("there is one")
    for row in rows:
        old = "—" if row.pgh_label == "insert" else there
        new = {"insert": there, "update": _("another one")}.get(row.pgh_label, "—")
        yield row, Change(_("Photograph"), old, new)


def _span(row: Any) -> str:
    return f"{labels.shown('since', row.since)} – {labels.shown('until', row.until)}"
