"""How busy a quarter-hour usually is: every call of it counts, whatever its minute (B2)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from cases.casework.load import WEEKS, quarter_hours
from cases.casework.models import Case
from fregat.lib.clock import KYIV
from tests.builders import make_case

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=KYIV)


def test_calls_of_one_quarter_hour_are_counted_together(operator, project):
    for minute in (0, 4, 14, 15):
        moment = NOW - timedelta(days=3) + timedelta(minutes=minute)
        case = make_case(operator, insurer=project, now=moment)
        Case.objects.filter(pk=case.pk).update(opened_at=moment)
    days = 7 * WEEKS
    assert quarter_hours(NOW) == {48: pytest.approx(4 * 3 / days), 49: pytest.approx(4 * 1 / days)}
