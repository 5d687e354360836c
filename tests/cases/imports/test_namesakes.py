"""Where nobody is named, a list calls thousands by one word: each is looked for under their own number alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from cases.insurance.models import InsuredPerson
from staff.employees.models import Employee
from tests.cases.imports.kit import as_csv, ready, row, send

pytestmark = pytest.mark.django_db
MANY = 5_000


def looked_at() -> int:
    """Persons that this transaction has looked at so far."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COALESCE(sum(seq_tup_read + idx_tup_fetch), 0) FROM pg_stat_xact_user_tables"
            " WHERE relname = %s", [InsuredPerson._meta.db_table],
        )  # fmt: skip
        return int(cursor.fetchone()[0])


def test_namesakes_are_not_gone_through_for_each_other(client_manager: Employee, project: Any) -> None:
    ready(project)
    nobodies = as_csv([row(f"AU-{n:05}", "Турист", "", "") for n in range(MANY)])
    send(client_manager, project, nobodies)
    before = looked_at()
    batch = send(client_manager, project, nobodies)
    assert (batch.same, batch.rejected) == (MANY, 0)
    assert looked_at() - before < 20 * MANY
