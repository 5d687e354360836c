"""The operator's decisions in the check, and the cards (B4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cases.casework import actions as casework
from cases.casework.models import Case
from cases.casework.permissions import may_answer
from cases.casework.selectors import get_case
from cases.casework.statuses import Status
from cases.handover import permissions, rules, terms
from cases.handover.actions.moving import tell
from cases.handover.labels import CARD_LACKS, FIXED
from cases.handover.models import CheckDecision, EndOfShiftCheck, Handover
from cases.handover.rules import Decision, Serious
from cases.handover.selectors import Card, card_of, card_values, get_handover, led_at_end
from fregat.lib import clock, live
from fregat.lib.db import action
from fregat.lib.errors import Conflict, Invalid, NotAllowed, Sentence
from fregat.lib.rights import Role
from shifts.attendance import selectors as attendance
from shifts.breaks import selectors as breaks
from shifts.breaks.labels import NOT_OFFERED
from shifts.breaks.rules import Ready
from shifts.roster.models import Shift
from staff.employees.models import Employee

_NEXT_AT_FAR = timedelta(days=366)
"""A promise further away than this is a slip of the pen."""
_NEXT_AT_PAST = timedelta(days=1)


@action
def decide(
    *,
    by: Employee,
    number: str,
    decision: str,
    summary: str = "",
    next_step: str = "",
    next_at: datetime | None = None,
    serious: str | None = None,
    serious_why: str | None = None,
    what_if: str | None = None,
    to: str | None = None,
    now: datetime | None = None,
) -> CheckDecision:
    """Say what becomes of a case at the end of the shift: help given, handed over, to the senior manager.

    `assisted` moves the case at once, through the gate of `move_case`; the other two are kept and followed
    when the shift ends. A later decision replaces an earlier one. `to` is a username; empty: as the roster says.
    `serious`, `serious_why`, `what_if`: None as the case gives them.
    Raises NotFound, NotAllowed (off shift, another answers), Invalid, Conflict (what the status needs is missing).
    """
    seen = get_case(by, number, action="case.view", now=now or clock.now())
    case = Case.objects.select_for_update(of=("self",)).select_related("insurer").get(pk=seen.pk)
    now = now or clock.now()
    shift = attendance.current_shift(by, now)
    if shift is None:
        raise NotAllowed(_("This can be done on shift only."))
    if case.responsible_id != by.pk:
        raise NotAllowed(_("Another person answers for this case now."))
    hand_over = decision == Decision.HAND_OVER
    card = Card(summary.strip(), next_step.strip(), next_at, serious or "", serious_why or "", what_if or "")
    if hand_over:
        card = _filled(card, case, serious, serious_why, what_if, now)
    receiver = _checked(by, case, shift, decision, card, to, now)
    if not case.is_open:
        raise Conflict(_("The case is open no more: there is nothing to decide."), code="not_open")
    if decision == Decision.ASSISTED:
        casework.move_case(by=by, number=number, to=Status.ASSISTED, now=now)
    row, _made = CheckDecision.objects.update_or_create(
        check_row=check_of(shift, now),
        case=case,
        defaults={
            "decision": decision, "decided_at": now, "decided_by": by, "to": receiver if hand_over else None,
            **card_values(card),
        },
    )  # fmt: skip
    live.publish(f"employee:{by.pk}", "shift", shift.pk)
    live.publish("board", "board")
    return row


def check_of(shift: Shift, now: datetime) -> EndOfShiftCheck:
    """The check of a shift, made when a decision comes before it begins."""
    check, _made = EndOfShiftCheck.objects.get_or_create(
        shift=shift,
        defaults={
            "ends_at": shift.ends_at,
            "due_at": rules.check_at(shift.ends_at, terms.check_before_end()),
            "set_at": now,
        },
    )
    return check


def _checked(
    by: Employee,
    case: Case,
    shift: Shift,
    decision: str,
    card: Card,
    to: str | None,
    now: datetime,
) -> Employee | None:
    """The chosen receiver, if any. Raises Invalid with a sentence for each field that is wrong."""
    errors: dict[str, Sentence] = {}
    if decision not in set(Decision):
        errors["decision"] = _("Choose: help given, hand over, or to the senior manager.")
    receiver = None
    if decision == Decision.HAND_OVER:
        errors |= card_errors(card, now)
        receiver, fault = find_receiver(by, case, shift, to, now)
        if fault:
            errors["to"] = fault
    if errors:
        raise Invalid(errors)
    return receiver


def _filled(
    card: Card, case: Case, serious: str | None, why: str | None, what_if: str | None, now: datetime
) -> Card:
    """What was not said as the case gives it: a reason belongs to its level."""
    if None not in (serious, what_if):
        return replace(card, serious_why=card.serious_why.strip(), what_if=card.what_if.strip())
    made = card_of(case, now=now)
    if serious is None:
        card = replace(card, serious=made.serious, serious_why=made.serious_why if why is None else why)
    return replace(
        card,
        serious_why=card.serious_why.strip(),
        what_if=made.what_if if what_if is None else what_if.strip(),
    )


def card_errors(card: Card, now: datetime) -> dict[str, Sentence]:
    """What a card lacks: how serious, what was done, what remains to be done, by when (B4)."""
    errors: dict[str, Sentence] = {}
    if card.serious not in set(Serious):
        errors["serious"] = CARD_LACKS["serious"]
    elif card.serious != Serious.USUAL and not card.serious_why.strip():
        errors["serious_why"] = CARD_LACKS["serious_why"]
    if not card.summary.strip():
        errors["summary"] = CARD_LACKS["summary"]
    if not card.next_step.strip():
        errors["next_step"] = CARD_LACKS["next_step"]
    if card.next_at is None:
        errors["next_at"] = CARD_LACKS["next_at"]
    elif not now - _NEXT_AT_PAST <= card.next_at <= now + _NEXT_AT_FAR:
        errors["next_at"] = _("This date is too far away. Check the day and the year.")
    return errors


def find_receiver(
    giver: Employee, case: Case, shift: Shift, to: str | None, now: datetime
) -> tuple[Employee | None, Sentence]:
    """Whom somebody chose for a case of the giver's: employed, of the project, not the giver, not on a break."""
    if not to:
        return None, ""
    fixed = rules.fixed(leads=led_at_end(shift), project=case.insurer.code if case.insurer else None)
    if fixed:
        return None, FIXED[fixed]
    found = Employee.objects.employed().filter(username=to).first()
    if found is None:
        return None, _("Nobody with this sign-in name works here.")
    if found.pk == giver.pk:
        return None, _("Choose somebody else: you cannot hand the case over to yourself.")
    if not may_answer(found, case.insurer_id):
        return None, _("%(name)s does not work on this project.") % {"name": found.full_name}
    # Whoever relieves this shift may not have begun yet: being on duty is asked at the end, a break now too.
    away = found.role != Role.HEAD and breaks.ready_of(found, now) == Ready.AWAY
    return (None, NOT_OFFERED[Ready.AWAY] % {"name": found.full_name}) if away else (found, "")


@action
def complete_card(
    *,
    by: Employee,
    handover_id: int,
    summary: str,
    next_step: str,
    next_at: datetime | None,
    serious: str = Serious.USUAL,
    serious_why: str = "",
    what_if: str = "",
    now: datetime | None = None,
) -> Handover:
    """Complete the card of a handover that nobody has accepted yet, on shift or up to 15 minutes after it (B1).

    Raises NotFound, NotAllowed, Invalid, Conflict (accepted already).
    """
    seen = get_handover(by, handover_id, now or clock.now())
    handover = Handover.objects.select_for_update(of=("self",)).get(pk=seen.pk)
    now = now or clock.now()
    permissions.check_card(by, handover, now)
    card = Card(summary.strip(), next_step.strip(), next_at, serious, serious_why.strip(), what_if.strip())
    errors = card_errors(card, now)
    if errors:
        raise Invalid(errors)
    if not handover.is_pending:
        raise Conflict(_("The card cannot be changed any more: the case has been accepted or has moved on."))
    for name, value in card_values(card).items():
        setattr(handover, name, value)
    handover.card_at = now
    handover.save(update_fields=[*card_values(card), "card_at"])
    tell(handover)
    return handover
