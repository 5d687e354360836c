"""An operator on shift from 14:00 to 02:00 in Kyiv, a senior manager who leads it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shifts.attendance.actions import begin
from shifts.breaks import actions
from tests.shifts.conftest import T, shift

MINUTE = timedelta(minutes=1)


def at(minutes=0):
    """So many minutes after the beginning of the shift."""
    return T + minutes * MINUTE


@pytest.fixture
def on_shift(operator, senior, head):
    """Both have begun; returns the operator's shift."""
    led = shift(senior, leads=True)
    mine = shift(operator)
    for one in (senior, operator):
        begin(employee=one, now=T)
    assert led.leads
    return mine


@pytest.fixture
def asked(on_shift, operator):
    """Lunch an hour after the beginning."""
    return actions.ask(by=operator, kind="lunch", starts_at=at(60), now=at(5))
