"""The look-up page, a person's card, the verdict beside it, reference data."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils.html import escape
from django.utils.translation import override

from cases.insurance.labels import TOO_LITTLE
from cases.insurance.models import Country, Territory
from cases.privacy.models import AccessLog
from fregat.lib import clock
from tests.cast import make_person, make_policy

HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def policy(project: Any, operator: Any, on_shift: Any) -> Any:
    on_shift(operator)
    return make_policy(project, make_person(), number="VZR-4471823")


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_page_teaches_what_can_be_typed(policy: Any, operator: Any, page: Any) -> None:
    answer = page(operator).get("/insured/")
    assert answer.status_code == 200 and "VZR-4471823" in text(answer)


def test_the_caller_is_found_in_place_and_the_look_is_on_record(
    policy: Any, operator: Any, page: Any
) -> None:
    answer = page(operator).post("/insured/", {"q": "Галаган"}, **HTMX)
    assert "Ґалаган Олена" in text(answer) and "<html" not in text(answer)
    look = AccessLog.objects.get()
    assert (look.part, look.route) == ("lookup", "insurance:look_up")


def test_without_a_script_the_whole_page_answers(policy: Any, operator: Any, page: Any) -> None:
    answer = text(page(operator).post("/insured/", {"q": "VZR-4471823"}))
    assert "<html" in answer and "Ґалаган Олена" in answer


def test_nobody_found_says_what_to_try(policy: Any, operator: Any, page: Any) -> None:
    answer = page(operator).post("/insured/", {"q": "Незнайко"}, **HTMX)
    assert answer.status_code == 200 and "/calls/new/" in text(answer)


@pytest.mark.parametrize(
    "address", ["/insured/", "/calls/new/lookup/", "/search/", "/api/v1/insured/lookup/"]
)
@pytest.mark.parametrize(("typed", "looks"), [("Незнайко", [[]]), ("1984", [[]]), ("Не", []), ("12", [])])
def test_a_look_up_that_finds_nobody_is_on_record_too(
    policy: Any, operator: Any, page: Any, api: Any, address: str, typed: str, looks: list[Any]
) -> None:
    asks = api(operator).post if address.startswith("/api/") else page(operator).post
    assert asks(address, {"q": typed}).status_code == 200
    found = AccessLog.objects.filter(kind="person", action="search")
    assert list(found.values_list("objects_seen", flat=True)) == looks


def too_little() -> str:
    with override("uk"):
        return escape(str(TOO_LITTLE))


@pytest.mark.parametrize("typed", ["к", "га", "456", "1984", "к 1984", "VZR", "vzr-", "ВЗР"])
def test_too_little_is_not_called_nobody(policy: Any, operator: Any, page: Any, typed: str) -> None:
    make_policy(
        policy.insurer, make_person("Макаренко", "Ганна", surname_latin="", given_name_latin="", phone="")
    )
    for answer in (
        page(operator).post("/insured/", {"q": typed}, **HTMX),
        page(operator).post("/calls/new/lookup/", {"q": typed}, **HTMX),
    ):
        said = text(answer)
        assert too_little() in said and "Нікого не знайдено" not in said


@pytest.mark.parametrize("typed", ["Лі Олена", "Незнайко", "4568", "VZR-4", "12.03.1984"])
def test_enough_was_looked_for(policy: Any, operator: Any, page: Any, typed: str) -> None:
    said = text(page(operator).post("/calls/new/lookup/", {"q": typed}, **HTMX))
    assert too_little() not in said and ("Нікого не знайдено" in said or "Ґалаган Олена" in said)


@pytest.mark.parametrize("typed", ["", "а\x00б", "x" * 201])
def test_a_useless_question_gets_a_sentence(policy: Any, operator: Any, page: Any, typed: str) -> None:
    answer = page(operator).post("/insured/", {"q": typed}, **HTMX)
    assert answer.status_code == 400 and "notice" in text(answer)
    assert not AccessLog.objects.exists()


def test_off_shift_the_page_says_so(project: Any, operator2: Any, page: Any) -> None:
    make_policy(project, make_person())
    answer = text(page(operator2).post("/insured/", {"q": "Ґалаган"}, **HTMX))
    assert "зміни" in answer and "Ґалаган Олена" not in answer


def test_a_persons_card_shows_the_policy_and_writes_the_look_down(
    policy: Any, operator: Any, page: Any
) -> None:
    person = policy.persons.get()
    answer = text(page(operator).get(f"/insured/{person.pk}/"))
    assert "VZR-4471823" in answer and "+380671234567" in answer
    assert AccessLog.objects.get().part == "card"


def test_a_strangers_person_is_as_if_missing(policy: Any, stranger: Any, on_shift: Any, page: Any) -> None:
    on_shift(stranger)
    person = policy.persons.get()
    mine, missing = (page(stranger).get(f"/insured/{pk}/") for pk in (person.pk, 987_654_321))
    assert mine.status_code == missing.status_code == 404
    assert page(stranger).get(f"/insured/{10**30}/").status_code == 404


def test_the_verdict_stands_beside_with_its_reasons(policy: Any, operator: Any, page: Any) -> None:
    url = f"/insured/policies/{policy.pk}/verdict/"
    answer = text(page(operator).get(url, {"country": "TR", "service": "visit"}, **HTMX))
    assert "verdict-covered" in answer and "Туреччина" in answer
    assert "verdict-ask" in text(page(operator).get(url, {"country": "TR", "service": ""}, **HTMX))


@pytest.mark.parametrize(
    "question", [{"country": "ZZ"}, {"on": "завтра"}, {"on": "0001-01-01T00:00"}, {"service": "x" * 99}]
)
def test_an_absurd_question_to_a_policy_gets_a_sentence(
    policy: Any, operator: Any, page: Any, question: Any
) -> None:
    answer = page(operator).get(f"/insured/policies/{policy.pk}/verdict/", question, **HTMX)
    assert answer.status_code in {200, 400}
    assert answer.status_code == 400 or "0001" in str(question)


def test_the_search_finds_persons(policy: Any, operator: Any, page: Any) -> None:
    answer = text(page(operator).post("/search/", {"q": "Ґалаган"}, **HTMX))
    assert f"/insured/{policy.persons.get().pk}/" in answer
    assert AccessLog.objects.get().part == "search"


def test_reference_data_is_the_administrators(policy: Any, operator: Any, admin_: Any, page: Any) -> None:
    browser = page(admin_)
    for table in ("country", "servicekind", "currency", "insurer", "territory", "programme"):
        assert browser.get(f"/admin/insurance/{table}/").status_code == 200, table
        assert page(operator).get(f"/admin/insurance/{table}/").status_code == 403
    assert browser.get("/admin/insurance/insuredperson/").status_code == 404
    assert browser.get("/admin/insurance/policy/").status_code == 404


def test_a_territory_takes_only_known_countries(policy: Any, admin_: Any, page: Any) -> None:
    row = Territory.objects.get(pk=policy.territory_id)
    url = f"/admin/insurance/territory/{row.pk}/change/"
    values = {"name_uk": row.name_uk, "name_en": row.name_en, "countries": "tr, PL, XX"}
    assert "XX" in text(page(admin_).post(url, values))
    assert page(admin_).post(url, {**values, "countries": "tr,PL,TR"}).status_code == 302
    row.refresh_from_db()
    assert row.countries == ["PL", "TR"]


def test_what_people_call_a_country_is_edited_with_it_and_found_in_every_list(
    policy: Any, operator: Any, head: Any, admin_: Any, page: Any
) -> None:
    values = {"name_uk": "Туреччина", "name_en": "Türkiye", "zone": "Europe/Istanbul"}
    values["also_called"] = " Турція ;Анталія, Turkey,, Анталія"
    assert page(admin_).post("/admin/insurance/country/TR/change/", values).status_code == 302
    assert Country.objects.get(pk="TR").also_called == "Турція, Анталія, Turkey"
    assert "США" in Country.objects.get(pk="US").also_called, "those that came with the program"
    keys = 'value="TR" data-keys="Türkiye|Турція|Анталія|Turkey"'
    card = text(page(operator).get(f"/insured/{policy.persons.get().pk}/"))
    rules = text(page(head).get(f"/rules/{policy.programme_id}/"))
    assert keys in card and keys in rules and card.count("data-combobox") == 1
    assert re.search(r'value="US" data-keys="[^"]*[|]США[|]', card)
    english = text(
        page(operator).get(f"/insured/{policy.persons.get().pk}/", headers={"Accept-Language": "en"})
    )
    assert "data-keys" in english


@pytest.mark.parametrize("zone", ["Kyiv", "Europe/Istambul", "Europe", "../Europe/Kyiv"])
def test_a_slip_in_a_time_zone_takes_no_country_from_the_calls(
    policy: Any, admin_: Any, page: Any, zone: str
) -> None:
    values = {"name_uk": "Туреччина", "name_en": "Türkiye", "zone": zone}
    answer = page(admin_).post("/admin/insurance/country/TR/change/", values)
    assert answer.status_code == 200 and "Europe/Kyiv" in text(answer)
    for right in ("", "Europe/Istanbul"):
        saved = page(admin_).post("/admin/insurance/country/TR/change/", {**values, "zone": right})
        assert saved.status_code == 302


def test_nobody_switches_off_what_is_told(policy: Any, admin_: Any, page: Any) -> None:
    page(admin_).post(
        "/admin/insurance/country/JP/change/", {"name_uk": "Японія", "name_en": "Japan", "zone": "Asia/Tokyo"}
    )
    assert Country.objects.get(pk="JP").told


def test_the_administration_names_things_as_people_do(policy: Any, admin_: Any, page: Any) -> None:
    browser = page(admin_)
    listed = text(browser.get("/admin/insurance/programme/"))
    assert "<h1>Програми страхування</h1>" in listed and "Усього: " in listed
    added = text(browser.get("/admin/insurance/programme/add/"))
    assert "<h1>Програма страхування: новий запис</h1>" in added
    for english in ("Insurer", "Code", "Виберіть програма", "Додати програма"):
        assert english not in listed + added
    assert 'href="/admin/"' in text(browser.get("/"))


def test_a_policy_out_of_force_says_so_before_it_is_chosen(
    policy: Any, project: Any, operator: Any, page: Any
) -> None:
    today = clock.local(clock.now()).date()
    old = make_policy(
        project, make_person(given_name="Ярина"), number="VZR-1", valid_to=today - timedelta(days=1)
    )
    found = text(page(operator).post("/calls/new/lookup/", {"q": "Ґалаган"}, **HTMX))
    before, after = found.split(old.number)
    assert found.count("уже не діє") == 1 and "уже не діє" in after and "уже не діє" not in before
