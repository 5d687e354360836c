"""Fields of the room: amounts, dates of birth as they are dictated."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.contracts.labels import number
from fregat.lib import clock, moments
from fregat.lib.forms import CleanCharField

_AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,2})?")
IDS_MAX = 400
"""Characters of a hidden field with ids that are read."""
_BLANKS = re.compile(r"[\s\u00a0\u202f]+")


class AmountField(CleanCharField):
    """An amount within bounds, at most two places, with a point or a comma; its value is a Decimal or None."""

    def __init__(
        self, *, least: Decimal = Decimal(0), most: Decimal = Decimal("999999999.99"), **kwargs: Any
    ) -> None:
        self.least, self.most = least, most
        kwargs.setdefault("max_length", 20)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "decimal")
        self.widget.attrs.setdefault("autocomplete", "off")

    def clean(self, value: Any) -> Any:
        """The amount. Raises ValidationError with an example."""
        text = _BLANKS.sub("", super().clean(value)).replace(",", ".")
        if not text:
            return None
        if not _AMOUNT.fullmatch(text):
            raise ValidationError(_("This is not an amount. Write it as 1200 or 1200,50."), code="amount")
        if not self.least <= Decimal(text) <= self.most:
            raise ValidationError(
                _("An amount from %(least)s to %(most)s is needed."),
                params={"least": number(self.least), "most": number(self.most)}, code="amount",
            )  # fmt: skip
        return Decimal(text)


class CountField(forms.IntegerField):
    """A whole number within bounds, said in one sentence."""

    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}), **kwargs
        )

    def to_python(self, value: Any) -> Any:
        """The number, of few ASCII digits only."""
        text = str(value or "").strip()
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,18}", text) or not self.least <= int(text) <= self.most:
            raise ValidationError(
                _("A whole number from %(least)s to %(most)s is needed."),
                params={"least": self.least, "most": self.most}, code="count",
            )  # fmt: skip
        return int(text)


def read_birth(text: str) -> date:
    """A date of birth as it is dictated. Raises ValidationError."""
    today = clock.local(clock.now()).date()
    try:
        born = moments.birth_date(text, today)
    except ValueError:
        born = None
    if born is None or born.year < 1900 or born > today:
        raise ValidationError(
            _("«%(text)s» is no date of birth. Write it as 12.03.1984."),
            params={"text": text[:40]},
            code="birth",
        )
    return born


class BirthField(CleanCharField):
    """One date of birth; its value is a date or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        super().__init__(**kwargs)
        self.widget.attrs |= {"placeholder": _("dd.mm.yyyy"), "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        """The date."""
        text = super().clean(value)
        return read_birth(text) if text else None


class BirthsField(CleanCharField):
    """Several dates of birth in one line, parted by blanks, commas or semicolons; its value is a list of dates."""

    def clean(self, value: Any) -> Any:
        """The dates, in the order in which they were typed."""
        return [read_birth(one) for one in re.split(r"[\s,;]+", super().clean(value)) if one]


class IdsField(forms.Field):
    """Ids in a hidden field, parted by dots; what is none is left out: nobody typed it."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> tuple[int, ...]:
        """The ids, in the order of the field."""
        return tuple(int(one) for one in re.findall(r"[0-9]{1,18}", str(value or "")[:IDS_MAX], re.ASCII))
