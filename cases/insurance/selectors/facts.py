"""What the verdict is told of a policy: what is promised under it and how it was sold, read for several at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count

from cases.insurance import registry
from cases.insurance.models import Edition, InsuredPerson, Policy, PolicyPerson
from cases.insurance.rules import Committed, Event, Money, PolicyFacts, Rates, Terms, fitting, total_in
from cases.insurance.selectors import catalogue
from cases.insurance.selectors.terms import area_of


@dataclass(frozen=True)
class Promised:
    """What is promised under a policy, the rates for comparing it, may it be promised to somebody else, when was
    the policy entered, if after the event, and which extra risks were sold with it, where they matter (None: it was
    not sold here)."""

    rows: Sequence[Committed] = ()
    rates: Rates = field(default_factory=dict)
    shared: bool = False
    entered_later: datetime | None = None
    risks: frozenset[str] | None = None


def promised_under(
    policies: Sequence[Policy],
    editions: Mapping[date, Mapping[int, Edition]],
    at: datetime,
    person: InsuredPerson | None,
) -> dict[int, Promised]:
    """By id of the policy, for an event of one of these days; `editions` by programme. Four statements at most."""
    promised = registry.committed([row.pk for row in policies if row.pk], person.pk if person else None)
    rates = _rates(policies, promised, [one for found in editions.values() for one in found.values()])
    shared = set() if person else _shared(promised)
    # A policy is entered before its first day or on it.
    first = {row.pk for row in policies if row.valid_from in editions}
    sold = _sold(policies, editions.values(), first)
    late = {pk: sale.at for pk, sale in sold.items() if pk in first and sale.at > at}
    return {
        row.pk: Promised(
            promised.get(row.pk, []),
            rates,
            row.pk in shared,
            late.get(row.pk),
            sold[row.pk].risks if row.pk in sold else None,
        )
        for row in policies
    }


def _sold(
    policies: Sequence[Policy], editions: Collection[Mapping[int, Edition]], first: Collection[int]
) -> dict[int, registry.Sale]:
    """How those were sold of which it may matter: whose `first` day it is, and where an extra risk lifts an exclusion.
    One statement, none where it matters nowhere."""
    risky = {
        pk
        for found in editions
        for pk, one in found.items()
        if any(row.risks for row in one.exclusions.all())
    }
    return registry.entered(
        [row.pk for row in policies if row.pk and (row.pk in first or row.programme_id in risky)]
    )


def _shared(policies: Collection[int]) -> set[int]:
    """Those that insure several. One statement, none for none."""
    rows = PolicyPerson.objects.filter(policy__in=policies).order_by().values_list("policy", flat=True)
    return set(rows.annotate(named=Count("id")).filter(named__gt=1)) if policies else set()


def _rates(
    policies: Sequence[Policy], promised: Mapping[int, Sequence[Committed]], editions: Sequence[Edition]
) -> Rates:
    """Read only when more than one currency plays a part, in what is promised, the sums and the limits."""
    codes = {one.amount.currency for rows in promised.values() for one in rows}
    codes |= {row.currency_id for row in policies}
    codes |= {row.currency_id for one in editions for row in one.covers.all() if row.limit is not None}
    return rates_of(codes) if len(codes) > 1 else {}


def rates_of(codes: Collection[str]) -> Rates:
    """Hryvnias for one unit of each of these currencies. One statement at most."""
    return {code: row.rate_uah for code, row in catalogue.currencies().items() if code in codes}


def facts_of(
    policy: Policy, terms: Terms | None, event: Event, promised: Promised, known_at: datetime | None
) -> PolicyFacts:
    """What the rules need to know of the policy for this event; no statement when its territory has been read."""
    spent, all_of_it = total_in(promised.rows, policy.currency_id, promised.rates)
    bands = fitting(terms.covers.get(event.service or "", ()), event.age, terms.ages) if terms else ()
    limits = [one.limit for one in bands if one.limit]
    on_service, all_of_that = total_in(
        [one for one in promised.rows if one.service == event.service],
        limits[0].currency if limits else policy.currency_id,
        promised.rates,
    )
    return PolicyFacts(
        valid_from=policy.valid_from,
        valid_to=policy.valid_to,
        ended_on=policy.ended_on,
        area=area_of(policy.territory, known_at),
        insured_sum=Money(policy.insured_sum, policy.currency_id),
        terms=terms,
        spent=spent,
        spent_on_service=on_service,
        uncounted=not all_of_it,
        uncounted_on_service=not all_of_that,
        entered_later=promised.entered_later,
        risks=promised.risks,
        shared=promised.shared,
        rates=promised.rates,
    )
