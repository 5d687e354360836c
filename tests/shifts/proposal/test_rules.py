"""The search for a month's roster: rules of working time are kept whatever is asked, shortage is said, wishes count."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fregat.lib.clock import KYIV
from shifts.proposal import rules
from shifts.roster.rules import RuleKind, Span, Terms, norm, terms_of_law, usual_span

MONTH = date(2027, 3, 1)
"""A month in whose last night the clocks go forward."""
BEFORE = datetime(2027, 2, 1, tzinfo=UTC)
DAYS = [MONTH + timedelta(days=n) for n in range(31)]


def usual(day: date, kind: str = "day") -> Span:
    starts, ends = (time(8), time(20)) if kind == "day" else (time(20), time(8))
    return Span(*usual_span(day, starts, ends), kind)


def person(number: int, target: float = 160, **more) -> rules.Person:
    return rules.Person(number, target, **more)


def asked(people, need=1, *, days=DAYS, terms=None, planned=()) -> rules.Question:
    """So many people needed round the clock on these days."""
    start = [datetime.combine(day, time(), KYIV) for day in days]
    quarters = sorted({(at + rules.QUARTER * n).astimezone(UTC) for at in start for n in range(96)})
    slots = [one for one in rules.slots_of(MONTH, rules.USUAL_SHAPES, BEFORE) if one.day in days]
    timeline = [(date.min, terms_of_law() | (terms or {}))]
    return rules.Question(
        MONTH, tuple(people), tuple(slots), tuple(quarters), (need,) * len(quarters), tuple(planned), timeline
    )


def found(question: rules.Question, seconds: float = 3) -> rules.Answer:
    return rules.solve(question, seconds, workers=1)


def faults(question: rules.Question, answer: rules.Answer) -> list:
    """Asked of the roster's own rules, which know nothing of the search."""
    spans = rules.spans_of(question, answer.chosen)
    found = []
    for place, mine in spans.items():
        one = question.people[place]
        found += rules.breaks(question, one, mine)
        found += ["overlap" for a, b in pairwise(mine) if a.ends_at > b.starts_at]
        found += [
            "away"
            for who, slot in answer.chosen
            if who == place and not rules.can_work(question, one, question.slots[slot])
        ]
    return found


days = st.sampled_from(DAYS)
people = st.builds(
    person,
    st.just(0),
    st.sampled_from([0, 80, 176]),
    standing=st.lists(st.tuples(days, st.sampled_from(["day", "night"])), max_size=3, unique_by=lambda x: x[0]).map(
        lambda found: tuple(usual(day, kind) for day, kind in sorted(found))
    ),
    away=st.frozensets(days, max_size=8),
    wishes=st.dictionaries(days, st.sampled_from(["off", "day", "night"]), max_size=5),
    skills=st.frozensets(st.sampled_from(["north", "south", "lang:en"])),
)  # fmt: skip
laws = st.fixed_dictionaries(
    {},
    optional={
        RuleKind.REST: st.builds(Terms, st.sampled_from([0.5, 1, 2, 5]), st.booleans()),
        RuleKind.MONTH: st.builds(Terms, st.sampled_from([20, 40, 60]), st.booleans()),
        RuleKind.WEEK: st.builds(Terms, st.sampled_from([24, 42, 72]), st.booleans()),
        RuleKind.NIGHT: st.builds(Terms, st.sampled_from([8, 48, 96]), st.booleans()),
        RuleKind.NIGHTS: st.builds(Terms, st.sampled_from([1, 2, 3]), st.booleans()),
    },
)


@settings(max_examples=12, deadline=None)
@given(st.lists(people, min_size=1, max_size=4), laws, st.integers(1, 3))
def test_whatever_is_asked_no_rule_is_broken(team, terms, need):
    question = asked(team, need, terms=terms)
    answer = found(question, 0.6)
    assert faults(question, answer) == []


def test_a_team_large_enough_covers_every_quarter_hour():
    question = asked([person(number, 156) for number in range(6)])
    answer = found(question, 10)
    report = rules.report(question, answer.chosen)
    # Before the first night of the month somebody of the month before is there, or nobody.
    assert [lack.starts_at.astimezone(KYIV).date() for lack in report.lacks] == [MONTH]
    assert faults(question, answer) == []


def test_one_person_alone_is_a_shortage_with_its_reasons_and_no_failure():
    question = asked([person(0)], days=DAYS[:4])
    answer = found(question)
    report = rules.report(question, answer.chosen)
    assert answer.is_best
    assert sum(lack.hours for lack in report.lacks) == 96 - 12 * len(answer.chosen)
    assert {code for lack in report.lacks for code in lack.why} <= {"before", "rest", "works"}
    assert any("rest" in lack.why for lack in report.lacks)


def test_nobody_there_is_an_answer_too():
    everywhere = frozenset(DAYS) | {MONTH + timedelta(days=31)}
    question = asked([person(0, away=everywhere)], days=DAYS[:2])
    answer = found(question)
    assert answer.chosen == ()
    assert rules.report(question, ()).lacks[-1].why == {"away": 1}


def test_what_is_planned_stays_and_is_rested_from():
    stands = usual(DAYS[1])
    question = asked([person(0, standing=(stands,))], days=DAYS[:4])
    mine = rules.spans_of(question, found(question).chosen)[0]
    assert stands in mine
    assert all(one == stands or abs(one.starts_at - stands.starts_at) >= timedelta(hours=36) for one in mine)


def test_a_day_off_is_given_to_who_wishes_it_when_another_can_work():
    team = [person(0, 12, wishes={DAYS[2]: "off"}), *(person(number, 12) for number in range(1, 4))]
    question = asked(team, days=DAYS[2:4])
    answer = found(question)
    assert sorted(place for place, _slot in answer.chosen) == [0, 1, 2, 3]
    report = rules.report(question, answer.chosen)
    assert (report.met, report.unmet) == (1, ())


def test_a_wish_gives_way_to_the_watch_and_it_is_said_why():
    question = asked([person(0, 12, wishes={DAYS[2]: "off"})], days=[DAYS[2]])
    (unmet,) = rules.report(question, found(question).chosen).unmet
    assert (unmet.person, unmet.day, unmet.needed) == (0, DAYS[2], True)


def test_hours_are_shared_out_fairly():
    question = asked([person(number, 120) for number in range(4)], days=DAYS[:28])
    answer = found(question, 5)
    hours = [line.after for line in rules.report(question, answer.chosen).hours]
    assert max(hours) - min(hours) <= 24


def test_somebody_of_each_project_is_there():
    skills = ["north", "north", "south", "south"]
    team = [person(number, 12, skills=frozenset({one})) for number, one in enumerate(skills)]
    question = asked(team, 2, days=[DAYS[2]])
    of_slots: dict[int, set[str]] = {}
    for place, slot in found(question).chosen:
        of_slots.setdefault(slot, set()).add(skills[place])
    assert list(of_slots.values()) == [{"north", "south"}] * 2


def test_the_search_goes_on_from_what_was_found():
    question = asked([person(number, 156) for number in range(6)])
    first = found(question, 2)
    again = rules.solve(question, 1, first.chosen, workers=1)
    assert again.cost <= first.cost


def test_fair_hours_are_less_for_who_is_away_or_works_part_time():
    away = frozenset(DAYS[:7])
    assert rules.target(MONTH, 40, None, frozenset()) == norm(MONTH, 40) == 184
    assert rules.target(MONTH, 40, None, away) == 184 - 5 * 8
    assert rules.target(MONTH, 40, 88, frozenset()) == 88
    assert rules.target(MONTH, 40, 240, frozenset()) == 184


@pytest.mark.parametrize("skills", [frozenset(), frozenset({"north", "lang:en"})])
def test_a_question_is_the_same_after_its_journey(skills):
    one = person(
        7, standing=(usual(DAYS[0]),), away=frozenset({DAYS[3]}), wishes={DAYS[4]: "off"}, skills=skills
    )
    there = rules.Planned(usual(DAYS[0]).starts_at, usual(DAYS[0]).ends_at, skills)
    question = asked([one], planned=[there])
    assert rules.unpack(json.loads(json.dumps(rules.pack(question)))) == question
