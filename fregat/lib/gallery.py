"""What the gallery of components shows: one of each, with text as long as real text is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms


class SampleForm(forms.Form):
    """Every kind of control that forms of the house use."""

    name = forms.CharField(label="Прізвище та ім’я", help_text="Як у паспорті.")
    city = forms.CharField(label="Місто", required=False)
    kind = forms.ChoiceField(label="Вид допомоги", choices=[("", "—"), ("visit", "Візит до лікаря")])
    relation = forms.ChoiceField(
        label="Хто звертається",
        choices=[("self", "Застрахована особа"), ("relative", "Родич")],
        widget=forms.RadioSelect,
    )
    urgent = forms.BooleanField(
        label="Терміново", required=False, help_text="Старшого менеджера буде поінформовано."
    )
    text = forms.CharField(label="Що сталося", widget=forms.Textarea(attrs={"rows": 3}))


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
