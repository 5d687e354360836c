"""Patterns: how they are written, what they make of a month, a month made in one step (JD II.11, B3)."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid, NotAllowed
from shifts.roster import rules
from shifts.roster.actions import make_month, publish, put, say_wish, undo, use_pattern, write_pattern
from shifts.roster.models import Pattern, PatternUse, Shift
from tests.shifts.conftest import T, person
from tests.shifts.roster.test_pages import page

DECEMBER, FIRST = date(2026, 12, 1), date(2026, 12, 1)
D, N, OFF = rules.Step("day"), rules.Step("night"), rules.Step("")
SIGNS = {"day": "D", "night": "N"}


# --- Written --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("D D N N - -", [D, D, N, N, OFF, OFF]),
        ("Д Д Н Н – –", [D, D, N, N, OFF, OFF]),
        ("д, н, в, о", [D, N, OFF, OFF]),
        ("5Д 2-", [D] * 5 + [OFF] * 2),
        ("D9-18 -", [rules.Step("day", time(9), time(18)), OFF]),
        ("2Д9:30-13 Н", [rules.Step("day", time(9, 30), time(13))] * 2 + [N]),
        ("D8-20", [D]),
        ("Д* Н* -", [rules.Step("day", leads=True), rules.Step("night", leads=True), OFF]),
        ("2D9-18* D", [rules.Step("day", time(9), time(18), leads=True)] * 2 + [D]),
    ],
)
def test_a_pattern_is_read_as_people_write_it(text, steps):
    assert rules.read_pattern(text) == steps
    assert rules.read_pattern(rules.write_pattern(steps, SIGNS)) == steps


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "pattern_empty"), ("- -", "pattern_empty"), ("D X", "pattern_unreadable"), ("DD", "pattern_unreadable"),
        ("D25-3", "pattern_unreadable"), ("D9-9", "pattern_unreadable"), ("D -*", "pattern_unreadable"),
        ("D**", "pattern_unreadable"),
        ("-9-18", "pattern_unreadable"),
        ("57D", "pattern_too_long"), ("99D 99D", "pattern_too_long"), ("D9:99-18", "pattern_unreadable"),
    ],
)  # fmt: skip
def test_what_is_no_pattern_says_why(text, code):
    with pytest.raises(ValueError, match=code):
        rules.read_pattern(text)


def test_a_pattern_goes_round_from_its_first_day():
    found = list(rules.days_of([D, N, OFF, OFF], date(2026, 11, 29), DECEMBER, date(2026, 12, 10)))
    assert [(day.day, step.kind) for day, step in found] == [
        (3, "day"),
        (4, "night"),
        (7, "day"),
        (8, "night"),
    ]


def test_nothing_is_made_before_its_first_day():
    assert [day for day, _step in rules.days_of([D], date(2026, 12, 30), DECEMBER, date(2027, 1, 1))] == [
        date(2026, 12, 30), date(2026, 12, 31),
    ]  # fmt: skip


# --- Made ---------------------------------------------------------------------------------------------------


def given(by, employee, sequence="D N - -", first=FIRST):
    pattern = Pattern.objects.filter(sequence=sequence).first() or write_pattern(
        by=by, name=f"Цикл {sequence}", sequence=sequence, now=T
    )
    return use_pattern(by=by, employee=employee, pattern=pattern, starts_on=first, now=T)


def days(employee):
    rows = Shift.objects.planned().filter(employee=employee).order_by("starts_at")
    return [(int(row.local_start[8:10]), row.kind) for row in rows]


def test_a_month_is_made_in_one_step_as_drafts(senior, operator, operator2):
    given(senior, operator), given(senior, operator2, first=FIRST + timedelta(days=2))
    made = make_month(by=senior, month=DECEMBER, now=T)
    assert len(made) == Shift.objects.drafts().count() == 16 + 15
    assert days(operator)[:4] == [(1, "day"), (2, "night"), (5, "day"), (6, "night")]
    assert days(operator2)[:2] == [(3, "day"), (4, "night")]


def test_a_second_time_makes_nothing(senior, operator):
    given(senior, operator)
    make_month(by=senior, month=DECEMBER, now=T)
    with pytest.raises(Conflict) as refused:
        make_month(by=senior, month=DECEMBER, now=T)
    assert refused.value.code == "nothing_to_make"


def test_what_is_planned_already_stays(senior, operator):
    given(senior, operator)
    put(by=senior, employee=operator, day=date(2026, 12, 5), kind="night", now=T)
    publish(by=senior, month=DECEMBER, now=T)
    make_month(by=senior, month=DECEMBER, now=T)
    assert (5, "night") in days(operator)
    assert (5, "day") in days(operator)  # 08:00-20:00 does not overlap the night that begins at 20:00
    assert (6, "night") in days(operator)


def test_an_overlap_is_left_out(senior, operator):
    given(senior, operator, "D9-21 -")
    put(by=senior, employee=operator, day=FIRST, kind="night", now=T)
    make_month(by=senior, month=DECEMBER, now=T)
    assert days(operator)[:2] == [(1, "night"), (3, "day")]


def test_days_on_which_somebody_cannot_work_stay_free(senior, operator):
    given(senior, operator)
    say_wish(by=operator, kind="unavailable", first_day=date(2026, 12, 5), last_day=date(2026, 12, 6), now=T)
    say_wish(by=operator, kind="off", first_day=date(2026, 12, 9), last_day=date(2026, 12, 9), now=T)
    make_month(by=senior, month=DECEMBER, now=T)
    assert [day for day, _kind in days(operator)][:4] == [1, 2, 9, 10]


def test_nothing_is_made_in_what_has_passed(senior, operator):
    given(senior, operator, first=date(2026, 11, 1))
    make_month(by=senior, month=date(2026, 11, 1), now=T)
    assert [day for day, _kind in days(operator)] == [25, 26, 29, 30]


def test_nobody_makes_a_month_of_another_team(senior, senior2, operator):
    given(senior, operator)
    with pytest.raises(Conflict):
        make_month(by=senior2, month=DECEMBER, now=T)
    with pytest.raises(NotAllowed):
        given(senior2, operator)
    with pytest.raises(NotAllowed):
        make_month(by=operator, month=DECEMBER, now=T)


def test_a_month_made_is_taken_back_in_one_step(senior, operator):
    month = rules.next_month(clock.local(clock.now()).date())
    use = given(senior, operator, first=month)
    assert use.starts_on == month
    made = make_month(by=senior, month=month)
    assert undo(by=senior) == len(made)
    assert not Shift.objects.planned().exists()
    assert len(make_month(by=senior, month=month)) == len(made)


def test_many_people_cost_no_more_than_one(senior, django_assert_max_num_queries):
    for index in range(12):
        given(senior, person(f"many{index}", "operator", f"Людина{index}", senior))
    with django_assert_max_num_queries(14):
        assert len(make_month(by=senior, month=DECEMBER, now=T)) == 12 * 16


def test_a_pattern_that_cannot_be_read_or_named_is_refused_beside_its_field(senior):
    write_pattern(by=senior, name="Цикл", sequence="D -", now=T)
    with pytest.raises(Invalid) as refused:
        write_pattern(by=senior, name="Цикл", sequence="D D", now=T)
    assert set(refused.value.errors) == {"name"}
    with pytest.raises(Invalid) as refused:
        write_pattern(by=senior, name="Інший", sequence="Щось", now=T)
    assert set(refused.value.errors) == {"sequence"}


# --- The pages --------------------------------------------------------------------------------------------------


def test_a_month_is_seen_before_it_is_made(senior, operator):
    client, month = page(senior), rules.next_month(clock.local(clock.now()).date())
    client.post("/roster/patterns/", {"name": "Два через два", "sequence": "Д Д Н Н – –"})
    body = {"employee": "operator", "pattern": Pattern.objects.get().pk, "starts_on": f"{month:%d.%m.%Y}"}
    assert client.post("/roster/patterns/use/", body).status_code == 302
    assert "Два через два" in client.get("/roster/patterns/").content.decode()
    text = client.get(f"/roster/make/?month={month:%Y-%m}").content.decode()
    assert "Д Д Н Н – –" in text and "КЗпП, ст. 59" in text
    assert not Shift.objects.exists()
    answer = client.post("/roster/make/", {"back": f"month={month:%Y-%m}"})
    assert answer.status_code == 302 and f"month={month:%Y-%m}" in answer["Location"]
    assert Shift.objects.drafts().count() > 15
    assert "disabled" in client.get(f"/roster/make/?month={month:%Y-%m}").content.decode()


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"sequence": "Щось"}, 400),
        ({"name": ""}, 400),
        ({"pattern": "2000000001"}, 404),
        ({"pattern": "x"}, 400),
    ],
)
def test_a_wrong_pattern_keeps_what_was_typed(senior, values, status):
    answer = page(senior).post("/roster/patterns/", {"name": "Мій цикл", "sequence": "Д –", **values})
    assert answer.status_code == status
    assert not Pattern.objects.exists()


def test_somebody_works_by_no_pattern_any_more(senior, operator):
    given(senior, operator)
    page(senior).post(
        "/roster/patterns/use/", {"employee": "operator", "pattern": "", "starts_on": "01.12.2026"}
    )
    assert not PatternUse.objects.exists()


def test_operators_have_no_patterns_to_write(operator):
    for path in ("/roster/patterns/", "/roster/make/"):
        assert page(operator).get(path).status_code == 403
