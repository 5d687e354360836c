"""May this person? Each `check_…` raises with a sentence, each `can_…` wraps it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from cases.handover import terms
from cases.handover.models import Handover
from fregat.lib import rights
from fregat.lib.errors import DomainError, NotAllowed, NotFound, Sentence
from fregat.lib.rights import Role, Scope
from shifts.attendance import selectors as attendance
from staff.employees import selectors as staff
from staff.employees.models import Employee


def check_accept(user: Employee, handover: Handover, now: datetime) -> None:
    """The receiver accepts; a senior manager or the head takes from an absent receiver. Raises NotAllowed."""
    scopes = rights.scopes(user.role, "handover.accept")
    if not scopes:
        raise NotAllowed()
    if handover.receiver_id == user.pk:
        _check_on_duty(user, now)
        return
    if Scope.CENTRE not in scopes and not _leads(user, handover, scopes, now):
        raise NotAllowed(_("Only the receiver accepts a handover."))
    _check_on_duty(user, now)
    if handover.is_pending and attendance.is_on_duty(handover.receiver, now):
        raise NotAllowed(
            _(
                "%(name)s is on duty and accepts it in person. To take the case over, use the page of the case."
            )
            % {"name": handover.receiver.full_name}
        )


def check_refuse(user: Employee, handover: Handover, now: datetime) -> None:
    """The receiver refuses; the head cannot. Raises NotAllowed."""
    if user.role == Role.HEAD:
        raise NotAllowed(_("The head of the contact centre is the last resort and cannot refuse a case."))
    if not rights.may(user.role, "handover.refuse") or handover.receiver_id != user.pk:
        raise NotAllowed(_("Only the receiver refuses a handover."))
    _check_on_duty(user, now)


def check_card(user: Employee, handover: Handover, now: datetime) -> None:
    """The giver completes the card until 15 minutes after the end, on shift or not (B1). Raises NotAllowed."""
    if not rights.may(user.role, "handover.card") or handover.giver_id != user.pk:
        raise NotAllowed(_("Only the one who hands the case over completes its card."))
    if now - handover.moved_at > terms.card_grace():
        raise NotAllowed(_("The card could be completed for 15 minutes after the end of the shift only."))


def check_spread(user: Employee, giver: Employee, now: datetime) -> None:
    """One's own desk; a senior manager that of the own team or of the shift that they lead; the head any.

    Raises NotFound for a desk out of reach, NotAllowed off shift.
    """
    scopes = rights.scopes(user.role, "check.spread")
    if not _reaches_desk(user, giver, scopes, now):
        raise NotFound()
    _check_on_duty(user, now)


def _reaches_desk(user: Employee, giver: Employee, scopes: frozenset[Scope], now: datetime) -> bool:
    if giver.pk == user.pk or Scope.CENTRE in scopes:
        return bool(scopes)
    leader = attendance.leader(now) if Scope.ROUTED in scopes else None
    if leader is not None and leader.pk == user.pk and attendance.is_on_duty(giver, now):
        return True
    return Scope.TEAM in scopes and giver.pk in staff.team_ids(user, now)


def check_sign(user: Employee, received: bool, now: datetime) -> None:
    """A receiver signs what came to them, on shift; `received`: something did. Raises NotAllowed."""
    if not rights.may(user.role, "sheet.sign") or not received:
        raise NotAllowed(_("Only who received cases of this shift signs here."))
    _check_on_duty(user, now)


def _check_on_duty(user: Employee, now: datetime) -> None:
    if not attendance.is_on_duty(user, now):
        raise NotAllowed(_("This can be done on shift only."))


def _leads(user: Employee, handover: Handover, scopes: frozenset[Scope], now: datetime) -> bool:
    leader = attendance.leader(now) if Scope.ROUTED in scopes else None
    if leader is not None and leader.pk == user.pk:
        return True
    team = staff.team_ids(user, now) if Scope.TEAM in scopes else set()
    return bool({handover.receiver_id, handover.giver_id} & team)


Check = Callable[[Employee, Handover, datetime], None]


def why_not(check: Check, user: Employee, handover: Handover, now: datetime) -> Sentence:
    """The sentence of the refusal, or an empty string when nothing stands in the way."""
    try:
        check(user, handover, now)
    except DomainError as refused:
        return refused.sentence
    return ""


def can_accept(user: Employee, handover: Handover, now: datetime) -> bool:
    """May this person accept it, or take it from an absent receiver?"""
    return handover.is_pending and not why_not(check_accept, user, handover, now)


def can_refuse(user: Employee, handover: Handover, now: datetime) -> bool:
    """May this person refuse it?"""
    return handover.is_pending and not why_not(check_refuse, user, handover, now)


def can_complete_card(user: Employee, handover: Handover, now: datetime) -> bool:
    """May this person complete its card?"""
    return handover.is_pending and not why_not(check_card, user, handover, now)
