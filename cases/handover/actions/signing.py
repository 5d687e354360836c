"""The signatures under the hand-over sheet: of who gives and of who receives, each under a fingerprint (II.11)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cases.handover import permissions, selectors, sheet
from cases.handover.labels import NOT_SIGNED
from cases.handover.models import SignedSheet
from cases.handover.rules import Side
from cases.handover.selectors import Sheet
from fregat.lib import clock, live
from fregat.lib.db import action
from fregat.lib.errors import Conflict, NotAllowed
from staff.employees.actions import confirm_in_person
from staff.employees.models import Employee


@action
def sign_given(*, by: Employee, secret: str, now: datetime | None = None) -> SignedSheet:
    """The giver signs what becomes of every case of the check, in the last minutes of the shift; until 15 minutes
    after its end what the program passed on, as long as the cards may be completed (B1).

    `secret`: the password or a code of the second factor, again. A later change is signed anew; what was signed
    stays. Nothing waits for it: the shift ends with or without it. Raises NotAllowed (off shift, too many tries),
    Conflict (too early, something undecided, nothing to sign, signed already), Invalid (`secret`).
    """
    now = now or clock.now()
    check = selectors.current_check(by, now)
    if check is not None:
        return _sign(selectors.given_sheet(by, check, now), Side.GIVEN, secret, now)
    after = selectors.given_after_end(by, now)
    if after is None:
        raise NotAllowed(_("The giver signs on shift, and until 15 minutes after its end."))
    return _sign(after, Side.GIVEN, secret, now)


@action
def sign_received(*, by: Employee, handover_id: int, secret: str, now: datetime | None = None) -> SignedSheet:
    """A receiver signs all that came to them from the shift of this handover: accepted with a read-back, refused.

    Raises NotFound, NotAllowed (off shift), Conflict (something waits for an answer; signed already), Invalid.
    """
    now = now or clock.now()
    handover = selectors.get_handover(by, handover_id, now)
    found = selectors.received_sheet(by, handover)
    permissions.check_sign(by, bool(found.rows), now)
    return _sign(found, Side.RECEIVED, secret, now)


def _sign(found: Sheet, side: Side, secret: str, now: datetime) -> SignedSheet:
    text = sheet.text_of(found)
    if found.shift is None:
        raise Conflict(NOT_SIGNED["no_shift"], code="no_shift")
    fault = found.fault or ("signed" if _is_signed(found, text) else "")
    if fault:
        raise Conflict(NOT_SIGNED[fault], code=fault)
    method = confirm_in_person(by=found.signer, secret=secret)
    row = SignedSheet.objects.create(
        shift=found.shift, side=side, giver=found.giver, signer=found.signer, at=now, method=method,
        cases=[case.uuid for case in found.cases], text=text, content_hash=sheet.fingerprint(text),
        file=sheet.paper_of(found, text=text, method=method, now=now),
    )  # fmt: skip
    for pk in {found.giver.pk, found.signer.pk}:
        live.publish(f"employee:{pk}", "handover", row.pk)
    live.publish("board", "handover")
    return row


def _is_signed(found: Sheet, text: str) -> bool:
    return SignedSheet.objects.filter(
        shift=found.shift, signer=found.signer, content_hash=sheet.fingerprint(text)
    ).exists()
