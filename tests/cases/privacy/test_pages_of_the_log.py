"""Who looked at whose data: one's own looks, those of others, those at a person; and the names are looks too (E1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from cases.privacy.actions import record_look
from cases.privacy.models import AccessLog
from cases.privacy.selectors import looks as selectors
from fregat.lib import clock
from staff.employees.models import Employee
from tests.cast import make_case, make_person, make_policy

pytestmark = pytest.mark.django_db
Browser = Callable[[Employee], Client]


@pytest.fixture
def person(project: Any) -> Any:
    """Insured on the project of `operator`."""
    row = make_person("Христенко", "Юхим")
    row.policy = make_policy(project, row, number="VZR-555")
    return row


@pytest.fixture
def case(person: Any, operator: Employee) -> Any:
    """A case of the person."""
    return make_case(operator, policy=person.policy, person=person)


def looked(by: Employee, case: Any, **values: Any) -> None:
    said = {"kind": "case", "part": "card", "ground": "responsibility", "objects": [case.uuid], **values}
    record_look(by=by, **said)


def test_a_look_at_a_case_says_whose_data_it_holds(case: Any, person: Any, operator: Employee) -> None:
    looked(operator, case)
    assert AccessLog.objects.get().persons == [person.uuid]


def test_a_look_at_a_policy_says_whom_it_insures(
    person: Any, operator: Employee, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        record_look(
            by=operator, kind="policy", objects=[person.policy.uuid], part="verdict", ground="project"
        )
    assert AccessLog.objects.get().persons == [person.uuid]


def test_a_case_without_a_person_holds_nobodys(operator: Employee, project: Any) -> None:
    looked(operator, make_case(operator, insurer=project))
    assert AccessLog.objects.get().persons == []


@pytest.mark.parametrize(
    "who", ["operator", "senior", "head", "director", "doctor", "client", "quality", "officer", "admin_"]
)
def test_everybody_reads_their_own_looks(request: pytest.FixtureRequest, page: Browser, who: str) -> None:
    assert page(request.getfixturevalue(who)).get("/privacy/").status_code == 200


def test_my_looks_are_mine_alone_and_name_no_person(
    case: Any, operator: Employee, operator2: Employee, page: Browser, on_shift: Any
) -> None:
    on_shift(operator)
    looked(operator, case)
    looked(operator2, case, part="history")
    before = AccessLog.objects.count()
    body = page(operator).get("/privacy/").content.decode()
    assert case.number in body and "картка" in body and "відповідає за справу" in body
    assert "Христенко" not in body
    assert body.count("<tr>") == 2  # the head of the table, and one look
    assert AccessLog.objects.count() == before


def test_the_officer_reads_every_name_and_that_is_written_down(
    case: Any, person: Any, operator: Employee, officer: Employee, page: Browser
) -> None:
    looked(operator, case)
    body = page(officer).get("/privacy/log/").content.decode()
    assert "Христенко Юхим" in body and case.number in body and "Ґалаган Олена" in body
    own = AccessLog.objects.filter(employee=officer.pk).order_by("id")
    assert [(row.kind, row.part, row.ground, row.objects_seen) for row in own] == [
        ("case", "log", "oversight", [case.uuid]), ("person", "log", "oversight", [person.uuid]),
    ]  # fmt: skip


def test_the_director_reads_looks_without_the_names_of_persons(
    case: Any, operator: Employee, director: Employee, page: Browser
) -> None:
    looked(operator, case)
    body = page(director).get("/privacy/log/").content.decode()
    assert "Ґалаган Олена" in body
    assert "Христенко" not in body and case.number not in body
    assert case.uuid.hex[:8] in body


def test_a_senior_manager_reads_looks_of_the_own_team(
    case: Any, operator: Employee, stranger: Employee, senior: Employee, senior2: Employee, page: Browser
) -> None:
    looked(operator, case)
    looked(stranger, case)
    for reader, whose in ((senior, operator), (senior2, stranger)):
        rows = selectors.looks(reader, {}, now=clock.now()).lines
        assert {line.row.employee for line in rows} <= {whose.pk, reader.pk}
        assert whose.pk in {line.row.employee for line in rows}
        page(reader).get("/privacy/log/")


@pytest.mark.parametrize("who", ["operator", "doctor", "client", "quality", "admin_"])
def test_others_do_not_read_looks_of_others(
    request: pytest.FixtureRequest, page: Browser, who: str, case: Any
) -> None:
    browser = page(request.getfixturevalue(who))
    for address in ("/privacy/log/", "/privacy/who/"):
        assert browser.get(address).status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("employee=operator2", 1), ("action=print", 1), ("part=history", 1), ("ground=call", 1), ("kind=person", 0),
        ("address=203.0.113.7", 0), ("since=01.01.2020", 3), ("until=01.01.2020", 0), ("", 3),
    ],
)  # fmt: skip
def test_filters_stand_in_the_address(
    case: Any,
    operator: Employee,
    operator2: Employee,
    director: Employee,
    page: Browser,
    query: str,
    found: int,
) -> None:
    looked(operator, case, ground="call")
    looked(operator2, case, action="print")
    looked(operator, case, part="history")
    answer = page(director).get(f"/privacy/log/?{query}")
    assert answer.status_code == 200
    assert len(answer.context["page"].lines) == found


@pytest.mark.parametrize(
    "query", ["employee=nobody", "action=x", "since=31.02.2026", "before=0", "address=x", "before=9"]
)
def test_a_filter_that_makes_no_sense_is_refused_and_nothing_breaks(
    case: Any, operator: Employee, officer: Employee, page: Browser, query: str
) -> None:
    looked(operator, case)
    assert page(officer).get(f"/privacy/log/?{query}").status_code == (200 if query == "before=9" else 400)


def test_the_next_lines_go_on_where_the_last_ended(
    case: Any, operator: Employee, director: Employee, page: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _look in range(5):
        looked(operator, case)
    monkeypatch.setattr(selectors, "PAGE", 2)
    monkeypatch.setattr(selectors._page, "__kwdefaults__", {**selectors._page.__kwdefaults__, "size": 2})
    browser, seen, url = page(director), [], "/privacy/log/?ground=responsibility"
    while url:
        answer = browser.get(url)
        seen += [line.row.pk for line in answer.context["page"].lines]
        url = answer.context["next_url"]
    assert seen == sorted(seen, reverse=True) and len(set(seen)) == 5


def test_a_line_names_three_and_the_page_of_the_look_all(
    operator: Employee, officer: Employee, page: Browser, project: Any
) -> None:
    people = [make_person(f"Особа{number}", "Тест") for number in range(5)]
    record_look(
        by=operator, kind="person", objects=[row.uuid for row in people], part="lookup", ground="call"
    )
    browser = page(officer)
    body = browser.get("/privacy/log/").content.decode()
    assert "Особа2" in body and "Особа3" not in body and "і ще 2" in body
    look = AccessLog.objects.get(employee=operator.pk)
    body = browser.get(f"/privacy/log/{look.pk}/").content.decode()
    assert all(f"Особа{number} Тест" in body for number in range(5))
    assert len(AccessLog.objects.latest("id").objects_seen) == 5


def test_a_search_that_found_nobody_says_so(operator: Employee, officer: Employee, page: Browser) -> None:
    record_look(by=operator, kind="person", objects=[], part="lookup", ground="call")
    assert not AccessLog.objects.filter(employee=operator.pk).exists()
    record_look(by=operator, kind="person", objects=[], part="lookup", ground="call", searched=True)
    browser, look = page(officer), AccessLog.objects.get(employee=operator.pk)
    for address in ("/privacy/log/", f"/privacy/log/{look.pk}/"):
        assert "нікого не знайдено" in browser.get(address).content.decode()


def test_who_looked_at_a_person_finds_looks_at_their_cases_too(
    case: Any, person: Any, operator: Employee, operator2: Employee, officer: Employee, page: Browser
) -> None:
    looked(operator, case)
    record_look(by=operator2, kind="person", objects=[person.uuid, uuid4()], part="lookup", ground="call")
    record_look(by=operator2, kind="person", objects=[uuid4()], part="card", ground="call")
    answer = page(officer).get(f"/privacy/who/person/{person.uuid}/")
    assert [line.row.employee for line in answer.context["page"].lines] == [operator2.pk, operator.pk]
    body = answer.content.decode()
    assert "Хто переглядав: Христенко Юхим" in body


def test_on_paper_is_a_print_on_record(
    case: Any, person: Any, operator: Employee, officer: Employee, page: Browser
) -> None:
    looked(operator, case)
    answer = page(officer).get(f"/privacy/who/person/{person.uuid}/print/")
    assert answer.status_code == 200
    row = AccessLog.objects.filter(employee=officer.pk).get()
    assert (row.action, row.ground, row.objects_seen) == ("print", "request", [person.uuid])


def test_who_looked_is_asked_within_what_one_may_see(
    case: Any, operator: Employee, senior: Employee, senior2: Employee, director: Employee, page: Browser
) -> None:
    looked(operator, case)
    address = f"/privacy/who/case/{case.uuid}/"
    assert page(senior).get(address).status_code == 200
    assert page(senior2).get(address).status_code == 404
    assert page(senior2).get(f"/privacy/who/case/{uuid4()}/").status_code == 404
    assert page(director).get(address).status_code == 200  # all looks, by the number of the record
    assert page(director).get(f"/privacy/who/case/{uuid4()}/").status_code == 404
    assert page(director).get(f"/privacy/who/thing/{case.uuid}/").status_code == 404


def test_by_the_number_of_a_case_or_of_a_policy(
    case: Any, person: Any, officer: Employee, senior2: Employee, page: Browser
) -> None:
    browser = page(officer)
    answer = browser.post("/privacy/who/", {"number": case.number})
    assert answer.status_code == 302 and str(case.uuid) in answer["Location"]
    body = browser.post("/privacy/who/", {"number": "vzr 555"}).content.decode()
    assert "Христенко Юхим" in body and "VZR-555" in body
    assert "Такого номера немає" in browser.post("/privacy/who/", {"number": "26-777777"}).content.decode()
    assert browser.post("/privacy/who/", {"number": ""}).status_code == 400
    assert (
        "Такого номера немає" in page(senior2).post("/privacy/who/", {"number": case.number}).content.decode()
    )


@pytest.mark.parametrize("rows", [1, 40])
def test_the_statements_of_the_log_do_not_grow_with_it(
    officer: Employee, operator: Employee, project: Any, rows: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(rows):
        record_look(
            by=operator,
            kind="person",
            objects=[make_person(f"Особа{number}", "Тест").uuid],
            part="card",
            ground="call",
        )
    with django_assert_max_num_queries(4):
        page = selectors.looks(officer, {}, now=clock.now())
    assert len(page.lines) == rows


def test_looks_at_a_person_are_found_by_an_index(db: None) -> None:
    from django.db import connection

    wanted = AccessLog.objects.at_any_of([uuid4()])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = wanted.explain()
    assert "log_by_object" in plan and "log_by_person" in plan


def test_the_chain_is_shown_without_persons(
    case: Any, person: Any, operator: Employee, admin_: Employee, head: Employee, page: Browser, sealed: Any
) -> None:
    looked(operator, case)
    from cases.privacy.actions import seal_log

    seal_log()
    for reader in (admin_, head):
        browser = page(reader)
        body = browser.get("/privacy/chain/").content.decode()
        assert "Остання печатка" in body and "Не задано, де назовні" in body
        assert "Христенко" not in body and case.number not in body and "Ґалаган" not in body
        assert browser.post("/privacy/chain/verify/").status_code == 302
        assert "триває" in browser.get("/privacy/chain/").content.decode()


# --- The ways to these pages -----------------------------------------------------------------------------
def test_from_the_case_and_the_person_one_click_leads_to_who_looked(
    case: Any, person: Any, operator: Employee, senior: Employee, head: Employee, on_shift: Any, page: Browser
) -> None:
    on_shift(operator)
    at_person, at_case = f"/privacy/who/person/{person.uuid}/", f"/privacy/who/case/{case.uuid}/"
    for who in (senior, head):
        browser = page(who)
        on_case = browser.get(f"/cases/{case.number}/").content.decode()
        assert f'href="{at_person}"' in on_case and f'href="{at_case}"' in on_case
        assert f'href="{at_person}"' in browser.get(f"/insured/{person.pk}/").content.decode()
        for url in (at_person, at_case, f"{at_person}print/"):
            assert browser.get(url).status_code == 200, url
    assert "/privacy/who/" not in page(operator).get(f"/cases/{case.number}/").content.decode()
    assert "/privacy/who/" not in page(operator).get(f"/insured/{person.pk}/").content.decode()


def test_the_officer_comes_from_the_number_of_the_case(case: Any, officer: Employee, page: Browser) -> None:
    answer = page(officer).post("/privacy/who/", {"number": case.number})
    assert answer["Location"] == f"/privacy/who/case/{case.uuid}/"


def test_from_my_page_i_come_to_my_looks(operator: Employee, page: Browser) -> None:
    assert 'href="/privacy/"' in page(operator).get("/staff/me/").content.decode().split("<main", 1)[1]
