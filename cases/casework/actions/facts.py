"""The facts of a case: looked up within what the person may see, checked, corrected later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases.casework import permissions, rules, selectors
from cases.casework.actions.escalations import tell
from cases.casework.actions.ground import (
    announce,
    check_version,
    locked_case,
    save_change,
    signed,
    tell_time_line,
)
from cases.casework.labels import FAULT_SENTENCES, FIELD_LABELS, RELATION_LABELS
from cases.casework.models import Case
from cases.casework.rules import CHANGEABLE, CaseFacts
from cases.casework.statuses import ENDED
from cases.insurance import selectors as insurance
from cases.insurance.models import Country, InsuredPerson, Insurer, Policy
from cases.insurance.selectors import catalogue
from fregat.lib import clock
from fregat.lib.db import action
from fregat.lib.errors import Conflict, Invalid, Sentence
from staff.employees.models import Employee


@dataclass
class Found:
    """The rows that the facts name; `errors` says, by field, which are not there for this person."""

    person: InsuredPerson | None = None
    policy: Policy | None = None
    insurer: Insurer | None = None
    country: Country | None = None
    errors: dict[str, list[Sentence]] = field(default_factory=dict)

    def fault(self, name: str, sentence: Sentence) -> None:
        """Note what is wrong with a field."""
        self.errors.setdefault(name, []).append(sentence)

    def columns(self) -> dict[str, Any]:
        """For the row of the case."""
        return {
            "person": self.person,
            "policy": self.policy,
            "insurer": self.insurer,
            "country": self.country,
        }


def find(by: Employee, facts: CaseFacts, now: datetime) -> Found:
    """Look the person, the policy, the insurer and the country up; at most six statements, one for who is in a list."""
    found = Found()
    _find_insured(found, by, facts, now)
    _find_insurer(found, by, facts, now)
    if facts.country:
        found.country = catalogue.countries().get(facts.country)
        if found.country is None:
            found.fault("country", _("There is no country with this code."))
    return found


def _find_insured(found: Found, by: Employee, facts: CaseFacts, now: datetime) -> None:
    """The person and the policy as it insures them."""
    if facts.person is not None and facts.policy is not None:
        link = insurance.link_to(by, facts.policy, facts.person, now=now)
        if link is not None:
            found.person, found.policy = link.person, _with_names(link.as_insured())
            return
    if facts.person is not None:
        found.person = InsuredPerson.objects.visible_to(by, now).filter(pk=facts.person).first()
        if found.person is None:
            found.fault("person", _("There is no such person in your projects."))
    if facts.policy is not None:
        found.policy = _policies(by, now).filter(pk=facts.policy).first()
        if found.policy is None:
            found.fault("policy", _("There is no such policy in your projects."))
    if found.person and found.policy:
        found.fault("policy", _("This person is not named in this policy."))


def _with_names(policy: Policy) -> Policy:
    """With its insurer and territory from the memory of the process; what came a moment ago is read by itself."""
    insurers, territories = catalogue.insurers(), catalogue.territories()
    if policy.insurer_id in insurers:
        policy.insurer = insurers[policy.insurer_id]
    if policy.territory_id in territories:
        policy.territory = territories[policy.territory_id]
    return policy


def _policies(by: Employee, now: datetime) -> Any:
    rows = Policy.objects.visible_to(by, now)
    return rows.select_related("insurer", "programme", "territory")


def _find_insurer(found: Found, by: Employee, facts: CaseFacts, now: datetime) -> None:
    """The policy's insurer; else the one that was named; else the only one with which the person is insured."""
    if found.policy is not None:
        found.insurer = found.policy.insurer
        if facts.insurer not in (None, found.policy.insurer_id):
            found.fault("insurer", _("The policy is of another insurer."))
    elif facts.insurer is not None:
        found.insurer = Insurer.objects.visible_to(by).filter(pk=facts.insurer).first()
        if found.insurer is None:
            found.fault("insurer", _("There is no such insurer among your projects."))
    elif found.person is not None:
        rows = Policy.objects.visible_to(by, now).filter(persons=found.person)
        mine = Insurer.objects.filter(pk__in=rows.values("insurer"))[:2]
        found.insurer = mine[0] if len(mine) == 1 else None


def check_facts(facts: CaseFacts, found: Found, now: datetime) -> None:
    """Add to `found.errors` what cannot be: absurd dates, an unknown relation."""
    if facts.caller_relation and facts.caller_relation not in RELATION_LABELS:
        found.fault("caller_relation", _("There is no such relation."))
    birth = rules.birth_fault(facts.person_birth_date, clock.local(now).date())
    if birth:
        found.fault("person_birth_date", FAULT_SENTENCES[birth])
    born = found.person.birth_date if found.person else facts.person_birth_date
    when = rules.time_fault(facts.occurred_at, born, now)
    if when:
        found.fault("occurred_at", FAULT_SENTENCES[when])


def check_needed(facts: CaseFacts, found: Found) -> None:
    """Add to `found.errors` what a registered case cannot be without."""
    if not (facts.caller_name or facts.caller_phone or facts.caller_relation == "self"):
        found.fault("caller_name", _("Say who is calling: a name or a phone number."))
    if found.person is None and not facts.person_name and "person" not in found.errors:
        found.fault("person_name", _("Choose the insured person, or enter the name as it was told."))
    if not facts.description:
        found.fault("description", _("Say what happened."))


def facts_of(case: Case) -> CaseFacts:
    """The facts of a case as they stand."""
    rows = {"person", "policy", "insurer", "country"}
    plain = {name: getattr(case, name) for name in CHANGEABLE - rows}
    return CaseFacts(
        person=case.person_id,
        policy=case.policy_id,
        insurer=case.insurer_id,
        country=case.country_id or "",
        **plain,
    )


@action
def change_case(
    *,
    by: Employee,
    number: str,
    changes: Mapping[str, Any],
    version: int | None = None,
    now: datetime | None = None,
) -> Case:
    """Correct facts of a case: `changes` maps fields of `CaseFacts` (not the services) to their new values.

    What must be told is told in the same transaction. `version` None: not compared.
    Raises NotFound, NotAllowed, Stale (both versions), Invalid, Conflict (the case has ended), in this order.
    """
    case = locked_case(by, number)
    now = now or clock.now()
    permissions.check_change(by, case, now)
    check_version(case, version, changes)
    before = facts_of(case)
    after = replace(before, **{name: value for name, value in changes.items() if name in CHANGEABLE})
    changed = sorted(name for name in CHANGEABLE if getattr(before, name) != getattr(after, name))
    found = _found_for(case, by, after, changed, now)
    if found.errors:
        raise Invalid(found.errors)
    if case.status in ENDED and changed:
        raise Conflict(_("The case has ended. Reopen it first."), code="ended")
    if changed:
        _write(case, after, found, changed, by=by, now=now)
    return case


def _found_for(case: Case, by: Employee, after: CaseFacts, changed: list[str], now: datetime) -> Found:
    """Look up only what changed: the rest stands, whoever corrects it."""
    if {"person", "policy", "insurer"} & set(changed):
        if "policy" in changed and "insurer" not in changed and after.policy is not None:
            # Another policy brings its insurer; a policy taken away leaves the case with its project.
            after = replace(after, insurer=None)
        found = find(by, after, now)
    else:
        found = Found(case.person, case.policy, case.insurer, case.country)
        if "country" in changed:
            found.country = Country.objects.filter(pk=after.country).first() if after.country else None
            if after.country and found.country is None:
                found.fault("country", _("There is no country with this code."))
    check_facts(after, found, now)
    if rules.is_registered(case.status):
        check_needed(after, found)
    return found


def _write(
    case: Case, after: CaseFacts, found: Found, changed: list[str], *, by: Employee, now: datetime
) -> None:
    columns = {**{k: v for k, v in asdict(after).items() if k in CHANGEABLE}, **found.columns()}
    touched = {*changed, "insurer"}
    for name in touched:
        setattr(case, name, columns[name])
    if "country" in changed:
        case.zone = found.country.zone if found.country else ""
        touched.add("zone")
    if rules.is_registered(case.status):
        case.provisional = case.person_id is None or case.policy_id is None
        touched.add("provisional")
    if rules.VERDICT_FIELDS & set(changed):
        if "policy" in changed and "answers" not in changed:
            case.answers = selectors.answers_to_its_rules(case)
        insured = found.policy if {"person", "policy"} & set(changed) else None
        said = selectors.cover_of_case(case, insured=insured).columns()
        for name, value in said.items():
            setattr(case, name, value)
        touched |= set(said)
    with signed(by):
        save_change(case, *sorted(touched))
    fields = [name for name in FIELD_LABELS if name in changed]
    tell_time_line(case, "changed", by=by, now=now, values={"fields": fields})
    tell(case, by=by, now=now)
    announce(case)
