"""Looks of the last days that somebody must explain: the program finds the patterns in them by itself (E1, JD IV.9)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from cases.insurance.models import InsuredPerson
from cases.privacy.actions import record_look
from cases.privacy.rules.patterns import MANY_PERSONS, NO_CASE_PERSONS
from fregat.demo.insurance import OTHER_PROJECT, PROJECTS
from fregat.lib import clock
from fregat.lib.models import Pulse
from staff.employees.models import Employee

_WRITTEN = "demo_looks"
"""The mark that they are written: the log itself knows no demonstration."""


def write(people: dict[str, Employee], now: datetime) -> None:
    """Written once: each pattern on a day of its own, by different people."""
    if Pulse.objects.filter(name=_WRITTEN).exists():
        return
    Pulse.objects.create(name=_WRITTEN, at=now)
    ours, others = _of(PROJECTS), _of(OTHER_PROJECT)
    _look(people["client"], ours[: MANY_PERSONS + 4], _at(now, 2, 11), step=timedelta(seconds=70))
    _look(people["operator2"], ours[100 : 100 + NO_CASE_PERSONS + 1], _at(now, 3, 15))
    _look(people["stranger"], others[10:12], _at(now, 1, 2))
    _look(people["operator"], _namesakes(ours, people["operator"])[:1], _at(now, 4, 10))
    _look(people["doctor"], _colleague(ours, people, but="doctor"), _at(now, 5, 13))


def _of(projects: Iterable[str]) -> QuerySet[InsuredPerson]:
    """Whose policies belong to these projects; the persons of the rehearsed calls are left in peace."""
    rows = InsuredPerson.objects.filter(policies__insurer__code__in=list(projects))
    return rows.exclude(phone="+380671234567").distinct().order_by("id")


def _at(now: datetime, days: int, hour: int) -> datetime:
    """An hour on the centre's clock, so many days ago."""
    then = clock.local(now - timedelta(days=days))
    return then.replace(hour=hour, minute=12, second=0, microsecond=0)


def _look(
    by: Employee, whom: Iterable[InsuredPerson], at: datetime, *, step: timedelta = timedelta(minutes=4)
) -> None:
    for place, person in enumerate(whom):
        record_look(
            by=by, kind="person", objects=[person.uuid], part="card", ground="project", now=at + place * step
        )


def _namesakes(rows: QuerySet[InsuredPerson], looker: Employee) -> QuerySet[InsuredPerson]:
    return rows.filter(surname=looker.last_name).exclude(given_name=looker.first_name)


def _colleague(
    rows: QuerySet[InsuredPerson], people: dict[str, Employee], *, but: str
) -> Iterable[InsuredPerson]:
    """Somebody insured who is called as one of the staff is: the program takes them for one."""
    for username, person in people.items():
        found = rows.filter(surname=person.last_name, given_name=person.first_name).first()
        if found is not None and username != but:
            return [found]
    return []
