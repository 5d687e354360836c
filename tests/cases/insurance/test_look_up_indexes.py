"""Every step of the look-up stands on an index, and none can only be done by reading all persons.

The tests' tables are small and their role may not ANALYZE, so the planner is told that reading a whole
table is dear: what it then still reads whole has no index. The head asks: the conditions stand alone then.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.insurance.selectors import look_up
from fregat.lib import clock
from tests.cast import make_person, make_policy


def plans(user: Any, text: str) -> str:
    with CaptureQueriesContext(connection) as seen:
        look_up(user, text, now=clock.now())
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for query in seen.captured_queries:
            cursor.execute("EXPLAIN " + query["sql"])
            found += [line for (line,) in cursor.fetchall()]
    return "\n".join(found)


def test_each_step_has_its_index(project: Any, head: Any) -> None:
    make_policy(project, make_person(), number="VZR-4471823")
    expected = {
        "VZR-4471823": ("policy_by_number_key", "policy_by_digits"),
        "+380991234567": ("person_by_phone_tail",),
        "Ґала 1984": ("person_by_surname",),
        "Ґалапан": ("person_by_surname",),
        "Ґалаапгнн": ("person_by_similar_surname",),
        "01.01.1901": ("person_by_birth",),
    }
    for text, indexes in expected.items():
        plan = plans(head, text)
        assert all(index in plan for index in indexes), f"{text}\n{plan}"
        assert "Seq Scan on insurance_" not in plan, f"{text}\n{plan}"
