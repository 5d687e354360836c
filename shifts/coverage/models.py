"""The service level that the head sets: dated, never changed, the later one holds."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shifts.coverage import rules


class ServiceGoal(models.Model):
    """From a day on: so many per cent of calls within so many seconds, and what a call costs."""

    since = models.DateField(_("from which day"))
    share = models.PositiveSmallIntegerField(_("calls taken in time, %"))
    seconds = models.PositiveSmallIntegerField(_("within, seconds"))
    talk = models.PositiveSmallIntegerField(_("a call lasts, minutes"))
    work = models.PositiveSmallIntegerField(_("work on the case after it, minutes"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(share__gte=1, share__lte=99), name="goal_share_possible"),
            models.CheckConstraint(
                condition=Q(seconds__gte=1, seconds__lte=600, talk__gte=1, talk__lte=120, work__lte=480),
                name="goal_times_possible",
            ),
            models.UniqueConstraint(fields=["since"], name="one_goal_from_a_day"),
        ]
        ordering = ["-since"]

    def __str__(self) -> str:
        return f"{self.since}"

    @property
    def as_rule(self) -> rules.Goal:
        """For the arithmetic."""
        return rules.Goal(self.share, self.seconds, self.talk, self.work)
