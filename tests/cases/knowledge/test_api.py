"""Reading through the REST API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from cases.knowledge.models import ArticleVersion
from staff.employees.models import Employee
from tests.builders import change_article

pytestmark = pytest.mark.django_db


def test_a_project_reads_its_articles_and_nobody_elses(
    version: ArticleVersion, operator: Employee, stranger: Employee, api: Callable[..., APIClient]
) -> None:
    assert [one["title"] for one in api(operator).get("/api/v1/articles/").json()["results"]] == [
        version.title
    ]
    assert api(stranger).get("/api/v1/articles/").json()["results"] == []
    assert api(stranger).get(f"/api/v1/articles/{version.article_id}/").status_code == 404


def test_one_article_comes_with_the_text_that_holds(
    version: ArticleVersion, head: Employee, operator: Employee, api: Callable[..., APIClient]
) -> None:
    change_article(head, version, "Новий текст.")
    found = api(operator).get(f"/api/v1/articles/{version.article_id}/").json()
    assert (found["version"], found["body"], found["changes"]) == (2, "Новий текст.", "Інший ліміт.")


def test_it_is_searched_by_any_form_of_a_word(
    version: ArticleVersion, operator: Employee, api: Callable[..., APIClient]
) -> None:
    found: Any = api(operator).post("/api/v1/articles/search/", {"q": "вартістю"}, format="json").json()
    assert "**вартості**" in found["results"][0]["snippet"]
