"""What a complete chain of responsibility is, said once for all tests."""

from __future__ import annotations

from itertools import pairwise

from cases.casework.models import Case, Responsibility


def assert_chain(case: Case) -> None:
    """It begins with the case, adjoins, is never empty, ends open, and the last link names the case's person."""
    case = Case.objects.get(pk=case.pk)
    rows = list(Responsibility.objects.filter(case=case).order_by("since", "id"))
    assert rows, "nobody answers"
    assert rows[0].since == case.opened_at
    for before, after in pairwise(rows):
        assert before.until == after.since
    assert all(row.until is None or row.until > row.since for row in rows)
    assert [row for row in rows if row.until is None] == [rows[-1]]
    assert rows[-1].employee_id == case.responsible_id
