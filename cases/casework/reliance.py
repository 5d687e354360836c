"""Open cases that rely on a policy which is ended early: shown before, told after (registry of `cases.insurance`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from cases.casework.actions.ground import announce, tell_time_line
from cases.casework.labels import POLICY_ENDED, POLICY_ENDED_NOTICE, POLICY_LEFT, POLICY_LEFT_NOTICE
from cases.casework.models import Case
from cases.insurance import registry
from cases.insurance.models import Policy
from cases.insurance.registry import Relying
from fregat.lib import notices

if TYPE_CHECKING:
    from staff.employees.models import Employee


def register() -> None:
    """Hand it over."""
    notices.register(POLICY_ENDED, *POLICY_ENDED_NOTICE, open_to=open_to)
    notices.register(POLICY_LEFT, *POLICY_LEFT_NOTICE, open_to=open_to)
    registry.rely(registry.Reliance(hold, relying, ended))


def hold(policy: Policy) -> None:
    """Lock them, before the policy: whoever promises something in a case locks in this order too. One statement."""
    rows = Case.objects.open().filter(policy=policy).order_by("pk").select_for_update(of=("self",))
    list(rows.values_list("pk", flat=True))


def relying(policy: Policy, user: Employee, now: datetime) -> list[Relying]:
    """Those that the user may see, the latest first. One statement; the door that shows them writes the look down."""
    rows = Case.objects.seen_by(user, now).open().filter(policy=policy).select_related("responsible")
    return [
        Relying(
            case.number, reverse("casework:case", args=[case.number]), case.get_status_display(),
            case.responsible.full_name, case.responsible.username, case.uuid, case.ground,
        )
        for case in rows.order_by("-pk")
    ]  # fmt: skip


def ended(policy: Policy, by: Employee, since: date | None, now: datetime, left: Mapping[int, date]) -> None:
    """On the time line of each, and to whoever answers for it: the case itself keeps the terms it was opened with.

    Of a policy that goes on these are the cases of those who leave it.
    """
    for case in Case.objects.open().filter(policy=policy).for_reading().order_by("pk"):
        day, kind = since, POLICY_ENDED
        own = left.get(case.person_id or 0)
        if own is not None and (since is None or own < since):
            day, kind = own, POLICY_LEFT
        if day is None:
            continue
        values = {"number": policy.number, "since": day.strftime("%d.%m.%Y")}
        tell_time_line(case, kind, by=by, now=now, values=values)
        if case.responsible_id != by.pk:
            notices.tell(
                [case.responsible], kind, url=reverse("casework:case", args=[case.number]),
                values={**values, "case": case.number}, about=case.pk, now=now,
            )  # fmt: skip
        announce(case)


def open_to(user: Employee, keys: Collection[int], now: datetime) -> Iterable[int]:
    """Of these cases those that the person may see; one statement."""
    return Case.objects.visible_to(user, now).filter(pk__in=keys).values_list("pk", flat=True)
