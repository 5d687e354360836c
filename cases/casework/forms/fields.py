"""Fields that understand what is typed in a hurry: times, dates of birth, money, choices with other names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from fregat.lib import moments
from fregat.lib.forms import CleanCharField, MomentField

COST_DIGITS = 10


class BirthDateField(CleanCharField):
    """A date of birth in any usual writing; its value is a date, or None."""

    today: date

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """As it is written here."""
        return value.strftime("%d.%m.%Y") if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        """A date, or None."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return moments.birth_date(text, self.today)
        except moments.NotUnderstood:
            raise ValidationError(_("This is not a date. Write it as 12.03.1984."), code="date") from None


def money(text: str) -> Decimal | None:
    """An amount as typed: `1 200`, `1200,50`. None for an empty text. Raises ValidationError."""
    plain = text.replace("\u00a0", "").replace(" ", "").replace(",", ".")
    if not plain:
        return None
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount < 10**COST_DIGITS:
        raise ValidationError(_("This is not an amount. Write it as 1200 or 1200.50."), code="money")
    return amount.quantize(Decimal("0.01"))


class MoneyField(CleanCharField):
    """An amount; its value is a Decimal, or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "decimal")

    def clean(self, value: Any) -> Any:
        """A Decimal, or None."""
        return money(super().clean(value))


Named = tuple[str, str, str]
"""Code, name, other names (`|` between them)."""


class _KeyedOptions:
    """Options carry their other names (`data-keys`), so that a few keys in either language find them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys: dict[str, str] = {}

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Django's own drawing asks a template for each option: for 250 countries that is most of a page's time."""
        chosen = set(self.format_value(value))
        all_attrs = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        if self.allow_multiple_selected:
            all_attrs["multiple"] = True
        rows = ((code, self.keys.get(str(code), ""), code in chosen, label) for code, label in self.choices)
        options = format_html_join(
            "",
            '<option value="{}"{}{}>{}</option>',
            (
                (
                    code,
                    format_html(' data-keys="{}"', keys) if keys else "",
                    SafeString(" selected" if on else ""),
                    label,
                )
                for code, keys, on, label in rows
            ),
        )
        return format_html("<select{}>{}</select>", flatatt(all_attrs), options)


class KeyedSelect(_KeyedOptions, forms.Select):
    """A select that `data-combobox` turns into a list found by a few keys."""


class KeyedSelectMultiple(_KeyedOptions, forms.SelectMultiple):
    """The same for several."""


def offer(field: forms.Field, rows: Iterable[Named], *, empty: bool = True) -> None:
    """Fill a choice field with codes and names, and its widget with the other names."""
    listed = list(rows)
    field.choices = [*([("", "")] if empty else []), *((code, name) for code, name, _keys in listed)]
    field.widget.keys = {code: keys for code, _name, keys in listed}


def understood(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """What a typed time means, or None: for the echo beside the field."""
    field = MomentField(required=False)
    field.now, field.zone = now, zone
    try:
        return field.clean(text)
    except ValidationError:
        return None
