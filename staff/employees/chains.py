"""Chains of substitutes (JD I.2, A2): A is substituted by B and B by C, so C acts for A too: routing goes A → B → C.

The database refuses circles, so every chain ends. Each question is one statement, however long the chain: as a
subquery of ids in a list, or as the ids in their order.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

_LED = """
WITH RECURSIVE led (id) AS (
  SELECT %s::bigint
  UNION
  SELECT s.senior_id FROM employees_substitution s JOIN led ON s.substitute_id = led.id
  WHERE s.since <= %s AND s.until > %s
) SELECT id FROM led
"""
_ACTING = """
WITH RECURSIVE acting (id, step) AS (
  SELECT %s::bigint, 0
  UNION
  SELECT s.substitute_id, acting.step + 1 FROM employees_substitution s JOIN acting ON s.senior_id = acting.id
  WHERE s.since <= %s AND s.until > %s AND acting.step < 50
) SELECT id FROM acting WHERE step > 0 ORDER BY step
"""


def led_by(employee_id: int, now: datetime) -> RawSQL:
    """Ids, as a subquery, of the person and of everybody for whom they act at `now`, over others too."""
    # A constant text, its values apart.
    return RawSQL(_LED, (employee_id, now, now), output_field=BigIntegerField())  # noqa: S611


def acting_for(employee_id: int, now: datetime) -> list[int]:
    """Ids of those who act for the person at `now`: the substitute, the substitute's substitute, and so on."""
    with connection.cursor() as cursor:
        cursor.execute(_ACTING, [employee_id, now, now])
        return [pk for (pk,) in cursor.fetchall()]
