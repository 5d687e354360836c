"""The read side: what is not read, the list of conversations, one conversation page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Subquery, Sum, Window
from django.db.models.functions import JSONObject
from django.http import HttpRequest

from fregat.lib.errors import NotFound
from fregat.lib.once import once
from fregat.lib.rights import lets
from staff.employees.models import Employee
from staff.messenger import registry
from staff.messenger.models import Conversation, Member, Message
from staff.messenger.permissions import other_of
from staff.messenger.rules import Mark, Reach, mark_of

NEWEST = 4
"""Conversations in the panel of the desk and of the board."""
LINES = 50
"""Conversations of one page of the list."""
MESSAGES = 50
"""Messages of one page of a conversation."""
MESSAGES_MAX = 300
"""The most that a page which stays open reads again when news come; it begins anew at the last of them."""

_WAITS = Q(delivered_to__lt=F("conversation__last"))


@dataclass(frozen=True)
class Line:
    """A conversation in a list, as one person sees it."""

    conversation: Conversation
    last: Message | None
    title: str
    unread: int
    mine: bool
    """The last message is one's own."""


@dataclass(frozen=True)
class Inbox:
    """What has been written to one person: on the desk, on the board."""

    lines: list[Line]
    unread: int
    undelivered: int
    """Conversations with a message that no page of theirs has fetched yet."""


def inbox(user: Employee) -> Inbox:
    """The newest conversations, and the counts of all; one statement."""
    rows: Any = Member.objects.visible_to(user).newest_first()
    rows = rows.annotate(
        unread_of_all=Window(Sum("unread")), undelivered_of_all=Window(Count("pk", filter=_WAITS))
    )
    found = list(rows[:NEWEST])
    if not found:
        return Inbox([], 0, 0)
    return Inbox(
        [_line(row, user) for row in found], found[0].unread_of_all or 0, found[0].undelivered_of_all
    )


@dataclass(frozen=True)
class Waiting:
    """How much waits for one person: in the bar of every page."""

    unread: int = 0
    undelivered: int = 0


@once
def waiting(user: Employee) -> Waiting:
    """The counts of the inbox; one statement. The frame of a page has them already."""
    return waiting_of(next(iter(_counts(user)), None))


def waiting_of(counts: dict[str, int] | None) -> Waiting:
    """From what `counts_of` gives."""
    return Waiting(**counts) if counts else Waiting()


def counts_of(user: Employee, now: datetime) -> Subquery:
    """The same inside another statement: a JSON object, or null."""
    return Subquery(_counts(user))


def _counts(user: Employee) -> QuerySet[Any, Any]:
    rows = Member.objects.visible_to(user).order_by().values("employee")
    told = JSONObject(unread=Sum("unread"), undelivered=Count("pk", filter=_WAITS))
    return rows.annotate(told=told).values_list("told", flat=True)


def inbox_of_page(request: HttpRequest) -> Waiting | None:
    """What waits for the reader; None for who is not signed in. The frame has read it."""
    user = _reader(request)
    return waiting(user) if user else None


def newest_of_page(request: HttpRequest) -> Inbox | None:
    """The reader's newest conversations, for the panel; one statement."""
    user = _reader(request)
    return inbox(user) if user else None


def _reader(request: HttpRequest) -> Employee | None:
    user = request.user
    return user if user.is_authenticated and lets(user, "message.read") else None


def _line(row: Member, user: Employee) -> Line:
    talk = row.conversation
    last = talk.last
    return Line(
        talk, last, other_of(talk, user).full_name, row.unread, last is not None and last.by_id == user.pk
    )


def conversations(user: Employee, *, before: int | None = None) -> list[Line]:
    """One page of the list and one row more when there are others, the newest first; one statement."""
    rows = Member.objects.visible_to(user).newest_first()
    if before is not None:
        rows = rows.filter(conversation__last__lt=before)
    return [_line(row, user) for row in rows[: LINES + 1]]


def colleagues(user: Employee) -> list[Employee]:
    """To whom one may write; one statement."""
    return list(Employee.objects.employed().exclude(pk=user.pk).by_name())


def get_conversation(user: Employee, uuid: UUID, *, now: datetime) -> Conversation:
    """The one gate to a conversation. Raises NotFound for one in which this person takes no part."""
    rows = Conversation.objects.visible_to(user).select_related("first", "second")
    found: Conversation | None = rows.filter(uuid=uuid).first()
    if found is None:
        raise NotFound()
    return found


@dataclass(frozen=True)
class Said:
    """One message on the page of a conversation; `mark`: how far one's own has come."""

    message: Message
    mine: bool
    mark: Mark | None
    case_url: str
    """Of the case that it is about, when the reader may see it."""


@dataclass(frozen=True)
class Piece:
    """Some messages of a conversation, the oldest first."""

    said: list[Said]
    older: bool
    """There are older ones."""

    @property
    def first_id(self) -> int:
        """Key of the first of them."""
        return self.said[0].message.pk if self.said else 0

    @property
    def last_id(self) -> int:
        """Key of the last of them."""
        return self.said[-1].message.pk if self.said else 0


def piece(
    user: Employee,
    conversation: Conversation,
    *,
    now: datetime,
    before: int | None = None,
    since: int | None = None,
) -> Piece:
    """The last messages; `before`: the last ones before this key; `since`: all from this key on.

    Two statements, and one more when there are cases among them.
    """
    rows = Message.objects.filter(conversation=conversation).select_related("by").order_by("-pk")
    if since is not None:
        found = list(rows.filter(pk__gte=since)[: MESSAGES_MAX + 1])
        older = len(found) > MESSAGES_MAX
        found = found[:MESSAGES_MAX]
    else:
        found = list((rows if before is None else rows.filter(pk__lt=before))[: MESSAGES + 1])
        older = len(found) > MESSAGES
        found = found[:MESSAGES]
    others = _reaches(user, conversation)
    numbers = {row.case_number for row in found if row.case_number}
    cases = registry.open_cases(user, numbers, now)
    return Piece([_said(row, user, others, cases) for row in reversed(found)], older)


def _reaches(user: Employee, conversation: Conversation) -> list[Reach]:
    rows = Member.objects.filter(conversation=conversation).exclude(employee=user)
    return [Reach(*row) for row in rows.values_list("delivered_to", "read_to")]


def _said(row: Message, user: Employee, others: list[Reach], cases: Mapping[str, str]) -> Said:
    mine = row.by_id == user.pk
    mark = mark_of(row.pk, others) if mine else None
    return Said(row, mine, mark, cases.get(row.case_number, ""))
