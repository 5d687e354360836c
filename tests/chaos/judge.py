"""What became of the cases: counted from the rows alone, by other queries than the program's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from tests.chaos.centre import Centre


@dataclass
class Verdict:
    """The counts of `make chaos`; what should be nought is nought."""

    cases: int
    lost: int
    """Without a responsible person, or whose chain does not end with the case's own, or that is not passed on."""
    double: int
    """With two responsible persons at a moment, two handovers from one shift, or moved twice."""
    wrong_receiver: int
    latest_s: float
    """The longest time after the end of a shift until somebody on duty answered."""


_LOST = """
SELECT count(*) FROM casework_case c JOIN roster_shift s ON s.id = %(shift)s
 WHERE c.id = ANY(%(cases)s) AND NOT EXISTS (
   SELECT 1 FROM casework_responsibility r JOIN handover_handover h ON h.case_id = c.id AND h.shift_id = s.id
    WHERE r.case_id = c.id AND r.until IS NULL AND r.employee_id = c.responsible_id
      AND r.employee_id = h.receiver_id AND r.employee_id <> s.employee_id
      AND EXISTS (SELECT 1 FROM casework_responsibility b WHERE b.case_id = c.id AND b.until = r.since
                   AND b.employee_id = s.employee_id)
      AND EXISTS (SELECT 1 FROM lib_job j WHERE j.key = 'acceptance:' || h.id)
      AND EXISTS (SELECT 1 FROM casework_timelineentry t WHERE t.case_id = c.id AND t.kind = 'responsible'))
"""
_DOUBLE = """
SELECT count(*) FROM casework_case c WHERE c.id = ANY(%(cases)s) AND (
   (SELECT count(*) FROM casework_responsibility r WHERE r.case_id = c.id) <> 2
   OR (SELECT count(*) FROM handover_handover h WHERE h.case_id = c.id) > 1
   OR (SELECT count(*) FROM handover_handoverhop p JOIN handover_handover h ON h.id = p.handover_id
        WHERE h.case_id = c.id) > 1
   OR (SELECT count(*) FROM casework_timelineentry t WHERE t.case_id = c.id AND t.kind = 'responsible') > 1)
"""
_TO = """
SELECT i.code, e.username, extract(epoch FROM r.since - s.ends_at)
  FROM casework_case c JOIN casework_responsibility r ON r.case_id = c.id AND r.until IS NULL
  JOIN employees_employee e ON e.id = r.employee_id JOIN insurance_insurer i ON i.id = c.insurer_id
  JOIN roster_shift s ON s.id = %(shift)s WHERE c.id = ANY(%(cases)s)
"""


def judge(centre: Centre, shifts: list[Any]) -> Verdict:
    """Count over the cases of these shifts."""
    verdict = Verdict(0, 0, 0, 0, 0.0)
    with connection.cursor() as cursor:
        for shift in shifts:
            ids = [case.pk for case in centre.cases[shift.pk]]
            values = {"shift": shift.pk, "cases": ids}
            verdict.cases += len(ids)
            for name, query in (("lost", _LOST), ("double", _DOUBLE)):
                cursor.execute(query, values)
                setattr(verdict, name, getattr(verdict, name) + cursor.fetchone()[0])
            cursor.execute(_TO, values)
            found = cursor.fetchall()
            verdict.lost += len(ids) - len(found)
            for project, username, seconds in found:
                verdict.wrong_receiver += username not in centre.names[project]
                verdict.latest_s = max(verdict.latest_s, float(seconds))
    return verdict
