"""What a policy says of help there and then: what is asked, the days that it may be there, the verdicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from cases.insurance.models import Country, Edition, Exclusion, InsuredPerson, Policy, ServiceKind
from cases.insurance.rules import (
    Answers,
    Event,
    OnDay,
    Verdict,
    days_anywhere,
    days_in,
    decide,
    over_days,
)
from cases.insurance.selectors import catalogue
from cases.insurance.selectors.facts import Promised, facts_of, promised_under
from cases.insurance.selectors.terms import Question, questions_of, read_answers, terms_of
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
    promised = promised_under(policies, editions, asked.at, asked.person)
    return {
        row.pk: _told(
            row, {day: editions[day].get(row.programme_id) for day in there}, asked, names, promised[row.pk]
        )
        for row in policies
    }


def _told(
    policy: Policy,
    editions: Mapping[date, Edition | None],
    asked: Circumstances,
    names: Mapping[str, Mapping[str, Any]],
    promised: Promised,
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
            found = decide(facts_of(policy, terms[day], one, promised, known_at), one)
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


def questions(told: Told) -> list[Question]:
    """The questions of all the verdicts, each once, in the order of the rules."""
    rows = told.rules
    asked = {one.code: one for answer in told.verdicts for one in answer.questions}
    return [Question(row, asked[code].answer) for code, row in rows.items() if code in asked]
