"""The one door out of the house: everything that leaves it is passed on by `disclose` (JD II.15-16, E2)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.privacy import permissions, selectors
from cases.privacy.actions.log import record_look
from cases.privacy.models import Consent, ConsentRequest, Disclosure
from cases.privacy.rules import disclosure as rules
from fregat.lib import clock, notices
from fregat.lib.db import action, lock
from fregat.lib.errors import Conflict, Invalid, Sentence
from staff.employees.models import Employee


class NoGround(Conflict):
    """Neither engaged nor consented to: the insurer can be asked."""

    default_code = "no_ground"
    default_sentence = _(
        "This may not be passed on: the recipient is not engaged for the help, and there is no consent of the"
        " insurance company in force for it. Ask for the consent."
    )


@dataclass(frozen=True)
class Subject:
    """Whose data it is: one case, one person or one policy, named by value."""

    kind: str
    uuid: UUID
    number: str
    project: str
    persons: tuple[UUID, ...]


@dataclass(frozen=True)
class Passing:
    """What is to go, to whom, for what."""

    recipient_kind: str
    recipient: str
    parts: tuple[str, ...]
    purpose: str


@action
def disclose(
    *,
    by: Employee,
    subject: Subject,
    passing: Passing,
    engaged_for: str = "",
    right: str = "disclosure.make",
    request: Any = None,
    now: datetime | None = None,
) -> Disclosure:
    """Register that data leaves the house, before it does; written to the access log in the same transaction.

    The caller has shown that `by` may see the subject. `engaged_for`: the help for which the institution is
    engaged, as the room of the help says, empty when it is not; `right`: the row of the matrix that lets the paper
    of another room out. Raises NotAllowed, Invalid (fields),
    NoGround (neither engaged nor consented to).
    """
    permissions.check_disclose(by, right)
    now = now or clock.now()
    _check(passing)
    permits = selectors.permits(subject.project, subject.uuid)
    basis = rules.basis(
        kind=passing.recipient_kind, recipient=passing.recipient, parts=passing.parts,
        engaged=bool(engaged_for), permits=permits, now=now,
    )  # fmt: skip
    if basis is None:
        raise NoGround()
    row = Disclosure.objects.create(
        at=now, by=by, kind=subject.kind, object_uuid=subject.uuid, number=subject.number,
        persons=list(subject.persons), project=subject.project, recipient_kind=passing.recipient_kind,
        recipient=passing.recipient.strip(), parts=list(passing.parts), purpose=passing.purpose.strip(),
        ground=basis.ground, consent_id=basis.consent, service=engaged_for if basis.ground == "engaged" else "",
    )  # fmt: skip
    record_look(
        by=by, kind=subject.kind, objects=[subject.uuid], persons=subject.persons, action="disclose",
        part="medical" if "medical" in passing.parts else "facts", ground="task", reference=f"{row.pk}",
        request=request, now=now,
    )  # fmt: skip
    return row


def _check(passing: Passing, *, purpose: bool = True) -> None:
    errors: dict[str, Sentence] = {}
    if passing.recipient_kind not in rules.RECIPIENTS:
        errors["recipient_kind"] = _("Choose who receives it.")
    if not passing.recipient.strip() and passing.recipient_kind not in rules.OWNERS:
        errors["recipient"] = _("Name who receives it.")
    if not passing.parts or not set(passing.parts) <= set(rules.PARTS):
        errors["parts"] = _("Choose what is passed on: only what the purpose needs.")
    if purpose and not passing.purpose.strip():
        errors["purpose"] = _("Say what it is needed for.")
    if errors:
        raise Invalid(errors)


@action
def ask_consent(
    *, by: Employee, subject: Subject, passing: Passing, now: datetime | None = None
) -> ConsentRequest:
    """Ask for the insurer's consent to what was refused; those who speak with the insurer are told.

    Asking twice for the same finds the first request. Raises NotAllowed, Invalid.
    """
    permissions.check_disclose(by)
    now = now or clock.now()
    _check(passing)
    row, fresh = ConsentRequest.objects.get_or_create(
        case_uuid=subject.uuid, recipient_kind=passing.recipient_kind, recipient=passing.recipient.strip(),
        parts=sorted(passing.parts), answered_at=None,
        defaults={
            "case_number": subject.number, "project": subject.project, "purpose": passing.purpose.strip(),
            "asked_by": by, "asked_at": now,
        },
    )  # fmt: skip
    if fresh:
        _tell(permissions.speak_with_insurer(subject.project), "consent_asked", row, by, now)
    return row


@action
def record_consent(
    *,
    by: Employee,
    project: str,
    recipient_kind: str,
    recipient: str,
    parts: Collection[str],
    reference: str,
    since: datetime | None = None,
    until: datetime | None = None,
    request_id: int | None = None,
    now: datetime | None = None,
) -> Consent:
    """Write down an insurer's consent; with `request_id` it answers that request, for its case alone.

    Raises NotFound, NotAllowed, Invalid, Conflict (answered already).
    """
    asked = _open_request(by, request_id, now) if request_id is not None else None
    permissions.check_consent(by, project)
    now = now or clock.now()
    _check_consent(recipient_kind, parts, reference, since or now, until, now)
    consent = Consent.objects.create(
        project=project, recipient_kind=recipient_kind, recipient=recipient.strip(), parts=sorted(set(parts)),
        reference=reference.strip(), since=since or now, until=until, recorded_by=by, recorded_at=now,
        case_uuid=asked.case_uuid if asked else None, case_number=asked.case_number if asked else "",
    )  # fmt: skip
    if asked:
        asked.answered_at, asked.answered_by, asked.consent = now, by, consent
        asked.save(update_fields=["answered_at", "answered_by", "consent"])
        _tell([asked.asked_by], "consent_given", asked, by, now)
    return consent


def _check_consent(
    kind: str, parts: Collection[str], reference: str, since: datetime, until: datetime | None, now: datetime
) -> None:
    errors: dict[str, Sentence] = {}
    if kind and kind not in rules.RECIPIENTS:
        errors["recipient_kind"] = _("Choose who receives it.")
    if not parts or not set(parts) <= set(rules.PARTS):
        errors["parts"] = _("Choose what the insurer consents to.")
    if not reference.strip():
        errors["reference"] = _("Say where the insurer’s consent can be found: letter, date, who gave it.")
    if until is not None and until <= max(since, now):
        errors["until"] = _("The consent would have ended already.")
    if errors:
        raise Invalid(errors)


def _open_request(by: Employee, request_id: int, now: datetime | None) -> ConsentRequest:
    rows = ConsentRequest.objects.visible_to(by, now or clock.now()).select_related("asked_by")
    row: ConsentRequest = lock(rows, pk=request_id)
    if row.answered_at is not None:
        raise Conflict(_("This request has been answered already."), code="answered")
    return row


@action
def refuse_consent(
    *, by: Employee, request_id: int, reason: str, now: datetime | None = None
) -> ConsentRequest:
    """The insurer did not consent. Raises NotFound, NotAllowed, Invalid (`reason`), Conflict."""
    row = _open_request(by, request_id, now)
    now = now or clock.now()
    permissions.check_consent(by, row.project)
    if not reason.strip():
        raise Invalid.field("reason", _("Say what the insurer answered."))
    row.answered_at, row.answered_by, row.refusal = now, by, reason.strip()
    row.save(update_fields=["answered_at", "answered_by", "refusal"])
    _tell([row.asked_by], "consent_refused", row, by, now)
    return row


@action
def withdraw_consent(*, by: Employee, consent_id: int, now: datetime | None = None) -> Consent:
    """The insurer takes the consent back: nothing goes on its ground from now on.

    Raises NotFound, NotAllowed, Conflict (withdrawn already).
    """
    row: Consent = lock(Consent.objects.visible_to(by, now or clock.now()), pk=consent_id)
    now = now or clock.now()
    permissions.check_consent(by, row.project)
    if row.withdrawn_at is not None:
        raise Conflict(_("This consent has been withdrawn already."), code="withdrawn")
    row.withdrawn_at, row.withdrawn_by = now, by
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return row


def _tell(people: Iterable[Employee], kind: str, row: ConsentRequest, by: Employee, now: datetime) -> None:
    values = {"name": by.full_name, "number": row.case_number}
    others = [person for person in people if person.pk != by.pk]
    notices.tell(others, kind, url=reverse("privacy:consents"), values=values, about=row.pk, now=now)
