"""What has changed is told, read and acknowledged; who joins later reads the present ones."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases.knowledge import actions, selectors
from cases.knowledge.models import ArticleVersion, Receipt
from fregat.lib import clock, notices
from fregat.lib.errors import Conflict, NotAllowed, NotFound
from staff.employees.models import Employee
from tests.builders import change_article, grant_project, make_article, make_employee

pytestmark = pytest.mark.django_db


def told(person: Employee) -> list[str]:
    return [line.text for line in notices.not_read(person, clock.now(), 10)]


def test_a_new_article_is_told_to_the_people_of_the_project(
    version: ArticleVersion, operator: Employee, senior: Employee, stranger: Employee, head: Employee
) -> None:
    assert len(told(operator)) == 1 and version.title in told(operator)[0]
    waiters = selectors.lacking_of(head, version, clock.now()).waiters
    assert senior in {one.employee for one in waiters}
    assert told(stranger) == told(head) == []


def test_reading_settles_the_notice_and_nothing_waits(version: ArticleVersion, operator: Employee) -> None:
    actions.acknowledge(by=operator, article_id=version.article_id, number=1)
    assert told(operator) == [] and selectors.waiting(operator) == []


def test_acknowledging_twice_is_once(version: ArticleVersion, operator: Employee) -> None:
    for _time in range(2):
        actions.acknowledge(by=operator, article_id=version.article_id, number=1)
    assert Receipt.objects.count() == 1


def test_a_new_version_asks_anew_and_shows_what_differs_from_what_was_read(
    version: ArticleVersion, operator: Employee, head: Employee
) -> None:
    actions.acknowledge(by=operator, article_id=version.article_id, number=1)
    change_article(head, version, version.body + "\n\nДруге.")
    third = change_article(head, version, version.body + "\n\nТретє.")
    assert [row.number for row in selectors.waiting(operator)] == [3]
    assert len(told(operator)) == 1, "the second version asks no more"
    changes = selectors.changes_of(operator, version.article_id, third.number)
    assert changes.old is not None and changes.old.number == 1
    assert changes.found.added == 1


def test_the_difference_is_read_as_words_and_names(
    version: ArticleVersion, operator: Employee, head: Employee
) -> None:
    change_article(head, version, "Ліміт – **400 євро**.")
    third = change_article(head, version, "Ліміт – **500 євро**.")
    changes = selectors.changes_of(operator, version.article_id, third.number, 2)
    assert [piece.text for row in changes.found.paragraphs for piece in row.pieces if row.kind == "changed"] == [
        "Ліміт – ", "400", "500", " євро.",
    ]  # fmt: skip
    fourth = change_article(head, version, "Ліміт – 500 *євро*.")
    changes = selectors.changes_of(operator, version.article_id, fourth.number, 3)
    assert changes.only_looks and not changes.found.any


def test_a_version_replaced_meanwhile_is_not_acknowledged(
    version: ArticleVersion, operator: Employee, head: Employee
) -> None:
    change_article(head, version, "Інше.")
    with pytest.raises(Conflict):
        actions.acknowledge(by=operator, article_id=version.article_id, number=1)


def test_one_may_read_beforehand_what_holds_later(
    version: ArticleVersion, operator: Employee, head: Employee
) -> None:
    later = clock.local(clock.now()).date() + timedelta(days=5)
    change_article(head, version, "Інше.", since=later)
    actions.acknowledge(by=operator, article_id=version.article_id, number=2)
    assert selectors.waiting(operator) == []


def test_who_joins_the_project_later_reads_the_present_ones(
    version: ArticleVersion, head: Employee, senior2: Employee, project: Any
) -> None:
    change_article(head, version, "Інше.")
    newcomer = make_employee("newcomer", last_name="Новак", first_name="Ігор", senior=senior2)
    assert selectors.waiting(newcomer) == []
    grant_project(newcomer, project)
    assert [row.number for row in selectors.waiting(newcomer)] == [2]


def test_an_article_for_all_insurers_asks_everybody(
    head: Employee, operator: Employee, stranger: Employee
) -> None:
    make_article(head, None, title="Як називати себе")
    assert len(told(operator)) == len(told(stranger)) == 1


def test_a_stranger_to_the_project_acknowledges_nothing(version: ArticleVersion, stranger: Employee) -> None:
    with pytest.raises(NotFound):
        actions.acknowledge(by=stranger, article_id=version.article_id, number=1)


def test_who_only_reads_is_not_asked(
    version: ArticleVersion, head: Employee, client_manager: Employee
) -> None:
    assert selectors.waiting(client_manager) == []
    with pytest.raises(NotAllowed):
        actions.acknowledge(by=client_manager, article_id=version.article_id, number=1)


def test_the_senior_manager_sees_who_of_the_team_has_not_read(
    version: ArticleVersion, senior: Employee, operator: Employee, operator2: Employee, doctor: Employee
) -> None:
    actions.acknowledge(by=operator, article_id=version.article_id, number=1)
    now = clock.now()
    waiters = selectors.lacking_of(senior, version, now).waiters
    assert [one.employee for one in waiters if one.employee != senior] == [operator2]
    assert [(row.employee, row.at <= now) for row in selectors.readers_of(senior, version, now)] == [
        (operator, True)
    ]


def test_the_list_counts_those_who_have_not(
    version: ArticleVersion, senior: Employee, head: Employee, operator: Employee, operator2: Employee
) -> None:
    actions.acknowledge(by=operator, article_id=version.article_id, number=1)
    now = clock.now()
    for user, missing in ((senior, {1, 2}), (head, {2})):
        shelf = selectors.shelf(user, now, clock.local(now).date())
        assert shelf.groups[0][1][0].missing in missing
    assert selectors.shelf(head, now, clock.local(now).date(), state="missing").count == 1
