"""The help that a case needs, as plain rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cases.casework import permissions, rules, selectors
from cases.casework.actions.escalations import tell
from cases.casework.actions.ground import announce, locked_case, signed, tell_time_line
from cases.casework.labels import SERVICE_STATE_LABELS
from cases.casework.models import Case, CaseService
from cases.casework.rules import ServiceFacts
from cases.casework.statuses import ENDED
from cases.insurance.models import Currency, ServiceKind
from cases.insurance.selectors import catalogue
from fregat.lib import clock
from fregat.lib.db import action, lock
from fregat.lib.errors import Conflict, Invalid, Sentence
from staff.employees.models import Employee

_CENT = Decimal("0.01")


def find_services(
    wanted: Sequence[ServiceFacts], *, prefix: str = "services."
) -> tuple[list[CaseService], dict[str, list[Sentence]]]:
    """Unsaved rows for the services, and by field what is wrong with them; two statements at most.

    Errors are named `services.0.kind`; with an empty `prefix` (one service) `kind`.
    """
    errors: dict[str, list[Sentence]] = {}
    if len(wanted) > rules.SERVICES_MAX:
        return [], {
            "services": [_("At most %(max)d kinds of help in one case.") % {"max": rules.SERVICES_MAX}]
        }
    kinds, currencies = catalogue.service_kinds(), catalogue.currencies()
    rows = []
    for index, facts in enumerate(wanted):
        at = f"{prefix}{index}." if prefix else ""
        for name, sentence in _service_faults(facts, kinds, currencies):
            errors.setdefault(at + name, []).append(sentence)
        if facts.kind in kinds:
            rows.append(
                CaseService(
                    kind=kinds[facts.kind], note=facts.note, expected_cost=_in_cents(facts.expected_cost),
                    currency=currencies.get(facts.currency) if facts.expected_cost is not None else None,
                )
            )  # fmt: skip
    return rows, errors


def _in_cents(cost: Decimal | None) -> Decimal | None:
    """As the database keeps it; what cannot be a cost is refused elsewhere."""
    return (
        cost.quantize(_CENT)
        if cost is not None and cost.is_finite() and abs(cost) <= rules.COST_MAX
        else cost
    )


def _service_faults(
    facts: ServiceFacts, kinds: dict[Any, ServiceKind], currencies: dict[Any, Currency]
) -> list[tuple[str, Sentence]]:
    faults: list[tuple[str, Sentence]] = []
    if facts.kind not in kinds:
        faults.append(("kind", _("There is no such kind of help.")))
    if facts.currency and facts.currency not in currencies:
        faults.append(("currency", _("There is no such currency.")))
    cost = facts.expected_cost
    if cost is None:
        return faults
    if not cost.is_finite() or not 0 <= cost <= rules.COST_MAX:
        faults.append(("expected_cost", _("The cost is a number from 0 to 9,999,999,999.99.")))
    elif not facts.currency:
        faults.append(("currency", _("Say in which currency.")))
    return faults


def service_values(row: CaseService) -> dict[str, Any]:
    """What the time line keeps of a service."""
    return {"kind": row.kind_id, "name_uk": row.kind.name_uk, "name_en": row.kind.name_en, "state": row.state}


def _renew_verdict(case: Case) -> None:
    """The snapshot follows the services; it is no change by a person, so the version stays."""
    said = selectors.cover_of_case(case)
    if (said.verdict, said.kept) != (case.verdict, case.cover):
        case.verdict, case.cover = said.verdict, said.kept
        case.save(update_fields=["verdict", "cover"])


def _check_not_ended(case: Case) -> None:
    if case.status in ENDED:
        raise Conflict(_("The case has ended. Reopen it first."), code="ended")


@action
def add_service(
    *,
    by: Employee,
    number: str,
    kind: str,
    expected_cost: Any = None,
    currency: str = "",
    note: str = "",
    now: datetime | None = None,
) -> CaseService:
    """Add a kind of help; what must be told about it is told in the same transaction.

    Raises NotFound, NotAllowed, Invalid, Conflict (the case has ended).
    """
    case = locked_case(by, number)
    now = now or clock.now()
    permissions.check_work(by, case, now)
    facts = ServiceFacts(kind=kind, expected_cost=expected_cost, currency=currency, note=note)
    rows, errors = find_services([facts], prefix="")
    if errors:
        raise Invalid(errors)
    _check_not_ended(case)
    (row,) = rows
    row.case, row.added_at, row.added_by = case, now, by
    with signed(by):
        row.save(force_insert=True)
        _renew_verdict(case)
    tell_time_line(case, "service", by=by, now=now, values=service_values(row), text=note)
    tell(case, by=by, now=now)
    announce(case)
    return row


@action
def set_service_state(
    *,
    by: Employee,
    number: str,
    service_id: int,
    state: str,
    reason: str = "",
    now: datetime | None = None,
) -> CaseService:
    """Say where a kind of help stands: needed, arranged, given, cancelled.

    Raises NotFound, NotAllowed, Invalid (unknown state), Conflict (the case has ended).
    """
    case = locked_case(by, number)
    now = now or clock.now()
    permissions.check_work(by, case, now)
    row = lock(CaseService.objects.select_related("kind"), pk=service_id, case=case)
    if state not in SERVICE_STATE_LABELS:
        raise Invalid.field("state", _("There is no such state."))
    _check_not_ended(case)
    if row.state == state:
        return row
    row.state = state
    with signed(by):
        row.save(update_fields=["state"])
        _renew_verdict(case)
    tell_time_line(case, "service_state", by=by, now=now, values=service_values(row), text=reason)
    tell(case, by=by, now=now)
    announce(case)
    return row
