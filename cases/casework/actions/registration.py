"""Registering a case while the person is on the line (JD II.1, C1)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from cases.casework import permissions, rules, selectors
from cases.casework.actions.escalations import tell_first
from cases.casework.actions.facts import Found, check_facts, check_needed, find
from cases.casework.actions.ground import announce, line_of, next_number, signed
from cases.casework.actions.responsibility import begin_responsibility
from cases.casework.actions.services import find_services
from cases.casework.models import Case, CaseService
from cases.casework.rules import CHANGEABLE, CaseFacts
from cases.casework.statuses import Status
from fregat.lib import clock, frame
from fregat.lib.db import action
from fregat.lib.errors import Conflict, Invalid
from staff.employees.models import Employee


@action
def register_case(
    *, by: Employee, facts: CaseFacts, draft: bool = False, now: datetime | None = None
) -> Case:
    """Open a case: numbered, answered for by `by`, told to whom it must be told, whatever the policy covers.

    With `draft` the call only gets a number; what a registered case needs may be missing. The same
    `facts.token` sent twice gives the same case. Without the person or the policy it is provisional.
    Its rows, and the cases that may be the same event (`alike`), need not be read again.
    Raises NotAllowed (off shift), Invalid (by field), Conflict (the token is another's).
    """
    now = now or clock.now()
    with frame.again(by, now):
        permissions.check_register(by, now)
        again = _sent_before(by, facts.token)
        return again or _register(by, facts, draft=draft, now=now)


def _register(by: Employee, facts: CaseFacts, *, draft: bool, now: datetime) -> Case:
    found = find(by, facts, now)
    services, errors = find_services(facts.services)
    found.errors.update(errors)
    check_facts(facts, found, now)
    if not draft:
        check_needed(facts, found)
    if found.errors:
        raise Invalid(found.errors)
    return _write(by, facts, found, services, draft=draft, now=now)


def _sent_before(by: Employee, token: UUID | None) -> Case | None:
    """The case that this form has registered already; two clicks at once wait for each other."""
    if token is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [token.int >> 65])
    case = Case.objects.for_reading().filter(token=token).first()
    if case is not None and case.opened_by_id != by.pk:
        raise Conflict(_("This form has been sent already."), code="sent")
    return case


def _write(
    by: Employee, facts: CaseFacts, found: Found, services: list[CaseService], *, draft: bool, now: datetime
) -> Case:
    case = Case(**_columns(by, facts, found, draft=draft, now=now))
    said = selectors.cover_of(
        found.policy, country=facts.country, at=facts.occurred_at or now, person=found.person,
        born=facts.person_birth_date, answers=facts.answers, kinds=[row.kind_id for row in services],
        known_at=now, place=found.country, kind_rows={row.kind_id: row.kind for row in services},
    )  # fmt: skip
    case.verdict, case.answers, case.cover = said.verdict, dict(said.answers), said.kept
    year, counter = next_number(now)
    case.number = rules.case_number(year, counter)
    with signed(by):
        case.save(force_insert=True)
        begun = begin_responsibility(case, by=by, now=now)
        for row in services:
            row.case, row.added_at, row.added_by = case, now, by
        CaseService.objects.bulk_create(services)
    values = {"provisional": case.provisional, "verdict": case.verdict, "cover": case.cover}
    line = line_of(case, "draft" if draft else "registered", by=by, now=now, values=values)
    told = tell_first(case, services, line, by=by, now=now)
    announce(case)
    return selectors.with_these_rows(
        case,
        services=services,
        escalations=told,
        responsibilities=[begun],
        alike=selectors.duplicates(case, user=by, now=now),
    )


def _columns(by: Employee, facts: CaseFacts, found: Found, *, draft: bool, now: datetime) -> dict[str, Any]:
    plain = {name: getattr(facts, name) for name in CHANGEABLE - {"person", "policy", "insurer", "country"}}
    if not plain["caller_name"] and facts.caller_relation == "self":
        plain["caller_name"] = found.person.full_name if found.person else facts.person_name
    return {
        **plain,
        **found.columns(),
        "token": facts.token,
        "status": Status.DRAFT if draft else Status.REPORTED,
        "responsible": by,
        "opened_by": by,
        "opened_at": now,
        "status_at": now,
        "registered_at": None if draft else now,
        "zone": found.country.zone if found.country else "",
        "provisional": found.person is None or found.policy is None,
    }
