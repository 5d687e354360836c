"""Who is the senior manager on duty (glossary)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shifts.attendance.actions import begin
from shifts.attendance.selectors import leader
from staff.employees.models import Substitution
from tests.shifts.conftest import T, shift

HOUR = timedelta(hours=1)


@pytest.fixture
def substitution(senior, senior2):
    return Substitution.objects.create(senior=senior, substitute=senior2, since=T - HOUR, until=T + 5 * HOUR)


def test_nobody_leads_when_nobody_is_there(senior):
    assert leader(T) is None


def test_who_began_the_leading_shift_leads(senior):
    shift(senior, leads=True)
    assert leader(T) is None
    begin(employee=senior, now=T)
    assert leader(T) == senior


def test_a_senior_manager_whose_shift_does_not_lead_is_not_the_one_on_duty(senior):
    shift(senior)
    begin(employee=senior, now=T)
    assert leader(T) is None


def test_the_substitute_on_duty_leads_for_a_leader_who_did_not_come(senior, senior2, substitution):
    shift(senior, leads=True)
    shift(senior2)
    assert leader(T) is None
    begin(employee=senior2, now=T)
    assert leader(T) == senior2
    begin(employee=senior, now=T + HOUR)
    assert leader(T + HOUR) == senior


def test_the_substitute_on_duty_leads_when_no_leading_shift_is_planned(senior2, substitution):
    shift(senior2)
    begin(employee=senior2, now=T)
    assert leader(T) == senior2
    assert leader(T + 5 * HOUR) is None


def test_the_head_who_substitutes_leads_without_a_shift(senior, head):
    Substitution.objects.create(senior=senior, substitute=head, since=T - HOUR, until=T + HOUR)
    shift(senior, leads=True)
    assert leader(T) == head
