"""The work fields of a record: phones, e-mail, languages, projects, photograph. Position is an order's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from fregat.lib import clock, db, live, phones
from fregat.lib.errors import Conflict, Invalid, NotAllowed, Stale
from fregat.lib.pictures import Picture
from staff.employees import labels, registry
from staff.employees.actions.rows import check_fields, lock
from staff.employees.models import Employee, Photograph, ProjectAssignment
from staff.employees.permissions import check_edit, check_manage
from staff.employees.rules import Part

_FIELDS = {
    "phone": Part.WORK, "extension": Part.WORK, "email": Part.WORK, "languages": Part.WORK,
    "private_phone": Part.PRIVATE,
}  # fmt: skip
_PHONES = ("phone", "private_phone")


@db.action
def change_work(
    *,
    by: Employee | None,
    employee: Employee,
    changes: Mapping[str, Any],
    version: int | None = None,
    now: datetime | None = None,
) -> Employee:
    """Change work fields: `phone`, `extension`, `email`, `languages` (codes), and `private_phone` where it is seen.

    `version` is the one that was read; None does not compare. Raises NotFound, NotAllowed, Conflict
    (dismissed), Stale with both versions, Invalid (fields as in `changes`).
    """
    (employee,) = lock(employee)
    parts = check_edit(by, employee, now or clock.now())
    if any(_FIELDS[name] not in parts for name in changes):
        raise NotAllowed()
    _check_not_dismissed(employee)
    wanted = {name: _normal(name, value) for name, value in changes.items()}
    _check_version(employee, version, wanted)
    for name, value in wanted.items():
        setattr(employee, name, value)
    check_fields(employee, exclude=("password", "name_key", "first_name_key"))
    return _saved(employee, *wanted)


@db.action
def set_projects(
    *,
    by: Employee | None,
    employee: Employee,
    projects: Iterable[str],
    version: int | None = None,
    now: datetime | None = None,
) -> Employee:
    """Let the employee work on exactly these projects (codes); what they see follows at the next request (E1).

    Raises NotAllowed, Conflict (dismissed), Stale with both versions, Invalid (`projects`).
    """
    check_manage(by, "employee.projects", employee)
    (employee,) = lock(employee)
    _check_not_dismissed(employee)
    wanted, there = set(projects), set(employee.assignments.values_list("project", flat=True))
    if version is not None and version != employee.version:
        name = str(_("Projects"))
        raise Stale(mine={name: _named(wanted)}, theirs={name: _named(there)})
    if unknown := wanted - set(registry.projects()) - there:
        raise Invalid.field(
            "projects", _("There is no project with this code: %(code)s.") % {"code": min(unknown)}
        )
    if wanted == there:
        return employee
    employee.assignments.filter(project__in=there - wanted).delete()
    ProjectAssignment.objects.bulk_create(
        ProjectAssignment(employee=employee, project=code, since=now or clock.now())
        for code in sorted(wanted - there)
    )
    registry.projects_changed(employee)
    return _saved(employee)


@db.action
def set_photograph(
    *, by: Employee | None, employee: Employee, picture: Picture | None, now: datetime | None = None
) -> None:
    """Keep this picture (made by `fregat.lib.pictures`) as the photograph; None takes it away.

    Raises NotFound, NotAllowed, Conflict (dismissed).
    """
    (employee,) = lock(employee)
    now = now or clock.now()
    check_edit(by, employee, now)
    if picture is None:
        Photograph.objects.filter(employee=employee).delete()
    else:
        _check_not_dismissed(employee)
        Photograph.objects.update_or_create(
            employee=employee,
            defaults={
                "content": picture.content, "content_type": picture.content_type, "digest": picture.digest,
                "uploaded_by": by, "uploaded_at": now,
            },
        )  # fmt: skip
    announce(employee)


def announce(employee: Employee) -> None:
    """After the commit: pages that show the person or the list fetch it again."""
    live.publish("staff", "staff", employee.username)
    live.publish(f"employee:{employee.pk}", "staff", employee.username)


def _saved(employee: Employee, *fields: str) -> Employee:
    employee.version += 1
    employee.save(update_fields=[*fields, "version"])
    announce(employee)
    return employee


def _check_not_dismissed(employee: Employee) -> None:
    if employee.dismissed_at is not None:
        raise Conflict(_("This employee has been dismissed already."), code="already_dismissed")


def _check_version(employee: Employee, version: int | None, wanted: Mapping[str, Any]) -> None:
    if version is None or version == employee.version:
        return
    raise Stale(
        mine={str(labels.FIELD_LABELS[name]): labels.shown(name, value) for name, value in wanted.items()},
        theirs={
            str(labels.FIELD_LABELS[name]): labels.shown(name, getattr(employee, name)) for name in wanted
        },
    )


def _named(codes: Iterable[str]) -> str:
    names = registry.project_names(codes)
    return ", ".join(sorted(names.values())) or "—"


def _normal(name: str, value: Any) -> Any:
    """A phone as `+380671234567`, languages in one order; raises Invalid for a number that is none."""
    if name == "languages":
        return sorted(set(value))
    if name == "extension" and value and not (value.isascii() and value.isdigit()):
        raise Invalid.field(name, _("An extension is digits alone."))
    if name not in _PHONES or not value:
        return value
    number = phones.kept(value)
    if not number:
        raise Invalid.field(name, _("This is no phone number. Write it as +380 67 123 45 67."))
    return number
