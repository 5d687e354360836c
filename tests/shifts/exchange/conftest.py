"""Two colleagues of one team with a shift each, and who decides."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fregat.lib.models import Notice
from shifts.exchange import actions
from shifts.roster.models import Shift
from tests.shifts.conftest import T, shift

HOUR = timedelta(hours=1)


def told(person):
    return list(Notice.objects.filter(employee=person).order_by("id").values_list("kind", flat=True))


def standing(employee):
    rows = Shift.objects.standing().filter(employee=employee).order_by("starts_at")
    return [round((row.starts_at - T) / HOUR) for row in rows]


@pytest.fixture
def mine(operator):
    """From 20:00 to 08:00 in Kyiv, three days from now."""
    return shift(operator, 78, 90, kind="night")


@pytest.fixture
def theirs(operator2):
    return shift(operator2, 140, 152)


@pytest.fixture
def given(operator, operator2, senior, head, mine):
    """A request to take a shift over for nothing."""
    return actions.ask(by=operator, shift_id=mine.pk, colleague=operator2, now=T)


@pytest.fixture
def swap(operator, operator2, senior, head, mine, theirs):
    return actions.ask(by=operator, shift_id=mine.pk, colleague=operator2, wanted_id=theirs.pk, now=T)


def accept(row, now=T):
    return actions.answer(by=row.colleague, exchange_id=row.pk, agree=True, now=now)


def agree(row, by, now=T, **more):
    return actions.decide(by=by, exchange_id=row.pk, agree=True, now=now, **more)
