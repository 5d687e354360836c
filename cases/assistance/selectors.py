"""The read side: the letters of a case, what is left of the sum, what is promised under policies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet, Sum

from cases.assistance.labels import STANDING, WAITS
from cases.assistance.models import GuaranteeLetter
from cases.assistance.statuses import Status
from cases.casework.models import Case
from cases.casework.registry import Panel
from cases.casework.selectors import get_case, kept_terms
from cases.insurance import selectors as insurance
from cases.insurance.models import Policy
from cases.insurance.rules import Committed, Money, Verdict
from cases.insurance.selectors import Circumstances
from fregat.lib import rights
from fregat.lib.errors import NotFound, Sentence
from fregat.lib.frozen import frozen
from fregat.lib.gates import row_id
from staff.employees.models import Employee


def committed(policies: Collection[int], person: int | None) -> Iterable[Committed]:
    """For `cases.insurance.registry`: letters that are given and not withdrawn, in all cases of these policies.

    With a person: those of other persons of the policy are left out; a case whose person is not known counts.
    """
    return [
        Committed(row["case__policy"], row["kind"], Money(row["total"], row["currency"]))
        for row in _summed(person or 0, *sorted(policies), named=person is not None)
    ]


@frozen
def _summed(person: int, *policies: int, named: bool) -> QuerySet[Any, Any]:
    rows = GuaranteeLetter.objects.given().filter(case__policy__in=policies)
    if named:
        rows = rows.filter(Q(case__person=person) | Q(case__person=None))
    return rows.values("case__policy", "kind", "currency").annotate(total=Sum("limit")).order_by()


def letters_of(case: Case) -> list[GuaranteeLetter]:
    """The letters of a case that the reader sees, the latest first; one statement."""
    rows = list(GuaranteeLetter.objects.for_reading().filter(case=case))
    for row in rows:
        row.case = case
    return rows


def get_letter(
    user: Employee, *, now: datetime, number: str, letter_id: str | int = "", pk: str | int = ""
) -> GuaranteeLetter:
    """The gate to a letter: of this case, which the user sees, for whoever reads its medical part. Raises NotFound."""
    case = get_case(user, number, now=now)
    rows = GuaranteeLetter.objects.for_reading().filter(case=case, pk=row_id(letter_id or pk))
    letter = rows.first() if rights.may(user.role, "letter.view") else None
    if letter is None:
        raise NotFound()
    letter.case = case
    return letter


@dataclass(frozen=True)
class Said:
    """What the rules say now of help in a case; without a policy nothing is known to be left."""

    verdict: str = ""
    left: Money | None = None


def said_of(case: Case, kind: str | None) -> Said:
    """The verdict of this moment for a kind of help (None: of the insured sum as a whole), letters counted."""
    if case.policy is None:
        return Said()
    (answer,) = _verdicts(case, case.policy, [kind] if kind else [])
    return Said(answer.verdict, answer.limit_left)


def _verdicts(case: Case, policy: Policy, kinds: Collection[str]) -> Sequence[Verdict]:
    """By the rules and the terms of the policy that the case keeps (`casework.selectors.cover_of_case`), so that
    nobody is promised what another list of the insurer says."""
    terms = kept_terms(case)
    asked = Circumstances(
        at=case.occurred_at or case.opened_at, country=case.country_id or "", services=tuple(kinds), person=case.person,
        born=case.person_birth_date, answers=case.answers, known_at=case.opened_at, place=case.country,
    )  # fmt: skip
    return insurance.verdicts(policy.by_terms(terms) if terms else policy, asked).verdicts


class Left(NamedTuple):
    """What is left for a kind of help, or (no kind) of the insured sum; None: it is not known."""

    kind: str
    name: str
    left: Money | None
    verdict: str = ""
    """Of this moment for this help; empty without a policy."""


def lefts_of(case: Case) -> list[Left]:
    """What is left for each kind of help that the case needs, of the sum when it needs none yet."""
    rows = case.services.exclude(state="cancelled").select_related("kind").order_by("id")
    names = {row.kind_id: row.kind.name for row in rows}
    kinds = list(names.items()) or [("", "")]
    if case.policy is None:
        return [Left(code, name, None) for code, name in kinds]
    told = _verdicts(case, case.policy, list(names))
    return [
        Left(code, name, one.limit_left, one.verdict) for (code, name), one in zip(kinds, told, strict=True)
    ]


def standing(case: Case) -> Sentence | None:
    """For `casework.registry`: the letters of a case that are given or asked for, by name; None when there is none.

    A case is not cancelled over the head of whoever was promised something. One statement.
    """
    rows = GuaranteeLetter.objects.filter(case=case, status__in=(Status.GIVEN, Status.ASKED)).order_by("pk")
    named = [
        f"{number} ({provider})" if number else WAITS % {"provider": provider}
        for number, provider in rows.values_list("number", "provider")
    ]
    return STANDING % {"letters": ", ".join(named)} if named else None


def panel_of(case: Case, user: Employee, now: datetime) -> Panel | None:
    """The letters on the page of a case: fetched after it, so they cost the page no statement."""
    if not rights.may(user.role, "letter.view"):
        return None
    return Panel("assistance/_slot.html", {"number": case.number})


def open_to(user: Employee, keys: Collection[int], now: datetime) -> Iterable[int]:
    """Of these letters those that the person may see; one statement."""
    return GuaranteeLetter.objects.visible_to(user, now).filter(pk__in=keys).values_list("pk", flat=True)
