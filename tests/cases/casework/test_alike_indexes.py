"""Cases that may be the same event are found by indexes, not by reading two million (`CaseQuerySet.like`)."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.casework import selectors
from tests.cast import make_case
from tests.prepared import last_of

pytestmark = pytest.mark.django_db
INDEXES = ("case_by_person", "case_by_dictated_name", "case_by_caller_phone")


@pytest.mark.parametrize("known", list(product((True, False), repeat=3))[:-1])
def test_each_way_has_its_index(at_work: Any, head: Any, known: tuple[bool, ...]) -> None:
    case = make_case(at_work)
    case.person_id = 1 if known[0] else None
    case.person_name, case.caller_phone = "Захар" if known[1] else "", "+380671112233" if known[2] else ""
    with connection.cursor() as cursor:
        cursor.execute("DISCARD PLANS")
        cursor.execute("SET LOCAL enable_seqscan = off")
        with CaptureQueriesContext(connection) as seen:
            selectors.duplicates(case, user=head, now=case.opened_at)
        cursor.execute("EXPLAIN " + last_of(seen.captured_queries[-1]["sql"]))
        plan = "\n".join(line for (line,) in cursor.fetchall())
    for index, is_known in zip(INDEXES, known, strict=True):
        assert (f" {index} " in plan) == is_known, plan
    assert "Seq Scan on casework_case" not in plan and "casework_case_pkey" not in plan, plan
