"""Who receives the cases of a shift that has ended (JD II.11, B5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cases.handover.rules import Candidate, Duty, Leaving, next_step_up, receiver
from staff.employees.models import Substitution
from tests.cases.handover.conftest import end, handover_of, responsible
from tests.cast import make_case

LEADER, HEAD = 90, 99
START = datetime(2026, 11, 23, 6, tzinfo=UTC)


def person(number, *, kind="day", starts=0, projects=("aurora",), operator=True):
    """A candidate who began `starts` hours after the giver."""
    return Candidate(
        number, f"u{number}", operator, kind, START + timedelta(hours=starts), frozenset(projects)
    )


def leaving(**values):
    return Leaving(**{"project": "aurora", "day_follower": True, "shift_starts_at": START, **values})


@pytest.mark.parametrize(
    ("people", "load", "expected"),
    [
        ([person(1, kind="night", starts=12), person(2, starts=4)], {}, 1),
        ([person(1, kind="night", starts=12, projects=["borey"]), person(2, starts=4)], {}, 2),
        ([person(1, starts=4), person(2, starts=4)], {1: 3, 2: 1}, 2),
        ([person(2, starts=4), person(1, starts=4)], {1: 1, 2: 1}, 1),
        ([person(1, kind="night", starts=12), person(2, kind="night", starts=12)], {1: 1}, 2),
        ([person(1, starts=0)], {}, LEADER),
        ([person(1, kind="night", starts=12, operator=False)], {}, LEADER),
        ([], {}, LEADER),
    ],
    ids=[
        "the night operator before the following one",
        "not a night operator of another project",
        "the one with the fewest cases",
        "equally loaded by name",
        "the night operator with the fewest cases",
        "a colleague who began together does not follow",
        "a doctor at night is no operator",
        "nobody",
    ],
)
def test_the_receiver_is_whom_the_roster_names(people, load, expected):
    assert receiver(leaving(), Duty(people, LEADER, HEAD, load)) == expected


def test_who_is_on_a_break_receives_nothing_chosen_or_not():
    away = replace(person(1, kind="night", starts=12), offered=False)
    assert receiver(leaving(), Duty([away, person(2, starts=4)], LEADER, HEAD, {2: 5})) == 2, "the next kind"
    assert receiver(leaving(), Duty([away], LEADER, HEAD)) == LEADER, "all are away: up"
    assert receiver(leaving(), Duty([away], None, HEAD)) == HEAD, "the leader is away too"
    chosen = leaving(decision="hand_over", to=1)
    assert receiver(chosen, Duty([away, person(2, starts=4)], LEADER, HEAD)) == 2


def test_a_following_operator_receives_only_where_the_insurer_lets_them():
    duty = Duty([person(1, starts=4)], LEADER, HEAD)
    assert receiver(leaving(day_follower=False), duty) == LEADER


def test_without_a_senior_manager_on_duty_the_head_receives():
    assert receiver(leaving(), Duty([], None, HEAD)) == HEAD


@pytest.mark.parametrize("values", [{"leads": True}, {"decision": "senior"}, {"project": None}])
def test_cases_of_a_leader_for_the_senior_and_without_an_insurer_pass_the_operators_by(values):
    duty = Duty([person(1, kind="night", starts=12)], LEADER, HEAD)
    assert receiver(leaving(**values), duty) == LEADER
    assert receiver(leaving(**values), Duty([], None, HEAD)) == HEAD


def test_the_choice_of_the_giver_is_followed_when_that_person_is_on_duty():
    duty = Duty([person(1, kind="night", starts=12), person(2), person(3, projects=["borey"])], LEADER, HEAD)
    assert receiver(leaving(decision="hand_over", to=2), duty) == 2
    assert receiver(leaving(decision="hand_over", to=LEADER), duty) == LEADER
    assert receiver(leaving(decision="hand_over", to=3), duty) == 1, "of another project"
    assert receiver(leaving(decision="hand_over", to=4), duty) == 1, "not on duty"


@pytest.mark.parametrize(
    ("current", "leader", "expected"),
    [(1, LEADER, LEADER), (1, None, HEAD), (LEADER, LEADER, HEAD), (HEAD, LEADER, HEAD)],
)
def test_what_is_not_accepted_rises_to_the_senior_manager_then_to_the_head(current, leader, expected):
    assert next_step_up(current=current, leader=leader, head=HEAD) == expected


# --- with the real centre -------------------------------------------------------------------------------


def test_the_night_operator_on_duty_receives(works, ending, case, night, senior):
    works(senior, leads=True)
    works(night, 0, 12, kind="night")
    assert end(ending) == 1
    assert responsible(case) == "night"
    row = handover_of(case)
    assert (row.giver.username, row.receiver.username, row.shift_id) == ("operator", "night", ending.pk)
    assert [(hop.to.username, hop.reason) for hop in row.hops.all()] == [("night", "shift_end")]


def test_a_night_operator_who_has_not_signed_in_does_not_receive(works, ending, case, night, senior):
    works(senior, leads=True)
    works(night, 0, 12, kind="night", begun=False)
    end(ending)
    assert responsible(case) == "senior"


def test_the_following_day_operator_receives_when_no_night_operator_is_there(
    works, ending, case, operator2, senior
):
    works(senior, leads=True)
    works(operator2, -1, 8)
    end(ending)
    assert responsible(case) == "operator2"


def test_a_stranger_to_the_project_never_receives(works, ending, case, stranger, senior):
    works(senior, leads=True)
    works(stranger, -1, 8, kind="night")
    end(ending)
    assert responsible(case) == "senior"


def test_nobody_on_duty_the_head_receives(ending, case, head):
    end(ending)
    assert responsible(case) == "head"


def test_cases_are_spread_by_load(works, ending, operator, project, night, operator2, senior, now):
    works(senior, leads=True)
    works(night, 0, 12, kind="night")
    works(operator2, 0, 12, kind="night")
    make_case(night, insurer=project, now=now)
    rows = [make_case(operator, insurer=project, now=now) for _ in range(3)]
    end(ending)
    assert sorted(responsible(row) for row in rows) == ["night", "operator2", "operator2"]


def test_a_leading_senior_manager_gives_to_the_next_leader(works, senior, senior2, night, project, now):
    shift = works(senior, -8, 1 / 6, leads=True)
    works(night, 0, 12, kind="night")
    works(senior2, 1 / 6, 12, leads=True)
    case = make_case(senior, insurer=project, now=now)
    end(shift)
    assert responsible(case) == "senior2"


def test_a_leading_senior_manager_without_a_next_leader_gives_to_the_head(works, senior, night, project, now):
    shift = works(senior, -8, 1 / 6, leads=True)
    works(night, 0, 12, kind="night")
    case = make_case(senior, insurer=project, now=now)
    end(shift)
    assert responsible(case) == "head"


def test_who_leads_as_a_substitute_gives_like_a_leader(works, senior, senior2, night, project, now):
    Substitution.objects.create(
        senior=senior, substitute=senior2, since=now - timedelta(days=1), until=now + timedelta(days=1)
    )
    works(senior, -8, 1, leads=True, begun=False)
    shift = works(senior2, -8, 1 / 6)
    works(night, 0, 12, kind="night")
    case = make_case(senior2, insurer=project, now=now)
    end(shift)
    assert responsible(case) == "head"


def test_a_senior_manager_who_does_not_lead_gives_like_an_operator(
    works, senior, senior2, night, project, now
):
    works(senior2, -8, 8, leads=True)
    shift = works(senior, -8, 1 / 6)
    works(night, 0, 12, kind="night")
    case = make_case(senior, insurer=project, now=now)
    end(shift)
    assert responsible(case) == "night"


def test_an_absent_leader_without_a_substitute_is_passed_by(works, ending, case, senior):
    works(senior, -1, 8, leads=True, begun=False)
    end(ending)
    assert responsible(case) == "head"


def test_the_substitute_of_an_absent_leader_receives(works, ending, case, senior, senior2, now):
    Substitution.objects.create(
        senior=senior, substitute=senior2, since=now - timedelta(days=1), until=now + timedelta(days=1)
    )
    works(senior, -1, 8, leads=True, begun=False)
    works(senior2, -1, 8)
    end(ending)
    assert responsible(case) == "senior2"


def test_the_doctor_is_bound_too(works, doctor, night, project, now):
    shift = works(doctor, -8, 1 / 6)
    works(night, 0, 12, kind="night")
    case = make_case(doctor, insurer=project, now=now)
    end(shift)
    assert responsible(case) == "night"


def test_a_provisional_case_without_an_insurer_goes_to_the_senior_manager(
    works, ending, operator, night, senior, now
):
    works(senior, leads=True)
    works(night, 0, 12, kind="night")
    case = make_case(operator, now=now)
    end(ending)
    assert responsible(case) == "senior"


def test_a_draft_is_handed_over_too(works, ending, operator, project, night, now):
    works(night, 0, 12, kind="night")
    case = make_case(operator, insurer=project, status="draft", now=now)
    end(ending)
    assert responsible(case) == "night"


def test_later_statuses_keep_their_responsible_person(works, ending, operator, project, night, now):
    works(night, 0, 12, kind="night")
    case = make_case(operator, insurer=project, status="assisted", now=now)
    assert end(ending) == 0
    assert responsible(case) == "operator"


def test_nothing_moves_while_the_giver_is_on_duty_in_the_next_shift(works, ending, operator, case, night):
    works(night, 0, 12, kind="night")
    works(operator, 1 / 6, 8)
    from shifts.attendance.models import Attendance

    Attendance.objects.filter(shift__employee=operator, shift__starts_at=ending.ends_at).update(
        begun_at=ending.starts_at
    )
    assert end(ending) == 0
    assert responsible(case) == "operator"
    assert not case.handovers.exists()
