"""Who sees a handover (design: security)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.handover.models import Handover
from tests.cases.handover.conftest import at_end_of, end, handover_of


@pytest.fixture
def waiting(works, ending, case, night):
    """A handover that waits for the night operator."""
    works(night, 0, 12, kind="night")
    end(ending)
    return handover_of(case)


def sees(user, row, when):
    return Handover.objects.visible_to(user, when).filter(pk=row.pk).exists()


def test_the_senior_manager_and_the_head_see_it_on_shift_or_not(waiting, ending, senior, head):
    assert all(sees(user, waiting, at_end_of(ending)) for user in (senior, head))


def test_a_client_manager_sees_none_even_with_a_shift(waiting, ending, works, client):
    works(client)
    assert not sees(client, waiting, at_end_of(ending))


def test_the_giver_sees_the_own_card_for_fifteen_minutes_and_a_colleague_off_shift_nothing(
    waiting, ending, operator, operator2
):
    assert sees(operator, waiting, at_end_of(ending, 60))
    assert not sees(operator, waiting, at_end_of(ending) + timedelta(minutes=16))
    assert not sees(operator2, waiting, at_end_of(ending, 60))
