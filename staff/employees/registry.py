"""What rooms above add to the staff's events; called inside the caller's transaction.

Filled in `AppConfig.ready()`: the staff knows nothing of shifts and cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from fregat.lib.errors import NotFound, Sentence

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from staff.employees.models import Employee, Order

Dismissed = Callable[["Employee", "Employee | None", datetime], None]
RoleChanged = Callable[["Employee", str, "Employee | None", datetime], None]
ForeseeDismissal = Callable[["Employee", datetime], list[Sentence]]
ForeseeRole = Callable[["Employee", str, datetime], list[Sentence]]
ProjectsChanged = Callable[["Employee"], None]
Fact = Callable[["Employee", datetime], Any]
Names = Callable[[Iterable[str]], Mapping[str, str]]
Projects = Callable[[], Mapping[str, str]]
Widening = Callable[["Employee", datetime], "QuerySet[Any]"]
Marks = Callable[[Iterable["Employee"], datetime], Mapping[int, "Mark"]]
Watchers = Callable[["Employee", datetime], Iterable["Employee"]]
Stretch = Callable[["Employee", datetime], str]
T = TypeVar("T")


@dataclass(frozen=True)
class OwnPage:
    """A page on which everybody reads what a room keeps about them."""

    label: Sentence
    url_name: str
    icon: str


@dataclass(frozen=True)
class Clause:
    """One point of an order as it is printed: a sentence, and under it names with their values."""

    text: Sentence
    facts: Sequence[tuple[Sentence, str]] = ()


@dataclass(frozen=True)
class OrderKind:
    """What orders of one kind do. The callables are called inside the transaction of the order's action.

    `check(order, now)` raises Invalid or Conflict when it could not take effect as things stand now;
    `preview(order, now)` says what will happen, without locking or writing anything; `take_effect` does it
    and returns what `revoke` will need to know (kept in `order.before`); `revoke` puts it back, or raises
    Conflict with the sentence why it cannot be. `heading` and `text` are for the printed order and are
    asked in Ukrainian. `open_to_all`: once in force it concerns the whole staff and everybody may read it.
    `concerned(order)`: whom its effect concerns besides the employee it is about; they are told, and may
    read it from then on. `preview_revoke(order, now)`: what revoking one in force will do. `never_mind` hears
    that an order was revoked before its moment.
    `has_form`: it is begun on the page of orders, by the form of this room.
    """

    code: str
    label: Sentence
    check: Callable[[Order, datetime], None]
    preview: Callable[[Order, datetime], list[Sentence]]
    take_effect: Callable[[Order, datetime], Mapping[str, Any] | None]
    revoke: Callable[[Order, datetime], None]
    heading: Sentence
    text: Callable[[Order], Sequence[Clause]]
    open_to_all: bool = False
    preview_revoke: Callable[[Order, datetime], list[Sentence]] | None = None
    concerned: Callable[[Order], Iterable[Employee | None]] | None = None
    never_mind: Callable[[Order, datetime], None] | None = None
    has_form: bool = True


@dataclass(frozen=True)
class Mark:
    """A word beside a name, in a tone and with an icon (see docs/components.md)."""

    label: Sentence
    tone: str = "quiet"
    icon: str = ""


_dismissed: list[Dismissed] = []
_dismissals_foreseen: list[ForeseeDismissal] = []
_role_changed: list[RoleChanged] = []
_roles_foreseen: list[ForeseeRole] = []
_projects_changed: list[ProjectsChanged] = []
_facts: dict[str, Fact] = {}
_names: list[Names] = []
_order_kinds: dict[str, OrderKind] = {}
_projects: list[Projects] = []
_widenings: list[Widening] = []
_own_pages: list[OwnPage] = []
_marks: list[Marks] = []
_watchers: list[Watchers] = []
_stretches: list[Stretch] = []


def _add(to: list[T], callback: T) -> None:
    if callback not in to:
        to.append(callback)


def on_dismissed(callback: Dismissed, foresee: ForeseeDismissal | None = None) -> None:
    """`callback(employee, by, now)` when somebody is dismissed: already not able to sign in, still under
    their senior manager, so that what was theirs can be passed on (A3).

    `foresee(employee, now)` says what it would do, for the preview of the order; it writes nothing.
    """
    _add(_dismissed, callback)
    if foresee is not None:
        _add(_dismissals_foreseen, foresee)


def on_role_changed(callback: RoleChanged, foresee: ForeseeRole | None = None) -> None:
    """`callback(employee, before, by, now)` when somebody has another role (or department) than `before`.

    Still under the senior manager of the old role, so that what the new role may not do is passed on.
    `foresee(employee, role, now)` says what it would do if they got that role.
    """
    _add(_role_changed, callback)
    if foresee is not None:
        _add(_roles_foreseen, foresee)


def on_projects_changed(callback: ProjectsChanged) -> None:
    """`callback(employee)` when a project was assigned or taken away. May raise Invalid for an unknown project."""
    _add(_projects_changed, callback)


def describe(name: str, fact: Fact) -> None:
    """Add a value to what a person is told about themselves (`GET /employees/me/`), as `on_shift`."""
    _facts[name] = fact


def name_projects(names: Names) -> None:
    """`names(codes)` → code → name for people; a code without a name is shown as it is."""
    _add(_names, names)


def offer_projects(projects: Projects) -> None:
    """`projects()` → code → name of every project that people can be assigned to, in the order of a list."""
    _add(_projects, projects)


def widen_view(widening: Widening) -> None:
    """`widening(user, now)` → ids of employees whose work fields the user sees besides their own team (the
    people of the shift that they lead, say): asked for roles whose `employee.view` is routed."""
    _add(_widenings, widening)


def mark_people(marks: Marks) -> None:
    """`marks(people, now)` → id → a mark beside the name on lists («on shift»); one statement for all of them."""
    _add(_marks, marks)


def watch(watchers: Watchers) -> None:
    """`watchers(employee, now)` → who besides the senior manager learns of a second place at once: who leads."""
    _add(_watchers, watchers)


def stretch_said_by(stretch: Stretch) -> None:
    """`stretch(employee, now)` → a name of the shift that goes on, in which a second place is told once; else empty."""
    _add(_stretches, stretch)


def dismissed(employee: Employee, by: Employee | None, now: datetime) -> None:
    """Tell the rooms that somebody is dismissed."""
    for callback in _dismissed:
        callback(employee, by, now)


def foresee_dismissal(employee: Employee, now: datetime) -> list[Sentence]:
    """What the rooms would do if the employee were dismissed."""
    return [sentence for foresee in _dismissals_foreseen for sentence in foresee(employee, now)]


def role_changed(employee: Employee, before: str, by: Employee | None, now: datetime) -> None:
    """Tell the rooms that somebody's role is another one than `before`."""
    for callback in _role_changed:
        callback(employee, before, by, now)


def foresee_role(employee: Employee, role: str, now: datetime) -> list[Sentence]:
    """What the rooms would do if the employee got this role."""
    return [sentence for foresee in _roles_foreseen for sentence in foresee(employee, role, now)]


def projects_changed(employee: Employee) -> None:
    """Tell the rooms that somebody's projects have changed."""
    for callback in _projects_changed:
        callback(employee)


def watchers(employee: Employee, now: datetime) -> list[Employee]:
    """Whom the rooms name."""
    return [one for named in _watchers for one in named(employee, now)]


def stretch(employee: Employee, now: datetime) -> str:
    """The shift that goes on, as a name; empty when there is none."""
    return next(filter(None, (said(employee, now) for said in _stretches)), "")


def facts(employee: Employee, now: datetime) -> dict[str, Any]:
    """What the rooms say about somebody at `now`."""
    return {name: fact(employee, now) for name, fact in _facts.items()}


def project_names(codes: Iterable[str]) -> dict[str, str]:
    """Names for people of the projects with these codes."""
    wanted = list(codes)
    found = {code: code for code in wanted}
    for names in _names:
        found.update(names(wanted))
    return found


def add_order_kind(kind: OrderKind) -> None:
    """Let the director issue orders of this kind. Raises ValueError when two rooms use one code."""
    if _order_kinds.get(kind.code, kind) != kind:
        raise ValueError(f"two kinds of order are called {kind.code}")
    _order_kinds[kind.code] = kind


def order_kind(code: str) -> OrderKind:
    """The kind with this code. Raises NotFound."""
    if code not in _order_kinds:
        raise NotFound()
    return _order_kinds[code]


def order_kinds() -> list[OrderKind]:
    """All kinds, in the order in which the rooms added them."""
    return list(_order_kinds.values())


def open_order_kinds() -> list[str]:
    """Codes of the kinds that everybody may read once they are in force."""
    return [kind.code for kind in _order_kinds.values() if kind.open_to_all]


def projects() -> dict[str, str]:
    """Every project by code, with its name for people."""
    return {code: name for offered in _projects for code, name in offered().items()}


def widenings(user: Employee, now: datetime) -> list[QuerySet[Any]]:
    """Whose work fields the rooms let this person see besides."""
    return [widening(user, now) for widening in _widenings]


def add_own_page(label: Sentence, url_name: str, icon: str) -> None:
    """Let everybody reach a page about themselves from «My page»; `icon` is a name of lucide's."""
    page = OwnPage(label, url_name, icon)
    if page not in _own_pages:
        _own_pages.append(page)


def own_pages() -> list[OwnPage]:
    """What rooms keep about somebody for themselves to read."""
    return list(_own_pages)


def marks(people: Iterable[Employee], now: datetime) -> dict[int, list[Mark]]:
    """What the rooms say beside these names on lists."""
    listed = list(people)
    found: dict[int, list[Mark]] = {}
    for source in _marks:
        for pk, mark in source(listed, now).items():
            found.setdefault(pk, []).append(mark)
    return found
