"""What is done on a case: contacts, notes, tasks, and the time line people read."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.casework.labels import CHANNEL_LABELS, DIRECTION_LABELS
from cases.casework.models.case import Case


class Row(models.Model):
    """Who added it and when."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="%(class)ss")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Contact(Row):
    """One call, letter, fax or message about the case, in or out (D)."""

    channel = models.CharField(max_length=12, choices=list(CHANNEL_LABELS.items()))
    direction = models.CharField(max_length=3, choices=list(DIRECTION_LABELS.items()))
    party = models.CharField(max_length=200)
    """With whom."""
    address = models.CharField(max_length=200, blank=True)
    """Their phone number or e-mail."""
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.case_id}:{self.channel}"


class Note(Row):
    """What the operator wrote down."""

    text = models.TextField()

    def __str__(self) -> str:
        return f"{self.case_id}"


class Task(Row):
    """What somebody must do on the case until a time («Доручення»)."""

    text = models.TextField()
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="case_tasks", null=True
    )
    """Null: whoever answers for the case."""
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    outcome = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="task_done_paired",
            )
        ]
        indexes = [models.Index(fields=["case", "due_at"], name="task_open", condition=Q(done_at=None))]

    def __str__(self) -> str:
        return f"{self.case_id}"


class TimelineEntry(models.Model):
    """One line of what happened, for people: a code with values, worded by `labels` when read."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="timeline")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    """Null: the program."""
    kind = models.CharField(max_length=30)
    values = models.JSONField(default=dict)
    text = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="timeline_by_case")]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.kind}"
