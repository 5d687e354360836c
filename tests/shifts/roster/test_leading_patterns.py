"""Patterns of senior managers that make leading shifts; broken rules of a preview, one line for many days (B3)."""

from __future__ import annotations

from fregat.lib import clock
from shifts.roster import selectors
from shifts.roster.actions import make_month
from shifts.roster.models import Shift
from tests.shifts.conftest import T
from tests.shifts.roster.test_patterns import DECEMBER, given


def test_a_star_makes_a_senior_managers_shift_a_leading_one(senior, head):
    given(head, senior, "D* - N*")
    made = make_month(by=head, month=DECEMBER, now=T)
    assert {(row.kind, row.leads) for row in made} == {("day", True), ("night", True)}


def test_of_an_operator_it_leads_nothing(senior, operator):
    given(senior, operator, "D* - -")
    assert not any(row.leads for row in make_month(by=senior, month=DECEMBER, now=T))


def test_of_two_who_would_lead_at_once_the_first_leads_and_the_preview_says_so(senior, senior2, head):
    given(head, senior, "D* - - -")
    given(head, senior2, "D* - - -")
    first, second = selectors.previews(head, DECEMBER, None, now=T)
    assert first.use.employee == senior2  # Інша, Старша
    assert (first.leads, first.made.led_by_other) == (len(first.made.shifts), [])
    assert (second.leads, len(second.made.led_by_other)) == (0, len(second.made.shifts))
    make_month(by=head, month=DECEMBER, now=T)
    assert set(Shift.objects.filter(leads=True).values_list("employee", flat=True)) == {senior2.pk}


def test_whoever_leads_already_goes_on_leading(senior, senior2, head):
    given(head, senior, "D* - - -")
    taken = make_month(by=head, month=DECEMBER, now=T)[0]
    given(head, senior2, "D* - - -")
    late = selectors.previews(head, DECEMBER, [senior2.pk], now=T)[0]
    assert clock.local(taken.starts_at).date() in late.made.led_by_other


def test_the_same_rule_over_many_days_is_one_line_with_its_days(senior, operator):
    given(senior, operator, "D")
    said = selectors.previews(senior, DECEMBER, None, now=T)[0].sentences
    rest = [line for line in said if line.startswith("Відпочинок між змінами")]
    assert len(rest) == 1
    assert "30 разів – 02.12, 03.12" in rest[0]
    assert "12 год за норми 24 год" in rest[0]
    assert len(said) == len({line.partition(":")[0] for line in said})
