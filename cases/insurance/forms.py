"""Forms of the room: the question to the look-up, the question to a policy."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.insurance.models import Country, Policy, ServiceKind
from fregat.lib import clock
from fregat.lib.forms import CleanCharField, DayAndHourField


class LookUpForm(forms.Form):
    """One field for everything that a caller may say of themselves."""

    q = CleanCharField(
        label=_("Whom to find"),
        max_length=200,
        help_text=_("Policy number, phone, surname in any alphabet, with a name, date or year of birth."),
    )


class VerdictForm(forms.Form):
    """Where, when and what help; an empty field is not known yet."""

    country = forms.ModelChoiceField(Country.objects.none(), label=_("Country"), required=False)
    on = DayAndHourField(label=_("When, Kyiv time"), required=False)
    service = forms.ModelChoiceField(ServiceKind.objects.none(), label=_("Kind of help"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        english = (get_language() or "uk").startswith("en")
        countries = Country.objects.order_by("name_en") if english else Country.objects.all()
        for name, rows in (("country", countries), ("service", ServiceKind.objects.all())):
            field: Any = self.fields[name]
            field.queryset, field.empty_label = rows, _("not known yet")

    @classmethod
    def blank(cls, policy: Policy, now: datetime) -> VerdictForm:
        """For a policy's card: the time is now until another one is told."""
        return cls(initial={"on": clock.local(now)}, auto_id=f"policy-{policy.pk}-%s")
