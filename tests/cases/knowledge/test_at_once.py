"""Two sweeps, two superiors, a reminder and a reading: really at once, in transactions of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from cases.knowledge import actions
from cases.knowledge.models import ArticleVersion, Reminder
from fregat.lib import clock
from fregat.lib.models import Notice
from staff.employees.models import Employee
from tests.builders import make_article
from tests.cases.casework.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_sweeps_and_two_superiors_at_once_each_person_has_one_reminder(
    version: ArticleVersion, operator: Employee, operator2: Employee, senior: Employee, head: Employee, project: Any,
    long_shift: Callable[[Employee], None],
) -> None:  # fmt: skip
    for person in (operator, operator2):
        long_shift(person)
    make_article(head, project, title="Друга")
    late = clock.now() + timedelta(hours=settings.FREGAT["READ_HOURS"])
    given = at_once([lambda: actions.remind_late(late)] * 4)
    given.append(actions.remind_late(late))
    assert sum(given) == Reminder.objects.count() == Notice.objects.filter(kind="article_again").count() == 4

    late += timedelta(hours=1)
    press = [lambda by=by: actions.remind(by=by, article_id=version.article_id, number=1, now=late)
             for by in (senior, head, senior, head)]  # fmt: skip
    at_once(press)
    told = Notice.objects.filter(kind="article_asked", employee__in=(operator, operator2))
    assert sorted(told.values_list("employee", flat=True)) == sorted([operator.pk, operator2.pk])


def test_who_reads_it_at_the_moment_of_the_reminder_has_nothing_left_in_the_bell(
    version: ArticleVersion, operator: Employee, senior: Employee
) -> None:
    article = version.article_id
    read = [lambda: actions.acknowledge(by=operator, article_id=article, number=1)]
    at_once([*read, *[lambda: actions.remind(by=senior, article_id=article, number=1)] * 3])
    assert not Notice.objects.filter(employee=operator, read_at=None).exists()
