"""The access log: rows are added, never changed (E1). The application's role has no right to change it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Q

from cases.privacy.querysets import AccessLogQuerySet
from fregat.lib.transactions import TransactionNumber

EVERYDAY = ("view", "search")
"""What is done all day; the other actions are few, and an index of their own finds them."""
RARE_GROUNDS = ("sample", "broken_glass", "request", "oversight", "consultation")


class AccessLog(models.Model):
    """One look at personal data: who, when, from where, whose, what part, on what ground.

    Employees and objects are named by value, never by foreign key: the log outlives them. The number and the
    transaction of a row are the database's word (a trigger): whatever an INSERT says of them is overruled.
    """

    at = models.DateTimeField()
    employee = models.BigIntegerField()
    username = models.CharField(max_length=60)
    address = models.GenericIPAddressField(null=True)
    action = models.CharField(max_length=10, db_default="view")
    """What was done: one of `rules.log.ACTIONS`."""
    kind = models.CharField(max_length=20)
    """What was looked at: `person`, `case`, `policy`."""
    objects_seen = ArrayField(models.UUIDField())
    persons = ArrayField(models.UUIDField(), db_default=[])
    """Whose data the cases or policies hold; of a look at persons they stand in `objects_seen` already."""
    part = models.CharField(max_length=30)
    """Which part: one of `rules.log.PARTS`."""
    ground = models.CharField(max_length=30)
    """Why: one of `rules.log.GROUNDS`."""
    reference = models.CharField(max_length=60, db_default="")
    """The number of what the ground rests on: of a consent, a broken glass, a disclosure. No names."""
    route = models.CharField(max_length=100)
    xid = TransactionNumber(db_default=Func(function="pg_current_xact_id"), editable=False)
    """The transaction in which it was written, drawn before the row's number (see `actions.seals`)."""

    objects = AccessLogQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["employee", "-id"], name="log_by_employee"),
            models.Index(fields=["at"], name="log_by_time"),
            GinIndex(fields=["objects_seen"], name="log_by_object"),
            GinIndex(fields=["persons"], name="log_by_person"),
            models.Index(fields=["-id"], name="log_of_rare_actions", condition=~Q(action__in=EVERYDAY)),
            models.Index(fields=["-id"], name="log_on_rare_grounds", condition=Q(ground__in=RARE_GROUNDS)),
        ]

    def __str__(self) -> str:
        return f"{self.id}"
