"""Messages one to one: who writes to whom, what is kept, and how far a message has come (D5)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid, NotFound
from staff.employees.models import Employee
from staff.messenger import actions, selectors
from staff.messenger.models import Conversation, Member, Message
from staff.messenger.rules import TEXT_MAX, Mark, Reach, mark_of
from tests.builders import give_order

pytestmark = pytest.mark.django_db


def marks(user: Employee, message: Message) -> list[Mark | None]:
    return [one.mark for one in selectors.piece(user, message.conversation, now=clock.now()).said]


def test_a_pair_has_one_conversation_whoever_writes_first(operator: Employee, senior: Employee) -> None:
    first = actions.write_to(by=operator, to=senior, text="Доброго ранку.")
    answer = actions.write_to(by=senior, to=operator, text="Доброго.")
    assert first.conversation == answer.conversation
    assert Conversation.objects.count() == 1
    assert Member.objects.count() == 2


def test_off_shift_and_across_projects_everybody_writes_to_everybody(
    operator: Employee, stranger: Employee, director: Employee, admin_: Employee
) -> None:
    for person in (stranger, director, admin_):
        actions.write_to(by=operator, to=person, text="Питання.")
        assert selectors.inbox(person).unread == 1


def test_a_message_comes_is_delivered_and_read(operator: Employee, senior: Employee) -> None:
    sent = actions.write_to(by=operator, to=senior, text="Лікар їде.")
    talk = sent.conversation.uuid
    assert marks(operator, sent) == [Mark.SENT]
    assert (selectors.inbox(senior).unread, selectors.inbox(senior).undelivered) == (1, 1)
    actions.deliver(by=senior)
    assert marks(operator, sent) == [Mark.DELIVERED]
    assert (selectors.inbox(senior).unread, selectors.inbox(senior).undelivered) == (1, 0)
    actions.read(by=senior, conversation=talk, up_to=sent.pk)
    assert marks(operator, sent) == [Mark.READ]
    assert selectors.inbox(senior).unread == 0
    assert selectors.inbox(operator).unread == 0


def test_what_came_after_the_page_was_drawn_is_not_read(operator: Employee, senior: Employee) -> None:
    seen = actions.write_to(by=operator, to=senior, text="Раз.")
    actions.write_to(by=operator, to=senior, text="Два.")
    actions.read(by=senior, conversation=seen.conversation.uuid, up_to=seen.pk)
    assert selectors.inbox(senior).unread == 1
    assert marks(operator, seen) == [Mark.READ, Mark.SENT]
    actions.read(by=senior, conversation=seen.conversation.uuid, up_to=10**15)
    actions.read(by=senior, conversation=seen.conversation.uuid, up_to=seen.pk)  # an older page is late
    assert selectors.inbox(senior).unread == 0


def test_sent_twice_it_is_written_once(operator: Employee, senior: Employee) -> None:
    token = uuid4()
    first = actions.write_to(by=operator, to=senior, text="Раз.", token=token)
    again = actions.send(by=operator, conversation=first.conversation.uuid, text="Раз.", token=token)
    assert again == first
    assert selectors.inbox(senior).unread == 1


def test_to_who_no_longer_works_here_nobody_writes_and_what_was_written_stays(
    operator: Employee, operator2: Employee, director: Employee
) -> None:
    sent = actions.write_to(by=operator, to=operator2, text="Побачимось.")
    give_order("dismissal", operator2)
    operator2.refresh_from_db()
    for write in (
        lambda: actions.send(by=operator, conversation=sent.conversation.uuid, text="Де ти?"),
        lambda: actions.write_to(by=operator, to=operator2, text="Де ти?"),
    ):
        with pytest.raises(Conflict, match="більше не працює"):
            write()
    assert [
        one.message.text for one in selectors.piece(operator, sent.conversation, now=clock.now()).said
    ] == ["Побачимось."]
    assert operator2 not in selectors.colleagues(operator)
    with pytest.raises(NotFound):
        actions.send(by=operator2, conversation=sent.conversation.uuid, text="Я ще тут.")


@pytest.mark.parametrize("text", ["", "  \n ", "а\x00б", "я" * (TEXT_MAX + 1)])
def test_what_cannot_be_kept_is_refused_with_a_sentence(
    operator: Employee, senior: Employee, text: str
) -> None:
    with pytest.raises(Invalid) as refused:
        actions.write_to(by=operator, to=senior, text=text)
    assert refused.value.errors["text"]
    assert not Conversation.objects.exists()


def test_nobody_writes_to_themselves(operator: Employee) -> None:
    with pytest.raises(Invalid) as refused:
        actions.write_to(by=operator, to=operator, text="Не забути.")
    assert "Виберіть колегу" in str(refused.value.errors["to"][0])


def test_a_third_person_has_no_part_in_it(operator: Employee, senior: Employee, head: Employee) -> None:
    talk = actions.write_to(by=operator, to=senior, text="Між нами.").conversation.uuid
    for call in (
        lambda: actions.send(by=head, conversation=talk, text="А я?"),
        lambda: actions.read(by=head, conversation=talk, up_to=1),
    ):
        with pytest.raises(NotFound):
            call()
    assert selectors.inbox(head).lines == []


def test_a_sent_message_is_altered_by_nobody(operator: Employee, senior: Employee) -> None:
    sent = actions.write_to(by=operator, to=senior, text="Слово.")
    actions.write_to(by=operator, to=senior, text="Ще слово.")
    for change in (lambda: Message.objects.update(text="Інше."), lambda: sent.delete()):
        with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
            change()


def test_a_group_has_read_when_all_have() -> None:
    assert mark_of(5, [Reach(5, 5), Reach(5, 4)]) == Mark.DELIVERED
    assert mark_of(5, [Reach(5, 5), Reach(4, 4)]) == Mark.SENT
    assert mark_of(5, [Reach(9, 7), Reach(5, 5)]) == Mark.READ
    assert mark_of(5, []) == Mark.SENT


def test_news_carry_ids_alone_and_go_to_the_two(
    operator: Employee, senior: Employee, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    told: list[tuple[str, str]] = []
    monkeypatch.setattr("fregat.lib.live._send", told.extend)
    with django_capture_on_commit_callbacks(execute=True):
        talk = actions.write_to(by=operator, to=senior, text="Діагноз такий.").conversation
    assert {channel for channel, _message in told} == {f"employee:{operator.pk}", f"employee:{senior.pk}"}
    assert {message for _channel, message in told} == {
        f'{{"kind": "{kind}", "id": "{talk.uuid}"}}' for kind in ("inbox", "thread")
    }
