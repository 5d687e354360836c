"""Insured persons in the global search."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse

from cases.insurance.labels import MATCH_LABELS
from cases.insurance.permissions import ground_of
from cases.insurance.selectors import Found, look_up
from cases.privacy.actions import record_look
from fregat.lib.search import Hit

if TYPE_CHECKING:
    from staff.employees.models import Employee

LIMIT = 6


def persons(user: Employee, text: str, now: datetime, request: HttpRequest) -> Iterator[Hit]:
    """Who may be meant, with the newest policy; the look is written down before anything is shown."""
    answer = look_up(user, text, limit=LIMIT, now=now)
    record_look(
        by=user, kind="person", objects=[one.person.uuid for one in answer.found], part="search",
        ground=ground_of(user, "person.look_up"), request=request, now=now, searched=answer.searched,
    )  # fmt: skip
    return (_hit(one) for one in answer.found)


def _hit(one: Found) -> Hit:
    born = f"{one.person.birth_date:%d.%m.%Y}" if one.person.birth_date else ""
    policy = f"{one.policies[0].number}, {one.policies[0].insurer.name}" if one.policies else ""
    return Hit(
        url=reverse("insurance:person", args=[one.person.pk]),
        title=one.person.full_name,
        subtitle=" · ".join(part for part in (born, policy, str(MATCH_LABELS[one.match])) if part),
        group="person",
        icon="user",
    )
