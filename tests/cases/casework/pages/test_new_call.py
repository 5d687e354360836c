"""The operator's minute, by the pages that the browser asks for."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest

from cases.casework.models import Case
from cases.privacy.models import AccessLog
from fregat.lib import drafts
from tests.builders import make_country
from tests.cast import make_case, make_person, make_policy

HTMX = {"HX-Request": "true"}
URL = "/calls/new/"


@pytest.fixture
def person(project: Any) -> Any:
    return make_person()


@pytest.fixture
def policy(project: Any, person: Any) -> Any:
    return make_policy(project, person, number="VZR-4471823")


@pytest.fixture
def desk(operator: Any, senior: Any, on_shift: Any, page: Any) -> Any:
    on_shift(operator)
    on_shift(senior, leads=True)
    return page(operator)


def call(person: Any = None, policy: Any = None, **typed: Any) -> dict[str, Any]:
    """What the form sends for a call about a fever in Antalya."""
    return {
        "token": str(uuid4()), "person": getattr(person, "pk", ""), "policy": getattr(policy, "pk", ""),
        "caller_relation": "self", "caller_name": "Олена Ґалаган", "caller_phone": "+380671234567", "country": "TR",
        "city": "анталья", "address": "Rixos Downtown, 412", "occurred_at": "вчора 23", "their_clock": "on",
        "description": "температура 39, блювання", "services": ["doctor_call"], **typed,
    }  # fmt: skip


def test_the_look_up_shows_who_it_may_be_and_writes_the_look_down(
    desk: Any, person: Any, policy: Any
) -> None:
    answer = desk.post(URL + "lookup/", {"q": "4471823"}, headers=HTMX)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Ґалаган Олена" in text and "VZR-4471823" in text
    assert AccessLog.objects.filter(part="lookup", objects_seen__contains=[person.uuid]).exists()


def test_the_look_up_shows_open_cases_of_the_person(
    desk: Any, operator: Any, person: Any, policy: Any
) -> None:
    case = make_case(operator, person=person, policy=policy)
    assert case.number in desk.post(URL + "lookup/", {"q": "1234567"}, headers=HTMX).content.decode()


def test_the_chosen_person_brings_the_policy_name_and_phone(desk: Any, person: Any, policy: Any) -> None:
    text = desk.post(URL + "person/", {"person": person.pk}, headers=HTMX).content.decode()
    assert f'name="policy" value="{policy.pk}"' in text
    assert 'data-name="Ґалаган Олена"' in text and 'data-phone="+380671234567"' in text


def test_a_person_of_another_project_is_not_there(desk: Any, other_project: Any) -> None:
    hidden = make_person("Прихований", "Петро", phone="+380670009911")
    make_policy(other_project, hidden, number="SEC-1")
    assert "Прихований" not in desk.post(URL + "lookup/", {"q": "SEC-1"}, headers=HTMX).content.decode()
    assert (
        "Прихований" not in desk.post(URL + "person/", {"person": hidden.pk}, headers=HTMX).content.decode()
    )


def test_the_verdict_follows_what_is_typed(desk: Any, person: Any, policy: Any) -> None:
    text = desk.post(URL + "cover/", call(person, policy), headers=HTMX).content.decode()
    assert 'data-verdict="covered"' in text
    text = desk.post(URL + "cover/", call(person, policy, country="JP"), headers=HTMX).content.decode()
    assert 'class="told' in text


def test_a_call_is_registered_with_place_time_and_help_as_data(desk: Any, person: Any, policy: Any) -> None:
    answer = desk.post(URL, call(person, policy), headers=HTMX)
    assert answer.status_code == 204, answer.content.decode()
    case = Case.objects.get()
    assert answer["HX-Redirect"] == f"/cases/{case.number}/?new=1"
    assert (case.status, case.country_id, case.city) == ("reported", "TR", "Анталья")
    assert [service.kind_id for service in case.services.all()] == ["doctor_call"]
    assert case.occurred_at.minute == 0 and not case.provisional


def test_the_same_form_sent_twice_makes_one_case(desk: Any, person: Any, policy: Any) -> None:
    typed = call(person, policy)
    first, second = (desk.post(URL, typed, headers=HTMX) for _ in range(2))
    assert first["HX-Redirect"] == second["HX-Redirect"] and Case.objects.count() == 1


def test_faults_stand_beside_their_fields_and_nothing_typed_is_lost(
    desk: Any, person: Any, policy: Any
) -> None:
    answer = desk.post(
        URL,
        call(person, policy, description="", occurred_at="колись", **{"cost-doctor_call": "дорого"}),
        headers=HTMX,
    )
    text = answer.content.decode()
    assert answer.status_code == 400 and not Case.objects.exists()
    assert text.count('aria-invalid="true"') >= 3
    for typed in ("Rixos Downtown, 412", "колись", "дорого", "VZR-4471823", "+380671234567"):
        assert typed in text


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"description": "\x00"},
        {"person": "9" * 30},
        {"services": ["нема"]},
        {"country": "ZZ"},
        {"occurred_at": "1.1.0001"},
        {"description": "я" * 20_001},
        {"token": "x", "description": ""},
    ],
)
def test_bad_input_is_a_sentence_never_a_fault(desk: Any, typed: dict[str, Any]) -> None:
    answer = desk.post(URL, {**call(), **typed} if typed else {}, headers=HTMX)
    assert answer.status_code == 400 and "field-error" in answer.content.decode()


def test_a_person_in_no_list_is_registered_and_marked(desk: Any, project: Any) -> None:
    typed = call(
        unlisted="1",
        person_name="KHRYSTENKO",
        insurer=project.pk,
        policy_number="?",
        caller_relation="companion",
    )
    answer = desk.post(URL, typed, headers=HTMX)
    case = Case.objects.get()
    assert case.provisional and case.person_name == "KHRYSTENKO" and case.insurer == project
    page = desk.get(answer["HX-Redirect"]).content.decode()
    assert "KHRYSTENKO" in page


def test_a_call_can_be_put_aside_half_way(desk: Any) -> None:
    answer = desk.post(URL, {"token": str(uuid4()), "caller_name": "Петро", "draft": "1"}, headers=HTMX)
    assert answer.status_code == 204 and Case.objects.get().status == "draft"


def test_what_was_typed_is_there_again_after_coming_back(
    desk: Any, operator: Any, person: Any, policy: Any
) -> None:
    desk.post("/drafts/new-call/", call(person, policy, **{"cost-doctor_call": "120"}))
    text = desk.get(URL).content.decode()
    for typed in (
        "Ґалаган Олена",
        "VZR-4471823",
        "температура 39",
        "Rixos Downtown",
        "вчора 23",
        'value="120"',
    ):
        assert typed in text
    desk.post(URL, call(person, policy), headers=HTMX)
    assert not drafts.get(operator.pk, "new-call")


def test_a_draft_that_comes_after_its_case_is_not_offered_again(desk: Any, person: Any, policy: Any) -> None:
    typed = call(person, policy)
    desk.post(URL, typed, headers=HTMX)
    desk.post("/drafts/new-call/", typed)
    assert "температура 39" not in desk.get(URL).content.decode()


def test_off_shift_the_page_is_closed_with_a_sentence(operator: Any, page: Any) -> None:
    answer = page(operator).get(URL)
    assert answer.status_code == 403
    assert page(operator).post(URL, call(), headers=HTMX).status_code == 403


def test_a_country_is_found_by_what_people_call_it(desk: Any) -> None:
    """«США» chose the remote islands of the States, and their clock: the name of the States has no such letters."""
    make_country("US")
    assert re.search(r'<option value="US" data-keys="[^"]*\|США\|', desk.get(URL).content.decode())
