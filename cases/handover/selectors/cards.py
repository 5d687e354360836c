"""The card of a handover that is made from the case itself, when nobody has written one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from cases.casework.labels import ESCALATION_LABELS
from cases.casework.models import Case, CaseService, Escalation, Task
from fregat.lib import clock

_SUMMARY_MAX = 1000
"""Characters of the description that go into the card; the case has the rest."""
_PROMISES_MAX = 6
"""So many open tasks go into the card; the case has the rest."""


@dataclass(frozen=True)
class Card:
    """What remains to be done, and by when (JD II.12)."""

    summary: str = ""
    next_step: str = ""
    next_at: datetime | None = None


def card_of(case: Case, *, for_colleague: bool = True) -> Card:
    """The card made from the case: how serious it is, what happened, what is still needed; then what is promised until
    when, and what to do if the senior manager does not answer.

    `for_colleague` False: for who is told about the case, and so not what to do if they do not answer.

    Written in the language of the centre, because it is kept. Three queries, none when the case comes with
    `open_tasks`, `open_services` and `open_escalations`.
    """
    with translation.override(settings.LANGUAGE_CODE):
        tasks, escalations = _tasks(case), _escalations(case)
        needed = ", ".join(str(service.kind) for service in _open_services(case))
        summary = "\n".join(_summary(case, escalations, needed))
        steps = [*_promises(tasks, needed), *_if_not_told(escalations if for_colleague else [])]
        return Card(summary, "\n".join(steps), tasks[0].due_at if tasks else None)


def _summary(case: Case, escalations: list[Escalation], needed: str) -> Iterator[str]:
    serious = [str(ESCALATION_LABELS[row.reason]) for row in escalations]
    if case.displeased and "complaint" not in {row.reason for row in escalations}:
        serious.append(_("the insured person is displeased"))
    if serious:
        yield _("Serious: %(why)s.") % {"why": ", ".join(dict.fromkeys(serious))}
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


def _if_not_told(escalations: list[Escalation]) -> Iterator[str]:
    """What to do when nobody acknowledges what was told."""
    if escalations:
        due = min(row.due_at for row in escalations)
        yield _("If the senior manager has not acknowledged by %(at)s, call them; then the head.") % {
            "at": _when(due)
        }


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
