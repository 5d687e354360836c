"""No page and no list costs more statements with many rows than with one (design: house style, habits 7 and 10)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases.casework import actions
from fregat.lib import clock
from tests.builders import make_employee, make_policy, make_shift
from tests.meta.conftest import handed_over, registered
from tests.meta.routes import Samples, routes
from tests.meta.test_budgets import NOTHING_TO_COUNT, People, people, reading

__all__ = ["people"]

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MORE = 8


def test_many_rows_cost_what_one_costs(
    samples: Samples, people: People, operator: Any, operator2: Any, senior: Any, project: Any
) -> None:
    people["operator"].page.get("/")
    _grow(samples, operator, operator2, senior, project, times=1)
    few = _costs(samples, people)
    _grow(samples, operator, operator2, senior, project, times=MORE)
    many = _costs(samples, people)
    assert len(few) > 60
    more = {name: (cost, many[name]) for name, cost in few.items() if many[name] > cost}
    assert not more, f"statements with two of everything, and with ten: {more}"


def _costs(samples: Samples, people: People) -> dict[str, int]:
    found = {
        route.name: reading(people, route, samples)
        for route in routes()
        if route.name not in NOTHING_TO_COUNT
    }
    return {name: cost for name, cost in found.items() if cost is not None}


def _grow(samples: Samples, operator: Any, operator2: Any, senior: Any, project: Any, *, times: int) -> None:
    """More cases with everything on them, more on the sample case, more people, shifts and policies."""
    now, case = clock.now(), samples["case"]
    for index in range(times):
        make_policy(project, samples["person"])
        other = registered(operator, samples["person"], samples["policy"])
        handed_over(other, operator2, operator)
        for number in (case.number, other.number):
            actions.add_note(by=operator, number=number, text="Нотатка.")
            actions.add_contact(by=operator, number=number, channel="phone", direction="in", party="Готель")
            actions.add_service(by=operator, number=number, kind="visit")
            actions.add_task(
                by=operator, number=number, text="Дзвонити.", due_at=now + timedelta(hours=index + 1)
            )
            actions.raise_escalation(by=operator, number=number, reason="complaint", text="Скаржиться.")
        actions.change_case(by=operator, number=case.number, changes={"city": f"Осака {times} {index}"})
        colleague = make_employee(f"more-{times}-{index}", senior=senior, projects=[project])
        make_shift(colleague, now - timedelta(hours=1), now + timedelta(hours=8), begun_at=now)
        make_shift(
            operator, now + timedelta(days=index + times), now + timedelta(days=index + times, hours=2)
        )
