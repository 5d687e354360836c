"""The card of a handover that is made from the case itself, when nobody has written one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from cases.casework.labels import ESCALATION_LABELS
from cases.casework.models import Case, CaseService, Escalation, Task
from cases.casework.statuses import Status
from cases.handover.rules import how_serious
from fregat.lib import clock

_SUMMARY_MAX = 1000
"""Characters of the description that go into the card; the case has the rest."""
_PROMISES_MAX = 6
"""So many open tasks go into the card; the case has the rest."""


@dataclass(frozen=True)
class Card:
    """How serious it is and why, what happened, what remains to be done and by when, what to do if … (JD II.12)."""

    summary: str = ""
    next_step: str = ""
    next_at: datetime | None = None
    serious: str = ""
    """`rules.Serious`; empty: nobody has said."""
    serious_why: str = ""
    what_if: str = ""


FIELDS = tuple(one.name for one in fields(Card))


def card_values(card: Any) -> dict[str, Any]:
    """The fields of a card, of a decision or a handover as of a `Card`."""
    return {name: getattr(card, name) for name in FIELDS}


def card_of(case: Case, *, for_colleague: bool = True, now: datetime | None = None) -> Card:
    """The card made from the case: how serious it is and why, what happened, what is still needed; what is promised
    until when; what to do if the senior manager does not answer or the promise cannot be kept.

    `for_colleague` False: for who is told about the case, and so not what to do if they do not answer.

    Written in the language of the centre, because it is kept. Three queries, none when the case comes with
    `open_tasks`, `open_services` and `open_escalations`.
    """
    with translation.override(settings.LANGUAGE_CODE):
        tasks, escalations = _tasks(case), _escalations(case)
        needed = ", ".join(str(service.kind) for service in _open_services(case))
        summary = "\n".join(_summary(case, needed))
        overdue = bool(tasks) and tasks[0].due_at < (now or clock.now())
        level = how_serious(
            told=[row.reason for row in escalations], displeased=case.displeased, overdue=overdue,
            draft=case.status == Status.DRAFT,
        )  # fmt: skip
        return Card(
            summary, "\n".join(_promises(tasks, needed)), tasks[0].due_at if tasks else None, level.value,
            ", ".join(dict.fromkeys(_why_serious(case, escalations, overdue=overdue))),
            "\n".join(_what_if(escalations if for_colleague else [], tasks)),
        )  # fmt: skip


def _why_serious(case: Case, escalations: list[Escalation], *, overdue: bool) -> Iterator[str]:
    for row in escalations:
        yield str(ESCALATION_LABELS[row.reason])
    if case.displeased and "complaint" not in {row.reason for row in escalations}:
        yield _("the insured person is displeased")
    if overdue:
        yield _("what was promised is late")
    if case.status == Status.DRAFT:
        yield _("the case is not registered yet")


def _summary(case: Case, needed: str) -> Iterator[str]:
    if case.description:
        yield case.description[:_SUMMARY_MAX]
    if needed:
        yield _("Still needed: %(services)s") % {"services": needed}


def _promises(tasks: list[Task], needed: str) -> Iterator[str]:
    """The first task as it stands, the others with their times; without any, the help that is still needed."""
    if not tasks and needed:
        yield _("Arrange: %(services)s") % {"services": needed}
    for number, task in enumerate(tasks[:_PROMISES_MAX]):
        yield (
            task.text
            if not number
            else _("By %(at)s: %(text)s") % {"at": _when(task.due_at), "text": task.text}
        )


def _what_if(escalations: list[Escalation], tasks: list[Task]) -> Iterator[str]:
    """What to do when nobody acknowledges what was told, and when what is promised will not be done in time."""
    if escalations:
        due = min(row.due_at for row in escalations)
        yield _("If the senior manager has not acknowledged by %(at)s, call them; then the head.") % {
            "at": _when(due)
        }
    if tasks:
        yield _(
            "If it cannot be done by %(at)s, tell whoever it was promised to, and agree on another time."
        ) % {"at": _when(tasks[0].due_at)}


def _when(instant: datetime) -> str:
    return clock.local(instant).strftime("%d.%m %H:%M")


def _tasks(case: Case) -> list[Task]:
    rows = getattr(case, "open_tasks", None)
    return list(case.tasks.filter(done_at=None).order_by("due_at") if rows is None else rows)


def _escalations(case: Case) -> list[Escalation]:
    rows = getattr(case, "open_escalations", None)
    return list(case.escalations.open() if rows is None else rows)


def _open_services(case: Case) -> list[CaseService]:
    rows = getattr(case, "open_services", None)
    if rows is None:
        rows = case.services.filter(state__in=("needed", "arranged")).select_related("kind").order_by("id")
    return list(rows)
