"""Every step of the look-up stands on an index, and none can only be done by reading all persons.

The tests' tables are small and their role may not ANALYZE, so the planner is told that reading a whole
table is dear: what it then still reads whole has no index. The head asks: the conditions stand alone then.
"""

from __future__ import annotations

from itertools import product
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.insurance.models import Surname
from cases.insurance.selectors import look_up
from fregat.lib import clock
from tests.cast import make_person, make_policy
from tests.prepared import last_of

KEYS = list(product("abcdefhiklmnoprstuvz", repeat=3))
"""Eight thousand: of a handful the planner reads any index whole."""


def plans(user: Any, text: str) -> str:
    found = []
    with connection.cursor() as cursor:
        cursor.execute("DISCARD PLANS")
        cursor.execute("SET LOCAL enable_seqscan = off")
        with CaptureQueriesContext(connection) as seen:
            look_up(user, text, now=clock.now())
        for query in seen.captured_queries:
            cursor.execute("EXPLAIN " + last_of(query["sql"]))
            found += [line for (line,) in cursor.fetchall()]
    return "\n".join(found)


def test_each_step_has_its_index(project: Any, head: Any) -> None:
    make_policy(project, make_person(), number="VZR-4471823")
    Surname.objects.bulk_create(Surname(key=f"{first}{second}{third}nko") for first, second, third in KEYS)
    expected = {
        "VZR-4471823": ("policy_number_once", "policy_by_digits"),
        "+380991234567": ("person_by_phone_end",),
        "Ґала 1984": ("person_by_year_and_name",),
        "Ґала": ("person_by_surname",),
        "Ґалапан": ("person_by_surname",),
        "Ґалаапгнн": ("insurance_surnamecut_pkey", "surname_by_likeness"),
        "Ґаланна Олнна": ("insurance_surnamecut_pkey", "person_by_surname"),
        "Ґаланна Олнна 1985": ("surname_by_ending", "person_by_year_and_name"),
        "Ґаланна Олнна 1984": ("insurance_surnamecut_pkey", "person_by_year_and_name"),
        "Ґалаган Олена": ("person_by_surname", "surname_by_ending"),
        "Ґалаган О.": ("person_by_surname",),
        "Ґалаган Марта 1984": ("person_by_year_and_name", "person_by_surname"),
        "Ґалапан 1984": ("person_by_year_and_name",),
        "01.01.1901": ("person_by_birth",),
    }
    for text, indexes in expected.items():
        plan = plans(head, text)
        assert all(index in plan for index in indexes), f"{text}\n{plan}"
        assert "Seq Scan on insurance_p" not in plan, f"{text}\n{plan}"
