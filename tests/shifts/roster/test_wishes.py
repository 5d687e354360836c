"""What people wish of days to come: said, seen by whoever plans, withdrawn (B3)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fregat.lib import clock
from fregat.lib.errors import Invalid, NotFound
from shifts.roster.actions import say_wish, withdraw_wish
from shifts.roster.models import Wish
from tests.shifts.conftest import T

DAY = clock.local(T).date() + timedelta(days=7)


def wish(employee, kind="unavailable", first=DAY, last=DAY, **more):
    return say_wish(by=employee, kind=kind, first_day=first, last_day=last, now=T, **more)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "holiday"}, "kind"),
        ({"last": DAY - timedelta(days=1)}, "last_day"),
        ({"first": DAY - timedelta(days=30), "last": DAY - timedelta(days=20)}, "first_day"),
        ({"last": DAY + timedelta(days=90)}, "last_day"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_beside_its_field(operator, values, field):
    with pytest.raises(Invalid) as refused:
        wish(operator, **values)
    assert set(refused.value.errors) == {field}


def test_only_whoever_plans_the_person_sees_it(operator, operator2, senior, senior2, head, director):
    row = wish(operator)
    seen = {who.username for who in (operator, operator2, senior, senior2, head, director)
            if Wish.objects.visible_to(who, T).filter(pk=row.pk).exists()}  # fmt: skip
    assert seen == {"operator", "senior", "head"}


def test_a_wish_is_withdrawn_by_its_owner_alone(operator, operator2):
    row = wish(operator)
    with pytest.raises(NotFound):
        withdraw_wish(by=operator2, wish_id=row.pk, now=T)
    withdraw_wish(by=operator, wish_id=row.pk, now=T)
    assert not Wish.objects.standing().exists()
