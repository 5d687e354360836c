"""Whoever has not read an article is reminded: once by the clock on shift, at most hourly by a superior (C6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.knowledge import actions, selectors
from cases.knowledge.models import ArticleVersion, Reminder
from fregat.lib import clock, jobs, notices
from fregat.lib.errors import Conflict, NotAllowed, NotFound
from fregat.lib.models import Job, Notice
from staff.employees import actions as staff
from staff.employees.models import Employee, ProjectAssignment
from tests.builders import change_article, make_article, make_employee

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TERM = HOUR * settings.FREGAT["READ_HOURS"]


@pytest.fixture
def later(version: ArticleVersion) -> datetime:
    """When whoever has not read the version is late."""
    assert version.published_at
    return version.published_at + TERM


def reminded(kind: str) -> list[str]:
    rows = Notice.objects.filter(kind=kind).order_by("employee__username")
    return [row.employee.username for row in rows.select_related("employee")]


# --- By the clock ---------------------------------------------------------------------------------------
def test_who_is_on_shift_and_has_not_read_it_in_time_is_reminded_once(
    version: ArticleVersion, later: datetime, operator: Employee, long_shift: Callable[[Employee], None]
) -> None:
    long_shift(operator)
    assert actions.remind_late(later - timedelta(seconds=1)) == 0
    assert actions.remind_late(later) == 1
    assert [actions.remind_late(later + HOUR * hours) for hours in (0, 1, 40)] == [0, 0, 0]
    assert reminded("article_again") == ["operator"]
    assert (
        notices.not_read(operator, later, 1)[0].text
        == f"Нагадування: ви ще не ознайомилися зі статтею «{version.title}»."
    )


def test_who_is_off_shift_is_reminded_when_the_shift_has_begun(
    later: datetime, operator: Employee, long_shift: Callable[[Employee], None]
) -> None:
    assert actions.remind_late(later) == 0
    long_shift(operator)
    assert actions.remind_late(later) == 1


def test_who_has_read_it_and_who_published_it_are_not_reminded(
    version: ArticleVersion, later: datetime, operator: Employee, operator2: Employee, head: Employee,
    long_shift: Callable[[Employee], None],
) -> None:  # fmt: skip
    for person in (operator, operator2, head):
        long_shift(person)
    actions.acknowledge(by=operator, article_id=version.article_id, number=1)
    assert actions.remind_late(later) == 1
    assert reminded("article_again") == ["operator2"]


def test_who_joined_the_project_lately_has_the_same_time_to_read(
    later: datetime, senior2: Employee, project: Any, long_shift: Callable[[Employee], None]
) -> None:
    newcomer = make_employee("newcomer", last_name="Новак", first_name="Ігор", senior=senior2)
    long_shift(newcomer)
    with time_machine.travel(later - HOUR, tick=False):
        staff.assign_project(by=None, employee=newcomer, project="aurora")
    assert actions.remind_late(later) == 0
    assert actions.remind_late(later - HOUR + TERM) == 1


def test_what_was_replaced_or_withdrawn_reminds_nobody(
    version: ArticleVersion, later: datetime, operator: Employee, head: Employee,
    long_shift: Callable[[Employee], None],
) -> None:  # fmt: skip
    long_shift(operator)
    change_article(head, version, "Інше.", now=later - HOUR)
    assert actions.remind_late(later) == 0
    actions.withdraw(by=head, article_id=version.article_id, reason="Скасовано.")
    assert actions.remind_late(later + TERM) == 0


def test_who_left_the_project_is_not_reminded(
    later: datetime, operator: Employee, long_shift: Callable[[Employee], None]
) -> None:
    long_shift(operator)
    staff.unassign_project(by=None, employee=operator, project="aurora")
    assert actions.remind_late(later) == 0


def test_after_a_reminder_of_the_senior_manager_the_clock_waits_an_hour(
    version: ArticleVersion, later: datetime, operator: Employee, senior: Employee,
    long_shift: Callable[[Employee], None],
) -> None:  # fmt: skip
    long_shift(operator)
    actions.remind(by=senior, article_id=version.article_id, number=1, now=later)
    assert actions.remind_late(later + HOUR - timedelta(seconds=1)) == 0
    assert actions.remind_late(later + HOUR) == 1


def test_the_clock_does_it_by_itself(
    later: datetime, operator: Employee, long_shift: Callable[[Employee], None]
) -> None:
    long_shift(operator)
    for hours in (0, 1):
        with time_machine.travel(later + HOUR * hours, tick=False):
            jobs.sweep()
    assert reminded("article_again") == ["operator"]
    assert Job.objects.get(key="articles_remind:0").last_error == ""


def test_the_statements_of_the_clock_do_not_grow(
    version: ArticleVersion, later: datetime, operator: Employee, operator2: Employee, head: Employee, project: Any,
    long_shift: Callable[[Employee], None], django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    long_shift(operator)
    with django_assert_max_num_queries(10):
        assert actions.remind_late(later - HOUR) == 0, "nobody is late: nothing is locked"
    with CaptureQueriesContext(connection) as one:
        assert actions.remind_late(later) == 1
    long_shift(operator2)
    for number in range(3):
        make_article(head, project, title=f"Ще {number}", now=version.published_at)
    with django_assert_max_num_queries(min(len(one), 17)):
        assert actions.remind_late(later) == 2 * 3 + 1


# --- By a superior --------------------------------------------------------------------------------------
def test_each_who_has_not_read_it_gets_one_notice_within_the_hour_however_often_it_is_pressed(
    version: ArticleVersion, operator: Employee, operator2: Employee, senior: Employee, head: Employee
) -> None:
    now = clock.now()
    actions.acknowledge(by=operator2, article_id=version.article_id, number=1)
    told = [
        actions.remind(by=by, article_id=version.article_id, number=1, now=now) for by in (senior, senior)
    ]
    assert told == [1, 0]
    assert (
        notices.not_read(operator, now, 1)[0].text
        == f"{senior.short_name} просить ознайомитися зі статтею «{version.title}»."
    )
    assert actions.remind(by=head, article_id=version.article_id, number=1, now=now) == 1, (
        "the senior manager"
    )
    assert reminded("article_asked") == ["operator", "senior"]
    assert actions.remind(by=senior, article_id=version.article_id, number=1, now=now + HOUR) == 1


def test_a_senior_manager_reminds_their_own_team_alone(
    head: Employee, operator: Employee, stranger: Employee, senior: Employee, senior2: Employee
) -> None:
    article = make_article(head, None, title="Для всіх").article_id
    assert actions.remind(by=senior, article_id=article, number=1) == 1
    assert reminded("article_asked") == ["operator"]


def test_who_reads_it_meanwhile_has_nothing_in_the_bell(
    version: ArticleVersion, operator: Employee, senior: Employee
) -> None:
    actions.remind(by=senior, article_id=version.article_id, number=1)
    actions.acknowledge(by=operator, article_id=version.article_id, number=1)
    assert notices.unread(operator) == 0


def test_an_operator_and_a_stranger_remind_nobody(
    version: ArticleVersion, operator: Employee, director: Employee, senior2: Employee
) -> None:
    for by in (operator, director):
        with pytest.raises(NotAllowed):
            actions.remind(by=by, article_id=version.article_id, number=1)
    with pytest.raises(NotFound):
        actions.remind(by=senior2, article_id=version.article_id, number=1)


def test_of_a_version_that_was_replaced_nobody_is_reminded(
    version: ArticleVersion, operator: Employee, senior: Employee, head: Employee
) -> None:
    change_article(head, version, "Інше.")
    with pytest.raises(Conflict):
        actions.remind(by=senior, article_id=version.article_id, number=1)
    assert reminded("article_asked") == []


def test_the_database_keeps_the_hour_and_the_once(version: ArticleVersion, operator: Employee) -> None:
    now = clock.now()
    row = {"version": version, "employee": operator}
    Reminder.objects.create(**row, at=now, quiet_until=now + HOUR)
    for name, at, by in (
        ("article_reminded_hourly", now + HOUR / 2, operator), ("article_clock_reminds_once", now + 2 * HOUR, None),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Reminder.objects.create(**row, at=at, quiet_until=at + HOUR, by=by)


# --- The lists ------------------------------------------------------------------------------------------
def test_who_has_not_read_stands_by_the_alphabet_with_since_when(
    version: ArticleVersion, operator: Employee, operator2: Employee, senior: Employee, head: Employee
) -> None:
    last = make_employee(
        "last", last_name="Ґудзь", first_name="Ада", senior=senior, projects=[version.article.insurer]
    )
    assert version.published_at
    ProjectAssignment.objects.filter(employee=last).update(since=version.published_at + HOUR)
    found = selectors.lacking(head, clock.now())
    assert [row.version for row in found] == [version]
    people = [one.employee for one in found[0].waiters]
    assert people == sorted(people, key=lambda one: one.name_key) and {operator, operator2, senior, last} == {
        *people
    }
    since = {one.employee: one.since for one in found[0].waiters}
    assert since[operator] == version.published_at
    assert since[last] == version.published_at + HOUR, "joined later"


def test_a_senior_manager_sees_their_team_and_when_it_may_be_reminded_again(
    version: ArticleVersion, operator: Employee, stranger: Employee, senior: Employee, senior2: Employee
) -> None:
    now = clock.now()
    actions.remind(by=senior, article_id=version.article_id, number=1, now=now)
    (row,) = selectors.lacking(senior, now)
    assert operator in {one.employee for one in row.waiters}
    assert not row.due and row.rest_until == now + HOUR
    assert selectors.lacking(senior2, now) == []
