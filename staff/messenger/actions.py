"""The only writers of the room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import F

from fregat.lib import clock, live
from fregat.lib.db import action
from fregat.lib.db import lock as lock_row
from fregat.lib.errors import Invalid
from fregat.lib.text import fault_in, normalise
from staff.employees.actions.rows import lock
from staff.employees.models import Employee
from staff.messenger import registry
from staff.messenger.labels import FAULT_SENTENCES
from staff.messenger.models import Conversation, Member, Message
from staff.messenger.permissions import check_reachable, check_send, check_write
from staff.messenger.rules import TEXT_MAX


@action
def write_to(
    *,
    by: Employee,
    to: Employee,
    text: str,
    case: str = "",
    token: UUID | None = None,
    now: datetime | None = None,
) -> Message:
    """Write to a colleague: in the conversation of the two, which begins with the first message.

    `case`: the number of a case that it is about, if any. The same `token` twice gives the message that is there.
    Both are locked, so that a pair has one conversation and nobody who is being dismissed is written to.
    Raises NotAllowed, Conflict (dismissed), Invalid (`text`, `to`, `case`).
    """
    check_write(by)
    if by.pk == to.pk:
        raise Invalid.field("to", FAULT_SENTENCES["to_oneself"])
    by, to = lock(by, to)
    now = now or clock.now()
    check_reachable(to)
    return _write(_of_two(by, to, now), by, text, case, token, now)


@action
def send(
    *,
    by: Employee,
    conversation: UUID,
    text: str,
    case: str = "",
    token: UUID | None = None,
    now: datetime | None = None,
) -> Message:
    """Write in a conversation, about this `case` if any.

    Raises NotFound, NotAllowed, Conflict (the other one is gone), Invalid (`text`, `case`).
    """
    seen = lock_row(Conversation.objects.visible_to(by), uuid=conversation)
    now = now or clock.now()
    check_send(by, seen)
    return _write(seen, by, text, case, token, now)


@action
def deliver(*, by: Employee, now: datetime | None = None) -> None:
    """A page of this person's has fetched what was written to them; who wrote it sees so.

    It waits for nobody: a row that somebody holds is being written to, and the news of that has it fetched again,
    or is being read, which delivers it. So the page never waits, and two such rounds never wait for each other.
    """
    rows = Member.objects.visible_to(by).filter(delivered_to__lt=F("conversation__last"))
    found = list(rows.select_related("conversation").select_for_update(of=("self",), skip_locked=True))
    for row in found:
        row.delivered_to = max(row.delivered_to, row.conversation.last_id or 0)
    Member.objects.bulk_update(found, ["delivered_to"])
    talks = {row.conversation_id: row.conversation for row in found}
    for other in Member.objects.filter(conversation__in=talks).exclude(employee=by):
        live.publish(f"employee:{other.employee_id}", "thread", str(talks[other.conversation_id].uuid))


@action
def read(*, by: Employee, conversation: UUID, up_to: int, now: datetime | None = None) -> None:
    """This person has seen the messages up to the key `up_to`; who wrote them sees so. Raises NotFound.

    The row is locked before what is left is counted: a message on its way either is counted here or adds itself
    afterwards.
    """
    mine = lock_row(
        Member.objects.visible_to(by).select_related("conversation"), conversation__uuid=conversation
    )
    up_to = min(up_to, mine.conversation.last_id or 0)
    if mine.read_to >= up_to:
        return
    rest = Message.objects.filter(conversation=mine.conversation, pk__gt=up_to).exclude(by=by)
    mine.read_to, mine.delivered_to, mine.unread = up_to, max(mine.delivered_to, up_to), rest.count()
    mine.save(update_fields=["read_to", "delivered_to", "unread"])
    live.publish(f"employee:{by.pk}", "inbox")
    _tell(mine.conversation, "thread", but=by)


def _of_two(by: Employee, to: Employee, now: datetime) -> Conversation:
    """The conversation of these two, locked; it begins here when there is none."""
    first, second = sorted((by, to), key=lambda one: one.pk)
    rows = Conversation.objects.select_for_update(of=("self",))
    found: Conversation | None = rows.filter(first=first, second=second).first()
    if found is None:
        found = Conversation.objects.create(first=first, second=second, begun_at=now)
        Member.objects.bulk_create(Member(conversation=found, employee=one) for one in (first, second))
    return found


def _write(
    conversation: Conversation, by: Employee, text: str, case: str, token: UUID | None, now: datetime
) -> Message:
    """Write in a conversation whose row is locked."""
    there = Message.objects.filter(by=by, token=token).first() if token else None
    if there is not None:
        return there
    message = Message.objects.create(
        conversation=conversation,
        by=by,
        at=now,
        text=_said(text),
        case_number=_about(by, case, now),
        token=token or uuid4(),
    )
    conversation.last = message
    conversation.save(update_fields=["last"])
    conversation.members.exclude(employee=by).update(unread=F("unread") + 1)
    # Whoever writes here has a page that shows what was written before.
    conversation.members.filter(employee=by).update(delivered_to=message.pk)
    _tell(conversation, "inbox", "thread")
    return message


def _said(text: str) -> str:
    """What is worth keeping of a text. Raises Invalid (`text`)."""
    text = normalise(text)
    fault = FAULT_SENTENCES["text"] if not text else fault_in(text, max_length=TEXT_MAX)
    if fault:
        raise Invalid.field("text", fault)
    return text


def _about(by: Employee, case: str, now: datetime) -> str:
    """The number of a case that the writer may see. Raises Invalid (`case`), the same for one that is not there."""
    number = normalise(case)
    if number and number not in registry.open_cases(by, {number}, now):
        raise Invalid.field("case", FAULT_SENTENCES["case"])
    return number


def _tell(conversation: Conversation, *kinds: str, but: Employee | None = None) -> None:
    """News for the pages of those who take part: `inbox` – counts and lists, `thread` – this conversation."""
    people: Iterable[int] = conversation.members.values_list("employee", flat=True)
    for pk in people:
        if but is None or pk != but.pk:
            for kind in kinds:
                live.publish(f"employee:{pk}", kind, str(conversation.uuid))
