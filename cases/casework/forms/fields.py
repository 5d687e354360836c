"""Fields that understand what is typed in a hurry: times, dates of birth, money, choices with other names."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
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


def understood(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """What a typed time means, or None: for the echo beside the field."""
    field = MomentField(required=False)
    field.now, field.zone = now, zone
    try:
        return field.clean(text)
    except ValidationError:
        return None
