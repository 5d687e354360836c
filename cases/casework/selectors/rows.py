"""What stands on the page of a case beside the case, each kind by the case's key in one statement."""

from __future__ import annotations

from django.db.models import QuerySet

from cases.casework.models import CaseService, Contact, Escalation, Task, TimelineEntry
from fregat.lib.frozen import frozen


@frozen
def tasks_of(case: int) -> QuerySet[Task]:
    """What somebody has to do."""
    return Task.objects.filter(case=case).select_related("assignee", "done_by")


@frozen
def services_of(case: int) -> QuerySet[CaseService]:
    """Kinds of help, as they were asked for."""
    return CaseService.objects.filter(case=case).select_related("kind", "added_by").order_by("id")


@frozen
def contacts_of(case: int) -> QuerySet[Contact]:
    """With whom the centre spoke, the latest first."""
    return Contact.objects.filter(case=case).select_related("by").order_by("-at", "-id")


@frozen
def timeline_of(case: int, *, escalations: bool) -> QuerySet[TimelineEntry]:
    """What happened, the oldest first, with what was told to the senior manager or without."""
    rows = TimelineEntry.objects.filter(case=case).select_related("by").order_by("at", "id")
    return rows if escalations else rows.exclude(kind__startswith="escalation_")


@frozen
def escalations_of(case: int) -> QuerySet[Escalation]:
    """What was told, those that wait first."""
    rows = Escalation.objects.filter(case=case).select_related("addressee", "acknowledged_by")
    return rows.order_by("acknowledged_at", "due_at", "id")
