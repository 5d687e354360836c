"""A policy, a person, and what the policy says of help there and then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from cases.insurance import registry
from cases.insurance.models import Country, InsuredPerson, Policy, ServiceKind
from cases.insurance.rules import CoverFacts, Money, PolicyFacts, Verdict, decide
from fregat.lib import clock
from fregat.lib.errors import Invalid, NotFound

if TYPE_CHECKING:
    from staff.employees.models import Employee


def get_policy(user: Employee, pk: int, *, now: datetime) -> Policy:
    """A policy within what the employee may see. Raises NotFound."""
    rows = Policy.objects.visible_to(user, now).for_reading()
    policy: Policy | None = rows.filter(pk=pk).first() if 0 < pk < 2**63 else None
    if policy is None:
        raise NotFound()
    return policy


def get_person(user: Employee, pk: int | UUID, *, now: datetime) -> InsuredPerson:
    """A person with the policies that the employee may see, by id or uuid. Raises NotFound."""
    policies = Policy.objects.visible_to(user, now).for_reading()
    rows = InsuredPerson.objects.visible_to(user, now).prefetch_related(Prefetch("policies", policies))
    wanted: dict[str, Any] = {"uuid": pk} if isinstance(pk, UUID) else {"pk": pk}
    person: InsuredPerson | None = (
        rows.filter(**wanted).first() if isinstance(pk, UUID) or 0 < pk < 2**63 else None
    )
    if person is None:
        raise NotFound()
    return person


def verdict(policy: Policy, *, country: str | None, at: datetime, service: str | None) -> Verdict:
    """Does the policy cover this help, there and then? Three statements at most.

    Args: `country` ISO 3166-1 alpha-2 and `service` a code of a kind of help, None when not known yet;
    `at` an aware instant, its day is taken where the event is (in the country's main zone), in Kyiv when the
    place is not known.
    Raises Invalid for a country or kind of help that does not exist, or an instant no calendar knows.
    """
    place, kind = _named(Country, "country", country), _named(ServiceKind, "service", service)
    try:
        on = _there(place, at)
    except (OverflowError, ValueError):
        raise Invalid.field("at", _("There is no such date.")) from None
    answer = decide(_facts(policy, service), country=country or None, on=on, service=service or None)
    names = {"country": place, "service": kind}
    reasons = (
        replace(reason, values={key: names.get(key) or value for key, value in reason.values.items()})
        for reason in answer.reasons
    )
    return replace(answer, reasons=tuple(reasons))


def _there(place: Country | ServiceKind | None, at: datetime) -> date:
    """The day on the calendar of the place. Raises OverflowError and ValueError beyond all calendars."""
    zone = getattr(place, "zone", "")
    return at.astimezone(ZoneInfo(zone)).date() if zone else clock.local(at).date()


def _named(
    model: type[Country] | type[ServiceKind], field: str, code: str | None
) -> Country | ServiceKind | None:
    if not code:
        return None
    row: Country | ServiceKind | None = model._default_manager.filter(pk=code).first()
    if row is None:
        sentence = (
            _("There is no country with this code.")
            if field == "country"
            else _("There is no such kind of help.")
        )
        raise Invalid.field(field, sentence)
    return row


def _facts(policy: Policy, service: str | None) -> PolicyFacts:
    return PolicyFacts(
        valid_from=policy.valid_from,
        valid_to=policy.valid_to,
        ended_on=policy.ended_on,
        countries=frozenset(policy.territory.countries),
        insured_sum=Money(policy.insured_sum, policy.currency_id),
        covers=_covers(policy, service),
        spent=registry.committed(policy, None),
        spent_on_service=registry.committed(policy, service) if service else registry.committed(policy, None),
    )


def _covers(policy: Policy, service: str | None) -> dict[str, CoverFacts]:
    if not service:
        return {}
    rows = policy.programme.covers.filter(service=service).select_related("territory")
    return {
        cover.service_id: CoverFacts(
            excess=Money(cover.excess, cover.currency_id),
            limit=Money(cover.limit, cover.currency_id) if cover.limit is not None else None,
            countries=frozenset(cover.territory.countries) if cover.territory else None,
            clause=cover.clause,
            needs_consent=cover.needs_consent,
            waiting_days=cover.waiting_days,
        )
        for cover in rows
    }
