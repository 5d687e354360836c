"""Does the policy cover the place, the time and the kind of help? (JD II.1, C1)

Reasons are codes with values; the sentences are in `labels.py`. Whatever speaks against decides;
what is not known yet is asked; a case is registered in any event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from cases.insurance.rules.commitments import in_currency
from cases.insurance.rules.terms import (
    ASK,
    COVERED,
    NOT_COVERED,
    YES_NO,
    Ages,
    Answer,
    CoverFacts,
    Event,
    ExclusionFacts,
    Money,
    PolicyFacts,
    Terms,
)


@dataclass(frozen=True)
class Reason:
    """Why: a code, the clause it stands on, values for its sentence, and where it points."""

    code: str
    weight: str
    source: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A question of the rules that matters here, with its answer when there is one."""

    code: str
    kind: str
    source: str
    answer: Answer | None = None


@dataclass(frozen=True)
class Verdict:
    """The answer, every reason (what decided comes first), what is left, what the person pays, what to ask.

    `excess_percent`: the person pays this part of the bill, and `excess` at least.
    """

    verdict: str
    reasons: tuple[Reason, ...]
    limit_left: Money | None = None
    excess: Money | None = None
    questions: tuple[Asked, ...] = ()
    excess_percent: Decimal = Decimal(0)


Bands = Sequence[CoverFacts]
"""The covers of one kind of help, by age."""
_ORDER = {NOT_COVERED: 0, ASK: 1, COVERED: 2}


def decide(policy: PolicyFacts, event: Event) -> Verdict:
    """The verdict; a question of the rules is asked only while its answer can change it."""
    terms = policy.terms or Terms()
    bands = terms.covers.get(event.service, ()) if event.service else ()
    fit = fitting(bands, event.age, terms.ages)
    bands = fit if event.age is None else bands
    ages = [terms.ages & one.ages for one in fit] or [terms.ages]
    fit = _alike(fit)
    told = [_of_cover(policy, terms, bands, cover, event) for cover in fit or (None,)]
    reasons = [*_term(policy, event.on), *(one for one in told[0] if all(one in other for other in told))]
    here = [(one, _sold(policy, one)) for one in terms.exclusions if _matters(one, event, ages)]
    asked = [(one, _asked(one, event)) for one, sold in here if not sold]
    known = event.age is not None
    said = [(_answered(rule, one, policy, sure=known or _of_all(rule, ages)), one) for rule, one in asked]
    settled = any(one.weight == NOT_COVERED for one in (*reasons, *(reason for reason, _one in said)))
    said = [(reason, one) for reason, one in said if one.answer is not None or not settled]
    questions = tuple(one for _reason, one in said)
    reasons += [reason for reason, _one in said]
    reasons += [
        Reason("risk_sold", COVERED, one.clause, {"question": one.code, "risk": sold})
        for one, sold in here
        if sold
    ]
    pays = fit[0] if len({(cover.excess, cover.excess_percent) for cover in fit}) == 1 else None
    reasons += _excess(pays, event)
    left = _same([_shown(policy, cover) for cover in fit or ((None,) if event.service is None else ())])
    found = in_order(reasons, left, pays.excess if pays else None, questions)
    return replace(found, excess_percent=pays.excess_percent) if pays else found


def in_order(
    reasons: Iterable[Reason], left: Money | None, excess: Money | None, questions: tuple[Asked, ...]
) -> Verdict:
    """The verdict that these reasons make, of which one at least is given: what decides comes first."""
    told = sorted(reasons, key=lambda reason: _ORDER[reason.weight])
    return Verdict(told[0].weight, tuple(told), left, excess, questions)


def deciding_first(verdicts: Iterable[Verdict]) -> list[Reason]:
    """The reasons over several kinds of help: what decides comes first."""
    return sorted(
        (one for said in verdicts for one in said.reasons), key=lambda reason: _ORDER[reason.weight]
    )


def largest_excess(verdicts: Iterable[Verdict]) -> Money | None:
    """What the person may pay at most, over several kinds of help."""
    return _one_of([(one.verdict, one.excess) for one in verdicts], -1)


def largest_percent(verdicts: Iterable[Verdict]) -> Decimal:
    """Of the bill; with `largest_excess` the least of it, no kind of help costs the person more than that."""
    return max((one.excess_percent for one in verdicts), default=Decimal(0))


def least_left(verdicts: Iterable[Verdict]) -> Money | None:
    """The least that is left, over several kinds of help."""
    return _one_of([(one.verdict, one.limit_left) for one in verdicts], 1)


def _one_of(said: Sequence[tuple[str, Money | None]], sign: int) -> Money | None:
    """The first by amount; of several currencies that of the least favourable verdict, in whatever order they are."""
    known = [(verdict, amount) for verdict, amount in said if amount]
    alike = len({amount.currency for _verdict, amount in known if amount.amount}) < 2
    ordered = sorted(
        known,
        key=lambda one: (
            0 if alike else _ORDER[one[0]],
            "" if alike else one[1].currency,
            sign * one[1].amount,
        ),
    )
    return ordered[0][1] if ordered else None


def _of_cover(
    policy: PolicyFacts, terms: Terms, bands: Bands, cover: CoverFacts | None, event: Event
) -> list[Reason]:
    """What this cover says, or what is said without one; of several, what all of them say counts."""
    reasons = [*_place(policy, terms, cover, event), _service(policy, event, bands, cover)]
    reasons += [*_ages(terms, bands, cover, event), *_waiting(policy, cover, event)]
    reasons += _spent(policy, cover, event)
    _money, counted = _left(policy, cover)
    if not counted:
        reasons.append(Reason("guaranteed_uncounted", ASK))
    return reasons + _guaranteed(policy, cover, event)


def _alike(fit: Bands) -> Bands:
    """Without their clauses where those differ: what several say alike stands on none of them alone."""
    return fit if len({one.clause for one in fit}) < 2 else [replace(one, clause="") for one in fit]


def _same(amounts: Sequence[Money | None]) -> Money | None:
    """The amount, when it is the same for all."""
    return amounts[0] if len(set(amounts)) == 1 else None


def fitting(bands: Bands, age: int | None, insured: Ages) -> Bands:
    """The cover for this age, if any; while the age is not known all those for ages that the programme insures."""
    if age is None:
        return [one for one in bands if (one.ages & insured).possible]
    return [one for one in bands if age in one.ages][:1]


def _term(policy: PolicyFacts, on: date) -> list[Reason]:
    """By the day there; and whether the policy was entered only after it happened, which the insurer judges."""
    later = policy.entered_later
    late = [Reason("entered_later", ASK, "", {"entered": later})] if later else []
    return [_by_the_day(policy, on), *late]


def _by_the_day(policy: PolicyFacts, on: date) -> Reason:
    # A list may name an end beyond the term, or shorten the term below it.
    ended = policy.ended_on if policy.ended_on and policy.ended_on <= policy.valid_to else None
    last = ended - timedelta(days=1) if ended else policy.valid_to
    values = {"from": policy.valid_from, "to": last, "on": on}
    if ended and on >= ended:
        return Reason("ended_early", NOT_COVERED, "", {**values, "to": ended})
    if on < policy.valid_from:
        return Reason("not_begun", NOT_COVERED, "", values)
    if on > policy.valid_to:
        return Reason("expired", NOT_COVERED, "", values)
    return Reason("in_term", COVERED, "", values)


def _place(policy: PolicyFacts, terms: Terms, cover: CoverFacts | None, event: Event) -> list[Reason]:
    country = event.country
    if country is None:
        return [Reason("place_unknown", ASK)]
    values = {"country": country}
    found = []
    if country not in policy.area:
        found.append(Reason("outside_territory", NOT_COVERED, "", values))
    if country in terms.excluded:
        found.append(Reason("country_excluded", NOT_COVERED, terms.excluded_clause, values))
    if not found and cover and cover.area is not None and country not in cover.area:
        found.append(
            Reason("cover_elsewhere", NOT_COVERED, cover.clause, {**values, "service": event.service})
        )
    return found or [Reason("in_territory", COVERED, "", values)]


def _service(policy: PolicyFacts, event: Event, bands: Bands, cover: CoverFacts | None) -> Reason:
    if policy.terms is None:
        return Reason("no_rules", ASK, "", {"on": event.on})
    if event.service is None:
        return Reason("service_unknown", ASK)
    values = {"service": event.service}
    if not bands:
        return Reason("no_cover", NOT_COVERED, "", values)
    if cover is None:
        return Reason("age_not_in_cover", NOT_COVERED, bands[0].clause, {**values, "age": event.age})
    if cover.needs_consent:
        return Reason("needs_consent", ASK, cover.clause, values)
    return Reason("in_cover", COVERED, cover.clause, values)


def _ages(terms: Terms, bands: Bands, cover: CoverFacts | None, event: Event) -> list[Reason]:
    """The ages of the programme; of the kind of help only that the age must be known."""
    age, ages = event.age, terms.ages
    if age is None:
        matters = ages.bounded or len(bands) > 1 or any(one.ages.bounded for one in bands)
        source = terms.ages_clause if ages.bounded else cover.clause if cover else ""
        return [Reason("age_unknown", ASK, source)] if matters else []
    if ages.least is not None and age < ages.least:
        return [Reason("too_young", NOT_COVERED, terms.ages_clause, {"age": age, "from": ages.least})]
    if ages.most is not None and age > ages.most:
        return [Reason("too_old", NOT_COVERED, terms.ages_clause, {"age": age, "to": ages.most})]
    return []


def _waiting(policy: PolicyFacts, cover: CoverFacts | None, event: Event) -> list[Reason]:
    """The waiting period of a kind of help, reckoned from the first day of the policy."""
    if cover is None or not cover.waiting_days or event.on < policy.valid_from:
        return []
    first = policy.valid_from + timedelta(days=cover.waiting_days)
    values = {"days": cover.waiting_days, "from": first, "service": event.service}
    return [Reason("waiting", NOT_COVERED, cover.clause, values)] if event.on < first else []


def _matters(exclusion: ExclusionFacts, event: Event, ages: Sequence[Ages]) -> bool:
    """Is the question to be put here? What is not known of the person does not spare it, but that nobody of such an
    age is covered (`ages`: of whom may be) does; an unknown place does."""
    if event.age is None:
        concerns = any((exclusion.ages & one).possible for one in ages)
    else:
        concerns = event.age in exclusion.ages
    return (
        (not exclusion.services or event.service in exclusion.services)
        and (not exclusion.countries or event.country in exclusion.countries)
        and concerns
        and (not exclusion.gender or event.gender in ("", exclusion.gender))
    )


def _of_all(exclusion: ExclusionFacts, ages: Sequence[Ages]) -> bool:
    """Does it concern whoever may be covered, however old?"""
    return all(exclusion.ages & one == one for one in ages)


def _sold(policy: PolicyFacts, exclusion: ExclusionFacts) -> str:
    """The extra risk that lifts the exclusion; empty when none is sold."""
    return next((risk for risk in exclusion.risks if risk in (policy.risks or ())), "")


def _asked(exclusion: ExclusionFacts, event: Event) -> Asked:
    answer = event.answers.get(exclusion.code)
    fits = answer is not None and isinstance(answer, bool) == (exclusion.kind == YES_NO)
    return Asked(exclusion.code, exclusion.kind, exclusion.clause, answer if fits else None)


def _answered(exclusion: ExclusionFacts, asked: Asked, policy: PolicyFacts, *, sure: bool) -> Reason:
    """What the answer makes of it. `sure`: the exclusion concerns the person, whose age may not be known."""
    values = {"question": exclusion.code, "answer": asked.answer}
    if asked.answer is None:
        return Reason("question", ASK, exclusion.clause, values)
    least = 1 if exclusion.excluded_from is None else exclusion.excluded_from
    if asked.answer < (1 if exclusion.kind == YES_NO else least):
        return Reason("not_excluded", COVERED, exclusion.clause, values)
    if exclusion.effect == ASK:
        return Reason("insurer_decides", ASK, exclusion.clause, values)
    if not sure:
        return Reason("age_unknown", ASK, exclusion.clause)
    if exclusion.risks and policy.risks is None:
        return Reason("risk_unknown", ASK, exclusion.clause, {**values, "risks": ", ".join(exclusion.risks)})
    return Reason("excluded", NOT_COVERED, exclusion.clause, values)


def _guaranteed(policy: PolicyFacts, cover: CoverFacts | None, event: Event) -> list[Reason]:
    """What is promised to providers already: it speaks against nothing, and says why less is left."""
    found = []
    if policy.spent > 0:
        spent = Money(policy.spent, policy.insured_sum.currency)
        code = "guaranteed_least" if policy.uncounted else "guaranteed"
        found.append(Reason(code, COVERED, "", {"amount": spent}))
    if cover is not None and cover.limit is not None and policy.spent_on_service > 0:
        spent = Money(policy.spent_on_service, cover.limit.currency)
        code = "guaranteed_kind_least" if policy.uncounted_on_service else "guaranteed_kind"
        found.append(Reason(code, COVERED, cover.clause, {"amount": spent, "service": event.service}))
    return found


def _excess(cover: CoverFacts | None, event: Event) -> list[Reason]:
    """What the person pays: an amount, a part of the bill, or a part that is no less than an amount."""
    if cover is None or not (cover.excess.amount or cover.excess_percent):
        return []
    values = {"amount": cover.excess, "percent": cover.excess_percent, "service": event.service}
    code = (
        "excess" if not cover.excess_percent else "excess_least" if cover.excess.amount else "excess_percent"
    )
    return [Reason(code, COVERED, cover.clause, values)]


def _spent(policy: PolicyFacts, cover: CoverFacts | None, event: Event) -> list[Reason]:
    """Nothing is left of the whole sum, which the policy names, or else of the limit, which a clause names; unless
    it may have been promised to somebody else."""
    if policy.spent >= policy.insured_sum.amount:
        code, weight = ("sum_of_whom", ASK) if policy.shared else ("sum_spent", NOT_COVERED)
        return [Reason(code, weight, "", {"limit": policy.insured_sum})]
    if cover and cover.limit and policy.spent_on_service >= cover.limit.amount:
        code, weight = ("limit_of_whom", ASK) if policy.shared else ("limit_spent", NOT_COVERED)
        return [Reason(code, weight, cover.clause, {"limit": cover.limit, "service": event.service})]
    return []


def _shown(policy: PolicyFacts, cover: CoverFacts | None) -> Money | None:
    left, counted = _left(policy, cover)
    if left.amount <= 0:
        return None if policy.shared else left
    return left if counted else None


def _left(policy: PolicyFacts, cover: CoverFacts | None) -> tuple[Money, bool]:
    """The limit of the cover, never more than what is left of the insured sum; and is it certain: are there rates?"""
    whole = Money(max(policy.insured_sum.amount - policy.spent, Decimal(0)), policy.insured_sum.currency)
    counted = not (policy.uncounted or policy.uncounted_on_service)
    if cover is None or cover.limit is None:
        return whole, counted
    left = max(cover.limit.amount - policy.spent_on_service, Decimal(0))
    bound = in_currency(whole, cover.limit.currency, policy.rates or {}) if whole.amount else Decimal(0)
    if bound is None:
        imagined = policy.rates is None and not policy.spent
        return Money(left, cover.limit.currency), imagined and counted
    return Money(min(left, bound), cover.limit.currency), counted
