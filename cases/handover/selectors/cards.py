"""The card of a handover that is made from the case itself, when nobody has written one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from cases.casework.models import Case, CaseService, Task

_SUMMARY_MAX = 1000
"""Characters of the description that go into the card; the case has the rest."""


@dataclass(frozen=True)
class Card:
    """What remains to be done, and by when (JD II.12)."""

    summary: str = ""
    next_step: str = ""
    next_at: datetime | None = None


def card_of(case: Case) -> Card:
    """The card made from the case: what happened, its next open task, else the first service still needed.

    Written in the language of the centre, because it is kept. Two queries, none when the case comes with
    `open_tasks` and `open_services`.
    """
    with translation.override(settings.LANGUAGE_CODE):
        task = _first_task(case)
        services = _open_services(case)
        needed = ", ".join(str(service.kind) for service in services)
        summary = case.description[:_SUMMARY_MAX]
        if needed:
            still = _("Still needed: %(services)s") % {"services": needed}
            summary = f"{summary}\n{still}".strip()
        if task is not None:
            return Card(summary, task.text, task.due_at)
        step = _("Arrange: %(services)s") % {"services": needed} if needed else ""
        return Card(summary, step, None)


def _first_task(case: Case) -> Task | None:
    rows = getattr(case, "open_tasks", None)
    if rows is None:
        rows = list(case.tasks.filter(done_at=None).order_by("due_at")[:1])
    return rows[0] if rows else None


def _open_services(case: Case) -> list[CaseService]:
    rows = getattr(case, "open_services", None)
    if rows is None:
        rows = case.services.filter(state__in=("needed", "arranged")).select_related("kind").order_by("id")
    return list(rows)
