"""When any part of an action cannot be written, nothing of it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, connection

from cases.casework import actions
from cases.casework.models import Case, CaseEvent, Escalation
from fregat.lib.models import Job

pytestmark = pytest.mark.django_db


@contextmanager
def refusing(table: str) -> Iterator[None]:
    """The database refuses to write into a table."""

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if f"INSERT INTO {table} " in sql.replace('"', ""):
            raise DatabaseError("refused by the test")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield


@pytest.mark.parametrize(
    "table",
    [
        "casework_timelineentry",
        "casework_escalation",
        "lib_job",
        "casework_caseservice",
        "casework_responsibility",
    ],
)
def test_a_case_whose_rows_cannot_be_written_is_not_registered(at_work: Any, facts: Any, table: str) -> None:
    with refusing(table), pytest.raises(DatabaseError):
        actions.register_case(by=at_work, facts=facts(country="JP"))
    assert not Case.objects.exists()
    assert not CaseEvent.objects.exists()
    assert not Escalation.objects.exists()
    assert not Job.objects.filter(kind="escalation_overdue").exists()


@pytest.mark.parametrize("path", ["", "timeline/", "responsibility/", "history/"])
def test_when_the_look_cannot_be_recorded_nothing_is_shown(
    register: Any, at_work: Any, api: Any, path: str, unprepared: None
) -> None:
    case, client = register(), api(at_work)
    client.raise_request_exception = False
    with refusing("privacy_accesslog"):
        answer = client.get(f"/api/v1/cases/{case.number}/{path}")
    assert answer.status_code == 500
    assert case.number not in answer.content.decode()
    assert case.caller_name not in answer.content.decode()
