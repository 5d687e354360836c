"""The chain that shows tampering: seals over the log, the heads taken outside, and verifications."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.privacy.rules.chain import GENESIS

HASH = len(GENESIS)


class Seal(models.Model):
    """A link of the chain: a hash over the previous link and over rows that nobody can add to any more.

    Covers the rows with numbers after the previous seal's `through_id`, up to its own. Append-only, like the log.
    """

    number = models.BigIntegerField(primary_key=True)
    """1, 2, 3… without a gap."""
    first_id = models.BigIntegerField()
    """Number of the first row it holds."""
    through_id = models.BigIntegerField(unique=True)
    """No row can appear up to this number any more; numbers that were given out and not used are covered too."""
    count = models.PositiveIntegerField()
    total = models.BigIntegerField()
    """Rows sealed so far, its own included."""
    content = models.CharField(max_length=HASH)
    """Hash over its rows."""
    previous = models.CharField(max_length=HASH)
    """Hash of the seal before it."""
    hash = models.CharField(max_length=HASH)
    """Hash over everything above: the link of the chain."""
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1, count__gte=1, through_id__gte=F("first_id")),
                name="seal_holds_rows",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class SealMark(models.Model):
    """What the sealer keeps in mind: the head of the chain, and up to where it may seal next. One row.

    The head stands here as well as in the last seal, so that a tail cut off together with its seals is missed
    even between two anchors: the next seal follows this head, and the gap stays in the chain for ever.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=HASH, default=GENESIS)
    sealed_id = models.BigIntegerField(default=0)
    """`through_id` of the head."""
    final_id = models.BigIntegerField(default=0)
    """Rows up to this number are final once none of `waits_for` is at work any more."""
    waits_for = ArrayField(models.CharField(max_length=40), default=list)
    """Transactions that were writing to the log when `final_id` was the last number given out."""

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_mark_of_the_sealer")]

    def __str__(self) -> str:
        return f"{self.number}"


class Anchor(models.Model):
    """The head of the chain as it was taken outside: to a file, a mailbox, an address. Append-only."""

    at = models.DateTimeField()
    seal = models.BigIntegerField()
    total = models.BigIntegerField()
    hash = models.CharField(max_length=HASH)
    way = models.CharField(max_length=10)
    """`file`, `mail`, `http`."""

    class Meta:
        indexes = [models.Index(fields=["-at"], name="anchor_by_time")]

    def __str__(self) -> str:
        return f"{self.seal}"


class Verification(models.Model):
    """The chain gone through from its first seal, by order of a person or by the program each day.

    Done in portions, each from where the last one ended: a long log holds nobody up.
    """

    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    through_seal = models.BigIntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    """Rows gone through so far."""
    faults = models.JSONField(default=list)
    """What was found: `[code, values]` each, worded when it is read."""
    running = models.BooleanField(default=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["running"], condition=Q(running=True), name="one_verification_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(running=True, finished_at=None) | Q(running=False, finished_at__isnull=False),
                name="verification_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
