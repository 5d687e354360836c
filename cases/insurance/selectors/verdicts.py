"""What a policy says of help there and then: the edition of the rules that counts, its facts, the answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.utils.translation import gettext as _

from cases.insurance import registry
from cases.insurance.models import (
    Country,
    Cover,
    Edition,
    Exclusion,
    InsuredPerson,
    Policy,
    PolicyPerson,
    ServiceKind,
    Territory,
)
from cases.insurance.rules import (
    YES_NO,
    Ages,
    Answers,
    Area,
    Committed,
    CoverFacts,
    Event,
    ExclusionFacts,
    Money,
    OnDay,
    PolicyFacts,
    Rates,
    Terms,
    Verdict,
    days_anywhere,
    days_in,
    decide,
    fitting,
    over_days,
    read_answer,
    total_in,
)
from cases.insurance.selectors import catalogue
from fregat.lib import clock
from fregat.lib.errors import Invalid


@dataclass(frozen=True)
class Circumstances:
    """What is known of an event. `at` an aware instant; `country` and `services` codes, none when not known yet.

    `person`: whose age and gender count; None: the only one of the policy. `born`: as it was told, for somebody in no
    list or of whom the list does not say it.
    `known_at`: editions published later do not count, nor do later edits of a territory (a case keeps those of its
    registration); None: all count.
    """

    at: datetime
    country: str = ""
    services: tuple[str, ...] = ()
    person: InsuredPerson | None = None
    born: date | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    known_at: datetime | None = None
    place: Country | None = None
    kind_rows: Mapping[str, ServiceKind] | None = None
    """The rows of the country and of the kinds of help, where they have been read already."""


@dataclass(frozen=True)
class Told:
    """Verdicts, one for each kind of help (one for none), with the edition of the rules they stand on.

    `rules`: the questions of the rules by code; where it is two days at once, those of another edition too.
    """

    verdicts: tuple[Verdict, ...]
    edition: Edition | None
    answers: Answers
    rules: Mapping[str, Exclusion] = field(default_factory=dict)


def verdict(
    policy: Policy, *, country: str | None, at: datetime, service: str | None, **more: Any
) -> Verdict:
    """Does the policy cover this help, there and then? See `verdicts`; `more`: of `Circumstances`."""
    kinds = (service,) if service else ()
    return verdicts(policy, Circumstances(at=at, country=country or "", services=kinds, **more)).verdicts[0]


def verdicts(policy: Policy, asked: Circumstances) -> Told:
    """The verdict for each kind of help. Nine statements at most, however many kinds and rules there are; three more
    where it is two days at once and the rules change between them.

    The day is taken where the event is: in all zones of the country, anywhere while the place is not known. Where the
    answer is not the same for all these days, that is asked.
    Raises Invalid for a country or kind of help that does not exist, or an instant no calendar knows.
    """
    return verdicts_of([policy], asked)[policy.pk]


def verdicts_of(policies: Sequence[Policy], asked: Circumstances) -> dict[int, Told]:
    """The same for several policies of one person, by id, within as many statements."""
    place, kinds = _rows(asked)
    try:
        there = _there(place, asked.at)
    except (OverflowError, ValueError):
        raise Invalid.field("at", _("There is no such date.")) from None
    programmes, known_at = {row.programme_id for row in policies}, asked.known_at or clock.now()
    editions = {day: catalogue.editions_for(programmes, day, known_at) for day in there}
    names: dict[str, Mapping[str, Any]] = {"country": {asked.country: place}, "service": kinds}
    promised = registry.committed(
        [row.pk for row in policies if row.pk], asked.person.pk if asked.person else None
    )
    rates = _rates(policies, promised, [one for found in editions.values() for one in found.values()])
    shared = set() if asked.person else _shared(promised)
    # A policy is entered before its first day or on it.
    first = {row.pk for row in policies if row.valid_from in there}
    sold = _sold(policies, editions.values(), first)
    late = {pk: sale.at for pk, sale in sold.items() if pk in first and sale.at > asked.at}
    sums = {
        row.pk: _Promised(
            promised.get(row.pk, []),
            rates,
            row.pk in shared,
            late.get(row.pk),
            sold[row.pk].risks if row.pk in sold else None,
        )
        for row in policies
    }
    return {
        row.pk: _told(
            row, {day: editions[day].get(row.programme_id) for day in there}, asked, names, sums[row.pk]
        )
        for row in policies
    }


@dataclass(frozen=True)
class _Promised:
    """What is promised under a policy, the rates for comparing it, may it be promised to somebody else, when was
    the policy entered, if after the event, and which extra risks were sold with it, where they matter (None: it was
    not sold here)."""

    rows: Sequence[Committed] = ()
    rates: Rates = field(default_factory=dict)
    shared: bool = False
    entered_later: datetime | None = None
    risks: frozenset[str] | None = None


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


def _told(
    policy: Policy,
    editions: Mapping[date, Edition | None],
    asked: Circumstances,
    names: Mapping[str, Mapping[str, Any]],
    promised: _Promised,
) -> Told:
    """By the edition of each day, that of the main zone first."""
    known_at = asked.known_at
    terms = {day: terms_of(one, known_at) if one else None for day, one in editions.items()}
    asks_who = any(one.asks_who for one in terms.values() if one)
    person = asked.person or (_only(policy) if asks_who and not asked.born else None)
    kinds: list[str | None] = [*dict.fromkeys(asked.services)] or [None]
    said: dict[str | None, list[OnDay]] = {kind: [] for kind in kinds}
    for day, edition in editions.items():
        event = Event(
            on=day, country=asked.country or None, answers=read_answers(edition, asked.answers),
            born=(person.birth_date if person else None) or asked.born, gender=person.gender if person else "",
        )  # fmt: skip
        for kind in kinds:
            one = replace(event, service=kind)
            found = decide(_facts(policy, terms[day], one, promised, known_at), one)
            said[kind].append(OnDay(day, edition and edition.pk, event.age, found))
    main, *others = editions.values()
    rules, answers = questions_of(main), read_answers(main, asked.answers)
    for edition in others:
        rules = rules | {code: row for code, row in questions_of(edition).items() if code not in rules}
        answers = read_answers(edition, asked.answers) | answers
    words = {**names, "question": rules}
    return Told(tuple(named(over_days(days), words) for days in said.values()), main, answers, rules)


def _rows(asked: Circumstances) -> tuple[Country | None, Mapping[str, ServiceKind]]:
    place = asked.place
    if asked.country and place is None:
        place = catalogue.countries().get(asked.country)
        if place is None:
            raise Invalid.field("country", _("There is no country with this code."))
    kinds = asked.kind_rows
    if kinds is None:
        kinds = catalogue.service_kinds() if asked.services else {}
    if set(asked.services) - set(kinds):
        raise Invalid.field("service", _("There is no such kind of help."))
    return place, kinds


def questions_of(edition: Edition | None) -> dict[str, Exclusion]:
    """Code → the question itself."""
    return {row.code: row for row in edition.exclusions.all()} if edition else {}


def read_answers(edition: Edition | None, said: Mapping[str, Any]) -> dict[str, Any]:
    """Of what was answered, what answers a question of this edition."""
    found = {
        code: read_answer(row.kind, said[code]) for code, row in questions_of(edition).items() if code in said
    }
    return {code: answer for code, answer in found.items() if answer is not None}


def named(verdict: Verdict, names: Mapping[str, Mapping[Any, Any]]) -> Verdict:
    """The verdict with rows in place of codes, for sentences in the reader's language."""
    reasons = (
        replace(
            reason,
            values={key: names.get(key, {}).get(value, value) for key, value in reason.values.items()},
        )
        for reason in verdict.reasons
    )
    return replace(verdict, reasons=tuple(reasons))


def _there(place: Country | None, at: datetime) -> list[date]:
    """The day in the main zone of the place, in Kyiv when it is not known, and then the others that it may be there.

    Raises OverflowError and ValueError beyond all calendars.
    """
    known = place is not None and place.zone
    main = at.astimezone(ZoneInfo(place.zone)).date() if place and known else clock.local(at).date()
    every = days_in(place.pk, at) if place and known else days_anywhere(at)
    return [main, *sorted(every - {main})]


def _only(policy: Policy) -> InsuredPerson | None:
    """The insured person of a policy that names one alone."""
    rows = policy.persons.order_by("id")[:2]
    return rows[0] if len(rows) == 1 else None


def _facts(
    policy: Policy, terms: Terms | None, event: Event, promised: _Promised, known_at: datetime | None
) -> PolicyFacts:
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


def area_of(territory: Territory, known_at: datetime | None = None) -> Area:
    """Where a territory is, or was at an instant, whatever its lists became later."""
    countries, without = territory.lists_at(known_at)
    return Area(frozenset(countries), frozenset(without))


def terms_of(edition: Edition, known_at: datetime | None = None) -> Terms:
    """The rules of an edition as plain values; no statement when its tables have been read (`TABLES`)."""
    covers: dict[str, list[CoverFacts]] = {}
    for row in edition.covers.all():
        covers.setdefault(row.service_id, []).append(_cover(row, known_at))
    return Terms(
        covers=covers,
        exclusions=[_exclusion(row) for row in edition.exclusions.all()],
        ages=Ages(edition.age_from, edition.age_to),
        ages_clause=edition.ages_clause,
        excluded=frozenset(edition.excluded),
        excluded_clause=edition.excluded_clause,
    )


def _cover(row: Cover, known_at: datetime | None) -> CoverFacts:
    return CoverFacts(
        excess=Money(row.excess, row.currency_id),
        limit=Money(row.limit, row.currency_id) if row.limit is not None else None,
        area=area_of(row.territory, known_at) if row.territory else None,
        clause=row.clause,
        needs_consent=row.needs_consent,
        waiting_days=row.waiting_days,
        ages=Ages(row.age_from, row.age_to),
        excess_percent=row.excess_percent,
    )


def _exclusion(row: Exclusion) -> ExclusionFacts:
    return ExclusionFacts(
        code=row.code,
        kind=row.kind,
        clause=row.clause,
        excluded_from=row.excluded_from,
        effect=row.effect,
        services=frozenset(row.services),
        countries=frozenset(row.countries),
        ages=Ages(row.age_from, row.age_to),
        gender=row.gender,
        risks=row.risks,
    )


@dataclass(frozen=True)
class Question:
    """A question of the rules for a page, with its answer when there is one."""

    row: Exclusion
    answer: bool | int | None

    @property
    def code(self) -> str:
        """Under which the answer is kept."""
        return self.row.code

    @property
    def text(self) -> str:
        """In the language of the interface."""
        return self.row.name

    @property
    def kind(self) -> str:
        """How it is answered."""
        return self.row.kind

    @property
    def source(self) -> str:
        """The clause."""
        return self.row.clause

    @property
    def yes_no(self) -> bool:
        """Is it answered by yes or no?"""
        return self.kind == YES_NO


def questions(told: Told) -> list[Question]:
    """The questions of all the verdicts, each once, in the order of the rules."""
    rows = told.rules
    asked = {one.code: one for answer in told.verdicts for one in answer.questions}
    return [Question(row, asked[code].answer) for code, row in rows.items() if code in asked]
