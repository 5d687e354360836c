"""Who has not read stands on the article, on its list of readers and on the list of all; one button reminds them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cases.knowledge import actions
from cases.knowledge.models import ArticleVersion, Reminder
from fregat.lib.models import Notice
from staff.employees.models import Employee
from tests.builders import make_article

pytestmark = pytest.mark.django_db
Pages = Callable[[Employee], Any]


def addresses(version: ArticleVersion) -> list[str]:
    at = f"/knowledge/{version.article_id}/"
    return [at, f"{at}receipts/", "/knowledge/lacking/"]


def test_the_senior_manager_sees_who_has_not_read_and_the_button(
    version: ArticleVersion, operator: Employee, senior: Employee, page: Pages
) -> None:
    for address in addresses(version):
        words = page(senior).get(address).content.decode()
        assert operator.full_name in words and "Нагадати" in words, address
    actions.acknowledge(by=operator, article_id=version.article_id, number=1)
    assert operator.full_name in page(senior).get(addresses(version)[1]).content.decode(), (
        "among those who have"
    )
    assert operator.full_name not in page(senior).get("/knowledge/lacking/").content.decode()


def test_the_director_sees_the_names_without_the_button_and_an_operator_neither(
    version: ArticleVersion, operator: Employee, operator2: Employee, director: Employee, page: Pages
) -> None:
    for address in addresses(version):
        words = page(director).get(address).content.decode()
        assert operator2.full_name in words and "Нагадати" not in words, address
    assert operator2.full_name not in page(operator).get(addresses(version)[0]).content.decode()
    assert page(operator).get("/knowledge/lacking/").status_code == 403


def test_pressing_twice_reminds_once_and_says_when_it_may_be_pressed_again(
    version: ArticleVersion, operator: Employee, senior: Employee, page: Pages
) -> None:
    address = f"/knowledge/{version.article_id}/versions/1/remind/"
    first = page(senior).post(address, headers={"HX-Request": "true"}).content.decode()
    assert "Нагадано 1 людині." in first and f'id="lacking-{version.pk}"' in first
    second = page(senior).post(address, headers={"HX-Request": "true"}).content.decode()
    assert "Нагадувати нікому" in second and "disabled" in second and "знову – з" in second
    assert Reminder.objects.count() == Notice.objects.filter(kind="article_asked").count() == 1


def test_without_scripts_the_button_leads_back_where_it_was_pressed(
    version: ArticleVersion, operator: Employee, senior: Employee, page: Pages
) -> None:
    address = f"/knowledge/{version.article_id}/versions/1/remind/"
    assert page(senior).post(address).headers["Location"] == f"/knowledge/{version.article_id}/receipts/"
    assert page(senior).post(address, {"titled": "1"}).headers["Location"] == "/knowledge/lacking/"


def test_the_list_asks_as_many_statements_however_long_it_is(
    version: ArticleVersion, operator: Employee, head: Employee, project: Any, page: Pages,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    for number in range(5):
        make_article(head, project, title=f"Ще {number}")
    browser = page(head)
    with django_assert_max_num_queries(16):
        assert browser.get("/knowledge/lacking/").content.decode().count(operator.full_name) == 6
