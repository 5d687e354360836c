"""The pages of orders: the register, a new one with its effects foreseen, one order, its paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from fregat.lib import clock, notices
from staff.employees import actions
from staff.employees.models import Employee, Order
from staff.employees.statuses import OrderState
from tests.cast import give_order, make_employee

pytestmark = pytest.mark.django_db

REGISTER = "/staff/orders/"
HTMX = {"HX-Request": "true"}
Browser = Callable[[Employee], Client]


def _url(order: Order, part: str = "") -> str:
    return f"{REGISTER}{order.pk}/{part}"


def _new(kind: str) -> str:
    return f"{REGISTER}new/{kind}/"


def _today() -> str:
    return f"{clock.local(clock.now()):%d.%m.%Y}"


def _dismissal(person: Employee, /, **more: str) -> dict[str, str]:
    return {"employee": person.username, "signed_on": _today(), "note": "Заява від 20.11.2026.", **more}


def test_the_director_dismisses_by_an_order_and_reads_it(
    operator: Employee, senior: Employee, director: Employee, page: Browser
) -> None:
    browser = page(director)
    answer = browser.post(_new("dismissal"), _dismissal(operator), follow=True)
    order = Order.objects.get()
    assert answer.redirect_chain[-1][0] == _url(order)
    text = answer.content.decode()
    for words in (f"№ {order.number}", "Про звільнення", "Ґалаган Олена", "Заява від 20.11.2026.", "чинний"):
        assert words in text
    assert not Employee.objects.get(pk=operator.pk).is_active


def test_what_the_order_will_do_is_said_while_it_is_filled_in(
    operator: Employee, senior: Employee, director: Employee, page: Browser
) -> None:
    page(operator)
    browser = page(director)
    answer = browser.post(f"{_new('dismissal')}preview/", _dismissal(operator), headers=HTMX)
    text = answer.content.decode()
    assert "Ґалаган Олена більше не зможе увійти" in text
    assert "1 відкритий вхід закінчиться" in text
    assert Employee.objects.get(pk=operator.pk).is_active and not Order.objects.exists()


def test_the_successor_is_asked_for_as_soon_as_a_senior_manager_with_a_team_is_chosen(
    operator: Employee, senior: Employee, senior2: Employee, director: Employee, page: Browser
) -> None:
    browser = page(director)
    plain = browser.post(f"{_new('dismissal')}preview/", _dismissal(senior2), headers=HTMX).content.decode()
    assert 'name="successor"' not in plain
    answer = browser.post(f"{_new('dismissal')}preview/", _dismissal(senior), headers=HTMX).content.decode()
    assert 'name="successor"' in answer and 'hx-swap-oob="true"' in answer
    again = browser.post(
        f"{_new('dismissal')}preview/", _dismissal(senior, drawn="successor"), headers=HTMX
    ).content.decode()
    assert "hx-swap-oob" not in again
    refused = browser.post(_new("dismissal"), _dismissal(senior))
    assert refused.status_code == 400 and 'id="id_successor_error"' in refused.content.decode()
    browser.post(_new("dismissal"), _dismissal(senior, successor="senior2"))
    assert not Employee.objects.get(pk=senior.pk).is_active


def test_an_appointment_needs_what_its_position_needs(
    senior: Employee, director: Employee, page: Browser
) -> None:
    browser = page(director)
    typed = {
        "last_name": "Новак", "first_name": "Іван", "username": "novak", "role": "operator",
        "projects": ["aurora"], "signed_on": _today(),
    }  # fmt: skip
    refused = browser.post(_new("appointment"), typed)
    assert refused.status_code == 400 and "Новак" in refused.content.decode()
    assert not Order.objects.exists()
    browser.post(_new("appointment"), {**typed, "senior": "senior"})
    novak = Employee.objects.get(username="novak")
    assert set(novak.assignments.values_list("project", flat=True)) == {"aurora"}


def test_what_the_action_refuses_stands_beside_its_field_and_nothing_typed_is_lost(
    operator: Employee, senior: Employee, director: Employee, page: Browser
) -> None:
    answer = page(director).post(
        _new("senior_change"),
        {"employee": "operator", "senior": "senior", "signed_on": _today(), "note": "Моя підстава"},
    )
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Працівник уже підпорядкований цьому старшому менеджеру." in text
    assert "Моя підстава" in text


@pytest.mark.parametrize(
    "change",
    [
        {"signed_on": "31.02.2026"},
        {"effective_at": "завтра"},
        {"employee": "nobody"},
        {"note": ""},
        {"note": "x" * 2001},
        {"note": "a\x00b"},
    ],
)
def test_bad_input_is_a_sentence_and_never_a_fault(
    operator: Employee, director: Employee, page: Browser, change: dict[str, str]
) -> None:
    browser = page(director)
    answer = browser.post(_new("dismissal"), _dismissal(operator, **change))
    assert answer.status_code == 400
    preview = browser.post(f"{_new('dismissal')}preview/", _dismissal(operator, **change), headers=HTMX)
    assert preview.status_code == 200
    assert not Order.objects.exists()


def test_a_kind_without_a_form_has_no_page(director: Employee, page: Browser) -> None:
    for kind in ("revocation", "nonsense"):
        assert page(director).get(_new(kind)).status_code == 404


def test_a_senior_manager_is_offered_the_own_team_and_proposes(
    operator: Employee, stranger: Employee, senior: Employee, director: Employee, page: Browser
) -> None:
    browser = page(senior)
    text = browser.get(_new("dismissal")).content.decode()
    assert operator.full_name in text and stranger.full_name not in text
    assert 'name="signed_on"' not in text
    browser.post(_new("dismissal"), {"employee": "operator", "note": "Систематичні запізнення."})
    draft = Order.objects.get()
    assert draft.state == OrderState.PROPOSED
    page_of_director = page(director).get(REGISTER).content.decode()
    assert "Чекають вашого рішення" in page_of_director
    assert page(senior).post(_url(draft, "sign/")).status_code == 403
    assert page(operator).get(_url(draft)).status_code == 404


def test_the_director_signs_or_declines_on_the_page_of_the_proposal(
    operator: Employee, operator2: Employee, senior: Employee, director: Employee, page: Browser
) -> None:
    first, second = (
        actions.propose_order(by=senior, kind="dismissal", employee=person, values={}, note="Заява.")
        for person in (operator, operator2)
    )
    browser = page(director)
    assert "Що зробить наказ" in browser.get(_url(first)).content.decode()
    browser.post(_url(first, "sign/"), {"signed_on": _today()})
    assert Order.objects.get(pk=first.pk).state == OrderState.IN_FORCE
    assert browser.post(_url(second, "decline/"), {"decline-reason": " "}).status_code == 400
    browser.post(_url(second, "decline/"), {"decline-reason": "Не на часі."})
    assert "Не на часі." in page(senior).get(_url(second)).content.decode()
    assert browser.post(_url(second, "sign/"), {"signed_on": _today()}).status_code == 400


def test_the_author_takes_a_proposal_back(operator: Employee, senior: Employee, page: Browser) -> None:
    draft = actions.propose_order(by=senior, kind="dismissal", employee=operator, values={})
    page(senior).post(_url(draft, "withdraw/"))
    assert Order.objects.get(pk=draft.pk).state == OrderState.WITHDRAWN


def test_an_order_is_revoked_on_its_page_after_it_was_said_what_comes_of_it(
    operator: Employee, director: Employee, page: Browser
) -> None:
    order = give_order("dismissal", operator, by=director)
    browser = page(director)
    assert "знову працює" in browser.get(_url(order, "revoke/")).content.decode()
    assert browser.post(_url(order, "revoke/"), {"reason": ""}).status_code == 400
    browser.post(_url(order, "revoke/"), {"reason": "Помилка кадрів."})
    text = browser.get(_url(order)).content.decode()
    assert "Скасовано наказом" in text and "Помилка кадрів." in text
    assert Employee.objects.get(pk=operator.pk).is_active


def test_an_order_that_failed_says_why_and_is_tried_again(
    operator: Employee, senior2: Employee, director: Employee, page: Browser, at: Callable[..., None]
) -> None:
    moment = clock.now() + timedelta(days=1)
    order = actions.issue_order(
        by=director,
        kind="senior_change",
        employee=operator,
        values={"senior": "senior2"},
        effective_at=moment,
    )
    gone = give_order("dismissal", senior2, by=director)
    at(moment)
    actions.give_effect(order.pk)
    browser = page(director)
    text = browser.get(_url(order)).content.decode()
    assert "Наказ не зміг подіяти у свій час" in text
    assert "не зміг подіяти" in browser.get(REGISTER).content.decode()
    assert browser.post(_url(order, "retry/")).status_code == 409
    actions.revoke_order(by=director, order=gone, reason="Помилка.")
    browser.post(_url(order, "retry/"))
    assert Order.objects.get(pk=order.pk).state == OrderState.IN_FORCE


def test_the_paper_is_a_pdf_of_what_was_signed(
    operator: Employee, senior: Employee, director: Employee, page: Browser
) -> None:
    order = give_order("dismissal", operator, by=director)
    answer = page(senior).get(_url(order, "pdf/"))
    assert answer.content.startswith(b"%PDF-")
    assert answer["Cache-Control"] == "no-store"
    assert f"nakaz-{order.number.replace('/', '-')[:4]}" in answer["Content-Disposition"]
    draft = actions.propose_order(
        by=senior, kind="dismissal", employee=make_employee("op9", senior=senior), values={}
    )
    assert page(senior).get(_url(draft, "pdf/")).status_code == 409


class TestRegister:
    """Filters are in the address; statements do not grow with rows."""

    @pytest.fixture
    def three(
        self, operator: Employee, operator2: Employee, senior2: Employee, director: Employee
    ) -> list[Order]:
        return [
            give_order("senior_change", operator, by=director, senior=senior2),
            give_order("dismissal", operator2, by=director),
            actions.issue_order(
                by=director, kind="dismissal", employee=operator, values={},
                effective_at=clock.now() + timedelta(days=3),
            ),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", [3, 2, 1]), ("number=2", [2]), ("number=№ 2/", [2]), ("employee=operator", [3, 1]),
            ("kind=dismissal", [3, 2]), ("state=waiting", [3]), ("state=waiting&employee=operator2", []),
            ("number=%00&state=nonsense&after=x", [3, 2, 1]),
        ],
    )  # fmt: skip
    def test_filters(
        self, three: list[Order], director: Employee, page: Browser, query: str, found: list[int]
    ) -> None:
        answer = page(director).get(f"{REGISTER}?{query}")
        numbers = [int(row.number.split("/")[0]) for row in answer.context["page"].rows]
        assert (answer.status_code, numbers) == (200, found)

    def test_everybody_sees_what_concerns_them(
        self, three: list[Order], operator: Employee, doctor: Employee, page: Browser
    ) -> None:
        text = page(operator).get(REGISTER).content.decode()
        assert three[0].number in text
        assert three[2].number not in text and "Нове" not in text
        assert "Наказів ще немає" in page(doctor).get(REGISTER).content.decode()

    def test_statements_do_not_grow_with_rows(
        self, three: list[Order], director: Employee, page: Browser, django_assert_max_num_queries: Any
    ) -> None:
        browser = page(director)
        browser.get(REGISTER)
        rows = Order.objects.filter(pk=three[0].pk).values().first()
        Order.objects.bulk_create(
            Order(**{**rows, "id": None, "number": f"{number}/2020-К"}) for number in range(100, 160)
        )
        with django_assert_max_num_queries(16):
            answer = browser.get(REGISTER)
        assert len(answer.context["page"].rows) == 50
        more = browser.get(answer.context["next_url"], headers=HTMX)
        assert len(more.context["page"].rows) == 13


class TestOnTheRecord:
    """The personal record shows the orders about the person and begins new ones."""

    def test_the_director_begins_an_order_about_the_person(
        self, operator: Employee, senior2: Employee, director: Employee, page: Browser
    ) -> None:
        order = give_order("senior_change", operator, by=director, senior=senior2)
        browser = page(director)
        text = browser.get("/staff/operator/").content.decode()
        assert order.number in text and "/staff/orders/new/dismissal/?employee=operator" in text
        form = browser.get("/staff/orders/new/dismissal/?employee=operator").context["form"]
        assert form.employee_given == "operator"

    def test_a_person_reads_the_own_orders_and_begins_none(
        self, operator: Employee, senior2: Employee, director: Employee, page: Browser
    ) -> None:
        order = give_order("senior_change", operator, by=director, senior=senior2)
        text = page(operator).get("/staff/operator/").content.decode()
        assert order.number in text and "/staff/orders/new/" not in text


def test_the_administrator_is_told_and_opens_the_account_and_the_appointed_signs_in(
    senior: Employee, director: Employee, admin_: Employee, page: Browser
) -> None:
    values = {"username": "novak", "last_name": "Новак", "first_name": "Іван", "role": "operator"}
    actions.issue_order(by=director, kind="appointment", values={**values, "senior": "senior"})
    (told,) = notices.latest(admin_, clock.now())
    assert told.url == "/staff/novak/" and "Новак Іван" in told.text
    browser = page(admin_)
    assert "/staff/novak/account/" in browser.get(told.url).content.decode()
    secret = "correct-horse-battery"
    for wrong in ({"password": secret, "again": "other"}, {"password": "123", "again": "123"}, {}):
        assert browser.post("/staff/novak/account/", wrong).status_code == 400
    browser.post("/staff/novak/account/", {"password": secret, "again": secret})
    assert page(senior).get("/staff/novak/account/").status_code == 403
    answer = Client().post("/accounts/login/", {"login": "novak", "password": secret})
    assert answer.status_code == 302
