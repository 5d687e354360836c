"""The rules of a programme in editions: covers by kind of help, exclusions that need a question, examples (JD II.3)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from cases.insurance.labels import ANSWER_LABELS, EFFECT_LABELS, GENDER_LABELS
from cases.insurance.models.insurers import Programme
from cases.insurance.models.reference import Currency, Named, ServiceKind, Territory
from cases.insurance.querysets import EditionQuerySet
from cases.insurance.rules import NOT_COVERED, YES_NO
from fregat.lib.reference import changed

_AGES = Func(F("age_from"), F("age_to"), Value("[]"), function="int4range", output_field=IntegerRangeField())


def _age(label: Any) -> Any:
    return models.PositiveSmallIntegerField(label, null=True, blank=True)


def _countries(label: Any) -> Any:
    return ArrayField(models.CharField(max_length=2), verbose_name=label, default=list, blank=True)


def _risks(label: Any) -> Any:
    return ArrayField(models.CharField(max_length=100), verbose_name=label, default=list, blank=True)


def _ages_in_order(name: str) -> models.CheckConstraint:
    open_end = Q(age_from=None) | Q(age_to=None)
    return models.CheckConstraint(condition=open_end | Q(age_to__gte=F("age_from")), name=name)


class Edition(models.Model):
    """The rules of a programme as they are from a day on. A published one is never changed; another one follows it."""

    programme = models.ForeignKey(
        Programme,
        verbose_name=_("insurance programme"),
        on_delete=models.CASCADE,
        related_name="editions",
    )
    number = models.PositiveSmallIntegerField(_("number"))
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    """Events from this day on (the day there); null: from the beginning."""
    note = models.CharField(_("what it changes"), max_length=300, blank=True)
    age_from = _age(_("insured from the age of"))
    age_to = _age(_("insured to the age of, inclusive"))
    ages_clause = models.CharField(_("clause on ages"), max_length=40, blank=True)
    excluded = _countries(_("countries excluded"))
    excluded_clause = models.CharField(_("clause on countries"), max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)
    """Counts the changes of a draft, so that nobody saves over another's."""
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    """Null: it came with the programme."""

    objects = EditionQuerySet.as_manager()

    class Meta:
        triggers = [changed()]
        ordering = ["programme", "-number"]
        verbose_name = _("edition of the rules")
        verbose_name_plural = _("editions of the rules")
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="edition_number_once"),
            models.UniqueConstraint(
                fields=["programme"], condition=Q(published_at=None), name="one_draft_of_a_programme"
            ),
            models.CheckConstraint(
                condition=Q(published_by=None) | Q(published_at__isnull=False),
                name="edition_published_paired",
            ),
            _ages_in_order("edition_ages_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id}:{self.number}"


class Cover(models.Model):
    """One kind of help that a programme pays for: limit, excess, territory (null: that of the policy), ages."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="covers")
    service = models.ForeignKey(
        ServiceKind, verbose_name=_("kind of help"), on_delete=models.PROTECT, related_name="+"
    )
    territory = models.ForeignKey(
        Territory,
        verbose_name=_("territory"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    limit = models.DecimalField(_("limit"), max_digits=12, decimal_places=2, null=True, blank=True)
    """Null: up to the insured sum of the policy."""
    excess = models.DecimalField(_("excess"), max_digits=12, decimal_places=2, default=0)
    """Beside a part of the bill the least of it."""
    excess_percent = models.DecimalField(
        _("excess, %"), max_digits=5, decimal_places=2, default=0, db_default=0
    )
    currency = models.ForeignKey(
        Currency, verbose_name=_("currency"), on_delete=models.PROTECT, related_name="+"
    )
    clause = models.CharField(_("clause of the rules"), max_length=40, blank=True)
    """The clause of the insurer's rules that says so: the source of a verdict's reason."""
    needs_consent = models.BooleanField(_("the insurer’s consent is needed"), default=False)
    """The insurer decides each time: the verdict is `ask`."""
    waiting_days = models.PositiveSmallIntegerField(_("waiting period, days"), default=0)
    """First days of the policy on which this help is not covered yet."""
    age_from = _age(_("from the age of"))
    age_to = _age(_("to the age of"))

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="cover_once_for_an_age",
                expressions=[
                    ("edition", RangeOperators.EQUAL),
                    ("service", RangeOperators.EQUAL),
                    (_AGES, RangeOperators.OVERLAPS),
                ],
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_to__gte=F("age_from")),
            ),
            models.CheckConstraint(condition=Q(excess__gte=0), name="excess_not_negative"),
            models.CheckConstraint(
                condition=Q(excess_percent__gte=0, excess_percent__lte=100), name="excess_part_of_the_bill"
            ),
            models.CheckConstraint(condition=Q(limit=None) | Q(limit__gte=0), name="limit_not_negative"),
            _ages_in_order("cover_ages_in_order"),
        ]
        verbose_name = _("cover")
        verbose_name_plural = _("covers")

    def __str__(self) -> str:
        return f"{self.edition_id}:{self.service_id}"


class Exclusion(Named):
    """An exclusion that needs a question, which is its name: alcohol, illness, week of pregnancy, sport, war."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="exclusions")
    code = models.SlugField(_("code"), max_length=30)
    """Answers are kept under it, so the same question has the same code in every edition."""
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    kind = models.CharField(
        _("is answered by"), max_length=8, choices=list(ANSWER_LABELS.items()), default=YES_NO
    )
    excluded_from = models.PositiveSmallIntegerField(_("excluded from"), null=True, blank=True)
    effect = models.CharField(
        _("then"), max_length=12, choices=list(EFFECT_LABELS.items()), default=NOT_COVERED
    )
    services = ArrayField(
        models.CharField(max_length=30), verbose_name=_("kinds of help"), default=list, blank=True
    )
    countries = _countries(_("countries"))
    gender = models.CharField(_("asked of"), max_length=1, blank=True, choices=list(GENDER_LABELS.items()))
    age_from = _age(_("from the age of"))
    age_to = _age(_("to the age of"))
    clause = models.CharField(_("clause of the rules"), max_length=40, blank=True)
    risks = _risks(_("lifted by the extra risks"))
    """Names of the tariff: a contract in which one of them is sold is not asked the question."""

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("exclusion with a question")
        verbose_name_plural = _("exclusions with a question")
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="question_once_in_an_edition"),
            models.CheckConstraint(
                condition=Q(kind=YES_NO, excluded_from=None)
                | (~Q(kind=YES_NO) & Q(excluded_from__isnull=False)),
                name="number_has_its_bound",
            ),
            _ages_in_order("question_ages_in_order"),
        ]


class Example(models.Model):
    """An example of a verdict, kept with the programme and worked out again with each edit: nobody's data."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="examples")
    name = models.CharField(_("name of the example"), max_length=120)
    territory = models.ForeignKey(
        Territory, verbose_name=_("territory of the policy"), on_delete=models.PROTECT, related_name="+"
    )
    country = models.CharField(_("country"), max_length=2, blank=True)
    service = models.CharField(_("kind of help"), max_length=30, blank=True)
    day = models.PositiveSmallIntegerField(_("day of the policy"), default=30)
    """1: the first day of the policy."""
    age = _age(_("age"))
    gender = models.CharField(_("gender"), max_length=1, blank=True, choices=list(GENDER_LABELS.items()))
    answers = models.JSONField(default=dict, blank=True)
    risks = _risks(_("extra risks"))
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["programme", "id"]
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="example_name_once")]

    def __str__(self) -> str:
        return self.name
