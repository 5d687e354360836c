"""The pages of the room through a real client: the list, a conversation, the form, the bar, the desk, the board."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.datastructures import MultiValueDict

from fregat.lib import clock, drafts
from staff.employees.models import Employee
from staff.messenger import actions, selectors
from staff.messenger.models import Member, Message
from tests.builders import give_order, make_employee

pytestmark = pytest.mark.django_db
Browser = Callable[[Employee], Client]
HTMX = {"HX-Request": "true"}


def text_of(client: Client, address: str, **more: Any) -> str:
    answer = client.get(address, **more)
    assert answer.status_code == 200
    return answer.content.decode()


def at(message: Message, tail: str = "") -> str:
    return f"/messages/{message.conversation.uuid}/{tail}"


def test_the_list_shows_the_newest_first_with_what_is_not_read(
    operator: Employee, operator2: Employee, senior: Employee, page: Browser
) -> None:
    actions.write_to(by=senior, to=operator, text="Перше.")
    actions.write_to(by=operator2, to=operator, text="Друге.")
    actions.write_to(by=operator2, to=operator, text="Третє.")
    text = text_of(page(operator), "/messages/")
    names = re.findall(r'row-link" href="/messages/[^"]+">([^<]+)<', text)
    assert names == ["Зінченко Тарас", "Євтушенко Марко"]
    assert "2 непрочитані" in text
    assert "Третє." in text
    assert "Друге." not in text


def test_an_empty_list_says_what_it_is_for(operator: Employee, page: Browser) -> None:
    assert "Пишіть будь-кому з колег" in text_of(page(operator), "/messages/")
    assert "Вам ще ніхто не писав" in text_of(page(operator), "/")


def test_opened_it_is_read_and_the_bar_counts_no_more(
    operator: Employee, senior: Employee, page: Browser
) -> None:
    sent = actions.write_to(by=senior, to=operator, text="Зайдіть.")
    client = page(operator)
    assert "Повідомлення: 1 непрочитане" in text_of(client, "/staff/me/")
    text = text_of(client, at(sent))
    assert "Зайдіть." in text
    assert "непрочитане" not in text
    assert "прочитано" in text_of(page(senior), at(sent))


def test_a_page_that_is_open_fetches_the_badge_and_that_is_delivery(
    operator: Employee, senior: Employee, page: Browser
) -> None:
    sent = actions.write_to(by=senior, to=operator, text="Зайдіть.")
    client = page(operator)
    assert "load" in re.search(r'id="inbox".*?hx-trigger="([^"]+)"', text_of(client, "/staff/me/"))[1]  # type: ignore[index]
    assert "надіслано" in text_of(page(senior), at(sent))
    badge = text_of(client, "/messages/badge/", headers=HTMX)
    assert "load" not in badge
    assert "Зайдіть" not in badge
    assert "доставлено" in text_of(page(senior), at(sent))


def test_an_open_page_that_nobody_looks_at_reads_nothing(
    operator: Employee, senior: Employee, page: Browser
) -> None:
    sent = actions.write_to(by=senior, to=operator, text="Раз.")
    client = page(operator)
    seen = text_of(client, at(sent, f"?since={sent.pk}&unseen=1"), headers=HTMX)
    assert "data-unseen" in seen
    assert selectors.inbox(operator).unread == 1
    assert "data-unseen" not in text_of(client, at(sent, f"?since={sent.pk}"), headers=HTMX)
    assert selectors.inbox(operator).unread == 0


def test_a_new_message_goes_to_the_colleague_and_opens_the_conversation(
    operator: Employee, senior: Employee, page: Browser
) -> None:
    drafts.save(
        employee_id=operator.pk, form="message", fields=MultiValueDict({"text": ["Чи"]}), now=clock.now()
    )
    client = page(operator)
    assert "Чи</textarea>" in text_of(client, "/messages/new/?to=senior")
    answer = client.post("/messages/new/", {"to": "senior", "text": "Чи можна піти раніше?"}, headers=HTMX)
    sent = Message.objects.get()
    assert answer["HX-Redirect"] == at(sent)
    assert "Чи" not in answer["HX-Redirect"]
    assert drafts.get(operator.pk, "message") == {}
    assert client.post("/messages/new/", {"to": "senior", "text": "Дякую."})["Location"] == at(sent)


@pytest.mark.parametrize("wrong", [{"to": "nobody"}, {"to": "operator"}, {"to": ""}, {"text": " "}])
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    operator: Employee, senior: Employee, page: Browser, wrong: dict[str, str]
) -> None:
    answer = page(operator).post("/messages/new/", {"to": "senior", "text": "Питання."} | wrong, headers=HTMX)
    assert answer.status_code == 400
    assert "field-error" in answer.content.decode()
    assert ("Питання." in answer.content.decode()) == ("text" not in wrong)


def test_a_message_is_sent_in_the_conversation_and_its_draft_forgotten(
    operator: Employee, senior: Employee, page: Browser
) -> None:
    sent = actions.write_to(by=senior, to=operator, text="Зайдіть.")
    draft = f"message-{sent.conversation.uuid}"
    drafts.save(employee_id=operator.pk, form=draft, fields=MultiValueDict({"text": ["Йд"]}), now=clock.now())
    client = page(operator)
    assert "Йд</textarea>" in text_of(client, at(sent))
    answer = client.post(at(sent, "send/"), {"text": "Йду."}, headers=HTMX)
    assert "Йду." in answer.content.decode()
    assert "<textarea" in answer.content.decode()
    assert drafts.get(operator.pk, draft) == {}
    assert client.post(at(sent, "send/"), {"text": "<b>Ось</b>"})["Location"] == at(sent)
    assert "&lt;b&gt;Ось" in text_of(page(senior), at(sent))


def test_an_empty_or_endless_message_stays_in_the_form(
    operator: Employee, senior: Employee, page: Browser
) -> None:
    sent = actions.write_to(by=senior, to=operator, text="Зайдіть.")
    answer = page(operator).post(at(sent, "send/"), {"text": "я" * 4001}, headers=HTMX)
    assert answer.status_code == 400
    assert "Текст задовгий" in answer.content.decode()
    assert "я" * 4001 in answer.content.decode()
    assert Message.objects.count() == 1


def test_with_who_is_dismissed_the_page_stays_and_says_why_nothing_is_sent(
    operator: Employee, operator2: Employee, director: Employee, page: Browser
) -> None:
    sent = actions.write_to(by=operator2, to=operator, text="Бувай.")
    give_order("dismissal", operator2)
    client = page(operator)
    text = text_of(client, at(sent))
    assert "Бувай." in text
    assert "тут більше не працює" in text
    assert "<textarea" not in text
    answer = client.post(at(sent, "send/"), {"text": "Бувай і ти."}, headers=HTMX)
    assert answer.status_code == 409


def test_nobody_else_opens_it_whatever_the_rank(
    operator: Employee, operator2: Employee, senior: Employee, head: Employee, director: Employee,
    admin_: Employee, page: Browser,
) -> None:  # fmt: skip
    sent = actions.write_to(by=operator, to=operator2, text="Між нами.")
    for person in (senior, head, director, admin_):
        client = page(person)
        assert client.get(at(sent)).status_code == 404
        assert client.post(at(sent, "send/"), {"text": "А я?"}).status_code == 404
        for address in ("/", "/messages/", "/messages/panel/", "/messages/badge/"):
            assert "Між нами" not in text_of(client, address)


def test_a_long_conversation_is_paged_backwards(operator: Employee, senior: Employee, page: Browser) -> None:
    first = actions.write_to(by=senior, to=operator, text="№ 0")
    for number in range(1, 120):
        actions.send(by=senior, conversation=first.conversation.uuid, text=f"№ {number}")
    client = page(operator)
    address, seen = at(first), []
    while address:
        text = text_of(client, address, headers=HTMX)
        seen = [int(number) for number in re.findall(r">№ (\d+)<", text)] + seen
        older = re.search(r'hx-get="([^"]+\?before=\d+)"', text)
        address = older[1] if older else ""
    assert seen == list(range(120))
    assert "№ 69<" not in text_of(client, at(first, "?before=nonsense"))


def test_a_long_list_goes_on_where_it_ended(operator: Employee, senior: Employee, page: Browser) -> None:
    for number in range(60):
        person = make_employee(
            f"colleague-{number}", senior=senior, last_name="Колега", first_name=f"№{number}"
        )
        actions.write_to(by=person, to=operator, text="Вітаю.")
    client = page(operator)
    first = text_of(client, "/messages/")
    more = re.search(r'hx-get="(/messages/\?before=\d+)"', first)
    assert more
    rest = text_of(client, more[1], headers=HTMX)
    found = re.findall(r"Колега №(\d+)", first) + re.findall(r"Колега №(\d+)", rest)
    assert [int(number) for number in found] == list(range(59, -1, -1))
    assert "60" in re.search(r'id="inbox".*?</a>', first, re.DOTALL)[0]  # type: ignore[index]


def test_pages_cost_the_same_with_one_message_and_with_many(
    operator: Employee, senior: Employee, on_shift: Any, page: Browser
) -> None:
    on_shift(operator)
    sent = actions.write_to(by=senior, to=operator, text="Раз.")
    client = page(operator)
    addresses = ("/", "/messages/", "/messages/panel/", at(sent))

    def costs() -> list[int]:
        found = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            found.append(len(captured))
        return found

    few = costs()
    for number in range(8):
        person = make_employee(f"colleague-{number}", senior=senior)
        actions.write_to(by=person, to=operator, text="Вітаю.")
        actions.write_to(by=senior, to=operator, text="Ще.")
    assert costs() == few


def test_the_count_is_what_lies_after_what_was_read(
    operator: Employee, senior: Employee, page: Browser
) -> None:
    """The counter that is kept says the same as the messages themselves, whatever came in which order."""
    sent = actions.write_to(by=senior, to=operator, text="1")
    talk = sent.conversation.uuid
    for number in range(12):
        by = operator if number % 3 == 0 else senior
        last = actions.send(by=by, conversation=talk, text=str(number))
        if number % 4 == 0:
            actions.read(by=operator, conversation=talk, up_to=last.pk - 1)
        for row in Member.objects.all():
            later = Message.objects.filter(conversation__uuid=talk, pk__gt=row.read_to)
            assert row.unread == later.exclude(by=row.employee).count()


def test_the_board_shows_the_last_messages_of_its_reader(
    operator: Employee, operator2: Employee, senior: Employee, on_shift: Any, page: Browser
) -> None:
    on_shift(senior, leads=True)
    actions.write_to(by=operator, to=operator2, text="Не для всіх.")
    actions.write_to(by=operator, to=senior, text="Потрібна порада.")
    text = text_of(page(senior), "/board/")
    assert "Потрібна порада." in text
    assert "1 непрочитане" in text
    assert "Не для всіх." not in text
