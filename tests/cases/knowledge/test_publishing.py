"""A draft, published from a day on; what was published stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cases.knowledge import actions, selectors
from cases.knowledge.models import ArticleVersion
from cases.knowledge.rules import Text
from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from fregat.lib.models import Notice
from staff.employees.models import Employee
from tests.builders import change_article, make_article

pytestmark = pytest.mark.django_db
BODY = "Ліміт на ліки – 700 євро."


@contextmanager
def refused(field: str) -> Iterator[None]:
    with pytest.raises(Invalid) as refusal:
        yield
    assert set(refusal.value.errors) == {field}


def today() -> date:
    return clock.local(clock.now()).date()


def shown(user: Employee, version: ArticleVersion, day: date) -> int:
    return selectors.article_page(user, version.article_id, day).version.number


def test_a_draft_is_read_by_those_who_write_and_by_nobody_else(
    head: Employee, operator: Employee, senior: Employee, project: Any
) -> None:
    draft = make_article(head, project, published=False)
    with pytest.raises(NotFound):
        selectors.get_article(operator, draft.article_id)
    assert selectors.get_article(senior, draft.article_id) == draft.article


def test_a_slip_in_the_year_is_asked_about(head: Employee, project: Any) -> None:
    """A version far ahead would forbid every nearer day for good."""
    draft = make_article(head, project, published=False)
    day = today() + timedelta(days=2 * 366 + 1)
    with refused("since"):
        actions.publish(by=head, article_id=draft.article_id, revision=draft.revision, since=day)
    actions.publish(
        by=head, article_id=draft.article_id, revision=draft.revision, since=day - timedelta(days=1)
    )


def test_the_version_before_holds_until_the_day_of_the_next(
    head: Employee, operator: Employee, version: ArticleVersion
) -> None:
    later = today() + timedelta(days=5)
    change_article(head, version, BODY, since=later)
    assert shown(operator, version, today()) == 1
    assert shown(operator, version, later - timedelta(days=1)) == 1
    assert shown(operator, version, later) == 2


def test_a_correction_of_the_same_day_replaces_at_once(
    head: Employee, operator: Employee, version: ArticleVersion
) -> None:
    change_article(head, version, BODY)
    assert shown(operator, version, today()) == 2


def test_nothing_holds_from_yesterday(head: Employee, project: Any) -> None:
    draft = make_article(head, project, published=False)
    with refused("since"):
        actions.publish(by=head, article_id=draft.article_id, revision=1, since=today() - timedelta(days=1))


def test_the_next_does_not_hold_before_the_one_published_last(
    head: Employee, version: ArticleVersion
) -> None:
    change_article(head, version, BODY, since=today() + timedelta(days=5))
    with refused("since"):
        change_article(head, version, BODY + " Більше.", since=today() + timedelta(days=4))


def test_the_same_text_is_not_published_again(head: Employee, version: ArticleVersion) -> None:
    with refused("since"):
        change_article(head, version, version.body)


def test_a_draft_changed_meanwhile_is_not_published_unread(
    head: Employee, senior: Employee, project: Any
) -> None:
    draft = make_article(head, project, published=False)
    actions.save_draft(by=senior, article_id=draft.article_id, text=Text("Інше", "Інше."), revision=1)
    with pytest.raises(Stale):
        actions.publish(by=head, article_id=draft.article_id, revision=1)


def test_two_people_do_not_overwrite_one_draft(head: Employee, senior: Employee, project: Any) -> None:
    draft = make_article(head, project, published=False)
    actions.save_draft(by=senior, article_id=draft.article_id, text=Text("Моє", "Моє."), revision=1)
    with pytest.raises(Stale) as stale:
        actions.save_draft(by=head, article_id=draft.article_id, text=Text("Наше", "Наше."), revision=1)
    assert "Моє." in stale.value.theirs.values() and "Наше." in stale.value.mine.values()


def test_a_senior_manager_proposes_and_the_head_is_told(
    head: Employee, senior: Employee, project: Any
) -> None:
    make_article(senior, project, published=False)
    assert Notice.objects.filter(employee=head, kind="article_proposed").count() == 1


def test_a_senior_manager_does_not_publish(head: Employee, senior: Employee, project: Any) -> None:
    draft = make_article(senior, project, published=False)
    with pytest.raises(NotAllowed):
        actions.publish(by=senior, article_id=draft.article_id, revision=1)


@pytest.mark.parametrize("where", ["other_project", None])
def test_a_senior_manager_writes_for_the_own_project_only(
    request: pytest.FixtureRequest, senior: Employee, where: str | None
) -> None:
    insurer = request.getfixturevalue(where) if where else None
    with pytest.raises(NotAllowed):
        make_article(senior, insurer, published=False)


def test_a_programme_of_another_insurer_is_refused(head: Employee, project: Any) -> None:
    with refused("programmes"):
        make_article(head, project, programmes=["nowhere"])


def test_what_is_published_is_not_rewritten_even_by_the_database(version: ArticleVersion) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ArticleVersion.objects.filter(pk=version.pk).update(body="Інше.")
    with pytest.raises(IntegrityError), transaction.atomic():
        ArticleVersion.objects.filter(pk=version.pk).delete()


def test_two_versions_never_hold_on_one_day(head: Employee, version: ArticleVersion) -> None:
    with pytest.raises(IntegrityError, match="one_article_version_holds"), transaction.atomic():
        ArticleVersion.objects.create(
            article=version.article, number=2, title="Інше", body="Інше.", created_at=version.created_at,
            edited_at=version.created_at, published_at=version.published_at, published_by=head,
            since=today() + timedelta(days=3),
        )  # fmt: skip


def test_a_withdrawn_article_is_read_and_found_no_more(
    head: Employee, operator: Employee, version: ArticleVersion
) -> None:
    change_article(head, version, BODY, since=today() + timedelta(days=5))
    actions.withdraw(by=head, article_id=version.article_id, reason="Страховик скасував.")
    assert selectors.find(operator, "франшиза", today()) == []
    assert selectors.waiting(operator) == []
    assert shown(operator, version, today() + timedelta(days=9)) in {1, 2}, "it stays to be read"
    with pytest.raises(Conflict):
        actions.save_draft(by=head, article_id=version.article_id, text=Text("Ще", "Ще."))


def test_an_article_never_published_goes_with_its_draft(head: Employee, project: Any) -> None:
    draft = make_article(head, project, published=False)
    assert actions.discard_draft(by=head, article_id=draft.article_id, revision=1) is False
    assert not ArticleVersion.objects.exists()


def test_of_two_who_publish_one_draft_the_second_finds_none(head: Employee, project: Any) -> None:
    draft = make_article(head, project)
    with pytest.raises(Conflict):
        actions.publish(by=head, article_id=draft.article_id, revision=1)


def test_a_day_that_was_refused_leaves_the_dialog_open_with_its_sentence(
    head: Employee, project: Any, page: Any
) -> None:
    draft = make_article(head, project, published=False)
    answer = page(head).post(
        f"/knowledge/{draft.article_id}/publish/", {"since": "01.01.2020", "revision": 1}
    )
    html = answer.content.decode()
    assert answer.status_code == 400
    assert 'id="publish"' in html and "01.01.2020" in html and "від сьогодні або пізніше" in html
