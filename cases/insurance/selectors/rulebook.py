"""The rules of programmes for people: what is in force, the draft, what changed, and examples worked out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, QuerySet

from cases.insurance.models import Country, Edition, Example, Programme, ServiceKind, Territory
from cases.insurance.rules import Event, Money, PolicyFacts, Verdict, decide
from cases.insurance.rules.changes import Difference, Key, Line, differences
from cases.insurance.selectors.catalogue import TABLES
from cases.insurance.selectors.terms import Question, area_of, questions_of, read_answers, terms_of
from cases.insurance.selectors.verdicts import named
from fregat.lib import clock
from fregat.lib.errors import NotFound

if TYPE_CHECKING:
    from staff.employees.models import Employee

SUM = Decimal(30_000)
"""The insured sum of the imagined policy of an example: no less than the limits of the help that is asked about."""


def programmes(user: Employee) -> QuerySet[Programme]:
    """Those whose rules the employee may read, with their editions. Two statements."""
    editions = Edition.objects.select_related("published_by").order_by("-number")
    rows = Programme.objects.visible_to(user).select_related("insurer")
    return rows.prefetch_related(Prefetch("editions", editions)).order_by("insurer__name_key", "id")


def get_programme(user: Employee, pk: int, *, now: datetime) -> Programme:
    """A programme whose rules the employee may read. Raises NotFound."""
    rows = Programme.objects.visible_to(user).select_related("insurer")
    found: Programme | None = rows.filter(pk=pk).first() if 0 < pk < 2**63 else None
    if found is None:
        raise NotFound()
    return found


@dataclass(frozen=True)
class Past:
    """An edition as the history shows it, with what it changed against the one before."""

    edition: Edition
    changes: list[Difference]
    void: bool
    """It never came into force: one that was published before its day counts from that day or an earlier one."""


@dataclass(frozen=True)
class Rulebook:
    """The rules of a programme: the latest edition in force, the draft, those that are yet to come or are past."""

    current: Edition | None
    ahead: Edition | None
    """The latest of those that will come into force."""
    draft: Edition | None
    history: list[Past]
    drafted: list[Difference]
    """What the draft changes."""

    @property
    def questions(self) -> list[tuple[str, str]]:
        """Codes and texts of the questions of all editions, of several texts the latest."""
        editions = [past.edition for past in reversed(self.history)] + ([self.draft] if self.draft else [])
        return [(one.code, one.name) for edition in editions for one in edition.exclusions.all()]


def rulebook(programme: Programme, on: date) -> Rulebook:
    """Everything about the rules of a programme, `current` for events of a day; three statements."""
    rows = programme.editions.select_related("published_by", "begun_by").prefetch_related(*TABLES)
    editions = list(rows.order_by("number"))
    published = [row for row in editions if row.published_at]
    draft = next((row for row in editions if not row.published_at), None)
    current, ahead = standing(published, on)
    lines = [lines_of(row) for row in published]
    history = [
        Past(
            row,
            differences(lines[place - 1], lines[place]) if place else [],
            void=any(_replaces(later, row) for later in published[place + 1 :]),
        )
        for place, row in enumerate(published)
    ]
    drafted = differences(lines[-1] if lines else {}, lines_of(draft)) if draft else []
    return Rulebook(current, ahead, draft, history[::-1], drafted)


def standing(published: Sequence[Edition], on: date) -> tuple[Edition | None, Edition | None]:
    """Of published editions, the oldest first: which counts for events of a day, and the latest that counts from a
    later day. Of those that have begun the latest published counts, so that what it precedes never begins."""
    current = next(
        (row for row in reversed(published) if row.valid_from is None or row.valid_from <= on), None
    )
    after = published[published.index(current) + 1 :] if current else published
    return current, after[-1] if after else None


def _replaces(later: Edition, row: Edition) -> bool:
    return bool(
        row.valid_from and later.published_at
        and (later.valid_from is None or later.valid_from <= row.valid_from)
        and clock.local(later.published_at).date() < row.valid_from
    )  # fmt: skip


_COVER = ("excess_percent", "territory", "clause", "needs_consent", "waiting_days")
_EXCLUSION = (
    "name_uk", "name_en", "kind", "excluded_from", "effect", "services", "countries", "gender", "age_from", "age_to",
    "clause", "risks",
)  # fmt: skip
_EDITION = ("age_from", "age_to", "ages_clause", "excluded", "excluded_clause")


def lines_of(edition: Edition) -> dict[Key, Line]:
    """The tables of an edition for comparing: a cover is told by its kind of help and ages, a question by its code.

    Amounts go with their currency; the order in which codes stand says nothing.
    """
    found: dict[Key, Line] = {("edition",): _fields(edition, _EDITION)}
    for row in edition.covers.all():
        ages = tuple("" if age is None else str(age) for age in (row.age_from, row.age_to))
        found["cover", row.service_id, *ages] = {
            "limit": None if row.limit is None else Money(row.limit, row.currency_id),
            "excess": Money(row.excess, row.currency_id), **_fields(row, _COVER),
        }  # fmt: skip
    for one in edition.exclusions.all():
        found["exclusion", one.code] = _fields(one, _EXCLUSION)
    return found


def _fields(row: Any, names: Iterable[str]) -> dict[str, object]:
    values = {name: getattr(row, name) for name in names}
    return {name: sorted(value) if isinstance(value, list) else value for name, value in values.items()}


@dataclass(frozen=True)
class Imagined:
    """An example: an imagined policy and event. `day`: of the policy, from 1; codes empty when not known."""

    territory: Territory
    country: str = ""
    service: str = ""
    day: int = 30
    age: int | None = None
    gender: str = ""
    answers: Mapping[str, Any] | None = None
    risks: Collection[str] = ()
    """Extra risks that are sold with it."""


@dataclass(frozen=True)
class Tried:
    """What an edition says of an example; None without an edition."""

    edition: Edition | None
    verdict: Verdict | None
    questions: tuple[Question, ...] = ()


def imagined(row: Example) -> Imagined:
    """A kept example."""
    return Imagined(
        row.territory, row.country, row.service, row.day, row.age, row.gender, row.answers, row.risks
    )


def try_out(edition: Edition | None, example: Imagined, on: date, names: Mapping[str, Any]) -> Tried:
    """What the edition would say of an event on a day; no statement. `names`: from `names_for`."""
    if edition is None:
        return Tried(None, None)
    begins = on - timedelta(days=example.day - 1)
    covers = list(edition.covers.all())
    currency = covers[0].currency_id if covers else "EUR"
    asked = (one for one in covers if one.service_id == example.service and one.currency_id == currency)
    policy = PolicyFacts(
        valid_from=begins, valid_to=begins + timedelta(days=364 * 5), area=area_of(example.territory),
        insured_sum=Money(max([SUM, *(one.limit for one in asked if one.limit)]), currency), terms=terms_of(edition),
        risks=frozenset(example.risks),
    )  # fmt: skip
    answers = read_answers(edition, example.answers or {})
    event = Event(
        on=on, country=example.country or None, service=example.service or None, gender=example.gender,
        answers=answers, born=_born(example.age, on),
    )  # fmt: skip
    rows = questions_of(edition)
    verdict = named(decide(policy, event), {**names, "question": rows})
    return Tried(edition, verdict, tuple(Question(rows[one.code], one.answer) for one in verdict.questions))


def _born(age: int | None, on: date) -> date | None:
    """A birthday that makes somebody of this age on a day."""
    return None if age is None else date(on.year - age, on.month, min(on.day, 28))


def names_for(examples: list[Imagined]) -> dict[str, Mapping[str, Any]]:
    """Rows of the countries and kinds of help that examples name; two statements."""
    return {
        "country": Country.objects.in_bulk({one.country for one in examples if one.country}),
        "service": ServiceKind.objects.in_bulk({one.service for one in examples if one.service}),
    }


def kept_examples(programme: Programme) -> list[Example]:
    """The examples of a programme."""
    return list(programme.examples.select_related("territory", "kept_by"))
