"""A version of a document is prepared, ordered by the director, replaced, revoked (JD X.2, A4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from fregat.lib import clock, jobs
from fregat.lib.errors import Conflict, Invalid, NotAllowed, Stale
from fregat.lib.models import Notice
from staff.documents import actions, rules
from staff.documents.models import Document, DocumentVersion
from staff.documents.rules import Addressees, Text
from staff.documents.statuses import WAYS, State, may_become
from staff.employees.actions import revoke_order
from staff.employees.models import Employee, Order

pytestmark = pytest.mark.django_db
OPERATORS = Addressees.of(["operator"])


def text(body: str = "1. Перший пункт.", to: Addressees = OPERATORS, **more: Any) -> Text:
    return Text(**{"title": "Посадова інструкція", "body": body, "to": to, **more})


def draft_again(
    by: Employee, version: DocumentVersion, body: str = "1. Новий пункт.", **more: Any
) -> DocumentVersion:
    """The draft of the next version of a document that has none."""
    return actions.save_draft(by=by, document_id=version.document_id, text=text(body, **more))


def order(director: Employee, draft: DocumentVersion, **more: Any) -> Order:
    return actions.order_version(by=director, document_id=draft.document_id, revision=draft.revision, **more)


def state_of(version: DocumentVersion) -> str:
    return str(DocumentVersion.objects.get(pk=version.pk).state)


def test_a_draft_ordered_at_once_is_in_force(director: Employee, operator: Employee) -> None:
    draft = actions.create_document(by=director, kind="job_description", text=text())
    assert (draft.number, draft.state, draft.content_hash) == (1, State.DRAFT, "")
    paper = order(director, draft)
    draft.refresh_from_db()
    assert (draft.state, draft.order) == (State.IN_FORCE, paper)
    assert draft.in_force_at == paper.effective_at
    assert draft.content_hash == rules.fingerprint(draft.title, draft.body)
    assert [fact[1] for fact in paper.wording["clauses"][0]["facts"]] == [
        "Посадова інструкція", "1", "оператор", draft.content_hash,
    ]  # fmt: skip


def test_the_next_version_replaces_the_one_before(director: Employee, version: DocumentVersion) -> None:
    draft = draft_again(director, version)
    assert draft.number == 2
    order(director, draft)
    assert (state_of(version), state_of(draft)) == (State.SUPERSEDED, State.IN_FORCE)
    assert DocumentVersion.objects.get(pk=draft.pk).supersedes == version


def test_a_version_ordered_for_later_waits_for_its_day(
    director: Employee, version: DocumentVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = clock.now() + timedelta(days=14)
    draft = draft_again(director, version)
    order(director, draft, effective_at=moment)
    assert (state_of(version), state_of(draft)) == (State.IN_FORCE, State.ORDERED)
    monkeypatch.setattr(clock, "now", lambda: moment)
    jobs.sweep()
    assert (state_of(version), state_of(draft)) == (State.SUPERSEDED, State.IN_FORCE)


def test_only_the_director_orders_and_the_head_prepares(
    director: Employee, head: Employee, senior: Employee, operator: Employee
) -> None:
    draft = actions.create_document(by=head, kind="rules", text=text())
    for person in (head, senior, operator):
        with pytest.raises(NotAllowed, match="лише директор"):
            order(person, draft)
    for person in (senior, operator):
        with pytest.raises(NotAllowed):
            actions.create_document(by=person, kind="rules", text=text())
    order(director, draft)
    assert state_of(draft) == State.IN_FORCE


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "а" * 201}, "title"),
        ({"title": "два\nрядки"}, "title"),
        ({"body": ""}, "body"),
        ({"body": "нуль \x00"}, "body"),
        ({"body": "дзвінок \x07"}, "body"),
        ({"body": "навпаки \u202e тут"}, "body"),
        ({"body": "навпаки \u2066 тут"}, "body"),
        ({"body": "я" * 100_001}, "body"),
        ({"changes": "я" * 2_001}, "changes"),
        ({"to": Addressees.of(["king"])}, "roles"),
        ({"to": Addressees.of((), ["nowhere"])}, "departments"),
        ({"to": Addressees.of((), (), [2_000_000_001])}, "people"),
    ],
)
def test_a_text_that_cannot_be_is_refused_with_its_field(
    director: Employee, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        actions.create_document(by=director, kind="rules", text=text(**wrong))
    assert list(refused.value.errors) == [field]
    assert not Document.objects.exists()


def test_two_hundred_kilobytes_of_markdown_are_taken(director: Employee, operator: Employee) -> None:
    long = ("- **Пункт** посадової інструкції, який усі знають <b>напам’ять\n" * 3_000)[:100_000].strip()
    assert len(long.encode()) > 170_000
    draft = actions.create_document(by=director, kind="rules", text=text(long))
    order(director, draft)
    assert state_of(draft) == State.IN_FORCE


def test_what_concerns_nobody_can_be_drafted_but_not_ordered(director: Employee) -> None:
    draft = actions.create_document(by=director, kind="rules", text=text(to=Addressees()))
    with pytest.raises(Invalid) as refused:
        order(director, draft)
    assert list(refused.value.errors) == ["roles"]
    assert state_of(draft) == State.DRAFT
    assert not Order.objects.exists()


def test_of_two_people_at_one_draft_neither_loses_their_words(
    director: Employee, head: Employee, version: DocumentVersion
) -> None:
    draft = draft_again(director, version, "1. Слова директора.")
    with pytest.raises(Stale) as refused:
        actions.save_draft(
            by=head, document_id=version.document_id, text=text("1. Слова керівника."), revision=0
        )
    assert "1. Слова керівника." in refused.value.mine.values()
    assert "1. Слова директора." in refused.value.theirs.values()
    saved = actions.save_draft(
        by=head, document_id=version.document_id, text=text("1. Слова керівника."), revision=draft.revision
    )
    assert (saved.body, saved.revision) == ("1. Слова керівника.", 2)


def test_the_director_orders_the_very_draft_that_she_has_read(
    director: Employee, head: Employee, version: DocumentVersion
) -> None:
    read = draft_again(director, version)
    actions.save_draft(
        by=head, document_id=version.document_id, text=text("1. Інше."), revision=read.revision
    )
    with pytest.raises(Stale):
        order(director, read)
    assert state_of(read) == State.DRAFT


def test_a_second_version_does_not_wait_beside_one_that_waits(
    director: Employee, version: DocumentVersion
) -> None:
    moment = clock.now() + timedelta(days=3)
    order(director, draft_again(director, version), effective_at=moment)
    third = draft_again(director, version)
    with pytest.raises(Conflict) as refused:
        order(director, third, effective_at=moment)
    assert refused.value.code == "one_ordered_version"


def test_an_order_revoked_brings_the_version_before_back(
    director: Employee, operator: Employee, version: DocumentVersion
) -> None:
    second = draft_again(director, version)
    paper = order(director, second)
    Notice.objects.all().delete()
    revoke_order(by=director, order=paper, reason="Помилка в тексті.")
    assert (state_of(version), state_of(second)) == (State.IN_FORCE, State.REVOKED)
    third = draft_again(director, version)
    assert third.number == 3
    order(director, third)
    assert DocumentVersion.objects.get(pk=third.pk).supersedes == version


def test_an_order_revoked_before_its_day_ends_its_version(
    director: Employee, version: DocumentVersion
) -> None:
    second = draft_again(director, version)
    paper = order(director, second, effective_at=clock.now() + timedelta(days=3))
    revoke_order(by=director, order=paper, reason="Передумали.")
    assert (state_of(version), state_of(second)) == (State.IN_FORCE, State.REVOKED)
    order(director, draft_again(director, version))


def test_an_earlier_order_is_not_revoked_past_a_later_one(
    director: Employee, version: DocumentVersion
) -> None:
    order(director, draft_again(director, version))
    version.refresh_from_db()
    with pytest.raises(Conflict) as refused:
        revoke_order(by=director, order=version.order, reason="Давня помилка.")
    assert refused.value.code == "later_version"
    assert state_of(version) == State.SUPERSEDED


def test_a_discarded_draft_leaves_the_document_and_an_empty_document_goes(
    director: Employee, version: DocumentVersion
) -> None:
    draft = draft_again(director, version)
    assert actions.discard_draft(by=director, document_id=version.document_id, revision=draft.revision)
    alone = actions.create_document(by=director, kind="rules", text=text())
    assert not actions.discard_draft(by=director, document_id=alone.document_id, revision=1)
    assert list(Document.objects.all()) == [version.document]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"body": "1. Підмінене."}, "version_text_is_final"),
        ({"title": "Інша назва"}, "version_text_is_final"),
        ({"roles": ["doctor"]}, "version_text_is_final"),
        ({"content_hash": "0" * 64}, "version_text_is_final"),
        ({"state": "draft", "content_hash": ""}, "version_text_is_final"),
    ],
)
def test_the_database_keeps_what_was_ordered(
    version: DocumentVersion, change: dict[str, Any], fault: str
) -> None:
    with pytest.raises(IntegrityError, match=fault), transaction.atomic():
        DocumentVersion.objects.filter(pk=version.pk).update(**change)


def test_the_database_deletes_no_ordered_version_and_believes_no_false_fingerprint(
    director: Employee, version: DocumentVersion
) -> None:
    with pytest.raises(IntegrityError, match="version_is_kept"), transaction.atomic():
        DocumentVersion.objects.filter(pk=version.pk).delete()
    draft = draft_again(director, version)
    with pytest.raises(IntegrityError, match="version_fingerprint_is_true"), transaction.atomic():
        DocumentVersion.objects.filter(pk=draft.pk).update(state="ordered", content_hash="0" * 64)


def test_every_state_has_its_row_and_the_end_has_no_way_out() -> None:
    assert set(WAYS) == set(State)
    assert not WAYS[State.REVOKED]
    assert not any(may_become(state, State.DRAFT) for state in State)
    assert not may_become("nonsense", State.IN_FORCE)
