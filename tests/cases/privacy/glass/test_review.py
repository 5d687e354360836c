"""Broken glass is judged within 72 hours by somebody else; the head has figures (E1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from cases.privacy.actions import remind_of_review, review_glass
from cases.privacy.models import BrokenGlass
from fregat.lib import clock
from fregat.lib.models import Job, Notice
from staff.employees.models import Employee

pytestmark = pytest.mark.django_db
Browser = Callable[[Employee], Client]
Break = Callable[..., BrokenGlass]


def kinds(person: Employee) -> list[str]:
    return list(Notice.objects.filter(employee=person).order_by("id").values_list("kind", flat=True))


def test_the_senior_manager_judges_on_the_page_and_the_breaker_learns_of_it(
    page: Browser, senior2: Employee, breaker: Employee, broken: Break
) -> None:
    row = broken()
    answer = page(senior2).post(f"/privacy/glass/{row.pk}/review/", {"outcome": "justified", "words": ""})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.outcome, row.reviewed_by) == ("justified", senior2)
    assert kinds(breaker) == ["glass_justified"]


def test_without_a_judgement_the_form_says_what_is_missing(
    page: Browser, senior2: Employee, broken: Break
) -> None:
    row = broken()
    answer = page(senior2).post(f"/privacy/glass/{row.pk}/review/", {"outcome": "unjustified", "words": " "})
    assert answer.status_code == 400
    assert "чому це не виправдано" in answer.content.decode()


def test_what_nobody_has_judged_in_72_hours_is_told_to_the_head_once(head: Employee, broken: Break) -> None:
    row = broken()
    job = Job.objects.get(key=f"glass_review:{row.pk}")
    assert job.due_at == row.opened_at + timedelta(hours=72)
    remind_of_review(row.pk, now=job.due_at - timedelta(seconds=1))
    assert kinds(head) == ["glass_broken"]
    remind_of_review(row.pk, now=job.due_at)
    remind_of_review(row.pk, now=job.due_at + timedelta(hours=1))
    assert kinds(head) == ["glass_broken", "glass_overdue"]


def test_what_was_judged_is_not_overdue(head: Employee, senior2: Employee, broken: Break) -> None:
    row = broken()
    review_glass(by=senior2, glass_id=row.pk, outcome="justified")
    remind_of_review(row.pk, now=clock.now() + timedelta(hours=80))
    assert kinds(head) == ["glass_broken"]


def test_the_head_sees_who_broke_how_often(page: Browser, head: Employee, broken: Break) -> None:
    broken()
    broken(number="26-999999")
    (figure,) = page(head).get("/privacy/glass/").context["figures"]
    assert (figure.broken, figure.in_vain, figure.waiting) == (2, 1, 2)


def test_the_list_costs_the_same_for_one_and_for_many(
    page: Browser, head: Employee, broken: Break, django_assert_max_num_queries: Callable[..., object]
) -> None:
    row = broken()
    browser = page(head)
    browser.get("/privacy/glass/")
    for _index in range(30):
        row.pk = None
        row.save(force_insert=True)
    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]
        browser.get("/privacy/glass/")
