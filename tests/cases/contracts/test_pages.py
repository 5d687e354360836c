"""Pages: the calculator, the form of a contract, the list, the paper; what goes on record."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.test import Client

from cases.contracts.labels import REFUSALS
from cases.contracts.models import Contract
from cases.privacy.models import AccessLog
from fregat.lib import drafts
from staff.employees.models import Employee
from tests.builders import make_person, make_policy
from tests.cases.contracts.tables import (
    OLENA,
    make_contract,
    make_programme,
    make_series,
    make_tariff,
    today,
)

pytestmark = pytest.mark.django_db
FOCUSED = re.compile(r'<(?:input|select)[^>]* name="([^"]*)"[^>]* autofocus')


def day(ahead: int) -> str:
    return (today() + timedelta(days=ahead)).strftime("%d.%m.%Y")


def asked(programme: Any, **more: Any) -> dict[str, Any]:
    return {
        "programme": programme.pk, "territory": "europe", "starts": day(1), "ends": day(7), "insured_sum": "30000",
        "born": "17.05.1990", **more,
    }  # fmt: skip


def entered(programme: Any, **more: Any) -> dict[str, Any]:
    return {
        **asked(programme), "persons": "1", "p0-surname": "Ґалаган", "p0-given_name": "Олена",
        "p0-birth_date": "17.05.1990", "expected": "168.00", "act": "save", **more,
    }  # fmt: skip


# --- The calculator -----------------------------------------------------------------------------------


def test_the_calculator_shows_every_step_with_its_line(
    programme: Any, operator: Employee, page: Callable[..., Client]
) -> None:
    answer = page(operator).post(
        "/contracts/tariff/", asked(programme, risks="Активний спорт", born="17.05.1990 03.03.2016")
    )
    text = answer.content.decode()
    for said in (
        "558,60",
        "Тариф: 24 за день × 7 днів",
        "рядок 2",
        "Активний спорт",
        "× 1,75",
        "Особа 2, вік 10",
    ):
        assert said in text.replace("\xa0", " "), said


def test_a_country_leads_to_its_territory(
    programme: Any, operator: Employee, page: Callable[..., Client]
) -> None:
    from tests.builders import make_country

    make_country("PL")
    make_country("JP")
    browser = page(operator)
    there = browser.post("/contracts/tariff/", asked(programme, country="PL", territory=""))
    assert "168" in there.content.decode()
    elsewhere = browser.post("/contracts/tariff/", asked(programme, country="JP", territory=""))
    assert "Жодна територія тарифу не охоплює цієї країни." in elsewhere.content.decode()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"born": "01.01.1930"}, "страхують осіб віком від 0 до 79"),
        ({"ends": day(100)}, "за цим тарифом не продається"),
        ({"ends": day(0)}, "Останній день раніше за перший"),
        ({"born": "31.02.1990"}, "не дата народження"),
        ({"starts": day(-1)}, "договір не може починатися в минулому"),
        ({"starts": day(400), "ends": day(406)}, "може почати діяти не пізніше"),
    ],
)
def test_what_is_not_sold_says_why(
    programme: Any, operator: Employee, page: Callable[..., Client], more: dict[str, str], said: str
) -> None:
    assert said in page(operator).post("/contracts/tariff/", asked(programme, **more)).content.decode()


LARGE = "день;europe;1;366;999999999\nсума;;1;;1000\nсума;;2;;999999999\n"


def test_the_largest_premium_is_entered_and_a_larger_one_is_refused(
    project: Any, operator: Employee, on_shift: Callable[..., Any], page: Callable[..., Client]
) -> None:
    on_shift(operator)
    make_tariff(project, table=LARGE)
    make_series(project)
    programme, browser = make_programme(project), page(operator)
    said = str(REFUSALS["premium_large"])
    large = {"insured_sum": "2", "ends": day(1)}
    assert said in browser.post("/contracts/tariff/", asked(programme, **large)).content.decode()
    refused = browser.post("/contracts/new/", entered(programme, **large))
    assert refused.status_code == 400
    assert list(refused.context["form"].errors) == ["programme"]
    most = {"insured_sum": "1", "ends": day(1), "expected": "999999999000.00"}
    assert browser.post("/contracts/new/", entered(programme, **most)).status_code == 302
    assert str(Contract.objects.get().premium) == "999999999000.00"


def test_another_projects_tariff_is_not_computed(
    programme: Any, stranger: Employee, page: Callable[..., Client]
) -> None:
    answer = page(stranger).post("/contracts/tariff/", asked(programme))
    assert "168" not in answer.content.decode()
    assert page(stranger).get(f"/contracts/tariffs/{programme.pk}/").status_code == 404


# --- Entering -----------------------------------------------------------------------------------------


def test_a_contract_is_entered_and_its_draft_forgotten(
    programme: Any, operator: Employee, page: Callable[..., Client]
) -> None:
    from django.http import QueryDict

    from fregat.lib import clock

    typed = QueryDict("p0-surname=Сорока")
    drafts.save(employee_id=operator.pk, form="contract", fields=typed, now=clock.now())
    browser = page(operator)
    assert "Сорока" in browser.get("/contracts/new/").content.decode()
    answer = browser.post("/contracts/new/", entered(programme))
    row = Contract.objects.get()
    assert answer["Location"] == f"/contracts/{row.pk}/"
    assert drafts.get(operator.pk, "contract") == {}
    assert "Ґалаган Олена" in browser.get(f"/contracts/{row.pk}/").content.decode()


def test_nothing_is_sold_for_a_premium_that_nobody_has_seen(
    programme: Any, operator: Employee, page: Callable[..., Client]
) -> None:
    answer = page(operator).post("/contracts/new/", entered(programme, expected=""))
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "Назвіть її клієнтові й збережіть ще раз." in text
    assert 'name="expected" value="168.00"' in text
    assert not Contract.objects.exists()


def test_a_known_person_is_found_taken_and_on_record(
    programme: Any, operator: Employee, project: Any, page: Callable[..., Client]
) -> None:
    known = make_person("Христенко", "Юхим")
    make_policy(project, known)
    browser = page(operator)
    found = browser.post("/contracts/new/", entered(programme, act="check", q="христенко"))
    assert f'value="take-{known.pk}"' in found.content.decode()
    blank = dict.fromkeys(("p0-surname", "p0-given_name", "p0-birth_date"), "")
    taken = browser.post(
        "/contracts/new/", entered(programme, act=f"take-{known.pk}", q="христенко", **blank)
    )
    assert "Христенко Юхим" in taken.content.decode()
    looks = list(
        AccessLog.objects.filter(employee=operator.pk).order_by("id").values_list("part", "objects_seen")
    )
    assert looks == [("lookup", [known.uuid]), ("card", [known.uuid])]
    kept = drafts.get(operator.pk, "contract")
    assert kept["p0-known"] == [str(known.pk)]
    saved = browser.post("/contracts/new/", entered(programme, **blank, **{"p0-known": known.pk}))
    assert saved.status_code == 302
    assert list(Contract.objects.get().policy.persons.all()) == [known]


def test_a_person_out_of_reach_is_neither_shown_nor_told(
    programme: Any, operator: Employee, other_project: Any, page: Callable[..., Client]
) -> None:
    hidden = make_person("Гармаш", "Олег")
    make_policy(other_project, hidden)
    answer = page(operator).post("/contracts/new/", entered(programme, act=f"take-{hidden.pk}"))
    assert "Гармаш" not in answer.content.decode()
    assert not AccessLog.objects.exists()


def test_rows_of_persons_are_added_and_taken_away(
    programme: Any, operator: Employee, page: Callable[..., Client]
) -> None:
    two = {"persons": "2", "p1-surname": "Сорока", "p1-birth_date": "03.03.2016"}
    browser = page(operator)
    added = browser.post("/contracts/new/", entered(programme, **two, act="add")).content.decode()
    assert 'name="p2-surname"' in added
    left = browser.post("/contracts/new/", entered(programme, **two, act="drop-0")).context["entry"]
    assert [row["surname"].value() for row in left.persons] == ["Сорока"]


def test_another_programme_draws_its_own_sums_and_sends_nothing(
    programme: Any, operator: Employee, page: Callable[..., Client]
) -> None:
    sent = {name: value for name, value in entered(programme).items() if name != "act"}
    chosen = {"HX-Request": "true", "HX-Trigger-Name": "programme", "HX-Target": "entry"}
    answer = page(operator).post("/contracts/new/", sent, headers=chosen)
    assert answer.status_code == 200
    assert 'id="entry"' in answer.content.decode()
    assert not Contract.objects.exists()


def test_off_shift_contracts_are_closed(
    programme: Any, operator2: Employee, operator: Employee, project: Any, page: Callable[..., Client]
) -> None:
    row = make_contract(operator, project)
    browser = page(operator2)
    assert "Договори вводять лише під час зміни." in browser.get("/contracts/new/").content.decode()
    assert browser.post("/contracts/new/", entered(programme)).status_code == 403
    assert browser.get(f"/contracts/{row.pk}/").status_code == 404
    assert row.policy.number not in browser.get("/contracts/").content.decode()


# --- The list and the paper -----------------------------------------------------------------------------


def test_filters_are_in_the_address_and_names_are_not_in_the_list(
    programme: Any, operator: Employee, senior: Employee, project: Any, page: Callable[..., Client]
) -> None:
    mine, hers = make_contract(operator, project), make_contract(senior, project)
    browser = page(operator)

    def shown(question: str) -> list[int]:
        answer = browser.get(f"/contracts/?{question}")
        assert "HALAHAN" not in answer.content.decode()
        return [one["row"].pk for one in answer.context["rows"]]

    assert shown("") == [hers.pk, mine.pk]
    assert shown("mine=on") == [mine.pk]
    assert shown("number=дс 0002") == [hers.pk]
    assert shown("state=ahead") == [hers.pk, mine.pk]
    assert shown("state=annulled") == []
    assert shown(f"until={day(0)}") == []
    assert shown(f"after={hers.pk}") == [mine.pk]


def test_the_list_costs_the_same_whatever_its_length(
    programme: Any,
    operator: Employee,
    project: Any,
    page: Callable[..., Client],
    django_assert_num_queries: Any,
) -> None:
    from cases.contracts.selectors import Filters, contracts
    from fregat.lib import clock

    for _time in range(5):
        make_contract(operator, project)
    with django_assert_num_queries(1):
        rows = contracts(operator, Filters(), now=clock.now(), today=today())
        assert {row.policy.insurer.name for row in rows} == {project.name}


@pytest.mark.parametrize(("lang", "title"), [("uk", "Договір страхування"), ("en", "Insurance contract")])
def test_the_paper_is_in_the_language_of_the_client_and_on_record(
    programme: Any, operator: Employee, project: Any, page: Callable[..., Client], lang: str, title: str
) -> None:
    row = make_contract(operator, project)
    answer = page(operator).get(f"/contracts/{row.pk}/paper/?lang={lang}")
    assert answer["Content-Type"] == "application/pdf"
    text = pypdf.PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    for said in (title, "ДС-0001", "Ґалаган Олена", "HALAHAN OLENA", "17.05.1990", "168"):
        assert said in text, text
    look = AccessLog.objects.get(employee=operator.pk)
    assert (look.kind, look.part, look.action, look.objects_seen) == (
        "policy", "facts", "disclose", [row.policy.uuid],
    )  # fmt: skip


def test_an_annulment_needs_a_reason_and_stands_on_the_page_and_the_paper(
    programme: Any, operator: Employee, project: Any, page: Callable[..., Client]
) -> None:
    row, browser = make_contract(operator, project), page(operator)
    assert browser.post(f"/contracts/{row.pk}/annul/", {"reason": ""}).status_code == 400
    assert browser.post(f"/contracts/{row.pk}/annul/", {"reason": "Не їде."}).status_code == 302
    assert "Не їде." in browser.get(f"/contracts/{row.pk}/").content.decode()
    paper = browser.get(f"/contracts/{row.pk}/paper/").content
    assert "Анульовано" in pypdf.PdfReader(BytesIO(paper)).pages[0].extract_text()


def test_the_paper_holds_names_in_any_letters_and_of_any_length(
    programme: Any, operator: Employee, project: Any, page: Callable[..., Client]
) -> None:
    names = {"surname": "Ґ" * 100, "given_name": "王小明", "surname_latin": "H" * 100}
    row = make_contract(operator, project, persons=(replace(OLENA, **names),), holder_name="ТОВ «Мандри» 🙂")
    answer = page(operator).get(f"/contracts/{row.pk}/paper/")
    text = pypdf.PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert "ТОВ «Мандри»" in text and "17.05.1990" in text
    assert "Ґ" * 20 in text and "Ґ" * 21 not in text, "no word stands on another column"


def test_the_keyboard_goes_on_where_the_form_was_changed(
    programme: Any, operator: Employee, page: Callable[..., Client]
) -> None:
    """Whichever button was pressed is drawn anew, and would lose the keyboard to the page."""

    def focused(act: str, **more: Any) -> list[str]:
        answer = browser.post(
            "/contracts/new/", entered(programme, act=act, **more), headers={"HX-Request": "true"}
        )
        return FOCUSED.findall(answer.content.decode())

    browser, known = page(operator), make_person("Щур", "Леся").pk
    for address in ("/contracts/new/", "/contracts/tariff/"):
        assert FOCUSED.findall(browser.get(address).content.decode()) == ["programme"]
    assert focused("add") == ["p1-surname"]
    assert focused(f"take-{known}") == focused("drop-0") == focused("other-0-1") == ["q"]
    assert focused("check", q="Щур") == focused("quote") == []


@pytest.mark.parametrize(("least", "raised"), [(100, False), (200, True)])
def test_a_premium_that_was_raised_says_so_on_the_contract(
    project: Any,
    operator: Employee,
    on_shift: Callable[..., Any],
    page: Callable[..., Client],
    least: int,
    raised: bool,
) -> None:
    """The steps come to 168: without a sentence nobody understands why 200 is asked."""
    on_shift(operator)
    make_tariff(project, minimum=Decimal(least))
    made = make_contract(operator, project, expected=Decimal(max(least, 168)))
    text = page(operator).get(f"/contracts/{made.pk}/").content.decode()
    assert ("піднято до найменшої премії за договором" in text) is raised


def test_a_country_is_found_by_what_people_call_it(
    programme: Any, operator: Employee, page: Callable[..., Client]
) -> None:
    """«США» found the remote islands of the States alone: their name has it, «Сполучені Штати» has not."""
    from tests.builders import make_country

    make_country("US")
    text = page(operator).get("/contracts/new/").content.decode()
    assert re.search(r'<option value="US" data-keys="[^"]*\|США\|', text)
