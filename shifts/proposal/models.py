"""A proposal: what was asked, how far the search is, what was found."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shifts.proposal.labels import STATE_LABELS
from shifts.proposal.querysets import ProposalQuerySet
from shifts.proposal.statuses import WRITABLE, State

_PEOPLE = settings.AUTH_USER_MODEL


class Proposal(models.Model):
    """A month's roster sought by the program. Found shifts and what is said of them name people by their ids."""

    month = models.DateField(_("month"))
    team = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    """The senior manager whose team it is for; null: everybody whose shifts the asker plans."""
    state = models.CharField(_("state"), max_length=10, choices=list(STATE_LABELS.items()))
    asked_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    seconds = models.PositiveSmallIntegerField(default=60)
    """So long it is sought …"""
    spent = models.FloatField(default=0)
    """… and so long it has been."""
    people = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    """How many times the search broke off."""
    chosen = models.JSONField(default=list)
    """Person (id), beginning, end, kind of each shift found, whether it leads (old ones do not say); the next piece
    of the search goes on from them."""
    report = models.JSONField(null=True)
    """`rules.Report`: shortages, wishes not met, hours, coverage before and after."""
    is_best = models.BooleanField(default=False)
    """Nothing better is possible."""
    ended_at = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal of a roster")
        constraints = [
            models.UniqueConstraint(
                fields=["asked_by", "month"], condition=Q(state="working"), name="one_search_for_a_month"
            ),
            models.CheckConstraint(
                condition=Q(state="written", written_at__isnull=False, written_by__isnull=False)
                | (~Q(state="written") & Q(written_at=None, written_by=None)),
                name="proposal_written_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="working", ended_at=None)
                | (~Q(state="working") & Q(ended_at__isnull=False)),
                name="proposal_ended_when_over",
            ),
        ]
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_working(self) -> bool:
        """It is being sought."""
        return self.state == State.WORKING

    @property
    def may_be_written(self) -> bool:
        """There is something to write as drafts."""
        return self.state in WRITABLE and bool(self.chosen)

    @property
    def found(self) -> dict[str, Any]:
        """The report; empty while there is none."""
        return self.report or {}
