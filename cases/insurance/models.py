"""Insurers, programmes with covers, policies, insured persons (JD II.1, II.3)."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, TextField
from django.db.models.functions import Cast, ExtractYear, Reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from cases.insurance import triggers
from cases.insurance.labels import GENDER_LABELS
from cases.insurance.querysets import (
    InsuredPersonQuerySet,
    InsurerQuerySet,
    PolicyQuerySet,
)
from cases.insurance.rules import Money, given_name_key, name_key
from fregat.lib.ordering import uk_key_field


class NumberKey(Func):
    """The normal form of a policy number: upper case, letters and digits only, Cyrillic look-alikes made Latin."""

    arity = 1
    template = (
        "regexp_replace(translate(upper(%(expressions)s COLLATE \"pg_c_utf8\"), 'АВЕІКМНОРСТУХ', 'ABEIKMHOPCTYX'),"
        " '[^A-ZА-ЯІЇЄҐ0-9]+', '', 'g') COLLATE \"C\""
    )
    output_field = TextField(db_collation="C")


class NumberDigits(Func):
    """The digits of a policy number."""

    arity = 1
    template = "regexp_replace(%(expressions)s, '[^0-9]+', '', 'g') COLLATE \"C\""
    output_field = TextField(db_collation="C")


class Named(models.Model):
    """Reference data with a name in both languages of the interface."""

    name_uk = models.CharField(_("name in Ukrainian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """In the language of the interface."""
        return str(self.name_en if (get_language() or "uk").startswith("en") else self.name_uk)

    def __str__(self) -> str:
        return self.name


class Country(Named):
    """A country or territory, ISO 3166-1 alpha-2; `told` where every case is told to the senior manager (C5)."""

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    told = models.BooleanField(_("every case is told to the senior manager"), default=False)
    told_source = models.CharField(_("source of the rule"), max_length=80, blank=True)
    zone = models.CharField(_("main time zone"), max_length=60, blank=True)
    name_key = uk_key_field("name_uk")

    class Meta:
        ordering = ["name_key"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")


class ServiceKind(Named):
    """A kind of help; its codes are promised to other systems (interfaces: Codes)."""

    code = models.SlugField(_("code"), max_length=30, primary_key=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    escalation = models.CharField(_("told to the senior manager as"), max_length=20, blank=True)
    """`hospital` or `transport` when this kind of help is told to the senior manager (C5)."""
    abroad_only = models.BooleanField(default=False)
    """The escalation applies outside Ukraine only (`ambulance`)."""
    medical = models.BooleanField(default=True)
    """That it was needed says something of the person's health; a new kind does until the house says otherwise."""

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("kind of help")
        verbose_name_plural = _("kinds of help")


class Currency(models.Model):
    """A currency and its rate, for comparing an expected cost with a threshold."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    rate_uah = models.DecimalField(
        _("hryvnias for one unit"), max_digits=14, decimal_places=6, null=True, blank=True
    )
    rate_on = models.DateField(_("rate of the day"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("currency")
        verbose_name_plural = _("currencies")

    def __str__(self) -> str:
        return self.code


class Insurer(Named):
    """An insurance company; inside the contact centre also called a project."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    threshold_amount = models.DecimalField(
        _("an examination is expensive above"), max_digits=12, decimal_places=2, default=500
    )
    threshold_currency = models.ForeignKey(
        Currency, verbose_name=_("currency"), on_delete=models.PROTECT, related_name="+", default="EUR"
    )
    day_follower = models.BooleanField(
        _("cases may pass to the operator of the following day shift"), default=True
    )
    name_key = uk_key_field("name_uk")

    objects = InsurerQuerySet.as_manager()

    class Meta:
        ordering = ["name_key"]
        verbose_name = _("insurer")
        verbose_name_plural = _("insurers")
        permissions = [("work_on_project", "Works on the project of this insurer")]


class InsurerUserObjectPermission(UserObjectPermissionBase):
    """Grants of employees to projects (django-guardian, direct foreign key)."""

    content_object = models.ForeignKey(Insurer, on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False


class Territory(Named):
    """Where a programme or a cover is valid: a named list of countries."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    countries = ArrayField(models.CharField(max_length=2), verbose_name=_("countries"))

    class Meta:
        ordering = ["code"]
        verbose_name = _("territory")
        verbose_name_plural = _("territories")


class Programme(Named):
    """A set of covers sold by an insurer."""

    insurer = models.ForeignKey(
        Insurer, verbose_name=_("insurer"), on_delete=models.PROTECT, related_name="programmes"
    )
    code = models.SlugField(_("code"), max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["insurer", "code"], name="programme_code_once")]
        verbose_name = _("insurance programme")
        verbose_name_plural = _("insurance programmes")


class Cover(models.Model):
    """One kind of help that a programme pays for: limit, excess, territory (null: that of the policy)."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("insurance programme"), on_delete=models.CASCADE, related_name="covers"
    )
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
    currency = models.ForeignKey(
        Currency, verbose_name=_("currency"), on_delete=models.PROTECT, related_name="+"
    )
    clause = models.CharField(_("clause of the rules"), max_length=40, blank=True)
    """The clause of the insurer's rules that says so: the source of a verdict's reason."""
    needs_consent = models.BooleanField(_("the insurer’s consent is needed"), default=False)
    """The insurer decides each time: the verdict is `ask`."""
    waiting_days = models.PositiveSmallIntegerField(_("waiting period, days"), default=0)
    """First days of the policy on which this help is not covered yet."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "service"], name="cover_once_in_a_programme"),
            models.CheckConstraint(condition=Q(excess__gte=0), name="excess_not_negative"),
        ]
        verbose_name = _("cover")
        verbose_name_plural = _("covers")

    def __str__(self) -> str:
        return f"{self.programme_id}:{self.service_id}"


class InsuredPerson(models.Model):
    """A person named in one or more policies. Keys for the look-up are computed by `rules.name_key`."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    surname = models.CharField(_("surname"), max_length=100)
    given_name = models.CharField(_("name"), max_length=100, blank=True)
    patronymic = models.CharField(_("patronymic"), max_length=100, blank=True)
    surname_latin = models.CharField(_("surname in Latin letters"), max_length=100, blank=True)
    given_name_latin = models.CharField(_("name in Latin letters"), max_length=100, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=1, blank=True, choices=list(GENDER_LABELS.items()))
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    """E.164, `+380671234567`."""
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, blank=True)
    birth_year = models.GeneratedField(
        expression=Cast(ExtractYear("birth_date"), models.SmallIntegerField()),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )
    surname_key = models.CharField(max_length=200, editable=False, db_collation="C")
    given_key = models.CharField(max_length=200, editable=False, db_collation="C")
    name_order = uk_key_field("surname")

    objects = InsuredPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("insured person")
        verbose_name_plural = _("insured persons")
        indexes = [
            models.Index(fields=["birth_date"], name="person_by_birth"),
            models.Index(fields=["birth_year", "surname_key"], name="person_by_year_and_surname"),
            models.Index(fields=["surname_key", "given_key"], name="person_by_surname"),
            models.Index(OpClass(Reverse("phone"), name="text_pattern_ops"), name="person_by_phone_end"),
        ]
        triggers = [*triggers.SURNAMES_OF_PERSONS]

    def __str__(self) -> str:
        return f"{self.pk}"

    def set_keys(self) -> None:
        """Compute the keys of the look-up; `save` does it, `bulk_create` needs to be told."""
        self.surname_key = name_key(self.surname or self.surname_latin)
        self.given_key = given_name_key(self.given_name or self.given_name_latin)

    def save(self, **kwargs: Any) -> None:
        """The keys follow the names."""
        self.set_keys()
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, "surname_key", "given_key"}
        super().save(**kwargs)

    @property
    def full_name(self) -> str:
        """As spelt in Cyrillic, else as in Latin."""
        parts = (self.surname, self.given_name, self.patronymic)
        return " ".join(part for part in parts if part) or self.latin_name

    @property
    def latin_name(self) -> str:
        """As in the passport."""
        return f"{self.surname_latin} {self.given_name_latin}".strip()


class Surname(models.Model):
    """The key of a surname that somebody bears, once; kept by triggers, whoever writes persons and however many."""

    key = models.CharField(max_length=200, db_collation="C")

    class Meta:
        verbose_name = _("surname key")
        verbose_name_plural = _("surname keys")
        constraints = [models.UniqueConstraint(fields=["key"], name="surname_key_once")]
        indexes = [
            GinIndex(OpClass(F("key"), name="gin_trgm_ops"), name="surname_by_likeness", fastupdate=False)
        ]
        triggers = [triggers.CUTS_OF_SURNAMES]

    def __str__(self) -> str:
        return self.key


class SurnameCut(models.Model):
    """A key with one letter left out, or whole: two keys one error apart have a cut in common."""

    pk = models.CompositePrimaryKey("cut", "key")
    cut = models.CharField(max_length=200, db_collation="C")
    key = models.CharField(max_length=200, db_collation="C")

    class Meta:
        verbose_name = _("surname key with a letter left out")
        verbose_name_plural = _("surname keys with a letter left out")

    def __str__(self) -> str:
        return self.cut


class Policy(models.Model):
    """An insurance contract: number, programme, term, territory, currency, insured sum."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("number"), max_length=40)
    number_key = models.GeneratedField(
        expression=NumberKey(F("number")), output_field=TextField(db_collation="C"), db_persist=True
    )
    number_digits = models.GeneratedField(
        expression=NumberDigits(F("number")), output_field=TextField(db_collation="C"), db_persist=True
    )
    insurer = models.ForeignKey(Insurer, on_delete=models.PROTECT, related_name="policies")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="policies")
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"))
    """The last day of cover, included."""
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    currency = models.ForeignKey(Currency, on_delete=models.PROTECT, related_name="+")
    insured_sum = models.DecimalField(_("insured sum"), max_digits=12, decimal_places=2)
    ended_on = models.DateField(_("ended early on"), null=True, blank=True)
    persons = models.ManyToManyField(InsuredPerson, through="PolicyPerson", related_name="policies")

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("insurance policy")
        verbose_name_plural = _("insurance policies")
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="policy_term_not_empty"),
            models.UniqueConstraint(fields=["insurer", "number", "valid_from"], name="policy_number_once"),
        ]
        indexes = [
            models.Index(fields=["number_key"], name="policy_by_number_key"),
            models.Index(fields=["number_digits"], name="policy_by_digits"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def total(self) -> Money:
        """The insured sum with its currency."""
        return Money(self.insured_sum, self.currency_id)

    def state_on(self, day: date) -> str:
        """`valid`, `ahead`, `over` or `ended` on a day in Kyiv."""
        if self.ended_on and day >= self.ended_on:
            return "ended"
        if day < self.valid_from:
            return "ahead"
        return "over" if day > self.valid_to else "valid"


class PolicyPerson(models.Model):
    """A person is insured by a policy."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(InsuredPerson, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["policy", "person"], name="person_once_in_a_policy")]

    def __str__(self) -> str:
        return f"{self.policy_id}·{self.person_id}"
