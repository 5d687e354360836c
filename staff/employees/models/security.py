"""What happened to accounts and doors, for the administrator (E4): added, never changed."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from staff.employees.labels import SECURITY_EVENTS, SecurityKind


class SecurityEvent(models.Model):
    """One event: a refused sign-in, a lock-out, a token made, a second factor reset. Nobody insured is in it.

    A refused sign-in names the account when there is one; what was typed for a name is not kept, since it may
    have been the password.
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=30)
    """A key of `labels.SECURITY_EVENTS`."""
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    """Whose account it is about; null: of nobody, or of no account that there is."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    """Who did it; null: the person at the door, or the program."""
    address = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=60, blank=True)
    values = models.JSONField(default=dict)
    once = models.CharField(max_length=64, blank=True, default="")
    """A digest by which one thing is noted once, whoever notices it; empty: of what may happen again."""

    class Meta:
        verbose_name = _("security event")
        constraints = [
            models.UniqueConstraint(fields=["once"], condition=~Q(once=""), name="security_event_noted_once"),
        ]
        indexes = [
            models.Index(fields=["kind", "-id"], name="security_event_by_kind"),
            models.Index(fields=["account", "-id"], name="security_event_by_account"),
            models.Index(fields=["address", "-id"], name="security_event_by_address"),
            models.Index(
                fields=["account", "at"], name="security_event_two_places", condition=Q(kind="second_place")
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="security_events_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"

    @property
    def shown(self) -> SecurityKind:
        """How its kind is shown."""
        return SECURITY_EVENTS[self.kind]

    @property
    def sentence(self) -> str:
        """What happened, in the reader's language."""
        return str(self.shown.label) % self.values if self.values else str(self.shown.label)

    @property
    def is_refusal(self) -> bool:
        """Somebody was not let in."""
        return self.shown.group == "refused"
