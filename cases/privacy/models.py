"""The access log: rows are added, never changed (E1). The application's role has no right to change it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class AccessLog(models.Model):
    """One look at personal data: who, when, from where, whose, what part, on what ground.

    Employees and objects are named by value, never by foreign key: the log outlives them.
    """

    at = models.DateTimeField()
    employee = models.BigIntegerField()
    username = models.CharField(max_length=60)
    address = models.GenericIPAddressField(null=True)
    kind = models.CharField(max_length=20)
    """What was looked at: `person`, `case`, `policy`."""
    objects_seen = ArrayField(models.UUIDField())
    part = models.CharField(max_length=30)
    """Which part: `card`, `medical`, `list`, `lookup`, `search`, `timeline`, `board`…"""
    ground = models.CharField(max_length=30)
    """Why: `call`, `responsibility`, `project`, `team`, `routed`, `handover`, `escalation`, `task`, `centre`."""
    route = models.CharField(max_length=100)

    class Meta:
        indexes = [
            models.Index(fields=["employee", "at"], name="log_by_employee"),
            GinIndex(fields=["objects_seen"], name="log_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.id}"
