"""Patterns of work, who works by which, and what people wish."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shifts.roster.labels import WISH_LABELS
from shifts.roster.querysets import PatternUseQuerySet, WishQuerySet


class Pattern(models.Model):
    """A sequence of days, nights and days off that goes round, as it is written (`rules.read_pattern`)."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    sequence = models.CharField(_("sequence"), max_length=600)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class PatternUse(models.Model):
    """By which pattern an employee works, and on which day its first step falls."""

    employee = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="pattern_use"
    )
    pattern = models.ForeignKey(Pattern, on_delete=models.PROTECT, related_name="uses")
    starts_on = models.DateField(_("first day"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    set_at = models.DateTimeField()

    objects = PatternUseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.employee_id} {self.pattern_id} {self.starts_on}"


@pghistory.track()
class Wish(models.Model):
    """What an employee says of days to come: cannot work, or would like a day off, days, nights (B3)."""

    employee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="wishes")
    kind = models.CharField(_("what"), max_length=12, choices=list(WISH_LABELS.items()))
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    said_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = WishQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="wish_not_empty"),
        ]
        indexes = [models.Index(fields=["first_day", "last_day"], name="wish_by_day")]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.kind} {self.first_day}"


PatternUseEvent = PatternUse.pgh_event_model  # type: ignore[attr-defined]
WishEvent = Wish.pgh_event_model  # type: ignore[attr-defined]
