"""The case, the services it needs, and who answers for it from when to when."""

from __future__ import annotations

import uuid

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from cases.casework.labels import (
    RELATION_LABELS,
    RESPONSIBILITY_LABELS,
    SERVICE_STATE_LABELS,
    STATUS_LABELS,
)
from cases.casework.querysets import CaseQuerySet
from cases.casework.statuses import OPEN, Status
from cases.insurance.models import Country, Currency, InsuredPerson, Insurer, Policy, ServiceKind
from fregat.lib.periods import Period


class CaseCounter(models.Model):
    """The last number given in a year; locked while a case is registered."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}"


@pghistory.track(exclude=["version", "cover"])
class Case(models.Model):
    """One insured event, from the first call to its closing (JD II.1)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("number"), max_length=12, unique=True, editable=False)
    status = models.CharField(_("status"), max_length=12, choices=list(STATUS_LABELS.items()))
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="cases",
        verbose_name=_("responsible"),
    )
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(null=True)
    status_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    """Counts changes of this row by people and by the program: the case's `ETag`."""
    token = models.UUIDField(null=True, unique=True, editable=False)
    """Of the form that registered it: sent twice, it makes one case."""

    # Found by the indexes of two columns below.
    insurer = models.ForeignKey(
        Insurer, on_delete=models.PROTECT, null=True, related_name="cases", db_index=False
    )
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, null=True, related_name="cases")
    person = models.ForeignKey(
        InsuredPerson, on_delete=models.PROTECT, null=True, related_name="cases", db_index=False
    )
    person_name = models.CharField(_("name of the insured person"), max_length=200, blank=True)
    """As dictated, when the person is in no list."""
    person_birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    policy_number = models.CharField(_("policy number as told"), max_length=60, blank=True)
    provisional = models.BooleanField(_("provisional"), default=False)
    """The person or the policy is in no list yet."""

    caller_name = models.CharField(_("caller"), max_length=200, blank=True)
    caller_relation = models.CharField(
        _("relation"), max_length=12, choices=list(RELATION_LABELS.items()), blank=True
    )
    caller_phone = models.CharField(_("phone"), max_length=40, blank=True)

    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("country"), db_index=False
    )  # fmt: skip
    city = models.CharField(_("town"), max_length=120, blank=True)
    address = models.CharField(_("where exactly"), max_length=300, blank=True)
    zone = models.CharField(max_length=60, blank=True)
    """Time zone of the place, for the second clock."""
    occurred_at = models.DateTimeField(_("when it happened"), null=True, blank=True)
    description = models.TextField(_("what happened"), blank=True)
    displeased = models.BooleanField(_("the insured person is displeased"), default=False)
    unusual = models.TextField(_("what is unusual"), blank=True)
    verdict = models.CharField(max_length=12, blank=True)
    """The verdict at the last change of place, time, policy, answers or services; empty without a policy."""
    answers = models.JSONField(_("answers to questions of the rules"), default=dict, blank=True)
    """Code of a question → yes, no or a number: said of the person's health, so medical."""
    cover = models.JSONField(null=True, editable=False)
    """That verdict with its reasons, questions and the edition of the rules (`rules.cover`); that of the
    registration stays on the time line too."""

    ground: str
    """On what ground the reader sees it: of rows read by `seen_by` alone."""

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=list(Status)), name="case_status_known"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "cancelled"]) | Q(registered_at__isnull=False),
                name="case_registered_at_paired",
            ),
            models.CheckConstraint(
                condition=Q(provisional=True) | Q(person__isnull=False, policy__isnull=False)
                | Q(status__in=["draft", "cancelled"]),
                name="case_provisional_marked",
            ),
            models.CheckConstraint(
                condition=Q(policy=None) | Q(insurer__isnull=False), name="case_insurer_of_policy"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["responsible", "id"], name="case_open_by_person", condition=Q(status__in=OPEN)
            ),
            models.Index(fields=["insurer", "-id"], name="case_by_insurer"),
            # The queue of open cases, whoever sees which of them: not past the closed ones to find fifty.
            models.Index(fields=["-id"], name="case_open_latest", condition=Q(status__in=OPEN)),
            models.Index(fields=["status", "-id"], name="case_by_status"),
            models.Index(fields=["country", "-id"], name="case_by_country"),
            # Cases that may be the same event are looked for by these three (`CaseQuerySet.like`).
            models.Index(fields=["person", "-id"], name="case_by_person"),
            models.Index(fields=["caller_phone", "-opened_at"], name="case_by_caller_phone"),
            models.Index(Upper("person_name"), F("opened_at").desc(), name="case_by_dictated_name"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Somebody on duty must answer for it (glossary: open)."""
        return self.status in OPEN

    def get_status_display(self) -> str:  # type: ignore[no-redef]
        """The status in words. Django's own goes through the whole table for every row of a list."""
        return str(STATUS_LABELS[Status(self.status)])

    @property
    def who(self) -> str:
        """The insured person's name: from the list, else as dictated."""
        return self.person.full_name if self.person else self.person_name

    @property
    def place(self) -> str:
        """The name of the place where their clock runs: the city, else the country."""
        return self.city or (self.country.name if self.country else "")


@pghistory.track()
class CaseService(models.Model):
    """A service needed inside a case, as a plain row."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="services")
    kind = models.ForeignKey(ServiceKind, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=list(SERVICE_STATE_LABELS.items()), default="needed")
    note = models.CharField(max_length=300, blank=True)
    expected_cost = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.ForeignKey(Currency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expected_cost=None) | Q(expected_cost__gte=0), name="cost_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(expected_cost=None) | Q(currency__isnull=False), name="cost_has_currency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.kind_id}"


class Responsibility(models.Model):
    """Who answers for a case from when to when (B5): never none, never two, no gap.

    An exclusion constraint forbids two; a partial unique index keeps one open row; a deferred trigger
    (migration) demands the open row, its agreement with `Case.responsible`, and that rows adjoin.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="responsibilities")
    employee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20, choices=list(RESPONSIBILITY_LABELS.items()))
    text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    """Null: the program."""

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_responsible_at_a_time",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    (Period(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(until=None), name="one_open_responsibility"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="responsibility_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.employee_id}"


# The history of both, written by the database's triggers (pghistory puts the classes into this module).
CaseEvent = Case.pgh_event_model  # type: ignore[attr-defined]
CaseServiceEvent = CaseService.pgh_event_model  # type: ignore[attr-defined]
