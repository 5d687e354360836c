"""Reference data: countries, kinds of help, currencies, territories."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.insurance.triggers import PAST_LISTS, kept_while_referred_to
from fregat.lib.ordering import uk_key_field
from fregat.lib.reference import changed


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
    also_called = models.CharField(_("what else people call it"), max_length=300, blank=True, default="")
    """In either language, commas between; found by it, never shown."""
    name_key = uk_key_field("name_uk")

    class Meta:
        triggers = [changed()]
        ordering = ["name_key"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    @property
    def called(self) -> str:
        """What else people call it, `|` between."""
        return "|".join(name.strip() for name in self.also_called.split(",") if name.strip())


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
        triggers = [changed()]
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
        triggers = [changed(), kept_while_referred_to("insurance_currency")]
        ordering = ["code"]
        verbose_name = _("currency")
        verbose_name_plural = _("currencies")

    def __str__(self) -> str:
        return self.code


class Territory(Named):
    """Where a policy or a cover is valid: a named list of countries, or the whole world, without some."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    countries = ArrayField(
        models.CharField(max_length=2), verbose_name=_("countries"), default=list, blank=True
    )
    """None named: the whole world."""
    without = ArrayField(
        models.CharField(max_length=2), verbose_name=_("without the countries"), default=list, blank=True
    )
    past = models.JSONField(default=list, editable=False)
    """The lists that it had, the oldest first, each `until` an instant; written by the database alone."""

    class Meta:
        triggers = [changed(), kept_while_referred_to("insurance_territory"), PAST_LISTS]
        ordering = ["code"]
        verbose_name = _("territory")
        verbose_name_plural = _("territories")

    def lists_at(self, at: datetime | None) -> tuple[list[str], list[str]]:
        """`countries` and `without` as they were at an instant; None: as they are."""
        past = (then for then in self.past if at and at < datetime.fromisoformat(then["until"]))
        then = next(past, {"countries": self.countries, "without": self.without})
        return then["countries"], then["without"]
