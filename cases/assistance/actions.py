"""Giving a guarantee letter, asking for one, agreeing, refusing, withdrawing: the only writers."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cases.assistance import permissions, rules, selectors
from cases.assistance.labels import STATE_REFUSALS
from cases.assistance.models import GuaranteeLetter
from cases.assistance.statuses import Status
from cases.casework.actions.ground import announce, locked_case, tell_time_line
from cases.casework.actions.passing import subject_of
from cases.casework.models import Case
from cases.casework.selectors import addressee
from cases.insurance import selectors as insurance
from cases.insurance.models import Currency, Policy, ServiceKind
from cases.insurance.rules import Money
from cases.privacy import actions as privacy
from cases.privacy.models import Disclosure
from fregat.lib import clock, notices
from fregat.lib.db import action, lock
from fregat.lib.errors import Conflict, Invalid, Sentence
from staff.employees.models import Employee


@action
def give_letter(
    *, by: Employee, number: str, kind: str, provider: str, limit: Decimal | None, currency: str = "",
    why: str = "", token: UUID | None = None, now: datetime | None = None,
) -> GuaranteeLetter:  # fmt: skip
    """Give a letter, or ask another person to agree when it goes beyond what the verdict leaves (`beyond`).

    The policy is locked, so of two letters for one sum the second sees the first. `currency`: that of the policy when
    it is not said; `token`: of the form, which sent twice gives one letter. Raises NotFound, NotAllowed, Invalid,
    Conflict (the case is not open).
    """
    case = locked_case(by, number)
    now = now or clock.now()
    permissions.check_give(by, case, now)
    sent = GuaranteeLetter.objects.filter(asked_by=by, token=token, case=case).first() if token else None
    if sent is not None:
        return sent
    wanted = _read(case, kind=kind, provider=provider, limit=limit, currency=currency)
    _check_open(case)
    _lock_sum(case)
    said = selectors.said_of(case, kind)
    row = GuaranteeLetter(
        case=case, token=token or uuid4(), why=why.strip()[:300], status=Status.ASKED,
        beyond=_is_beyond(wanted, said), asked_at=now, asked_by=by, **wanted,
    )  # fmt: skip
    if not row.beyond:
        _mark_given(row, by=by, now=now)
    row.save(force_insert=True)
    _tell(row, "letter_asked" if row.beyond else "letter_given", by=by, now=now, text=row.why)
    if row.beyond:
        to = addressee(case.responsible, now, not_to=by)
        _notice(row, [to], "letter_asked", now, name=by.full_name)
    return row


@action
def agree_to_letter(*, by: Employee, letter_id: int, now: datetime | None = None) -> GuaranteeLetter:
    """Another person agrees to a letter beyond the sum: it is given. Raises NotFound, NotAllowed, Conflict."""
    row, now = _locked(by, letter_id, now)
    permissions.check_agree(by, row, now)
    _check_way(row, Status.GIVEN)
    _check_open(row.case)
    _lock_sum(row.case)
    _mark_given(row, by=by, now=now)
    row.save(update_fields=["status", "number", "given_at", "given_by"])
    _tell(row, "letter_given", by=by, now=now)
    _settle(row, now)
    _notice(row, [row.asked_by], "letter_agreed", now, number=row.number)
    return row


@action
def refuse_letter(
    *, by: Employee, letter_id: int, reason: str, now: datetime | None = None
) -> GuaranteeLetter:
    """It is not agreed to, with a reason. Raises NotFound, NotAllowed, Invalid, Conflict."""
    row, now = _locked(by, letter_id, now)
    permissions.check_agree(by, row, now)
    reason = _reason(reason)
    _check_way(row, Status.REFUSED)
    row.status, row.refused_at, row.refused_by, row.refused_reason = Status.REFUSED, now, by, reason
    row.save(update_fields=["status", "refused_at", "refused_by", "refused_reason"])
    _tell(row, "letter_refused", by=by, now=now, text=reason)
    _settle(row, now)
    _notice(row, [row.asked_by], "letter_refused", now)
    return row


@action
def withdraw_letter(
    *, by: Employee, letter_id: int, reason: str, now: datetime | None = None
) -> GuaranteeLetter:
    """The promise is taken back and counted no more, also on a case that has ended.

    Raises NotFound, NotAllowed, Invalid, Conflict.
    """
    row, now = _locked(by, letter_id, now)
    permissions.check_withdraw(by, row, now)
    reason = _reason(reason)
    _check_way(row, Status.WITHDRAWN)
    row.status, row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = Status.WITHDRAWN, now, by, reason
    row.save(update_fields=["status", "withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    _tell(row, "letter_withdrawn", by=by, now=now, text=reason)
    return row


@action
def pass_on_paper(
    *, by: Employee, letter: GuaranteeLetter, request: object = None, now: datetime | None = None
) -> Disclosure:
    """Register that the paper of a letter that `by` sees goes to the institution named in it: one line each time.

    The institution is engaged for the help by the letter itself (JD II.16). Raises NotAllowed, Conflict (not given).
    """
    if letter.number is None:
        raise Conflict(_("Only a letter that is given can be printed."), code="not_given")
    medical = letter.kind.medical
    with translation.override("uk"):
        purpose = _("Guarantee letter %(number)s") % {"number": letter.number}
    passing = privacy.Passing(
        recipient_kind="medical" if medical else "service", recipient=letter.provider,
        parts=("identity", "policy", *(["medical"] if medical else []), "costs"), purpose=purpose,
    )  # fmt: skip
    return privacy.disclose(
        by=by, subject=subject_of(letter.case), passing=passing, engaged_for=str(letter.kind.name_uk), request=request,
        now=now,
    )  # fmt: skip


# --- What they stand on ----------------------------------------------------------------------------
def _locked(by: Employee, letter_id: int, now: datetime | None) -> tuple[GuaranteeLetter, datetime]:
    """The letter, locked after its case, when `by` may see it. Raises NotFound."""
    seen = GuaranteeLetter.objects.visible_to(by, clock.now())
    number = seen.filter(pk=letter_id).values_list("case__number", flat=True).first()
    case = locked_case(by, number or "")
    row = lock(GuaranteeLetter.objects.for_reading(), pk=letter_id)
    row.case = case
    return row, now or clock.now()


def _lock_sum(case: Case) -> None:
    """Whoever else promises something under this policy waits; whoever registers a case by it does not."""
    if case.policy_id is not None:
        Policy.objects.select_for_update(no_key=True, of=("self",)).get(pk=case.policy_id)


def _read(case: Case, *, kind: str, provider: str, limit: Decimal | None, currency: str) -> dict[str, Any]:
    """The columns of a letter from what was typed. Raises Invalid with every fault beside its field."""
    errors: dict[str, list[Sentence]] = {}
    kind_row = ServiceKind.objects.filter(pk=kind).first()
    code = currency or (case.policy.currency_id if case.policy else "")
    currency_row = Currency.objects.filter(pk=code).first() if code else None
    if kind_row is None:
        errors["kind"] = [_("There is no such kind of help.")]
    if not provider.strip():
        errors["provider"] = [_("Say to whom the guarantee letter is given.")]
    if limit is None or not limit.is_finite() or not 0 < limit <= rules.LIMIT_MAX:
        errors["limit"] = [_("The limit is a number above zero, up to 9,999,999,999.99.")]
    if currency_row is None:
        errors["currency"] = [_("There is no such currency.") if code else _("Say in which currency.")]
    if errors:
        raise Invalid(errors)
    return {"kind": kind_row, "provider": provider.strip(), "limit": limit, "currency": currency_row}


def _is_beyond(wanted: dict[str, Any], said: selectors.Said) -> bool:
    limit = Money(wanted["limit"], wanted["currency"].pk)
    codes = {limit.currency, *([said.left.currency] if said.left else [])}
    rates = insurance.rates_of(codes) if len(codes) > 1 else {}
    return rules.beyond(limit, said.verdict, said.left, rates)


def _check_open(case: Case) -> None:
    if not case.is_open:
        raise Conflict(_("A guarantee letter is given on an open case only."), code="not_open")


def _check_way(row: GuaranteeLetter, to: Status) -> None:
    if not rules.may_move(row.status, to):
        raise Conflict(STATE_REFUSALS[to], code="letter_state")


def _reason(text: str) -> str:
    text = text.strip()
    if not text:
        raise Invalid.field("reason", _("Write the reason: it stays with the letter."))
    return text[:300]


def _mark_given(row: GuaranteeLetter, *, by: Employee, now: datetime) -> None:
    """Not saved yet. The counter's row stays locked until the commit, so numbers have no holes."""
    year = clock.local(now).year
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO assistance_lettercounter AS c (year, last) VALUES (%s, 1)"
            " ON CONFLICT (year) DO UPDATE SET last = c.last + 1 RETURNING last",
            [year],
        )
        (counter,) = cursor.fetchone()
    row.status, row.given_at, row.given_by = Status.GIVEN, now, by
    row.number = rules.number_of(year, counter)


def _tell(row: GuaranteeLetter, line: str, *, by: Employee, now: datetime, text: Sentence = "") -> None:
    """A line of the case's history, and its pages fetch their parts again."""
    values = {
        "number": row.number or "", "provider": row.provider, "limit": f"{row.limit:.2f} {row.currency_id}",
    }  # fmt: skip
    tell_time_line(row.case, line, by=by, now=now, values=values, text=text)
    announce(row.case)


def _url(row: GuaranteeLetter) -> str:
    return f"{reverse('casework:case', args=[row.case.number])}#letter-{row.pk}"


def _notice(row: GuaranteeLetter, people: list[Employee], kind: str, now: datetime, **values: Any) -> None:
    notices.tell(
        people, kind, url=_url(row), values={"case": row.case.number, **values}, about=row.pk, now=now
    )


def _settle(row: GuaranteeLetter, now: datetime) -> None:
    notices.settle(_url(row), now=now)
