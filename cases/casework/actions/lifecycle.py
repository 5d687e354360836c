"""The one writer of a case's status."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases.casework import permissions, registry, rules, selectors
from cases.casework.actions.escalations import tell
from cases.casework.actions.ground import (
    announce,
    check_version,
    locked_case,
    save_change,
    signed,
    tell_time_line,
)
from cases.casework.actions.responsibility import answering_after, pass_case
from cases.casework.labels import STATUS_LABELS
from cases.casework.models import Case
from cases.casework.statuses import OPEN, Status, transition
from fregat.lib import clock
from fregat.lib.db import action
from fregat.lib.errors import Conflict, Invalid, Sentence
from staff.employees.models import Employee


class Missing(Conflict):
    """The transition needs what the case has not: `sentences` name it, one by one."""

    default_code = "missing"

    def __init__(self, sentences: list[Sentence]) -> None:
        self.sentences = sentences
        super().__init__(" ".join(str(sentence) for sentence in sentences))


@action
def move_case(
    *,
    by: Employee | None,
    number: str,
    to: str,
    reason: str = "",
    version: int | None = None,
    now: datetime | None = None,
) -> Case:
    """Move the case to the status `to`.

    Raises NotFound, NotAllowed, Stale, Invalid (unknown status, no reason), Conflict (no such way, or what
    is missing), in this order.
    """
    case = locked_case(by, number)
    now = now or clock.now()
    known = to in set(Status)
    if by is not None:
        permissions.check_move(by, case, to, now)
    check_version(case, version)
    if not known:
        raise Invalid.field("to", _("There is no such status."))
    if permissions.reason_needed(by, case, to) and not reason.strip():
        raise Invalid.field("reason", _("Say why."))
    _check_way(case, to)
    _move(case, Status(to), by=by, reason=reason.strip(), now=now)
    return case


def _check_way(case: Case, to: str) -> None:
    """There is such a way, and what it needs is there. Raises Conflict."""
    row = transition(case.status, to)
    if row is None:
        raise Conflict(
            _("From «%(from)s» a case does not move to «%(to)s».")
            % {"from": STATUS_LABELS[Status(case.status)], "to": STATUS_LABELS[Status(to)]},
            code="no_such_transition",
        )
    missing = selectors.missing_for(case, row)
    if missing:
        raise Missing(missing)


def _move(case: Case, to: Status, *, by: Employee | None, reason: str, now: datetime) -> None:
    before = Status(case.status)
    case.status, case.status_at = to, now
    fields = ["status", "status_at"]
    values: dict[str, Any] = {"from": before, "to": to}
    if case.registered_at is None and to == Status.REPORTED:
        case.registered_at = now
        case.provisional = case.person_id is None or case.policy_id is None
        said = selectors.cover_of_case(case).columns()
        for name, value in said.items():
            setattr(case, name, value)
        fields += ["registered_at", "provisional", *said]
        values |= {"verdict": case.verdict, "cover": case.cover}
    with signed(by):
        save_change(case, *fields)
        if to == Status.ASSISTED and before == Status.REPORTED:
            case.services.filter(state__in=["needed", "arranged"]).update(state="given")
    tell_time_line(case, "status", by=by, now=now, values=values, text=reason)
    if to in OPEN and before not in OPEN:
        pass_case(
            case=case, to=answering_after(case, by, now), reason="assigned", text=reason, by=by, now=now
        )
    if rules.is_registered(to):
        tell(case, by=by, now=now)
    registry.status_changed(case, now)
    announce(case)
