"""May this person? Each `check_…` raises with a sentence, `why_not` wraps it."""

from __future__ import annotations

from fregat.lib import rights
from fregat.lib.errors import Conflict, DomainError, NotAllowed, Sentence
from fregat.lib.rights import Scope
from staff.employees.models import Employee
from staff.messenger.labels import FAULT_SENTENCES
from staff.messenger.models import Conversation


def check_write(by: Employee) -> None:
    """Whoever may sign in writes messages. Raises NotAllowed."""
    if not by.is_active or Scope.OWN not in rights.scopes(by.role, "message.write"):
        raise NotAllowed()


def check_reachable(to: Employee) -> None:
    """Nobody writes to who no longer works here. Raises Conflict."""
    if not to.is_active:
        raise Conflict(FAULT_SENTENCES["gone"] % {"name": to.full_name}, code="gone")


def other_of(conversation: Conversation, by: Employee) -> Employee:
    """The other one of the two."""
    return conversation.second if conversation.first_id == by.pk else conversation.first


def check_send(by: Employee, conversation: Conversation) -> None:
    """May this person write here now? Raises NotAllowed, Conflict."""
    check_write(by)
    check_reachable(other_of(conversation, by))


def why_not_send(by: Employee, conversation: Conversation) -> Sentence:
    """The sentence of the refusal, or an empty string when nothing stands in the way."""
    try:
        check_send(by, conversation)
    except DomainError as refused:
        return refused.sentence
    return ""
