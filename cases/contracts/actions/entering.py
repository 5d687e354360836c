"""Contracts are entered by the rules of their tariff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.contracts import selectors
from cases.contracts.actions.series import take_number
from cases.contracts.labels import amount, refusal_text
from cases.contracts.models import Contract, Tariff, kept_share
from cases.contracts.permissions import check_enter
from cases.contracts.rules import (
    NotSold,
    Premium,
    Question,
    Refusal,
    age_on,
    may_begin,
    premium,
    same_person,
)
from cases.insurance import actions as insurance
from cases.insurance import selectors as insurance_read
from cases.insurance.models import InsuredPerson, Territory
from fregat.lib import clock, db, phones
from fregat.lib.errors import Conflict, Invalid

if TYPE_CHECKING:
    from staff.employees.models import Employee


OF_AGE = 18
HOLDER_MAX = 200
"""Letters of a policy-holder's name; the name of a person in a list may be longer."""


class KnownAlready(Conflict):
    """Somebody who is entered as new seems to be there already: `found` says who, by the place of the person.

    It is entered when the facts say who it is (`known`), or that it is none of those (`others`).
    """

    default_code = "known"
    default_sentence = gettext_lazy("It looks as if this person is there already: say whether it is them.")

    def __init__(self, found: Mapping[int, list[insurance_read.Known]]) -> None:
        super().__init__()
        self.found = dict(found)


class SentAlready(Conflict):
    """Another contract was entered under this token: two tabs of one draft, the second of which was changed."""

    default_code = "sent_already"

    def __init__(self, number: str) -> None:
        said = _(
            "Contract %(number)s was entered from this form already. If this is another one, save again."
        )
        super().__init__(said % {"number": number})


@dataclass(frozen=True)
class PersonFacts:
    """Whom to insure: one who is known already (`known`: their id), or somebody new.

    `others`: ids of those who look like the same person and are not.
    """

    known: int | None = None
    surname: str = ""
    given_name: str = ""
    surname_latin: str = ""
    given_name_latin: str = ""
    birth_date: date | None = None
    phone: str = ""
    others: tuple[int, ...] = ()

    def person(self) -> InsuredPerson:
        """Somebody new, not saved yet."""
        person = InsuredPerson(
            surname=self.surname, given_name=self.given_name, surname_latin=self.surname_latin,
            given_name_latin=self.given_name_latin, birth_date=self.birth_date,
            phone=phones.kept(self.phone) or self.phone,
        )  # fmt: skip
        person.set_keys()
        return person


@dataclass(frozen=True)
class ContractFacts:
    """A contract to be entered. `holder_name` empty: the first of the insured persons who is of age takes it out.

    `expected`: the premium that the client was told.
    """

    token: UUID
    programme: int
    territory: str
    starts: date
    ends: date
    insured_sum: Decimal
    risks: tuple[str, ...]
    persons: tuple[PersonFacts, ...]
    expected: Decimal | None
    holder_name: str = ""
    holder_code: str = ""
    holder_phone: str = ""
    holder_address: str = ""


@db.action
def enter_contract(*, by: Employee, facts: ContractFacts, now: datetime | None = None) -> Contract:
    """Enter a contract and make its policy, which the look-up and the verdict find at once (JD II.3, C6).

    The tariff is the one in force today, locked against a version that is being published; the number comes from the
    insurer's series and goes back with the transaction. Sent twice (`token`) it is entered once. Raises Invalid with
    the field, `persons.N` for a person, when the rules refuse or the premium is not the one that was told; Conflict
    when the numbers are used up; SentAlready when the token was that of another contract; KnownAlready, which gives
    the number back too, when somebody new seems to be there; NotFound for a programme or person out of reach.
    """
    now = now or clock.now()
    today = clock.local(now).date()
    programme = selectors.get_programme(by, facts.programme, now=now)
    check_enter(by, programme.insurer_id, now)
    tariff = _tariff(programme.pk, today)
    # Asked once the tariff is locked: of two clicks at once the second sees what the first has entered.
    twice = _entered_before(by, facts)
    if twice is not None:
        return twice
    if tariff is None:
        raise Invalid.field("programme", _("This programme has no tariff in force today."))
    persons = [_person(by, row, place, now) for place, row in enumerate(facts.persons)]
    found = _checked(tariff, facts, persons, today)
    holder = None if facts.holder_name else _of_age(persons, today)
    number = take_number(programme.insurer)
    _check_new(by, programme.insurer_id, facts, persons, now)
    policy = insurance.issue_policy(
        number=number, programme=programme, valid_from=facts.starts, valid_to=facts.ends,
        territory=Territory.objects.get(code=facts.territory), currency=tariff.currency_id,
        insured_sum=facts.insured_sum, persons=persons,
    )  # fmt: skip
    row: Contract = Contract.objects.create(
        token=facts.token, policy=policy, tariff=tariff, risks=list(dict.fromkeys(facts.risks)), holder=holder,
        holder_name=holder.full_name[:HOLDER_MAX] if holder else facts.holder_name, holder_code=facts.holder_code,
        holder_phone=facts.holder_phone, holder_address=facts.holder_address,
        premium=found.total, shares=[kept_share(share) for share in found.shares],
        entered_at=now, entered_by=by,
    )  # fmt: skip
    return row


def _entered_before(by: Employee, facts: ContractFacts) -> Contract | None:
    """The contract that was entered under this token, when it is this one. Raises SentAlready when it is another."""
    rows = Contract.objects.filter(entered_by=by, token=facts.token)
    row = rows.select_related("policy__territory").first()
    if row is None:
        return None
    policy = row.policy
    was = (
        policy.programme_id, policy.territory.code, policy.valid_from, policy.valid_to, policy.insured_sum,
        set(row.risks), "" if row.holder_id else row.holder_name,
    )  # fmt: skip
    told = (
        facts.programme, facts.territory, facts.starts, facts.ends, facts.insured_sum, set(facts.risks),
        facts.holder_name,
    )  # fmt: skip
    persons = selectors.persons_of(row)
    same = len(persons) == len(facts.persons) and all(map(_is, facts.persons, persons))
    if was != told or not same:
        raise SentAlready(policy.number)
    return row


def _is(facts: PersonFacts, person: InsuredPerson) -> bool:
    if facts.known is not None:
        return facts.known == person.pk
    told = facts.person()
    return (told.surname_key, told.given_key, told.birth_date) == (
        person.surname_key, person.given_key, person.birth_date,
    )  # fmt: skip


def _tariff(programme: int, today: date) -> Tariff | None:
    """The version in force, locked: one that is published meanwhile waits for this contract."""
    rows = Tariff.objects.on(today).filter(programme=programme).select_for_update(of=("self",))
    # Whoever waited for a version that another has replaced from today finds it over, and the new one began after
    # the statement did: the next statement sees it.
    return rows.first() or rows.first()


def _person(by: Employee, facts: PersonFacts, place: int, now: datetime) -> InsuredPerson:
    """The person who is known, within the reach of who enters; else a new one, not saved yet."""
    if facts.known is not None:
        person = InsuredPerson.objects.visible_to(by, now).filter(pk=facts.known).first()
        if person is None:
            raise Invalid.field(f"persons.{place}", _("This person is not found any more: find them again."))
        if person.birth_date is None:
            raise Invalid.field(
                f"persons.{place}",
                _("The date of birth of this person is not known: the age cannot be told."),
            )
        return person
    if not (facts.surname or facts.surname_latin) or facts.birth_date is None:
        raise Invalid.field(f"persons.{place}", _("The surname and the date of birth are needed."))
    return facts.person()


def _check_new(
    by: Employee, insurer: int, facts: ContractFacts, persons: list[InsuredPerson], now: datetime
) -> None:
    """Is nobody of the new ones there already? Raises KnownAlready.

    Asked while the insurer's numbers are locked: of two who enter one person at once the second sees the first's.
    """
    entered = {
        place: insurance_read.Entered(person, facts.persons[place].others)
        for place, person in enumerate(persons)
        if person.pk is None
    }
    found = insurance_read.known_already(by, insurer, entered, now=now)
    if found:
        raise KnownAlready(found)


def _of_age(persons: list[InsuredPerson], today: date) -> InsuredPerson:
    """Who takes the contract out: the first who is of age."""
    for one in persons:
        if one.birth_date and age_on(one.birth_date, today) >= OF_AGE:
            return one
    raise Invalid.field("holder_name", _("Nobody of the insured is of age: name who takes the contract out."))


def _checked(tariff: Tariff, facts: ContractFacts, persons: list[InsuredPerson], today: date) -> Premium:
    """The premium, or Invalid with every reason why the contract cannot be entered."""
    rules = tariff.facts()
    question = Question(
        territory=facts.territory, starts=facts.starts, ends=facts.ends, risks=frozenset(facts.risks),
        insured_sum=facts.insured_sum, born=tuple(one.birth_date for one in persons if one.birth_date),
    )  # fmt: skip
    result = premium(rules, question)
    refusals = list(may_begin(rules, facts.starts, today))
    if isinstance(result, NotSold):
        raise _invalid([*refusals, *result.reasons])
    if refusals:
        raise _invalid(refusals)
    keys = [(one.pk or one.surname_key, one.given_key, one.birth_date) for one in persons]
    for place in same_person(keys):
        raise Invalid.field(f"persons.{place}", _("This person stands in the contract already."))
    if facts.expected is None or facts.expected != result.total:
        raise Invalid(
            {},
            _("The premium is %(premium)s. Tell the client and save again.")
            % {"premium": amount(result.total, result.currency)},
        )
    return result


def _invalid(refusals: list[Refusal]) -> Invalid:
    errors: dict[str, list[str]] = {}
    for one in refusals:
        name = f"persons.{one.person}" if one.person >= 0 else one.field
        errors.setdefault(name, []).append(refusal_text(one))
    return Invalid(errors)
