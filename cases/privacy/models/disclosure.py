"""What was passed on to whom, the insurers' consents, and what was asked of them (JD II.16, E2)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.privacy.labels import GIVEN_GROUND_LABELS, GIVEN_PART_LABELS, RECIPIENT_LABELS
from cases.privacy.querysets import ConsentQuerySet, DisclosureQuerySet


class Given(models.Model):
    """To whom, and which parts."""

    recipient_kind = models.CharField(max_length=20)
    recipient = models.CharField(max_length=200)
    parts = ArrayField(models.CharField(max_length=20))
    project = models.SlugField(max_length=40)
    """Code of the insurer whose data it is."""

    class Meta:
        abstract = True

    @property
    def recipient_label(self) -> str:
        """Which kind of recipient, in words."""
        return str(RECIPIENT_LABELS.get(self.recipient_kind, ""))

    @property
    def part_labels(self) -> list[str]:
        """The parts, in words."""
        return [str(label) for code, label in GIVEN_PART_LABELS.items() if code in self.parts]


class Consent(Given):
    """An insurer's consent: these parts may go to this recipient (empty: any of the kind; no kind: anybody).

    For one case, or for the whole project when `case_uuid` is null. It is withdrawn, never changed.
    """

    case_uuid = models.UUIDField(null=True)
    case_number = models.CharField(max_length=20, blank=True)
    reference = models.CharField(max_length=200)
    """The insurer's letter or call: where it can be found."""
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["project", "-id"], name="consent_of_project")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="consent_is_withdrawn_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="consent_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(parts=[]), name="consent_is_to_something"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class ConsentRequest(Given):
    """Somebody was refused a disclosure and asked for the insurer's consent with one key."""

    case_uuid = models.UUIDField()
    case_number = models.CharField(max_length=20)
    purpose = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    answered_at = models.DateTimeField(null=True)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+", null=True)
    refusal = models.TextField(blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["project"], name="request_open", condition=Q(answered_at=None))]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, consent=None, refusal="")
                | (
                    Q(answered_at__isnull=False, answered_by__isnull=False)
                    & (Q(consent__isnull=False, refusal="") | (Q(consent=None) & ~Q(refusal="")))
                ),
                name="request_is_answered_one_way",
            ),
            models.UniqueConstraint(
                fields=["case_uuid", "recipient_kind", "recipient", "parts"],
                condition=Q(answered_at=None),
                name="asked_for_consent_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Disclosure(Given):
    """What left the house: rows are added, never changed (the application's role has no right to change them)."""

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    """`case`, `person` or `policy`."""
    object_uuid = models.UUIDField()
    number = models.CharField(max_length=60)
    persons = ArrayField(models.UUIDField())
    purpose = models.TextField()
    ground = models.CharField(max_length=20)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+", null=True)
    service = models.CharField(max_length=200, blank=True)
    """The help for which an institution is engaged."""

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["object_uuid", "-id"], name="disclosed_of_object"),
            models.Index(fields=["by", "-id"], name="disclosed_by_employee"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ground="consent", consent__isnull=False)
                | (~Q(ground="consent") & Q(consent=None)),
                name="disclosed_by_consent_names_it",
            ),
            models.CheckConstraint(condition=~Q(parts=[]), name="disclosed_something"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def ground_label(self) -> str:
        """On what ground, in words."""
        return str(GIVEN_GROUND_LABELS.get(self.ground, self.ground))
