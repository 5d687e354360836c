"""What left the house in the demonstration, on which ground, what an insurer is asked for, and one emergency access."""

from __future__ import annotations

from datetime import datetime, timedelta

from cases.casework import actions
from cases.casework.models import Case
from cases.privacy import actions as privacy
from cases.privacy.actions import Passing
from cases.privacy.models import Consent
from fregat.demo.insurance import OTHER_PROJECT, PROJECTS
from fregat.demo.people import PASSWORD
from staff.employees.models import Employee

_CLINIC = Passing(
    "medical", "Клініка Deniz", ("identity", "place", "medical"), "Прийом лікаря: скарги, алергії, поліс."
)
_FAMILY = Passing("relative", "Дружина застрахованого", ("place",), "Де він зараз і в якому відділенні.")
_EMBASSY = Passing(
    "authority", "Посольство України", ("identity", "place"), "Тимчасовий документ для повернення."
)


def write(people: dict[str, Employee], now: datetime) -> None:
    """Written once."""
    if Consent.objects.exists():
        return
    privacy.record_consent(
        by=people["client"], project=PROJECTS[0], recipient_kind="relative", recipient="", parts=["place"],
        reference="Лист страхової компанії № 114, розділ 3: близьким – лише місце перебування.",
        now=now - timedelta(days=40),
    )  # fmt: skip
    by, at = people["operator"], now - timedelta(minutes=40)
    mine = (
        Case.objects.open()
        .filter(responsible=by, insurer__code=PROJECTS[0], status="reported")
        .order_by("id")
    )
    with_help = [case for case in mine.prefetch_related("services")[:20] if case.services.all()]
    for case, passing in zip(with_help, (_CLINIC, _FAMILY), strict=False):
        service = case.services.all()[0].pk if passing is _CLINIC else None
        actions.pass_on(by=by, number=case.number, passing=passing, service_id=service, now=at)
    if with_help:
        actions.ask_consent(by=by, number=with_help[-1].number, passing=_EMBASSY, now=at)
    _break_glass(people, now - timedelta(hours=1))


def _break_glass(people: dict[str, Employee], at: datetime) -> None:
    strange = Case.objects.filter(insurer__code__in=OTHER_PROJECT).order_by("id").first()
    if strange is None:
        return
    row = privacy.break_glass(
        by=Employee.objects.get(pk=people["operator"].pk),  # with the password that she has by now
        kind="case", number=strange.number, reason="caller", secret=PASSWORD, now=at,
        words="Син застрахованої додзвонився до нас і просить сказати, чи викликано лікаря.",
    )  # fmt: skip
    privacy.review_glass(
        by=people["senior"], glass_id=row.pk, outcome="justified", now=at + timedelta(minutes=25),
        words="Друга лінія не відповідала, сказано лише час візиту.",
    )  # fmt: skip
