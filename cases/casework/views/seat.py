"""Whom the call is about: the chosen person with their policies, a person in no list, or nobody yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from cases.casework.models import Case
from cases.insurance import selectors as insurance
from cases.insurance.models import InsuredPerson, Policy
from cases.privacy.actions import record_look
from fregat.lib import clock
from fregat.lib.errors import NotFound
from staff.employees.models import Employee


@dataclass(frozen=True)
class Chosen:
    """A person with the policies that the employee may see, the likeliest one first."""

    person: InsuredPerson
    policies: list[Policy]
    policy_id: int | None


def best_first(policies: Iterable[Policy], now: datetime) -> list[Policy]:
    """Policies valid today first, then those that end last."""
    today = clock.local(now).date()

    def order(policy: Policy) -> tuple[bool, int]:
        ended = policy.ended_on
        until = min(policy.valid_to, ended - timedelta(days=1)) if ended else policy.valid_to
        return (not policy.valid_from <= today <= until, -until.toordinal())

    return sorted(policies, key=order)


def best(policies: Iterable[Policy], now: datetime) -> int | None:
    """The likeliest policy, by id."""
    ordered = best_first(policies, now)
    return ordered[0].pk if ordered else None


def number(value: Any) -> int | None:
    """An id as it came from a form; None when it is none."""
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def of(request: HttpRequest, data: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """`chosen`, `unlisted`, `typed` for the templates; the look at the chosen person is recorded."""
    context: dict[str, Any] = {
        "chosen": None,
        "unlisted": False,
        "typed": str(data.get("q", ""))[:200].strip(),
    }
    person_id = number(data.get("person"))
    if person_id is not None:
        context["chosen"] = _chosen(request, person_id, number(data.get("policy")), now)
    context["unlisted"] = not context["chosen"] and bool(data.get("unlisted"))
    return context


def _chosen(request: HttpRequest, person_id: int, policy_id: int | None, now: datetime) -> Chosen | None:
    try:
        person = insurance.get_person(request.user, person_id, now=now)
    except NotFound:
        return None
    policies = best_first(insurance.policies_of(person), now)
    record_look(
        by=request.user,
        kind="person",
        objects=[person.uuid],
        part="card",
        ground="call",
        request=request,
        now=now,
    )
    known = {policy.pk for policy in policies}
    return Chosen(
        person, policies, policy_id if policy_id in known else (policies[0].pk if policies else None)
    )


def open_cases(user: Employee, persons: list[int], now: datetime) -> dict[int, list[Case]]:
    """Open cases of these persons that the employee may see, the latest first; one statement and the scope's."""
    found: dict[int, list[Case]] = {}
    if not persons:
        return found
    rows = Case.objects.visible_to(user, now).open().filter(person__in=persons).select_related("country")
    for case in rows.order_by("-id")[:40]:
        found.setdefault(case.person_id or 0, []).append(case)
    return found
