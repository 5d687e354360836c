"""The director's order brings a version into force, and its revocation puts things back (JD X.2, A4).

An order of this kind is begun here only: its version is frozen in the same transaction, with the document
locked. The effect and the revocation lock the row of the order first, then the document, then its versions. An
order and a revocation by the director at one instant may meet crosswise: the database ends one of them, and its
sentence says to try again (`db.refusal`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from fregat.lib import clock, db
from fregat.lib.errors import Conflict, NotFound, Stale
from staff.documents import permissions, rules
from staff.documents.actions.asking import ask_to_sign, no_more, refresh_desks
from staff.documents.actions.rows import (
    addressees_of,
    check_addressees,
    lock_document,
    move,
    version_in,
)
from staff.documents.labels import CONSTRAINT_SENTENCES
from staff.documents.models import DocumentVersion
from staff.documents.querysets import concerned_by
from staff.documents.statuses import State
from staff.employees.actions import issue_order
from staff.employees.models import Employee, Order

KIND = "document"
"""The code of the kind of order; its subject is the id of the version."""


@db.action
def order_version(
    *,
    by: Employee,
    document_id: int,
    revision: int,
    effective_at: datetime | None = None,
    signed_on: date | None = None,
    note: str = "",
    now: datetime | None = None,
) -> Order:
    """Order the draft of a document into force: at once, or from `effective_at` (aware) on.

    From here on the text is final, those whom it concerns are told and may sign. `revision`: of the draft that
    the director has read. Raises NotAllowed, NotFound, Stale (the draft has changed), Conflict (no draft;
    another version waits for its day), Invalid (it concerns nobody; what the order itself demands).
    """
    permissions.check_role(by, "document.order")
    document = lock_document(document_id)
    draft = version_in(document, State.DRAFT)
    if draft is None:
        raise Conflict(_("There is no draft to order."), code="no_draft")
    if draft.revision != revision:
        raise Stale(_("Somebody has changed the draft since you read it. Read it again before you order it."))
    check_addressees(addressees_of(draft), CONSTRAINT_SENTENCES["version_concerns_somebody"])
    if version_in(document, State.ORDERED):
        raise Conflict(CONSTRAINT_SENTENCES["one_ordered_version"], code="one_ordered_version")
    move(draft, State.ORDERED)
    draft.content_hash = rules.fingerprint(draft.title, draft.body)
    draft.save(update_fields=["state", "content_hash"])
    values = {"title": draft.title, "number": draft.number, "hash": draft.content_hash}
    order = issue_order(
        by=by, kind=KIND, subject=str(draft.pk), values=values, effective_at=effective_at, signed_on=signed_on,
        note=note, now=now,
    )  # fmt: skip
    DocumentVersion.objects.filter(pk=draft.pk).update(order=order)
    # Read again: an order for now has put it into force meanwhile.
    ask_to_sign(DocumentVersion.objects.get(pk=draft.pk), now or clock.now())
    return order


def version_of(order: Order) -> DocumentVersion:
    """The version that an order is about. Raises NotFound."""
    subject = order.subject
    row = DocumentVersion.objects.filter(pk=int(subject)).first() if subject.isdecimal() else None
    if row is None:
        raise NotFound()
    return row


def check(order: Order, now: datetime) -> None:
    """An order is issued for a version that was just frozen for it, and for no other. Raises Conflict."""
    version = version_of(order)
    if version.state != State.ORDERED or (version.order_id and version.order_id != order.pk):
        raise Conflict(_("A version is ordered from the page of its document."), code="not_ordered")


def take_effect(order: Order, now: datetime) -> Mapping[str, Any]:
    """The version holds from now on, the one before it no more. Safe to be tried twice: the order is locked."""
    version = _locked(order)
    before = version_in(version.document, State.IN_FORCE)
    if before is not None:
        move(before, State.SUPERSEDED)
        before.ended_at = now
        before.save(update_fields=["state", "ended_at"])
        no_more(before, now)
    move(version, State.IN_FORCE)
    version.in_force_at, version.supersedes = now, before
    version.save(update_fields=["state", "in_force_at", "supersedes"])
    refresh_desks(concerned_by(version).values_list("pk", flat=True))
    return {"superseded": before.pk if before else None}


def revoke(order: Order, now: datetime) -> None:
    """The version holds no more; the one that it had replaced holds again, and those who lack sign it.

    Also for an order that still waits for its day. Raises Conflict when a later version is in force.
    """
    version = _locked(order)
    if version.state == State.SUPERSEDED:
        raise Conflict(
            _("A later version of the document is in force. Revoke its order first."), code="later_version"
        )
    was_in_force = version.state == State.IN_FORCE
    move(version, State.REVOKED)
    version.ended_at = now
    version.save(update_fields=["state", "ended_at"])
    no_more(version, now)
    before = version.supersedes
    if was_in_force and before is not None:
        move(before, State.IN_FORCE)
        before.ended_at = None
        before.save(update_fields=["state", "ended_at"])
        ask_to_sign(before, now)


def _locked(order: Order) -> DocumentVersion:
    """The version, with its document locked before it."""
    found = version_of(order)
    document = lock_document(found.document_id)
    version = DocumentVersion.objects.select_for_update(no_key=True).get(pk=found.pk)
    version.document = document
    return version
