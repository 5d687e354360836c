"""What the rules of an edition say, as plain values: where, what is covered, what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.insurance.models import Cover, Edition, Exclusion, Territory
from cases.insurance.rules import YES_NO, Ages, Area, CoverFacts, ExclusionFacts, Money, Terms, read_answer


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


def questions_of(edition: Edition | None) -> dict[str, Exclusion]:
    """Code → the question itself."""
    return {row.code: row for row in edition.exclusions.all()} if edition else {}


def read_answers(edition: Edition | None, said: Mapping[str, Any]) -> dict[str, Any]:
    """Of what was answered, what answers a question of this edition."""
    found = {
        code: read_answer(row.kind, said[code]) for code, row in questions_of(edition).items() if code in said
    }
    return {code: answer for code, answer in found.items() if answer is not None}
