"""Instructions of the senior manager, what each person has to do by them, and the reports (A8; JD I.5, II.6, II.13).

Not the tasks of a case (`cases.casework.Task`): an instruction is given by one person to another and its
execution is accepted.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fregat.lib.models import StoredFile
from staff.tasks.labels import OUTCOME_LABELS, STATE_LABELS
from staff.tasks.querysets import AssignmentQuerySet
from staff.tasks.statuses import CLOSED, State

_PEOPLE = settings.AUTH_USER_MODEL
# Plain texts: migrations do not import the room.
_STATES = [state.value for state in State]
_CLOSED = sorted(state.value for state in CLOSED)


class Instruction(models.Model):
    """What a senior manager or the head orders, to one person or to the whole shift."""

    token = models.UUIDField(default=uuid.uuid4, editable=False)
    """Of the form that was sent: sent twice, it is given once."""
    text = models.TextField(_("what is to be done"))
    given_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    due_at = models.DateTimeField()
    to_shift = models.BooleanField(default=False)
    """Given to everybody who was on shift at `given_at`."""

    class Meta:
        verbose_name = _("instruction")
        verbose_name_plural = _("instructions")
        constraints = [
            models.UniqueConstraint(fields=["given_by", "token"], name="instruction_sent_once"),
            models.CheckConstraint(condition=~Q(text=""), name="instruction_says_something"),
            models.CheckConstraint(condition=Q(due_at__gt=F("given_at")), name="instruction_due_ahead"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Assignment(models.Model):
    """One person's part of an instruction, with its own due time and its own completion."""

    instruction = models.ForeignKey(Instruction, on_delete=models.PROTECT, related_name="assignments")
    given_to = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+")
    """To whom it was given at first."""
    assignee = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="instructed")
    """Who has to do it now: another one after a dismissal or when it was passed on."""
    state = models.CharField(
        max_length=10,
        choices=[(state.value, STATE_LABELS[state]) for state in State],
        default=State.GIVEN.value,
    )
    due_at = models.DateTimeField()
    overdue_at = models.DateTimeField(null=True)
    """When it rose to the senior manager because its time was over."""
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+", null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of an instruction")
        constraints = [
            models.UniqueConstraint(fields=["instruction", "given_to"], name="one_assignment_per_person"),
            models.CheckConstraint(condition=Q(state__in=_STATES), name="assignment_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=_CLOSED, closed_at__isnull=False, closed_by__isnull=False)
                | (~Q(state__in=_CLOSED) & Q(closed_at=None, closed_by=None)),
                name="assignment_closed_paired",
            ),
        ]
        indexes = [
            models.Index(fields=["assignee", "due_at"], name="assignment_open", condition=Q(closed_at=None)),
            models.Index(fields=["-closed_at", "-id"], name="assignment_closed"),
        ]

    def __str__(self) -> str:
        return f"{self.instruction_id} → {self.assignee_id}"

    @property
    def is_open(self) -> bool:
        """Somebody still has to do something."""
        return self.closed_at is None

    @property
    def waiting_report(self) -> Report | None:
        """The report that nobody has answered yet. One query, none when `reports` were read before."""
        return next((row for row in self.reports.all() if not row.outcome), None)


class Report(models.Model):
    """What the person says was done, with its proof, and the answer to it (JD II.13)."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="reports")
    by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()
    proof = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+", null=True)
    outcome = models.CharField(max_length=10, choices=list(OUTCOME_LABELS.items()), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.TextField(blank=True)
    """Why it was returned."""

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="report_says_something"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_at=None, answered_by=None)
                | (
                    Q(outcome__in=sorted(OUTCOME_LABELS), answered_at__isnull=False)
                    & Q(answered_by__isnull=False)
                ),
                name="report_answer_paired",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="returned") | ~Q(reason=""), name="report_returned_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("by")), name="nobody_answers_own_report"
            ),
            models.UniqueConstraint(fields=["assignment"], condition=Q(outcome=""), name="one_report_waits"),
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(outcome="accepted"), name="one_report_accepted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}:{self.pk}"


class AssignmentEvent(models.Model):
    """One step of an assignment, for people: a code with values, worded by `labels` when read."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+", null=True)
    """Null: the program."""
    kind = models.CharField(max_length=12)
    values = models.JSONField(default=dict)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.assignment_id}:{self.kind}"
