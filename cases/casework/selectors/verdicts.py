"""What the policy says about the case as a whole, as it is kept with the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from cases.casework import rules
from cases.insurance import selectors as insurance
from cases.insurance.labels import kept_reason, said_in_both
from cases.insurance.models import InsuredPerson, Policy
from cases.insurance.rules import (
    Answers,
    Money,
    deciding_first,
    largest_excess,
    largest_percent,
    least_left,
)
from cases.insurance.selectors import Circumstances, Question, Told

if TYPE_CHECKING:
    from cases.casework.models import Case


@dataclass(frozen=True)
class CoverSaid:
    """The verdict over all kinds of help, the answers that counted, and the whole of it as JSON."""

    verdict: str = ""
    answers: Answers = field(default_factory=dict)
    kept: dict[str, Any] | None = None

    def columns(self) -> dict[str, Any]:
        """For the row of the case."""
        return {"verdict": self.verdict, "answers": dict(self.answers), "cover": self.kept}


def cover_of(
    policy: Policy | None,
    *,
    country: str,
    at: datetime,
    kinds: Iterable[str],
    person: InsuredPerson | None = None,
    born: date | None = None,
    answers: Mapping[str, Any] | None = None,
    terms: Mapping[str, Any] | None = None,
    before: Mapping[str, Any] | None = None,
    **more: Any,
) -> CoverSaid:
    """The least favourable verdict over the kinds of help; nothing is said without a policy.

    `at`: when it happened, else now; `terms`: what the policy said when it was put to the case; `before`: the same of
    policies that were put to it earlier, kept in case one of them is put back; `more`: of `Circumstances`, so
    `known_at`: when the case was opened, so that an edition of the rules that was published later does not change
    what was said.
    """
    if policy is None:
        return CoverSaid(answers=dict(answers or {}), kept={_BEFORE: dict(before)} if before else None)
    policy = policy.by_terms(terms) if terms else policy
    told = insurance.verdicts(
        policy,
        Circumstances(
            at=at, country=country, services=tuple(dict.fromkeys(kinds)), person=person, born=born,
            answers=answers or {}, **more,
        ),
    )  # fmt: skip
    code = rules.worst_verdict(str(one.verdict) for one in told.verdicts)
    kept = {
        **_kept(told, code),
        "policy": policy.pk,
        "terms": policy.terms,
        "person": person.pk if person else None,
    }
    if before:
        kept[_BEFORE] = dict(before)
    return CoverSaid(code, told.answers, kept)


_BEFORE = "before"
"""Of what is kept: by policy, the terms that it had when it was put to the case, whom it insured there, and what was
answered to its rules."""


def _kept_of_policies(case: Case) -> dict[str, dict[str, Any]]:
    """By policy, those that were put to the case earlier and the one of the verdict."""
    kept = case.cover or {}
    found = dict(kept.get(_BEFORE, {}))
    if kept.get("terms"):
        answers = {one["code"]: one["answer"] for one in kept["questions"] if one["answer"] is not None}
        found[str(kept["policy"])] = {
            "terms": kept["terms"],
            "person": kept.get("person"),
            "answers": answers,
        }
    return found


def answers_to_its_rules(case: Case) -> dict[str, Any]:
    """Of what was answered, what counts for a policy that was put to the case just now: answers of the same person to
    the rules of the same programme, or those that were given when this policy was put to the case before."""
    kept = case.cover or {}
    same_person = bool(kept.get("terms")) and kept.get("person") == case.person_id
    if same_person and case.policy and kept["terms"]["programme_id"] == case.policy.programme_id:
        return dict(case.answers)
    mine = _kept_of_policies(case).get(str(case.policy_id), {})
    return dict(mine.get("answers", {})) if mine and mine["person"] == case.person_id else {}


def kept_terms(case: Case) -> dict[str, Any] | None:
    """The terms that the policy had when it was put to the case; None while the case keeps none of this policy."""
    kept = _kept_of_policies(case).get(str(case.policy_id))
    return kept["terms"] if kept else None


def cover_of_case(case: Case, *, insured: Policy | None = None) -> CoverSaid:
    """The same for a case as it stands, by the rules that were known when it was opened, and by the terms that the
    policy had when it was put to the case: whatever the insurer's next list says of it.

    What has no time had happened when the case was opened. `insured`: the policy as it insures whom, when one of the
    two was put to the case just now; whether it has ended early is theirs, and not that of the person before.
    """
    kept = _kept_of_policies(case)
    mine = kept.pop(str(case.policy_id), {})
    terms = mine.get("terms")
    if terms and insured is not None and mine["person"] != case.person_id:
        terms = {**terms, "ended_on": insured.terms["ended_on"]}
    kinds = case.services.exclude(state="cancelled").values_list("kind", flat=True)
    return cover_of(
        case.policy, country=case.country_id or "", at=case.occurred_at or case.opened_at, kinds=kinds,
        person=case.person,
        born=case.person_birth_date, answers=case.answers, known_at=case.opened_at, place=case.country,
        terms=terms, before=kept,
    )  # fmt: skip


def _kept(told: Told, code: str) -> dict[str, Any]:
    """In both languages, so that it can be read as it was said whatever becomes of the rules."""
    several = len(told.verdicts) > 1
    reasons = [kept_reason(reason, several=several) for reason in deciding_first(told.verdicts)]
    return {
        "verdict": code,
        "edition": told.edition.number if told.edition else None,
        "reasons": list({one["uk"]: one for one in reasons}.values()),
        "questions": [_question(one) for one in insurance.questions(told)],
        "limit_left": _money(least_left(told.verdicts)),
        "excess": _money(largest_excess(told.verdicts)),
        "excess_percent": str(largest_percent(told.verdicts)),
    }  # fmt: skip


def _question(one: Question) -> dict[str, Any]:
    words = said_in_both(lambda: one.text)
    return {"code": one.code, "kind": one.kind, "source": one.source, "answer": one.answer, **words}


def _money(value: Money | None) -> dict[str, str] | None:
    return {"amount": str(value.amount), "currency": value.currency} if value else None
