"""Reference data of the room for the administrator: no persons, no policies."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.insurance.models import Country, Currency, Insurer, Programme, ServiceKind, Territory
from fregat.lib.administration import ReferenceAdmin, site


class _CodeStays:
    """A code is given once: other systems and other tables hold on to it."""

    code_fields: tuple[str, ...] = ("code",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The code can be typed only for a new row."""
        return self.code_fields if obj else ()


class CountryForm(forms.ModelForm):
    """What people call a country is typed with commas between."""

    class Meta:
        model = Country
        fields = ("code", "name_uk", "name_en", "also_called", "told", "told_source", "zone")
        help_texts = {
            "also_called": gettext_lazy(
                "In Ukrainian and in English, commas between: США, USA. The country is found by it in every list."
            )
        }

    def clean_also_called(self) -> str:
        """Each name once, without what stands around it."""
        names = (name.strip() for name in re.split(r"[,;|]", self.cleaned_data["also_called"]))
        return ", ".join(dict.fromkeys(name for name in names if name))

    def clean_zone(self) -> str:
        """One that there is: by another no call from the country could be registered."""
        zone: str = self.cleaned_data["zone"]
        if zone and zone not in available_timezones():
            raise ValidationError(_("There is no such time zone: write it as Europe/Kyiv."))
        return zone


@admin.register(Country, site=site)
class CountryAdmin(_CodeStays, ReferenceAdmin):
    """Countries; where every case is told to the senior manager (C5)."""

    list_display = ("code", "name_uk", "name_en", "told", "told_source", "zone")
    list_filter = ("told",)
    search_fields = ("code", "name_uk", "name_en", "also_called")
    form = CountryForm
    fields = CountryForm.Meta.fields
    code_fields = ("code", "told", "told_source")
    """The list of JD II.10 is the house's rule: nobody switches a country off here."""


@admin.register(ServiceKind, site=site)
class ServiceKindAdmin(_CodeStays, ReferenceAdmin):
    """Kinds of help; what is told to the senior manager is the house's rule (C5)."""

    list_display = ("code", "name_uk", "name_en", "position", "escalation")
    fields = ("code", "name_uk", "name_en", "position")


@admin.register(Currency, site=site)
class CurrencyAdmin(_CodeStays, ReferenceAdmin):
    """Currencies and their rates."""

    list_display = ("code", "rate_uah", "rate_on")


@admin.register(Insurer, site=site)
class InsurerAdmin(_CodeStays, ReferenceAdmin):
    """Insurance companies."""

    list_display = ("code", "name_uk", "name_en", "threshold_amount", "threshold_currency", "day_follower")


class TerritoryForm(forms.ModelForm):
    """The list of countries is checked: a slip would take the cover away."""

    class Meta:
        model = Territory
        fields = ("code", "name_uk", "name_en", "countries", "without")
        help_texts = {"countries": gettext_lazy("None named: the whole world.")}

    def clean_countries(self) -> list[str]:
        """Codes of known countries, in capitals, once each, sorted."""
        return self._codes("countries")

    def clean_without(self) -> list[str]:
        """The same."""
        return self._codes("without")

    def _codes(self, field: str) -> list[str]:
        codes = sorted({code.strip().upper() for code in self.cleaned_data[field] or []})
        known = set(Country.objects.filter(code__in=codes).values_list("code", flat=True))
        unknown = [code for code in codes if code not in known]
        if unknown:
            raise ValidationError(
                _("There are no such countries: %(codes)s.") % {"codes": ", ".join(unknown)}
            )
        return codes


@admin.register(Territory, site=site)
class TerritoryAdmin(_CodeStays, ReferenceAdmin):
    """Named lists of countries."""

    form = TerritoryForm
    list_display = ("code", "name_uk", "name_en", "how_many")

    @admin.display(description=gettext_lazy("Countries"))
    def how_many(self, row: Territory) -> int | str:
        """How many countries are in the list."""
        return len(row.countries) if row.countries else _("all but %(count)d") % {"count": len(row.without)}


@admin.register(Programme, site=site)
class ProgrammeAdmin(_CodeStays, ReferenceAdmin):
    """Programmes of the insurers."""

    list_display = ("insurer", "code", "name_uk", "name_en")
    list_filter = ("insurer",)
    list_select_related = ("insurer",)
    code_fields = ("code", "insurer")
