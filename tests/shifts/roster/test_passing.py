"""Shifts that go to other people at once: an exchange never leaves half of itself behind (B3)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fregat.lib.errors import Conflict, Invalid, NotAllowed
from fregat.lib.models import Notice
from shifts.roster import registry
from shifts.roster.actions import Passing, cancel_shift, pass_shifts
from shifts.roster.models import Shift
from tests.shifts.conftest import T, shift

NOW = {"now": T}


def standing(employee):
    shifts = Shift.objects.standing().filter(employee=employee).order_by("starts_at")
    return list(shifts.values_list("starts_at", "ends_at"))


def span(start, end):
    return T + timedelta(hours=start), T + timedelta(hours=end)


def test_two_shifts_change_hands_and_nothing_is_left_to_confirm(operator, operator2, senior, monkeypatch):
    heard = []
    monkeypatch.setattr(registry, "_effects", [lambda row, by, now: heard.append(row.pk)])
    mine, theirs = shift(operator, 48, 60), shift(operator2, 96, 108, kind="night")
    heard.clear()
    made = pass_shifts(
        by=senior, passing=[Passing(mine.pk, operator2), Passing(theirs.pk, operator)], reason="Обмін.", **NOW
    )
    assert standing(operator) == [span(96, 108)]
    assert standing(operator2) == [span(48, 60)]
    assert [row.kind for row in made] == ["day", "night"]
    assert heard == [mine.pk, theirs.pk, *(row.pk for row in made)]
    assert not any(row.is_unconfirmed for row in Shift.objects.all())
    assert not Notice.objects.exists()
    mine.refresh_from_db()
    assert (mine.cancelled_by, mine.reason) == (senior, "Обмін.")


def test_over_each_other_they_still_change_hands(operator, operator2, senior):
    mine, theirs = shift(operator, 48, 60), shift(operator2, 50, 58)
    pass_shifts(
        by=senior, passing=[Passing(mine.pk, operator2), Passing(theirs.pk, operator)], reason="Обмін.", **NOW
    )
    assert (standing(operator), standing(operator2)) == ([span(50, 58)], [span(48, 60)])


def test_rules_are_asked_of_the_whole_change(operator, operator2, senior):
    # Alone, the night after the day would leave no rest; with the day given away it does.
    mine, theirs = shift(operator, 48, 60), shift(operator2, 66, 78, kind="night")
    pass_shifts(
        by=senior, passing=[Passing(mine.pk, operator2), Passing(theirs.pk, operator)], reason="Обмін.", **NOW
    )
    assert standing(operator) == [span(66, 78)]


def test_a_broken_rule_is_named_with_whose_it_is_and_overridden_with_a_reason(operator, operator2, senior):
    mine = shift(operator, 48, 60)
    shift(operator2, 66, 74)
    with pytest.raises(Invalid) as refused:
        pass_shifts(by=senior, passing=[Passing(mine.pk, operator2)], reason="Віддає.", **NOW)
    assert operator2.full_name in str(refused.value.errors["reason"][0])
    assert standing(operator) == [span(48, 60)]
    passing = [Passing(mine.pk, operator2)]
    made = pass_shifts(by=senior, passing=passing, reason="Віддає.", why="Нікого більше.", **NOW)
    assert (made[0].overridden, made[0].reason) == (["rest"], "Віддає. Нікого більше.")


def test_an_overlap_leaves_everything_as_it_was(operator, operator2, senior):
    mine, theirs = shift(operator, 48, 60), shift(operator2, 96, 108)
    shift(operator, 100, 104)
    passing = [Passing(mine.pk, operator2), Passing(theirs.pk, operator)]
    with pytest.raises(Conflict) as refused:
        pass_shifts(by=senior, passing=passing, reason="Обмін.", why="Треба.", **NOW)
    assert refused.value.code == "no_two_shifts_at_once"
    assert standing(operator) == [span(48, 60), span(100, 104)]
    assert standing(operator2) == [span(96, 108)]


def test_what_is_cancelled_or_has_begun_goes_to_nobody(operator, operator2, senior):
    gone, begun = shift(operator, 48, 60), shift(operator, -1, 8)
    cancel_shift(by=senior, shift_id=gone.pk, reason="Скасовано.", **NOW)
    for row, code in ((gone, "cancelled"), (begun, "has_begun")):
        with pytest.raises(Conflict) as refused:
            pass_shifts(by=senior, passing=[Passing(row.pk, operator2)], reason="Віддає.", **NOW)
        assert refused.value.code == code


def test_only_whoever_plans_both_people_passes_shifts_on(operator, stranger, senior, senior2, head):
    mine = shift(operator, 48, 60)
    for by in (senior, senior2, operator):
        with pytest.raises(NotAllowed):
            pass_shifts(by=by, passing=[Passing(mine.pk, stranger)], reason="Віддає.", **NOW)
    assert pass_shifts(by=head, passing=[Passing(mine.pk, stranger)], reason="Віддає.", **NOW)
