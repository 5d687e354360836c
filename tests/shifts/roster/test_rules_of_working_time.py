"""Rules of working time at the doors: said in words, overridden by a reason, changed by who may, from a day on."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid, NotAllowed
from shifts.roster.actions import change_shift, plan_shift, set_rule
from shifts.roster.models import RosterRule
from tests.cast import sign_in
from tests.shifts.conftest import T, shift

HOUR = timedelta(hours=1)
TODAY = clock.local(T).date()


def plan(by, employee, start, end, reason="", kind="day"):
    return plan_shift(
        by=by,
        employee=employee,
        kind=kind,
        starts_at=T + start * HOUR,
        ends_at=T + end * HOUR,
        reason=reason,
        now=T,
    )


def test_a_short_rest_is_said_in_words_and_a_reason_overrides_it(senior, operator):
    shift(operator, 1, 13)
    with pytest.raises(Invalid) as refused:
        plan(senior, operator, 25, 37)
    said = " ".join(map(str, refused.value.errors["reason"]))
    assert "24.11.2026 15:00" in said and "12" in said and "24" in said and "59" in said
    made = plan(senior, operator, 25, 37, "Нікому вийти.")
    assert (made.overridden, made.reason) == (["rest"], "Нікому вийти.")


def test_the_rest_of_the_shift_that_follows_counts_too(senior, operator):
    shift(operator, 25, 37)
    with pytest.raises(Invalid):
        plan(senior, operator, 1, 13)
    assert plan(senior, operator, 13 - 12, 9).overridden == []


def test_no_reason_overrides_an_overlap(senior, operator):
    shift(operator, 1, 13)
    with pytest.raises(Conflict):
        plan(senior, operator, 12, 24, "Так треба")


def test_a_running_shift_is_prolonged_without_ado(senior, operator):
    running = shift(operator, -2, 6)
    shift(operator, 20, 26)
    changed = change_shift(by=senior, shift_id=running.pk, changes={"ends_at": T + 10 * HOUR}, now=T)
    assert changed.overridden == []


def test_a_shift_to_come_is_moved_against_a_rule_only_with_a_reason(senior, operator):
    shift(operator, 1, 9)
    later = shift(operator, 30, 38)
    changes = {"starts_at": T + 20 * HOUR}
    with pytest.raises(Invalid):
        change_shift(by=senior, shift_id=later.pk, changes=changes, now=T)
    moved = change_shift(by=senior, shift_id=later.pk, changes=changes, reason="Аврал.", now=T)
    assert moved.overridden == ["rest"]
    back = change_shift(by=senior, shift_id=later.pk, changes={"starts_at": T + 30 * HOUR}, now=T)
    assert back.overridden == []


def test_a_cancelled_shift_breaks_nothing(senior, operator):
    from shifts.roster.actions import cancel_shift

    cancel_shift(by=senior, shift_id=shift(operator, 1, 13).pk, reason="Хвороба", now=T)
    assert plan(senior, operator, 15, 25).overridden == []


def set_rest(by, limit="1", since=TODAY, on=True, reason="Колективний договір."):
    return set_rule(by=by, kind="rest", limit=Decimal(limit), on=on, since=since, reason=reason, now=T)


def test_the_head_changes_a_rule_from_a_day_on(head, senior, operator):
    shift(operator, 1, 13)
    set_rest(head, since=TODAY + timedelta(days=2))
    with pytest.raises(Invalid):
        plan(senior, operator, 25, 37)
    assert plan(senior, operator, 49, 61).overridden == []
    assert plan(senior, operator, 73, 85).overridden == []


def test_a_rule_that_is_off_is_not_asked(head, senior, operator):
    shift(operator, 1, 13)
    set_rest(head, on=False)
    assert plan(senior, operator, 14, 20).overridden == []


def test_the_same_day_again_corrects_the_rule_and_the_history_keeps_both(head, director):
    set_rest(head, "1.5")
    row = set_rest(director, "1")
    assert RosterRule.objects.count() == 1
    assert [str(event.limit) for event in row.events.order_by("pgh_id")] == ["1.5", "1.0"]


@pytest.mark.parametrize("who", ["senior", "operator"])
def test_only_the_head_and_the_director_change_rules(request, who):
    with pytest.raises(NotAllowed):
        set_rest(request.getfixturevalue(who))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"limit": "0.4"}, "limit"),
        ({"limit": "5.1"}, "limit"),
        ({"since": TODAY - timedelta(days=1)}, "since"),
        ({"reason": " "}, "reason"),
    ],
)
def test_what_cannot_be_a_rule_is_refused_beside_its_field(head, values, field):
    with pytest.raises(Invalid) as refused:
        set_rest(head, **values)
    assert set(refused.value.errors) == {field}


# --- The page ------------------------------------------------------------------------------------------------


def test_the_page_shows_what_holds_and_lets_the_head_change_it(head, senior):
    client, today = sign_in(Client(), head), clock.local(clock.now()).date()
    assert "59" in client.get("/roster/rules/").content.decode()
    body = {"kind": "rest", "limit": "1.5", "on": "on", "since": f"{today:%d.%m.%Y}", "reason": "Наказ № 7."}
    assert client.post("/roster/rules/", body).status_code == 302
    text = sign_in(Client(), senior).get("/roster/rules/").content.decode()
    assert "1,5" in text and "Наказ № 7." in text
    assert "?change=" not in text


def test_a_wrong_limit_keeps_what_was_typed(head):
    body = {"kind": "rest", "limit": "50", "since": "01.01.2199", "reason": "Щоб не забути"}
    answer = sign_in(Client(), head).post("/roster/rules/", body)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "field-error" in text and "Щоб не забути" in text


def test_the_form_of_a_shift_says_which_rule_it_breaks_and_takes_the_reason(senior, operator):
    now = clock.now().replace(microsecond=0)
    day = clock.local(now).date() + timedelta(days=2)
    body = {"employee": "operator", "day": day.isoformat(), "starts": "08:00", "ends": "20:00", "kind": "day"}
    client = sign_in(Client(), senior)
    client.post("/roster/plan/", body)
    body["day"] = (day + timedelta(days=1)).isoformat()
    refused = client.post("/roster/plan/", body, headers={"HX-Request": "true"})
    assert refused.status_code == 400
    assert "КЗпП" in refused.content.decode()
    assert client.post("/roster/plan/", {**body, "reason": "Нікому вийти."}).status_code == 302
