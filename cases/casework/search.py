"""Cases in the global search, by number. By person they are found through the person's card."""

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
from cases.privacy.actions import record_looks
from fregat.lib import clock
from fregat.lib.search import Hit
from staff.employees.models import Employee

_NUMBER = re.compile(r"(?:(?P<year>\d{2})-)?(?P<counter>\d{1,9})", re.ASCII)
YEARS = 3
"""A counter typed without its year is looked for in this year and the ones before."""


def numbers(text: str, year: int) -> list[str]:
    """The numbers that may be meant: `26-123` and `123` both mean `26-000123` in 2026."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return []
    counter = int(match["counter"])
    if match["year"]:
        return [case_number(int(match["year"]), counter)]
    return [case_number(year - back, counter) for back in range(YEARS)]


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
