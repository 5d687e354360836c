"""Rows of the ground: jobs, pulses, drafts of forms, notices, files."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q


class Job(models.Model):
    """Something to be done at a time: the truth, of which the broker's messages are only the alarm clock.

    `key` is `kind:subject_id`, so one subject has one job of a kind. The worker claims the row with
    SKIP LOCKED and does the work in the same transaction: a worker killed half-way leaves it due.
    """

    key = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=50)
    subject_id = models.BigIntegerField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="job_due", condition=Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return self.key


class Pulse(models.Model):
    """When something that must go on was last alive: `sweep`, `demo`."""

    name = models.CharField(max_length=50, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class FormDraft(models.Model):
    """The unsent text of a form: kept from the first character, seen by its author only (C10)."""

    employee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    form = models.SlugField(max_length=80)
    data = models.JSONField(default=dict)
    updated_at = models.DateTimeField()
    page = models.CharField(max_length=36, default="")
    turn = models.PositiveIntegerField(default=0)
    """The page it was typed on and the number of the save on that page: a late one overwrites nothing."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employee", "form"], name="one_draft_per_form")]

    def __str__(self) -> str:
        return self.form


class Notice(models.Model):
    """Something that one employee must learn of: the bell in the bar (see `fregat.lib.notices`)."""

    employee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.SlugField(max_length=50)
    values = models.JSONField(default=dict)
    """What the sentence of the kind names: codes, numbers, names of the staff. Nobody insured."""
    url = models.CharField(max_length=200, blank=True)
    about = models.BigIntegerField(null=True)
    """Key of the object that the reader must still be allowed to see; which table, its kind knows."""
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["employee", "-id"], name="notice_of_employee"),
            models.Index(fields=["employee"], name="notice_unread", condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return self.kind


class Reference(models.Model):
    """One row: another version after every change of reference data (see `fregat.lib.reference`)."""

    version = models.UUIDField()

    def __str__(self) -> str:
        return str(self.version)


class StoredFile(models.Model):
    """A file that somebody sent, recognised by its content (`fregat.lib.files`)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    """SHA-256 of the content."""
    content = models.BinaryField()
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="stored_file_not_empty")]

    def __str__(self) -> str:
        return str(self.id)
