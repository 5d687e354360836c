"""What the gallery of components shows: one of each, with text as long as real text is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """Every kind of control that forms of the house use."""

    name = forms.CharField(label=_("Name"), help_text=_("As in the passport."))
    city = forms.CharField(label=_("City"), required=False)
    kind = forms.ChoiceField(label=_("Kind of help"), choices=[("", "—"), ("visit", _("Visit"))])
    relation = forms.ChoiceField(
        label=_("Who calls"),
        choices=[("self", _("The insured person")), ("relative", _("A relative"))],
        widget=forms.RadioSelect,
    )
    urgent = forms.BooleanField(label=_("Urgent"), required=False, help_text=_("The senior manager is told."))
    text = forms.CharField(label=_("What happened"), widget=forms.Textarea(attrs={"rows": 3}))


STATUSES = (
    ("draft", "Чернетка звернення"),
    ("reported", "Заявлено. Організація допомоги"),
    ("assisted", "Допомога надана. Очікування документів"),
    ("documents", "Документи отримано. Перевірка рахунків"),
    ("submitted", "Передано страховій компанії"),
    ("closed", "Закрито"),
    ("declined", "Відмовлено"),
    ("cancelled", "Скасовано"),
)


def context(now: datetime) -> dict[str, Any]:
    """The samples; `now` aware."""
    return {
        "now": now,
        "soon": now + timedelta(minutes=2),
        "later": now + timedelta(hours=3, minutes=12),
        "past": now - timedelta(minutes=7),
        "form": SampleForm(),
        "bad_form": SampleForm({"city": "Анталья"}),
        "statuses": STATUSES,
        "tones": ("good", "warn", "bad", "info", "accent", "quiet"),
        "mine": {"Місто": "Анталья", "Готель": "Rixos Downtown, 412"},
        "theirs": {"Місто": "Анталья", "Готель": "Rixos Downtown, 214"},
    }
