"""Contracts through the API: the same rules, rights and sentences as on the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F

from cases.contracts.actions import publish_tariff
from cases.contracts.models import Contract, NumberSeries, Tariff
from cases.insurance.models import Territory
from cases.privacy.models import AccessLog
from staff.employees.models import Employee
from tests.builders import make_country, make_person, make_policy
from tests.cases.contracts.tables import (
    TABLE,
    make_contract,
    tariff_facts,
    today,
)

pytestmark = pytest.mark.django_db
OLENA = {"surname": "Ґалаган", "given_name": "Олена", "birth_date": "1990-05-17", "phone": "+380671234567"}


def day(ahead: int) -> str:
    return (today() + timedelta(days=ahead)).isoformat()


def asked(programme: Any, **more: Any) -> dict[str, Any]:
    return {
        "programme": programme.pk, "territory": "europe", "starts": day(1), "ends": day(7), "insured_sum": 30000,
        **more,
    }  # fmt: skip


def wanted(programme: Any, **more: Any) -> dict[str, Any]:
    return asked(programme, **{"persons": [OLENA], "expected": "168.00", **more})


def enter(api: Any, by: Employee, body: dict[str, Any]) -> Any:
    return api(by).post("/api/v1/contracts/", body, format="json")


def test_what_is_sold_is_asked_told_and_entered(programme: Any, operator: Employee, api: Any) -> None:
    (sold,) = api(operator).get("/api/v1/tariffs/").json()["results"]
    assert (sold["programme"], sold["territories"], sold["sums"]) == (
        programme.pk,
        ["europe"],
        [50000, 30000],
    )
    question = asked(programme, born=["1990-05-17"])
    told = api(operator).post("/api/v1/contracts/quote/", question, format="json").json()
    assert (told["premium"], told["currency"], told["days"]) == ("168.00", "UAH", 7)
    answer = enter(api, operator, wanted(programme, expected=told["premium"]))
    assert answer.status_code == 201 and answer["ETag"]
    body = answer.json()
    assert (body["number"], body["state"], body["entered_by"]) == ("ДС-0001", "ahead", operator.username)
    assert [one["name"] for one in body["persons"]] == ["Ґалаган Олена"]
    assert body["holder"]["person"] == body["persons"][0]["id"]
    assert [step["line"] for step in body["shares"][0]["steps"]] == [2, 11, 7]
    assert api(operator).get(f"/api/v1/contracts/{body['id']}/").json() == body
    assert AccessLog.objects.filter(kind="policy", part="card").count() == 2


def test_a_territory_is_named_by_its_code_however_long_and_a_risk_is_taken_once(
    programme: Any, operator: Employee, api: Any
) -> None:
    code = "europe-with-turkey-and-the-other-shore-1"
    Territory.objects.create(code=code, name_uk="Обидва береги", name_en="Both shores", countries=["TR"])
    table = TABLE.replace("europe", code)
    Tariff.objects.update(until=F("since"))
    publish_tariff(by=None, programme_id=programme.pk, facts=tariff_facts(table=table))
    risks = ["Активний спорт", "Активний спорт"]
    answer = enter(api, operator, wanted(programme, territory=code, risks=risks, expected="294.00"))
    assert answer.status_code == 201, answer.json()
    assert answer.json()["risks"] == risks[:1]


def test_the_country_leads_to_the_territory_and_one_outside_is_refused(
    programme: Any, operator: Employee, api: Any
) -> None:
    make_country("PL")
    body = wanted(programme, territory="", country="pl")
    assert enter(api, operator, body).json()["territory"] == "europe"
    for more, field in (({"country": "JP"}, "country"), ({"territory": "moon"}, "territory")):
        answer = enter(api, operator, {**wanted(programme), **more})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_the_whole_world_is_sold_by_country_and_what_is_no_country_is_refused(
    programme: Any, operator: Employee, api: Any
) -> None:
    Territory.objects.update(countries=[], without=["US"])
    for code in ("JP", "US"):
        make_country(code)
    body = asked(programme, territory="", born=["1990-05-17"])
    for country, status in (("jp", 200), ("US", 400), ("ZZ", 400)):
        answer = api(operator).post("/api/v1/contracts/quote/", {**body, "country": country}, format="json")
        assert answer.status_code == status, country
        assert list(answer.json().get("errors", ["country"])) == ["country"]


def test_sent_twice_under_one_token_it_is_entered_once(programme: Any, operator: Employee, api: Any) -> None:
    body = wanted(programme, token="5a3b1c58-0000-4000-8000-0000000000c3")
    first, second = (enter(api, operator, body).json() for _time in range(2))
    assert first == second
    assert Contract.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"starts": "2020-01-01", "ends": "2020-01-07"}, "starts", "минув"),
        ({"ends": "9999-12-31"}, "ends", "найдовший"),
        ({"insured_sum": 1}, "insured_sum", "30"),
        ({"risks": ["Космос"]}, "risks", "Космос"),
        ({"persons": [{**OLENA, "birth_date": "1930-01-01"}]}, "persons.0", "від 0 до 79"),
        ({"persons": [{**OLENA, "birth_date": "1830-01-01"}]}, "persons.0.birth_date", "1900"),
        ({"persons": [{**OLENA, "birth_date": None}]}, "persons.0", "дата народження"),
        ({"persons": [OLENA, OLENA], "expected": "336"}, "persons.1", "вже"),
        ({"persons": []}, "persons", ""),
        (
            {"persons": [{**OLENA, "birth_date": f"19{year:02}-01-01"} for year in range(60, 72)]},
            "persons",
            "12",
        ),
    ],
)
def test_what_the_rules_refuse_is_400_beside_its_field_and_takes_no_number(
    programme: Any, operator: Employee, api: Any, more: dict[str, Any], field: str, said: str
) -> None:
    answer = enter(api, operator, wanted(programme, **more))
    assert answer.status_code == 400
    errors = answer.json()["errors"]
    assert field in errors and said in " ".join(errors[field])
    assert NumberSeries.objects.get().next == 1


def test_another_premium_than_the_client_was_told_is_refused_with_the_right_one(
    programme: Any, operator: Employee, api: Any
) -> None:
    answer = enter(api, operator, wanted(programme, expected="167"))
    assert answer.status_code == 400 and "168" in answer.json()["detail"]


def test_a_quote_says_every_reason_at_once(programme: Any, operator: Employee, api: Any) -> None:
    question = asked(programme, starts=day(-1), ends=day(5), born=["1990-05-17", "1930-01-01"])
    answer = api(operator).post("/api/v1/contracts/quote/", question, format="json")
    assert (answer.status_code, sorted(answer.json()["errors"])) == (400, ["born.1", "starts"])


def test_the_numbers_of_the_series_are_used_up(programme: Any, operator: Employee, api: Any) -> None:
    NumberSeries.objects.update(last=1)
    assert enter(api, operator, wanted(programme)).status_code == 201
    answer = enter(api, operator, wanted(programme))
    assert (answer.status_code, answer.json()["type"]) == (409, "series_used_up")


def test_the_list_is_filtered_paged_and_names_nobody(
    programme: Any, project: Any, operator: Employee, senior: Employee, api: Any
) -> None:
    mine = make_contract(operator, project)
    hers = make_contract(senior, project, starts=today(), ends=today() + timedelta(days=6))
    program = api(operator)
    first = program.get("/api/v1/contracts/?limit=1")
    assert [row["id"] for row in first.json()["results"]] == [hers.pk]
    assert "Ґалаган" not in first.content.decode()
    rest = program.get(first.json()["next"]).json()
    assert ([row["id"] for row in rest["results"]], rest["next"]) == ([mine.pk], None)
    for query, found in (
        ("mine=true", [mine.pk]), ("state=valid", [hers.pk]), ("number=дс 0001", [mine.pk]),
        (f"since={day(1)}", [mine.pk]), (f"until={day(0)}", [hers.pk]), (f"insurer={project.pk + 1}", []),
    ):  # fmt: skip
        answer = program.get(f"/api/v1/contracts/?{query}")
        assert [row["id"] for row in answer.json()["results"]] == found, query
    assert program.get("/api/v1/contracts/?state=lost").status_code == 400


def test_annulled_once_with_a_reason(
    programme: Any, project: Any, operator: Employee, client_manager: Employee, api: Any
) -> None:
    door = f"/api/v1/contracts/{make_contract(operator, project).pk}/annul/"
    assert api(client_manager).post(door, {"reason": "Так."}, format="json").status_code == 403
    assert api(operator).post(door, {"reason": ""}, format="json").status_code == 400
    body = api(operator).post(door, {"reason": "Не поїхала."}, format="json").json()
    assert (body["state"], body["annulled_by"], body["annulled_reason"]) == (
        "annulled", operator.username, "Не поїхала.",
    )  # fmt: skip
    assert api(operator).post(door, {"reason": "Ще раз."}, format="json").status_code == 409


def test_whose_project_it_is_not_finds_nothing_and_off_shift_nothing_is_entered(
    programme: Any, project: Any, operator: Employee, operator2: Employee, stranger: Employee,
    on_shift: Callable[..., Any], api: Any,
) -> None:  # fmt: skip
    on_shift(stranger)
    row = make_contract(operator, project)
    assert api(stranger).get(f"/api/v1/contracts/{row.pk}/").status_code == 404
    assert api(stranger).get("/api/v1/contracts/").json()["results"] == []
    assert api(stranger).get("/api/v1/tariffs/").json()["results"] == []
    assert enter(api, stranger, wanted(programme)).status_code == 404
    question = asked(programme, born=["1990-05-17"])
    assert api(stranger).post("/api/v1/contracts/quote/", question, format="json").status_code == 404
    refused = enter(api, operator2, wanted(programme))  # she is off shift
    assert refused.status_code == 403 and "зміни" in refused.json()["detail"]


def test_a_known_person_is_named_by_id_and_one_out_of_reach_is_not_found(
    programme: Any, project: Any, other_project: Any, operator: Employee, api: Any
) -> None:
    known, hidden = make_person("Христенко", "Юхим"), make_person("Гармаш")
    make_policy(project, known)
    make_policy(other_project, hidden)
    body = enter(api, operator, wanted(programme, persons=[{"known": known.pk}])).json()
    assert [one["id"] for one in body["persons"]] == [known.pk]
    answer = enter(api, operator, wanted(programme, persons=[{"known": hidden.pk}]))
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["persons.0"])


def test_series_are_kept_by_who_keeps_the_insurers_data(
    programme: Any, project: Any, other_project: Any, operator: Employee, client_manager: Employee, api: Any
) -> None:
    body = {"insurer": project.pk, "prefix": "НС-", "width": 4, "first": 1, "last": 20}
    assert api(operator).get("/api/v1/number-series/").status_code == 403
    keeper = api(client_manager)
    added = keeper.post("/api/v1/number-series/", body, format="json")
    assert (added.status_code, added.json()["left"]) == (201, 20)
    assert keeper.post("/api/v1/number-series/", body, format="json").status_code == 409
    elsewhere = {**body, "insurer": other_project.pk}
    assert keeper.post("/api/v1/number-series/", elsewhere, format="json").status_code == 404
    listed = keeper.get("/api/v1/number-series/").json()["results"]
    assert [row["prefix"] for row in listed] == ["ДС-", "НС-"]
