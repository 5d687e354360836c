"""Insured persons, and the dictionary of their surnames for the look-up."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F
from django.db.models.functions import Cast, ExtractYear, Reverse
from django.utils.translation import gettext_lazy as _

from cases.insurance import triggers
from cases.insurance.labels import GENDER_LABELS
from cases.insurance.querysets import InsuredPersonQuerySet
from cases.insurance.rules import given_name_key, name_key


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
    city = models.CharField(_("town"), max_length=100, blank=True, default="", db_default="")
    """Where they live, as the insurer's list says it: it tells namesakes apart."""
    birth_year = models.GeneratedField(
        expression=Cast(ExtractYear("birth_date"), models.SmallIntegerField()),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )
    surname_key = models.CharField(max_length=200, editable=False, db_collation="C")
    given_key = models.CharField(max_length=200, editable=False, db_collation="C")

    objects = InsuredPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("insured person")
        verbose_name_plural = _("insured persons")
        indexes = [
            models.Index(fields=["birth_date"], name="person_by_birth"),
            models.Index(fields=["birth_year", "surname_key", "given_key"], name="person_by_year_and_name"),
            models.Index(fields=["surname_key", "given_key"], name="person_by_surname"),
            models.Index(OpClass(Reverse("phone"), name="text_pattern_ops"), name="person_by_phone_end"),
        ]
        triggers = [
            *triggers.SURNAMES_OF_PERSONS,
            triggers.kept_while_referred_to("insurance_insuredperson"),
        ]

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
            GinIndex(OpClass(F("key"), name="gin_trgm_ops"), name="surname_by_likeness", fastupdate=False),
            models.Index(Reverse("key"), name="surname_by_ending"),
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
