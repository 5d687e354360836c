"""Cases in the global search, by number, and their persons in the look-up. By person a case is found on the card."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from cases.casework.labels import STATUS_LABELS
from cases.casework.models import Case
from cases.casework.rules import case_number
from cases.casework.statuses import Status
from cases.insurance import registry as insurance
from cases.privacy.actions import record_looks
from fregat.lib import clock, search
from fregat.lib.search import Hit
from staff.employees.models import Employee

_NUMBER = re.compile(
    r"""(?:справа|case)? [\s№\#(]*
    (?: (?P<year>[0-9]{2}) (?: \s*[-‐‑‒–—―−]\s* | [\s/]?(?=[0-9]{6}\b) ) )?
    (?P<counter>[0-9]{1,9}) [\s).,;]*""",
    re.VERBOSE | re.IGNORECASE,
)
"""`26-000123`, `№ 26–123`, `Справа 26 000123.`: as it is printed, copied or read aloud."""
YEARS = 3
"""A counter typed without its year is looked for in this year and the ones before."""


def register() -> None:
    """Hand it over."""
    search.register(cases)
    insurance.name_by(persons)


def numbers(text: str, year: int) -> list[str]:
    """The numbers that may be meant: `26-123` and `123` both mean `26-000123` in 2026."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return []
    counter = int(match["counter"])
    if match["year"]:
        return [case_number(int(match["year"]), counter)]
    return [case_number(year - back, counter) for back in range(YEARS)]


def persons(user: Employee, text: str, now: datetime) -> list[int]:
    """Whose the case with this number is, written with its year, if the person may see the case."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None or not match["year"]:
        return []
    number = case_number(int(match["year"]), int(match["counter"]))
    rows = Case.objects.seen_by(user, now).filter(number=number, person__isnull=False)
    return list(rows.values_list("person", flat=True))


def cases(user: Employee, text: str, now: datetime, request: Any) -> Iterator[Hit]:
    """Cases with this number that the person may see; the look is written down first."""
    wanted = numbers(text, clock.local(now).year)
    rows = Case.objects.seen_by(user, now).filter(number__in=wanted).select_related("person", "country")
    found = list(rows.order_by("-number")) if wanted else []
    if found:
        grounds = {case.uuid: case.ground for case in found}
        record_looks(by=user, kind="case", grounds=grounds, part="search", request=request, now=now)
    return (_hit(case) for case in found)


def _hit(case: Case) -> Hit:
    facts = (case.who, str(case.country or ""), str(STATUS_LABELS[Status(case.status)]))
    return Hit(
        url=reverse("casework:case", args=[case.number]),
        title=case.number,
        subtitle=" · ".join(fact for fact in facts if fact),
        group="case",
        icon="folder-open",
    )
