"""What the gallery of components shows: one of each, with text as long as real text is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms

from fregat.lib import differences, markdown
from fregat.lib.choices import NONE_SUCH, KeyedSelect, offer
from fregat.lib.forms import DayAndHourField, DayField, HourField


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
    country = forms.ChoiceField(label="Країна", widget=KeyedSelect(attrs=NONE_SUCH), required=False)
    born = DayField(label="Дата народження", required=False)
    hour = HourField(label="О котрій передзвонити", required=False)
    moment = DayAndHourField(label="Коли сталося", required=False)
    text = forms.CharField(label="Що сталося", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["country"], COUNTRIES)


COUNTRIES = (("TR", "Туреччина", "Turkey|Türkiye"), ("EG", "Єгипет", "Egypt"), ("JP", "Японія", "Japan"))
DOCUMENT = """## Обов’язки

1. Приймати **звернення** застрахованих осіб.
2. Доповідати старшому менеджеру.

> Нагляд за справою переходить під підпис.
"""
OLD = "Оператор приймає дзвінки.\n\nДоповідає старшому менеджеру щодня."
NEW = "Оператор приймає звернення.\n\nДоповідає старшому менеджеру щодня.\n\nВеде журнал."


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
        "bare": SampleForm(auto_id="filter_%s"),
        "bad_form": SampleForm({"city": "Анталья", "born": "31.02.1990"}),
        "found": differences.compare(OLD, NEW),
        "document": markdown.render(DOCUMENT),
        "statuses": STATUSES,
        "tones": ("good", "warn", "bad", "info", "accent", "quiet"),
        "mine": {"Місто": "Анталья", "Готель": "Rixos Downtown, 412"},
        "theirs": {"Місто": "Анталья", "Готель": "Rixos Downtown, 214"},
    }
