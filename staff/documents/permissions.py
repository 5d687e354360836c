"""May this person? `check_…` raises with a sentence, `can_…` answers. `by=None` is the program itself.

What a person may not see is asked before, by `visible_to`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fregat.lib import rights
from fregat.lib.errors import DomainError, NotAllowed, Sentence, Way
from fregat.lib.once import once
from fregat.lib.rights import Role, Scope
from staff.documents import registry
from staff.documents.models import Decision, DocumentVersion
from staff.documents.querysets import concerned_by
from staff.documents.rules import Addressees, DecisionKind
from staff.employees import selectors as employees
from staff.employees.models import Employee

_REFUSALS: dict[str, Sentence] = {
    "document.write": _("Documents are prepared by the head of the contact centre or the director."),
    "document.order": _("Only the director brings a document into force."),
    "document.signatures": _("Signatures are seen by the head of the contact centre and the director."),
    "decision.publish": _("Decisions are published by the head, notices by senior managers."),
}


def check_role(by: Employee | None, action: str) -> None:
    """May this role do the action at all? Raises NotAllowed."""
    if by is not None and not (by.is_active and rights.lets(by, action)):
        raise NotAllowed(_REFUSALS.get(action))


def check_sign(by: Employee, version: DocumentVersion) -> None:
    """Whom a version concerns signs it. Raises NotAllowed for whoever only reads it."""
    check_role(by, "document.sign")
    if not concerned_by(version).filter(pk=by.pk).exists():
        raise NotAllowed(_("This version does not concern you: your signature is not needed."))


def check_acknowledge(by: Employee, decision: Decision) -> None:
    """Whom a decision concerns acknowledges it. Raises NotAllowed for whoever only reads it."""
    check_role(by, "decision.acknowledge")
    if decision.published_by_id == by.pk or not concerned_by(decision).filter(pk=by.pk).exists():
        raise NotAllowed(_("This does not concern you: your acknowledgement is not needed."))


def check_publish(by: Employee, kind: str, to: Addressees, now: datetime) -> None:
    """The head decides for the whole centre; a senior manager tells people of their own team. Raises NotAllowed."""
    check_role(by, "decision.publish")
    if Scope.CENTRE in rights.scopes_of(by, "decision.publish"):
        return
    if kind != DecisionKind.NOTICE:
        raise NotAllowed(_("Decisions are published by the head, notices by senior managers."))
    if to.wide or not set(to.people) <= employees.team_ids(by, now):
        raise NotAllowed(_("A senior manager's notice goes to people of their own team only."))


def check_withdraw(by: Employee, decision: Decision) -> None:
    """Whoever published it withdraws it, and so does the head. Raises NotAllowed."""
    check_role(by, "decision.publish")
    if decision.published_by_id != by.pk and by.role != Role.HEAD:
        raise NotAllowed(_("It is withdrawn by whoever published it, or by the head."))


def check_receipts(by: Employee, decision: Decision) -> None:
    """Who has acknowledged is seen by whoever published it, the head and the director. Raises NotAllowed."""
    if decision.published_by_id != by.pk and Scope.CENTRE not in rights.scopes_of(by, "decision.read"):
        raise NotAllowed(
            _("Acknowledgements are seen by whoever published it, by the head and the director.")
        )


def check_signed(user: Employee, act: str, now: datetime) -> None:
    """The door that rooms above ask: has the person signed all that they had to by `now` (A4)?

    `act` is one that `registry.door` named. Raises NotAllowed with the way to the documents. One query, none
    when the centre has not chosen this door.
    """
    if not registry.is_closed(act):
        return
    first = first_unsigned(user, now)
    if first is None:
        return
    sentence = _(
        "You have not signed “%(title)s” (version %(number)s) in time. Sign it, and go on with your work."
    )
    raise NotAllowed(
        sentence % {"title": first.title, "number": first.number},
        code="unsigned",
        way=Way(reverse("documents:documents"), _("Sign the documents")),
    )


@once
def first_unsigned(user: Employee, now: datetime) -> DocumentVersion | None:
    """What the person should have signed by `now`, the oldest of it."""
    return unsigned_in_time(user, now).first()


def unsigned_in_time(user: Employee, now: datetime) -> QuerySet[DocumentVersion]:
    """All that they should have signed by `now`, the oldest first."""
    late = DocumentVersion.objects.overdue(now, settings.FREGAT["SIGN_DAYS"]).unsigned_by(user)
    return late.order_by("in_force_at", "id").only("title", "number")


def can(check: Callable[..., None], *args: object) -> bool:
    """Does a check let pass?"""
    try:
        check(*args)
    except DomainError:
        return False
    return True
