"""Absences with their certificate, and certificates that were not brought (B7, JD IV.10)."""

from __future__ import annotations

from datetime import date, timedelta

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fregat.lib import clock
from fregat.lib.models import StoredFile
from shifts.absence.labels import DECISION_LABELS, STATE_LABELS
from shifts.absence.querysets import AbsenceQuerySet
from shifts.absence.statuses import STANDING, State

_PEOPLE = settings.AUTH_USER_MODEL
# Plain texts: migrations do not import the room.
_STANDING = sorted(state.value for state in STANDING)


class Days(Func):
    """Days from the first to the last, both included."""

    function = "DATERANGE"
    output_field = DateRangeField()


class AbsenceKind(models.Model):
    """A kind of absence: data."""

    code = models.SlugField(_("code"), max_length=30, primary_key=True)
    name_uk = models.CharField(_("name in Ukrainian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    to_agree = models.BooleanField(_("somebody must agree to it"), default=True)
    certificate_days = models.PositiveSmallIntegerField(
        _("days to bring the certificate"), null=True, blank=True
    )
    """After the last day of absence; none: no certificate is needed."""

    class Meta:
        verbose_name = _("kind of absence")
        verbose_name_plural = _("kinds of absence")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return str(self.name_en if (get_language() or "uk").startswith("en") else self.name_uk)


@pghistory.track()
class Absence(models.Model):
    """Somebody is away from one day until another, both included."""

    employee = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="absences")
    kind = models.ForeignKey(AbsenceKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind"))
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"))
    state = models.CharField(_("state"), max_length=10, choices=list(STATE_LABELS.items()))
    words = models.TextField(_("note"), blank=True)
    """What the employee says about it."""
    asked_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    """Null for a kind that nobody has to agree to."""
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    """Why it was refused."""
    certificate_due_at = models.DateTimeField(null=True, blank=True)
    certificate = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    brought_at = models.DateTimeField(null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            ExclusionConstraint(
                name="no_two_absences_at_once",
                expressions=[
                    ("employee", RangeOperators.EQUAL),
                    (
                        Days(F("since"), F("until"), RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state__in=_STANDING),
            ),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="absence_not_empty"),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None) & ~Q(state="refused")
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="absence_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(answer=""), name="absence_refused_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(certificate=None, brought_at=None)
                | Q(certificate__isnull=False, brought_at__isnull=False),
                name="certificate_with_its_time",
            ),
        ]
        indexes = [models.Index(fields=["since", "until"], name="absence_by_days")]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_asked(self) -> bool:
        """It waits for agreement."""
        return self.state == State.ASKED

    @property
    def is_agreed(self) -> bool:
        """It is on record."""
        return self.state == State.AGREED

    @property
    def last_day(self) -> date | None:
        """The last day on which the certificate is in time."""
        due = self.certificate_due_at
        return clock.local(due - timedelta(seconds=1)).date() if due else None

    @property
    def needs_certificate(self) -> bool:
        """A certificate belongs to it, brought or not."""
        return self.certificate_due_at is not None


@pghistory.track()
class MissingCertificate(models.Model):
    """A breach: no certificate for sick leave at its time (JD IV.10). The employee explains, the director decides."""

    absence = models.OneToOneField(Absence, on_delete=models.PROTECT, related_name="missing")
    found_at = models.DateTimeField()
    explanation = models.TextField(blank=True)
    explained_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=list(DECISION_LABELS.items()), blank=True)
    decided_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    grounds = models.TextField(blank=True)

    class Meta:
        verbose_name = _("missing certificate")
        constraints = [
            models.CheckConstraint(
                condition=Q(explanation="", explained_at=None)
                | (~Q(explanation="") & Q(explained_at__isnull=False)),
                name="missing_certificate_explained_with_time",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_by=None, decided_at=None, grounds="")
                | (~Q(decision="") & Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(grounds="")),
                name="missing_certificate_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absence_id}"


@pghistory.track()
class Cover(models.Model):
    """Who works instead: the shift that was passed on and the one made for it."""

    absence = models.ForeignKey(Absence, on_delete=models.PROTECT, related_name="covers")
    given_up = models.ForeignKey("roster.Shift", on_delete=models.PROTECT, related_name="+")
    taken_over = models.OneToOneField("roster.Shift", on_delete=models.PROTECT, related_name="cover")
    by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("cover")

    def __str__(self) -> str:
        return f"{self.given_up_id} → {self.taken_over_id}"
