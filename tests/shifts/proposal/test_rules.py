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
BEFORE, AFTER = datetime(2027, 2, 1, tzinfo=UTC), datetime(2027, 5, 1, tzinfo=UTC)
DAYS = [MONTH + timedelta(days=n) for n in range(31)]


def usual(day: date, kind: str = "day") -> Span:
    starts, ends = (time(8), time(20)) if kind == "day" else (time(20), time(8))
    return Span(*usual_span(day, starts, ends), kind)


def person(number: int, target: float = 160, **more) -> rules.Person:
    return rules.Person(number, target, **more)


def asked(people, need=1, *, days=DAYS, terms=None, planned=(), led=()) -> rules.Question:
    """So many people needed round the clock on these days."""
    start = [datetime.combine(day, time(), KYIV) for day in days]
    quarters = sorted({(at + rules.QUARTER * n).astimezone(UTC) for at in start for n in range(96)})
    slots = [one for one in rules.slots_of(MONTH, rules.USUAL_SHAPES, BEFORE) if one.day in days]
    timeline = [(date.min, terms_of_law() | (terms or {}))]
    return rules.Question(
        MONTH, tuple(people), tuple(slots), tuple(quarters), (need,) * len(quarters), tuple(planned), timeline,
        led=tuple(led),
    )  # fmt: skip


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
    return found + leading_faults(question, answer)


def leading_faults(question: rules.Question, answer: rules.Answer) -> list:
    led = [(question.people[place], question.slots[slot].span) for place, slot in answer.leading]
    times = sorted([*question.led, *((span.starts_at, span.ends_at) for _one, span in led)])
    found = ["may not lead" for one, span in led if not one.may_lead(span)]
    found += ["two lead" for a, b in pairwise(times) if a[1] > b[0]]
    return found + ["leads without a shift" for key in answer.leading if key not in answer.chosen]


def leader(number: int, target: float = 160, **more) -> rules.Person:
    return person(number, target, answers=False, leading=((BEFORE, AFTER),), **more)


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
    answers=st.booleans(),
    leading=st.sampled_from([(), ((BEFORE, AFTER),)]),
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


def test_every_hour_with_work_has_one_leader_when_enough_people_may_lead():
    question = asked([leader(number, 84) for number in range(4)], days=DAYS[:14])
    answer = found(question, 6)
    report = rules.report(question, answer.chosen, answer.leading)
    # The first night of the month began before it.
    assert [lack.starts_at.astimezone(KYIV).date() for lack in report.unled] == [MONTH]
    assert (report.unled_before, faults(question, answer)) == (14 * 24, [])
    # They take no calls: the need is not theirs to meet.
    assert sum(lack.hours for lack in report.lacks) == 14 * 24


def test_one_who_may_lead_is_a_lack_with_its_reasons_and_no_failure():
    question = asked([leader(0), person(1)], days=DAYS[:4])
    answer = found(question)
    report = rules.report(question, answer.chosen, answer.leading)
    assert {place for place, _slot in answer.leading} == {0}
    assert sum(lack.hours for lack in report.unled) == 96 - 12 * len(answer.leading)
    assert {code for lack in report.unled for code in lack.why} <= {"before", "rest", "works"}
    assert any(lack.why == {"rest": 1} for lack in report.unled)


def test_nobody_leads_where_somebody_leads_already():
    stands = usual(DAYS[1])
    question = asked([leader(0, 48)], days=DAYS[1:3], led=[(stands.starts_at, stands.ends_at)])
    answer = found(question)
    assert faults(question, answer) == []
    assert len(question.unled) == 4 * 36
    assert [question.slots[slot].span.starts_at > stands.starts_at for _place, slot in answer.leading] == [
        True
    ]


def test_nobody_who_may_lead_is_said_without_reasons():
    question = asked([person(0)], days=DAYS[:2])
    answer = found(question)
    (unled,) = rules.report(question, answer.chosen, answer.leading).unled
    assert (unled.hours, unled.why, answer.leading) == (48, {}, ())


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
    again = rules.solve(question, 1, first.chosen, first.leading, workers=1)
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
        7, standing=(usual(DAYS[0]),), away=frozenset({DAYS[3]}), wishes={DAYS[4]: "off"}, skills=skills,
        answers=False, leading=((BEFORE, AFTER),),
    )  # fmt: skip
    there = rules.Planned(usual(DAYS[0]).starts_at, usual(DAYS[0]).ends_at, skills)
    question = asked([one], planned=[there], led=[(BEFORE, AFTER)])
    assert rules.unpack(json.loads(json.dumps(rules.pack(question)))) == question
