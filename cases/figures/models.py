"""Targets (F5): dated, never changed, the later one holds. And quarter-hours kept, which nothing else tells later."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.figures.labels import FIGURE_LABELS


class Target(models.Model):
    """From a day on, so many per cent are expected of a figure: of the centre, or of one team."""

    figure = models.CharField(_("figure"), max_length=20, choices=list(FIGURE_LABELS.items()))
    since = models.DateField(_("from which day"))
    team = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    """The senior manager whose team it is for; empty: the whole centre."""
    value = models.PositiveSmallIntegerField(_("target, %"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value__lte=100), name="target_is_a_share"),
            models.UniqueConstraint(
                fields=["figure", "since", "team"], name="one_target_from_a_day", nulls_distinct=False
            ),
        ]
        ordering = ["figure", "-since"]

    def __str__(self) -> str:
        return f"{self.figure} {self.since}"


class WatchedQuarter(models.Model):
    """A quarter-hour that is over: how many people it needed, how many were there (F5, JD II.11).

    Kept when it is over: the forecast of later days would judge it by calls that nobody could expect then.
    """

    starts_at = models.DateTimeField(primary_key=True)
    needed = models.PositiveSmallIntegerField()
    there = models.PositiveSmallIntegerField()
    """Operators and doctors on duty in its middle, those on a break not among them."""

    def __str__(self) -> str:
        return f"{self.starts_at}"
