"""Targets that the head sets (F5): dated, never changed, the later one holds."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.figures.labels import FIGURE_LABELS


class Target(models.Model):
    """From a day on, so many per cent are expected of a figure."""

    figure = models.CharField(_("figure"), max_length=20, choices=list(FIGURE_LABELS.items()))
    since = models.DateField(_("from which day"))
    value = models.PositiveSmallIntegerField(_("target, %"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value__lte=100), name="target_is_a_share"),
            models.UniqueConstraint(fields=["figure", "since"], name="one_target_from_a_day"),
        ]
        ordering = ["figure", "-since"]

    def __str__(self) -> str:
        return f"{self.figure} {self.since}"
