"""Cases found with somebody who had no shift to give them from: they pass, and whoever receives accepts (B5, B6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.handover import actions
from cases.handover.models import Handover
from fregat.lib import clock
from fregat.lib.models import Job
from tests.cases.handover.conftest import handover_of, responsible
from tests.cast import give_order, make_case


@pytest.fixture
def case(works, operator, project, night, senior, now):
    """An open case of an operator who has had no shift for days; the night operator is on duty."""
    works(senior, -1, 12, leads=True)
    works(night, -1, 12, kind="night")
    return make_case(operator, insurer=project, now=now - timedelta(days=3))


def test_a_case_found_with_nobody_on_duty_waits_for_acceptance_like_any_other(case, night, operator):
    assert actions.rescue(clock.now()) == 1
    assert responsible(case) == "night"
    row = handover_of(case)
    assert (row.giver, row.receiver, row.shift) == (operator, night, None)
    assert [hop.reason for hop in row.hops.all()] == ["orphan"]
    assert "Гарячка" in row.summary, "the card is made from the case"
    assert Job.objects.get(key=f"acceptance:{row.pk}").due_at == row.due_at
    actions.accept(by=night, handover_id=row.pk, read_back="Дзвоню лікарю.")
    assert handover_of(case).accepted_by == night


def test_found_twice_it_has_two_handovers_and_the_first_acceptance_stays(case, night, operator):
    from cases.casework.actions import pass_case

    actions.rescue(clock.now())
    actions.accept(by=night, handover_id=handover_of(case).pk, read_back="Дзвоню лікарю.")
    case.refresh_from_db()
    pass_case(case=case, to=operator, reason="assigned", now=clock.now())
    assert actions.rescue(clock.now()) == 1
    assert list(Handover.objects.filter(case=case).order_by("pk").values_list("accepted_by", flat=True)) == [
        night.pk, None,
    ]  # fmt: skip


def test_not_accepted_it_rises_to_the_senior_manager(case, night):
    actions.rescue(clock.now())
    row = handover_of(case)
    actions.expire(row.pk, row.due_at + timedelta(seconds=1))
    assert responsible(case) == "senior"


def test_what_a_dismissed_person_held_without_a_shift_is_accepted_too(case, operator, director):
    give_order("dismissal", operator, by=director)
    assert responsible(case) == "senior"
    row = handover_of(case)
    assert (row.shift, row.hops.get().reason) == (None, "dismissed")


def test_the_page_and_the_api_show_it(case, night, page, api):
    actions.rescue(clock.now())
    row = handover_of(case)
    assert page(night).get(f"/handovers/{row.pk}/").status_code == 200
    shown = api(night).get(f"/api/v1/handovers/{row.pk}/").json()
    assert (shown["from"], shown["to"], shown["shift"]) == ("operator", "night", None)
