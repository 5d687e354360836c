"""Guarantee letters and the counter of their numbers (JD II.1, C2)."""

from __future__ import annotations

from uuid import uuid4

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.assistance.labels import STATUS_LABELS
from cases.assistance.querysets import LetterQuerySet
from cases.assistance.statuses import Status
from cases.casework.models import Case
from cases.insurance.models import Currency, ServiceKind
from cases.insurance.rules import Money

_PEOPLE = settings.AUTH_USER_MODEL


class LetterCounter(models.Model):
    """The last number given in a year; locked while a letter is given."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}"


@pghistory.track()
class GuaranteeLetter(models.Model):
    """A promise to a provider to pay for help in a case up to a limit; counted while it is `given`."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    token = models.UUIDField(default=uuid4, editable=False)
    """Of the form that was sent: sent twice, it is one letter."""
    kind = models.ForeignKey(
        ServiceKind, verbose_name=_("kind of help"), on_delete=models.PROTECT, related_name="+"
    )
    provider = models.CharField(_("to whom"), max_length=200)
    limit = models.DecimalField(_("limit"), max_digits=12, decimal_places=2)
    currency = models.ForeignKey(
        Currency, verbose_name=_("currency"), on_delete=models.PROTECT, related_name="+"
    )
    why = models.CharField(_("why it is needed"), max_length=300, blank=True)
    """For whoever must agree."""
    status = models.CharField(_("status"), max_length=10, choices=list(STATUS_LABELS.items()))
    beyond = models.BooleanField(_("beyond the sum"))
    """The verdict did not cover it, or it was above what was left: another person had to agree."""
    number = models.CharField(_("number"), max_length=12, null=True, unique=True, editable=False)  # noqa: DJ001
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+", null=True)
    """Whoever asked, within the sum; beyond it whoever agreed."""
    refused_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+", null=True)
    refused_reason = models.CharField(_("reason"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+", null=True)
    withdrawn_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("guarantee letter")
        verbose_name_plural = _("guarantee letters")
        indexes = [
            models.Index(fields=["case"], name="letters_given_of_a_case", condition=Q(status=Status.GIVEN))
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=list(Status)), name="letter_status_known"),
            models.CheckConstraint(condition=Q(limit__gt=0), name="letter_limit_above_zero"),
            models.CheckConstraint(condition=~Q(provider=""), name="letter_names_provider"),
            models.CheckConstraint(
                condition=Q(
                    status__in=[Status.ASKED, Status.REFUSED], given_at=None, given_by=None, number=None
                )
                | Q(
                    status__in=[Status.GIVEN, Status.WITHDRAWN], given_at__isnull=False,
                    given_by__isnull=False, number__isnull=False,
                ),
                name="letter_given_whole",
            ),
            models.CheckConstraint(
                condition=(
                    Q(refused_at=None, refused_by=None, refused_reason="") & ~Q(status=Status.REFUSED)
                )
                | (
                    Q(status=Status.REFUSED, refused_at__isnull=False, refused_by__isnull=False)
                    & ~Q(refused_reason="")
                ),
                name="letter_refused_whole",
            ),
            models.CheckConstraint(
                condition=(
                    Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                    & ~Q(status=Status.WITHDRAWN)
                )
                | (
                    Q(status=Status.WITHDRAWN, withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdrawn_reason="")
                ),
                name="letter_withdrawn_whole",
            ),
            models.CheckConstraint(
                condition=Q(beyond=False) | Q(given_by=None) | ~Q(given_by=F("asked_by")),
                name="letter_agreed_by_another",
            ),
            models.UniqueConstraint(fields=["asked_by", "token"], name="letter_sent_once"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number or f"{self.pk}"

    @property
    def up_to(self) -> Money:
        """The limit with its currency."""
        return Money(self.limit, self.currency_id)


# The history, written by the database's triggers (pghistory puts the class into this module).
GuaranteeLetterEvent = GuaranteeLetter.pgh_event_model  # type: ignore[attr-defined]
