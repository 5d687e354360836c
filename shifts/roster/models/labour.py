"""Limits of working time and rest, each from its day on."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shifts.roster.labels import RULE_LABELS
from shifts.roster.querysets import RosterRuleQuerySet


@pghistory.track()
class RosterRule(models.Model):
    """The terms of a rule from a day on, until the next row of the kind. No row: what the law says (`rules.LAW`)."""

    kind = models.CharField(_("rule"), max_length=20, choices=list(RULE_LABELS.items()))
    limit = models.DecimalField(_("limit"), max_digits=5, decimal_places=1)
    on = models.BooleanField(_("is kept"), default=True)
    since = models.DateField(_("from"))
    reason = models.TextField(_("reason"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = RosterRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "since"], name="one_roster_rule_a_day"),
            models.CheckConstraint(condition=Q(limit__gt=0), name="roster_rule_has_a_limit"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.limit} {self.since}"


RosterRuleEvent = RosterRule.pgh_event_model  # type: ignore[attr-defined]
