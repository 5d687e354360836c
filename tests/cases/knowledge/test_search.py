"""Articles are found by any form of a word, in either keyboard layout, and never out of reach."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from cases.knowledge import selectors
from cases.knowledge.models import ArticleVersion
from fregat.lib import clock
from staff.employees.models import Employee
from tests.builders import change_article, make_article
from tests.cast import make_person, make_policy

pytestmark = pytest.mark.django_db

BODY = """## Коли потрібна згода

Репатріація лікарнею **не** починається без згоди страховика, п. 4.2.3 Правил.

- Сп’яніння потерпілого – виняток.
- <b>Рахунки</b> надсилають за [адресою](https://example.org/).
"""


@pytest.fixture
def article(head: Employee, operator: Employee, project: Any) -> ArticleVersion:
    made: ArticleVersion = make_article(
        head, project, title="Репатріація", body=BODY, clauses=["п. 4.2.3 Правил"]
    )
    return made


def today() -> date:
    return clock.local(clock.now()).date()


def found(user: Employee, text: str, **filters: str) -> list[str]:
    return [one.version.title for one in selectors.find(user, text, today(), **filters)]


@pytest.mark.parametrize(
    "text",
    [
        "репатріацією", "репатріації лікарень", "виняток", "винятку", "сп'янінням", "4.2.3", "рахунок", "РАХУНКІВ",
        "htgfnhsfws]", "репатр", "згоди репатріація",
    ],
)  # fmt: skip
def test_any_form_of_a_word_finds_it(article: ArticleVersion, operator: Employee, text: str) -> None:
    assert found(operator, text) == ["Репатріація"]


@pytest.mark.parametrize("text", ["франшиза", "репатріація франшиза", "!?", "", "' | 'а", "4.2.4"])
def test_what_is_not_there_is_not_found(article: ArticleVersion, operator: Employee, text: str) -> None:
    assert found(operator, text) == []


def test_the_snippet_marks_the_word_and_escapes_everything_else(
    article: ArticleVersion, operator: Employee, page: Any
) -> None:
    html = page(operator).post("/knowledge/search/", {"q": "рахунок"}).content.decode()
    assert "<mark>Рахунки</mark>" in html
    assert "<b>" not in html and "&lt;b" in html and "example.org" not in html


def test_the_lines_of_a_table_stay_out_of_the_snippet(
    head: Employee, operator: Employee, project: Any
) -> None:
    make_article(
        head, project, body="| Строк | Ставка |\n|:---|---:|\n| До 7 днів | 0,55 € |\n\n---\n\nКінець."
    )
    [one] = selectors.find(operator, "ставка", today())
    assert "".join(bit.text for bit in one.snippet) == "Строк Ставка До 7 днів 0,55 € Кінець."


def test_a_title_counts_more_than_a_text(
    article: ArticleVersion, head: Employee, operator: Employee, project: Any
) -> None:
    make_article(head, project, title="Зовсім інше", body="Тут згадано репатріацію.")
    assert found(operator, "репатріація") == ["Репатріація", "Зовсім інше"]


def test_only_what_holds_today_is_found(article: ArticleVersion, head: Employee, operator: Employee) -> None:
    change_article(head, article, "Про дельфінів.", since=today() + timedelta(days=2))
    assert found(operator, "дельфін") == []
    change_article(head, article, "Про китів.", since=today() + timedelta(days=2))
    assert found(operator, "згода") == ["Репатріація"]


def test_nothing_of_another_project_is_found(article: ArticleVersion, stranger: Employee, page: Any) -> None:
    assert found(stranger, "репатріація") == []
    assert "Репатріація" not in page(stranger).post("/search/", {"q": "репатріація"}).content.decode()


def test_the_global_search_finds_it_too(article: ArticleVersion, operator: Employee, page: Any) -> None:
    html = page(operator).post("/search/", {"q": "репатріацією"}).content.decode()
    assert f"/knowledge/{article.article_id}/" in html


def test_filters_narrow_the_search(article: ArticleVersion, operator: Employee, project: Any) -> None:
    assert found(operator, "репатріація", kind="rules", insurer=project.code) == ["Репатріація"]
    assert found(operator, "репатріація", kind="tariff") == []


def test_the_filter_by_programme_keeps_what_is_for_everybody(
    head: Employee, operator: Employee, project: Any
) -> None:
    make_policy(project, make_person())  # by its programme `standard`
    make_article(head, None, title="Для всіх", body="Репатріація завжди за згодою.")
    make_article(head, project, title="Для однієї", body="Репатріація.", programmes=["standard"])
    programme = f"{project.code}.standard"
    assert sorted(found(operator, "репатріація", programme=programme)) == ["Для всіх", "Для однієї"]
    assert found(operator, "репатріація", programme=f"{project.code}.premium") == ["Для всіх"]


def test_what_was_indexed_before_is_found_by_more_forms(
    head: Employee, operator: Employee, project: Any
) -> None:
    article = make_article(head, project, title="Ліміти")
    ArticleVersion.objects.filter(pk=article.pk).update(words=None)
    assert found(operator, "ліміту") == []
    import_module("cases.knowledge.migrations.0005_alternations").INDEX_ANEW(apps, None)
    assert found(operator, "ліміту") == ["Ліміти"]


@pytest.mark.parametrize(
    "typed", ["ліки в Єгипті", "ліки та лікар з Єгипту", "ліки й лікар із Єгипту", "про ліки"]
)
def test_a_little_word_hides_nothing(head: Employee, operator: Employee, project: Any, typed: str) -> None:
    make_article(head, project, title="Правила", body="Ліки і лікар у Єгипті.")
    assert found(operator, typed) == ["Правила"]


@pytest.mark.parametrize(
    ("stands", "typed"),
    [
        ("Поліс діє 14 днів.", "дні"), ("Перші три дні не покрито.", "день"), ("Лише вдень і на день.", "дні"),
        ("Після походу в гори.", "похід"), ("Швидка вночі.", "вночі"), ("Кінь скинув верхи.", "коня"),
        ("Не більше двох ліжок.", "два ліжка"), ("Строком на рік.", "роком"), ("Затримка вильоту.", "виліт"),
    ],
)  # fmt: skip
def test_what_changes_inside_a_word_hides_nothing(
    head: Employee, operator: Employee, project: Any, stands: str, typed: str
) -> None:
    make_article(head, project, title="Правила", body=stands)
    assert found(operator, typed) == ["Правила"]


def test_an_article_names_its_language_on_a_page_in_english(
    operator: Employee, head: Employee, project: Any, page: Any
) -> None:
    """Read aloud as English otherwise."""
    made = make_article(head, project)
    browser = page(operator)
    browser.cookies["django_language"] = "en"
    assert 'prose" lang="uk"' in browser.get(f"/knowledge/{made.article_id}/").content.decode()
