"""The REST API of cases: what other systems hold on to (interfaces: REST API v1)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from cases.casework.models import Case
from cases.casework.serializers import CaseSerializer, EscalationSerializer, RegisteredSerializer
from cases.privacy.models import AccessLog
from fregat.lib import clock

pytestmark = pytest.mark.django_db
URL = "/api/v1/cases/"


@pytest.fixture
def body(person: Any, policy: Any) -> dict[str, Any]:
    return {
        "person": person.pk,
        "policy": policy.pk,
        "caller": {"name": "Олена Ґалаґан", "relation": "self", "phone": "+380671234567"},
        "place": {"country": "JP", "city": "Кіото", "address": "готель"},
        "occurred_at": (clock.now() - timedelta(hours=3)).isoformat(),
        "description": "Гарячка 39",
        "services": [{"kind": "doctor_call", "expected_cost": "120.00", "currency": "EUR"}],
        "displeased": False,
        "unusual": "",
    }


@pytest.fixture
def me(at_work: Any, api: Any) -> Any:
    return api(at_work)


@pytest.fixture
def case(me: Any, body: Any) -> dict[str, Any]:
    answer = me.post(URL, body)
    assert answer.status_code == 201, answer.json()
    return {**answer.json(), "etag": answer["ETag"], "url": f"{URL}{answer.json()['number']}/"}


def test_a_case_is_registered_with_its_verdict_escalations_and_duplicates(
    me: Any, body: Any, person: Any
) -> None:
    first = me.post(URL, body).json()
    assert set(first) == set(RegisteredSerializer().fields)
    assert first["status_label"] == "Заявлено. Організація допомоги"
    assert first["responsible"]["username"] == "operator"
    assert first["person"] == {"id": person.pk, "name": person.full_name}
    assert first["verdict"] == "covered"
    assert [row["reason"] for row in first["escalations"]] == ["country"]
    assert set(first["escalations"][0]) == set(EscalationSerializer().fields)
    assert first["possible_duplicates"] == []
    again = me.post(URL, body).json()
    assert [row["number"] for row in again["possible_duplicates"]] == [first["number"]]


def test_without_person_and_policy_it_is_provisional(me: Any, body: Any) -> None:
    answer = me.post(URL, {**body, "person": None, "policy": None, "person_name": "KHRYSTENKO"})
    assert answer.status_code == 201
    assert answer.json()["provisional"] is True
    assert answer.json()["verdict"] is None
    assert me.get(f"{URL}{answer.json()['number']}/").status_code == 200


def test_each_answer_carries_the_etag_and_the_look_is_recorded(me: Any, case: Any) -> None:
    before = AccessLog.objects.filter(kind="case").count()
    answer = me.get(case["url"])
    assert answer["ETag"] == case["etag"]
    assert set(answer.json()) == set(CaseSerializer().fields)
    seen = AccessLog.objects.filter(kind="case").latest("id")
    assert seen.objects_seen == [Case.objects.get(number=case["number"]).uuid]
    assert (seen.username, seen.part, seen.ground) == ("operator", "medical", "responsibility")
    assert AccessLog.objects.filter(kind="case").count() == before + 1


def test_a_change_demands_if_match_and_a_stale_one_gets_both_versions(me: Any, case: Any) -> None:
    assert me.patch(case["url"], {"description": "Нежить"}).status_code == 428
    assert (
        me.patch(case["url"], {"description": "Нежить"}, headers={"If-Match": case["etag"]}).status_code
        == 200
    )
    stale = me.patch(case["url"], {"description": "Кашель"}, headers={"If-Match": case["etag"]})
    assert stale.status_code == 412
    assert stale.json()["errors"] == {"mine": {"description": "Кашель"}, "theirs": {"description": "Нежить"}}
    fresh = me.get(case["url"])["ETag"]
    changed = me.patch(case["url"], {"place": {"country": "US"}}, headers={"If-Match": fresh})
    assert [row["reason"] for row in changed.json()["escalations"]] == ["country", "country"]
    assert changed.json()["place"]["city"] == "Кіото"


def test_what_cannot_be_changed_is_refused_not_ignored(me: Any, case: Any) -> None:
    answer = me.patch(case["url"], {"status": "closed"}, headers={"If-Match": case["etag"]})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["status"]


def test_the_status_moves_and_409_says_what_is_missing(me: Any, body: Any) -> None:
    answer = me.post(URL, {**body, "services": []})
    url, etag = f"{URL}{answer.json()['number']}/", answer["ETag"]
    refused = me.post(f"{url}transitions/", {"to": "assisted"}, headers={"If-Match": etag})
    assert refused.status_code == 409
    assert refused.json()["detail"]
    assert me.post(f"{url}services/", {"kind": "visit"}).status_code == 201
    moved = me.post(f"{url}transitions/", {"to": "assisted"}, headers={"If-Match": etag})
    assert moved.json()["status_label"] == "Допомога надана. Очікування документів"
    unlawful = me.post(f"{url}transitions/", {"to": "draft"}, headers={"If-Match": moved["ETag"]})
    assert unlawful.status_code == 409


def test_refusals_come_in_their_order(
    me: Any, case: Any, api: Any, operator2: Any, stranger: Any, on_shift: Any
) -> None:
    on_shift(operator2)
    on_shift(stranger)
    url = f"{case['url']}transitions/"
    colleague = api(operator2)
    assert api(stranger).post(url, {"to": "nowhere"}).status_code == 404
    assert colleague.post(url, {"to": "nowhere"}).status_code == 403
    assert me.post(url, {"to": "nowhere"}).status_code == 428
    assert me.post(url, {"to": "nowhere"}, headers={"If-Match": '"999"'}).status_code == 412
    assert me.post(url, {"to": "nowhere"}, headers={"If-Match": case["etag"]}).status_code == 400
    assert me.post(url, {"to": "closed"}, headers={"If-Match": case["etag"]}).status_code == 409


def test_a_strangers_case_answers_like_a_missing_one(
    case: Any, api: Any, stranger: Any, on_shift: Any
) -> None:
    on_shift(stranger)
    client = api(stranger)
    missing = client.get(f"{URL}26-999999/")
    hidden = client.get(case["url"])
    assert (
        (hidden.status_code, hidden.content)
        == (missing.status_code, missing.content)
        == (404, missing.content)
    )


def test_off_shift_lists_are_empty_cases_are_missing_and_registering_is_403(
    case: Any, body: Any, api: Any, operator2: Any
) -> None:
    client = api(operator2)
    assert client.get(URL).json() == {"results": [], "next": None}
    assert client.get(case["url"]).status_code == 404
    refused = client.post(URL, body)
    assert refused.status_code == 403
    assert "зміна" in refused.json()["detail"] or "змін" in refused.json()["detail"]


def test_a_case_changes_hands_with_a_reason(
    me: Any, case: Any, api: Any, operator2: Any, on_shift: Any
) -> None:
    on_shift(operator2)
    url, client = f"{case['url']}responsible/", api(operator2)
    assert me.post(url, {"to": "operator2", "reason": "Прошу"}).status_code == 403
    assert client.post(url, {"to": "operator2", "reason": "Беру"}).status_code == 428
    taken = client.post(url, {"to": "operator2", "reason": "Беру"}, headers={"If-Match": case["etag"]})
    assert taken.json()["responsible"]["username"] == "operator2"
    chain = client.get(f"{case['url']}responsibility/").json()
    assert [link["username"] for link in chain] == ["operator", "operator2"]
    assert chain[0]["to"] == chain[1]["from"]
    assert chain[1]["to"] is None
    assert datetime.fromisoformat(chain[0]["from"]).utcoffset() is not None


def test_a_note_a_contact_and_a_task_change_no_etag(me: Any, case: Any) -> None:
    contact = {
        "channel": "phone",
        "direction": "out",
        "party": "готель",
        "address": "+81",
        "text": "Лікар їде",
    }
    due = (clock.now() + timedelta(hours=1)).isoformat()
    assert me.post(f"{case['url']}contacts/", contact).status_code == 201
    assert me.post(f"{case['url']}notes/", {"text": "Алергія"}).status_code == 201
    task = me.post(f"{case['url']}tasks/", {"text": "Передзвонити", "due_at": due, "assignee": "operator"})
    assert task.status_code == 201
    done = me.post(f"{case['url']}tasks/{task.json()['id']}/complete/", {"outcome": "Краще"})
    assert done.json()["done_by"] == "operator"
    assert me.get(case["url"])["ETag"] == case["etag"]
    kinds = [row["kind"] for row in me.get(f"{case['url']}timeline/").json()]
    assert kinds == ["registered", "escalation_raised", "contact", "note", "task", "task_done"]


def test_escalations_are_listed_acknowledged_and_cancelled(me: Any, case: Any, api: Any, senior: Any) -> None:
    boss = api(senior)
    (row,) = boss.get("/api/v1/escalations/?open=true").json()["results"]
    assert (row["case"], row["reason"], row["addressee"]) == (case["number"], "country", "senior")
    url = f"/api/v1/escalations/{row['id']}/"
    assert me.post(f"{url}acknowledge/").status_code == 403
    assert boss.post(f"{url}cancel/", {}).status_code == 400
    assert boss.post(f"{url}acknowledge/").json()["acknowledged_by"] == "senior"
    assert boss.post(f"{url}acknowledge/").status_code == 409
    assert boss.get("/api/v1/escalations/?open=true").json()["results"] == []
    assert len(boss.get("/api/v1/escalations/?open=false").json()["results"]) == 1
    woken = me.post(f"{case['url']}escalations/", {"reason": "woken", "text": "Загубив паспорт"})
    assert woken.status_code == 400 and "reason" in woken.content.decode()
    raised = me.post(f"{case['url']}escalations/", {"reason": "unusual", "text": "Загубив паспорт"})
    assert raised.status_code == 201
    assert boss.post(f"/api/v1/escalations/{raised.json()['id']}/cancel/", {"reason": "Знайшов"}).json()[
        "cancelled"
    ]


def test_the_list_is_filtered_and_read_by_pages(me: Any, case: Any, body: Any, project: Any) -> None:
    turkey = me.post(URL, {**body, "place": {"country": "TR"}}).json()
    numbers = lambda query: [row["number"] for row in me.get(URL + query).json()["results"]]  # noqa: E731
    assert numbers("") == [turkey["number"], case["number"]]
    assert numbers("?country=jp") == [case["number"]]
    assert numbers(f"?number={turkey['number']}") == [turkey["number"]]
    assert numbers(f"?status=reported&responsible=operator&insurer={project.pk}") == [
        turkey["number"],
        case["number"],
    ]
    assert numbers("?status=closed") == []
    me.post(
        f"{case['url']}tasks/",
        {"text": "Зателефонувати", "due_at": (clock.now() + timedelta(hours=1)).isoformat()},
    )
    assert numbers("?due_before=" + (clock.now() + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%SZ")) == [
        case["number"]
    ]
    first = me.get(URL + "?limit=1").json()
    assert [row["number"] for row in first["results"]] == [turkey["number"]]
    second = me.get(first["next"]).json()
    assert [row["number"] for row in second["results"]] == [case["number"]]
    assert second["next"] is None


def test_the_history_says_who_changed_what(me: Any, case: Any, at_work: Any) -> None:
    me.patch(case["url"], {"place": {"city": "Осака"}}, headers={"If-Match": case["etag"]})
    (revision,) = me.get(f"{case['url']}history/").json()
    assert revision["by"] == "operator"
    assert revision["changes"] == [
        {"field": "city", "label": "населений пункт", "old": "Кіото", "new": "Осака"}
    ]


def test_the_sentences_are_in_the_language_that_was_asked_for(me: Any, body: Any) -> None:
    broken = {**body, "description": ""}
    ukrainian = me.post(URL, broken).json()["errors"]["description"]
    english = me.post(URL, broken, headers={"Accept-Language": "en"}).json()["errors"]["description"]
    assert ukrainian == ["Скажіть, що сталося."]
    assert english == ["Say what happened."]
