"""The permission matrix: its words, and the one place where the rooms' tables come together.

Each room's `rights.py` holds `RIGHTS` (action × role → scopes), `ROUTES` (route → action) and `OBJECTS` (route
→ the kind of object that its address names); the room hands them over in `AppConfig.ready()`. A route without
a row is closed to everybody, and a test fails.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar


class Holder(StrEnum):
    """Who holds a right: a role, or one department of the role `DEPARTMENT` (`Department.DATA`: the data officer)."""


class Role(Holder):
    """Roles of the staff (requirement A1)."""

    OPERATOR = "operator"
    SENIOR = "senior"
    HEAD = "head"
    DIRECTOR = "director"
    DOCTOR = "doctor"
    CLIENT = "client"
    DEPARTMENT = "department"
    ADMIN = "admin"


class Department(Holder):
    """Departments (A1): their employees share one role, and a row of the matrix may name one of them alone."""

    QUALITY = "quality"
    DATA = "data"
    OTHER = "other"


class Scope(StrEnum):
    """Whose objects an action reaches (see docs/rights.md)."""

    OWN = "own"
    TEAM = "team"
    ROUTED = "routed"
    PROJECT = "project"
    CENTRE = "centre"


EVERYBODY = tuple(Role)
PUBLIC = "public"
"""Open without signing in."""
SIGNED_IN = "signed_in"
"""Open to every employee, whatever the role."""

Row = (
    Mapping[Role, frozenset[Scope]]
    | Mapping[Department, frozenset[Scope]]
    | Mapping[Holder, frozenset[Scope]]
)
ActionTable = Mapping[str, Row]
RouteTable = Mapping[str, str | Mapping[str, str]]
ObjectTable = Mapping[str, str]
V = TypeVar("V")

_actions: dict[str, dict[Holder, frozenset[Scope]]] = {}
_routes: dict[str, str | Mapping[str, str]] = {}
_objects: dict[str, str] = {}


def register(rights: ActionTable, routes: RouteTable, objects: ObjectTable | None = None) -> None:
    """Take over a room's tables. Raises ValueError when two rooms name the same thing differently."""
    _merge(_actions, {action: dict(row.items()) for action, row in rights.items()})
    _merge(_routes, routes)
    _merge(_objects, objects or {})


def _merge(table: dict[str, V], rows: Mapping[str, V]) -> None:
    twice = sorted(key for key, row in rows.items() if table.get(key, row) != row)
    if twice:
        raise ValueError(f"named by two rooms: {twice}")
    table.update(rows)


def actions() -> Mapping[str, Mapping[Holder, frozenset[Scope]]]:
    """All rows of the matrix."""
    return _actions


def routes() -> RouteTable:
    """All routes that have a row."""
    return _routes


def object_of(route: str) -> str:
    """The kind of object that the address of a route names (`fregat.lib.gates`); empty when it names none."""
    return _objects.get(route, "")


def action_of(route: str, method: str) -> str | None:
    """The action behind a route (`casework:case`) and an HTTP method; None when it has no row.

    The many addresses of the administration have one action for all.
    """
    if route.startswith("admin:"):
        return "admin"
    row = _routes.get(route)
    if row is None or isinstance(row, str):
        return row
    return row.get("GET" if method in {"HEAD", "OPTIONS"} else method)


def scopes(role: str, action: str, department: str = "") -> frozenset[Scope]:
    """What a role's action reaches; empty when the role has no right to it.

    `department`: of an employee of the role `DEPARTMENT`, who has what the role has and what it has besides.
    """
    table = _actions.get(action, {})
    found = table.get(Role(role), frozenset()) if role in set(Role) else frozenset()
    if role == Role.DEPARTMENT and department in set(Department):
        found |= table.get(Department(department), frozenset())
    return found


def may(role: str, action: str | None, department: str = "") -> bool:
    """May this role do the action to anything at all? The object is asked about elsewhere."""
    if action in {PUBLIC, SIGNED_IN}:
        return True
    return action is not None and bool(scopes(role, action, department))


def scopes_of(person: Any, action: str) -> frozenset[Scope]:
    """`scopes` of somebody with `role` and `department`; of somebody without them (not signed in) none."""
    return scopes(getattr(person, "role", ""), action, getattr(person, "department", ""))


def lets(person: Any, action: str | None) -> bool:
    """`may` of somebody with `role` and `department`: what every door asks."""
    return may(getattr(person, "role", ""), action, getattr(person, "department", ""))
