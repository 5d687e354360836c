"""Absences through the REST API: asked for, reported, agreed, refused, covered, explained and judged (B7, JD IV.10)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from shifts.absence import actions
from shifts.absence.models import Absence
from shifts.roster.models import Shift
from staff.employees.actions import assign_project
from tests.builders import make_project
from tests.shifts.absence.test_absences import DAY, PAPER, TODAY, away, told
from tests.shifts.conftest import LONG_AGO, T, shift

URL = "/api/v1/absences/"


@pytest.fixture
def api():
    def sign_in(employee):
        client = APIClient()
        client.force_authenticate(employee)
        return client

    return sign_in


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(T, tick=False):
        yield


def days(first=1, last=3, kind="vacation", **more):
    since, until = TODAY + first * DAY, TODAY + last * DAY
    return {"kind": kind, "since": since.isoformat(), "until": until.isoformat(), **more}


def ids(answer):
    return [row["id"] for row in answer.data["results"]]


def test_a_vacation_is_asked_for_and_agreed_to(operator, senior, api):
    made = api(operator).post(URL, days(words="Море."), format="json")
    assert (made.status_code, made.data["state"], made.data["words"]) == (201, "asked", "Море.")
    assert (made.data["since"], made.data["until"]) == ("2026-11-24", "2026-11-26")
    waits = {"waits_for_me": "true"}
    assert ids(api(senior).get(URL, waits)) == [made.data["id"]]
    assert ids(api(operator).get(URL, waits)) == []
    row = f"{URL}{made.data['id']}/"
    assert api(operator).post(f"{row}agree/").status_code == 403
    agreed = api(senior).post(f"{row}agree/")
    assert (agreed.data["state"], agreed.data["decided_by"]) == ("agreed", "senior")
    assert api(operator).get(row).headers["ETag"] == agreed.headers["ETag"]
    assert api(operator).post(f"{row}withdraw/").status_code == 409
    assert ids(api(senior).get(URL, waits)) == []


def test_a_refusal_needs_its_reason_and_frees_the_days(operator, senior, api):
    made = api(operator).post(URL, days(), format="json").data["id"]
    assert api(operator).post(URL, days(3, 5), format="json").status_code == 409
    empty = api(senior).post(f"{URL}{made}/refuse/", {"reason": " "}, format="json")
    assert (empty.status_code, set(empty.data["errors"])) == (400, {"reason"})
    refused = api(senior).post(f"{URL}{made}/refuse/", {"reason": "Двоє вже там."}, format="json")
    assert (refused.data["state"], refused.data["answer"]) == ("refused", "Двоє вже там.")
    again = api(operator).post(URL, days(3, 5), format="json").data["id"]
    assert api(senior).post(f"{URL}{again}/withdraw/").status_code == 403
    assert api(operator).post(f"{URL}{again}/withdraw/").data["state"] == "withdrawn"


def test_sickness_is_on_record_at_once_and_of_the_certificate_only_that_it_is_there(operator, senior, api):
    made = api(operator).post(URL, days(0, 0, "sick"), format="json").data
    assert (made["state"], made["decided_by"], made["certificate_brought_at"]) == ("agreed", None, None)
    assert made["certificate_due_at"]
    actions.bring(by=operator, absence_id=made["id"], file=PAPER, now=T)
    seen = api(senior).get(f"{URL}{made['id']}/")
    assert seen.data["certificate_brought_at"] is not None
    assert "довідка" not in seen.content.decode()


def test_said_by_telephone_the_senior_manager_writes_it_in(operator, senior, stranger, api):
    address, sick = f"{URL}record/", days(0, 1, "sick", words="Дзвонила.")
    made = api(senior).post(address, {**sick, "employee": "operator"}, format="json")
    assert (made.status_code, made.data["employee"], made.data["asked_by"]) == (201, "operator", "senior")
    assert made.data["state"] == "agreed"
    for name, status in (("stranger", 403), ("senior", 403), ("nobody-is-called-so", 400), ("", 400)):
        assert api(senior).post(address, {**sick, "employee": name}, format="json").status_code == status, (
            name
        )
    assert api(operator).post(address, {**sick, "employee": "stranger"}, format="json").status_code == 403


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        (days(3, 1), "until"),
        (days(kind="fishing"), "kind"),
        (days(401, 402), "since"),
        ({**days(), "since": "24.11.2026"}, "since"),
        ({**days(), "until": "9999-12-31"}, "until"),
    ],
)
def test_what_cannot_be_gets_a_sentence_by_its_field(operator, senior, api, sent, wrong):
    answer = api(operator).post(URL, sent, format="json")
    assert (answer.status_code, set(answer.data["errors"])) == (400, {wrong})


@pytest.mark.parametrize("sent", [{"on": "0001-01-01"}, {"on": "9999-12-31"}, {"state": "gone"}])
def test_a_filter_that_is_none_gets_a_sentence(operator, api, sent):
    answer = api(operator).get(URL, sent)
    assert (answer.status_code, set(answer.data["errors"])) == (400, set(sent))


def test_the_list_shows_what_one_may_see_narrowed_at_one_price(operator, operator2, stranger, senior, api):
    first = away(operator, "sick")
    later = away(operator2, since=TODAY + 9 * DAY, until=TODAY + 9 * DAY)
    past = away(operator, since=TODAY - 9 * DAY, until=TODAY - 8 * DAY)
    for who, seen in ((operator, [first.pk]), (senior, [first.pk, later.pk]), (stranger, [])):
        assert ids(api(who).get(URL)) == seen
    client = api(senior)
    assert ids(client.get(URL, {"on": past.since.isoformat()})) == [past.pk]
    assert ids(client.get(URL, {"kind": "sick"})) == [first.pk]
    assert ids(client.get(URL, {"employee": "operator2", "state": "asked"})) == [later.pk]
    page = client.get(URL, {"limit": 1})
    assert (ids(page), ids(client.get(page.data["next"]))) == ([first.pk], [later.pk])
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    for number in range(20, 26):
        away(operator, "sick", TODAY + number * DAY, TODAY + number * DAY)
    with CaptureQueriesContext(connection) as many:
        assert len(ids(client.get(URL))) == 8
    assert len(many) == len(few) <= 3


def test_a_colleague_and_another_team_do_not_know_of_it(operator, operator2, senior2, api):
    row = away(operator)
    for one in (operator2, senior2):
        assert api(one).get(f"{URL}{row.pk}/").status_code == 404
        for act in ("agree", "refuse", "withdraw"):
            answer = api(one).post(f"{URL}{row.pk}/{act}/", {}, format="json")
            assert answer.status_code == 404, act


def test_a_shift_passes_to_who_is_free_and_qualified(operator, operator2, stranger, senior, head, api):
    for code in ("aurora", "borey"):
        make_project(code)
    for one, code in ((operator, "aurora"), (operator2, "aurora"), (stranger, "borey")):
        assign_project(by=None, employee=one, project=code, now=LONG_AGO)
    planned = shift(operator, 24, 36)
    row = away(operator, "sick")
    address = f"{URL}{row.pk}/cover/"
    for act in ("get", "post"):
        assert getattr(api(operator), act)(address).status_code == 403
    [to_cover] = api(senior).get(address).data["to_cover"]
    assert to_cover["shift"] == planned.pk
    assert [one["employee"] for one in to_cover["offers"]] == ["operator2"]
    sent = {"shift": planned.pk, "employee": "operator2"}
    for wrong, status in (
        ({"employee": "stranger"}, 409), ({"employee": "nobody-is-called-so"}, 400), ({"shift": 2**61}, 400),
    ):  # fmt: skip
        assert api(senior).post(address, {**sent, **wrong}, format="json").status_code == status, wrong
    made = api(senior).post(address, sent, format="json")
    assert (made.status_code, made.data["employee"], made.data["given_up"]) == (201, "operator2", planned.pk)
    assert Shift.objects.get(pk=made.data["taken_over"]).employee == operator2
    assert told(operator2)[-1] == "shift_taken_over"
    after = api(senior).get(address).data
    assert (after["to_cover"], [one["by"] for one in after["covers"]]) == ([], ["senior"])
    assert api(senior).post(address, sent, format="json").status_code == 400


def test_a_missing_certificate_is_explained_and_judged(operator, senior, director, api):
    sick = away(operator, "sick", TODAY, TODAY)
    row = f"{URL}{sick.pk}/"
    explanation = {"explanation": "Лікар у відпустці."}
    assert api(operator).post(f"{row}explain/", explanation, format="json").status_code == 409
    actions.miss(sick.pk, now=sick.certificate_due_at)
    verdict = {"decision": "excused", "grounds": "Подано пізніше."}
    with time_machine.travel(sick.certificate_due_at + timedelta(days=1), tick=False):
        assert api(senior).post(f"{row}explain/", explanation, format="json").status_code == 403
        explained = api(operator).post(f"{row}explain/", explanation, format="json").data["missing"]
        assert explained["explanation"] == "Лікар у відпустці."
        # Over for days, and still in the list: nothing is decided.
        assert ids(api(director).get(URL)) == [sick.pk]
        assert api(operator).post(f"{row}judge/", verdict, format="json").status_code == 403
        wrong = api(director).post(f"{row}judge/", {**verdict, "decision": "hanged"}, format="json")
        assert (wrong.status_code, set(wrong.data["errors"])) == (400, {"decision"})
        judged = api(director).post(f"{row}judge/", verdict, format="json").data["missing"]
        assert (judged["decision"], judged["decided_by"]) == ("excused", "director")
        assert api(director).post(f"{row}judge/", verdict, format="json").status_code == 409
        assert ids(api(director).get(URL)) == []


def test_kinds_are_told(operator, api):
    rows = api(operator).get("/api/v1/absence-kinds/").data["results"]
    assert {"sick", "vacation"} <= {row["code"] for row in rows}
    assert [row["to_agree"] for row in rows if row["code"] == "sick"] == [False]
    assert not Absence.objects.exists()
