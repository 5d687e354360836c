"""Forms of whoever keeps tariffs and series, the filters of the list, the annulment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.contracts.actions import TariffFacts
from cases.contracts.forms.fields import AmountField, CountField
from cases.contracts.labels import ROUNDING_LABELS, STATE_LABELS
from cases.contracts.models import Tariff
from cases.contracts.selectors import Filters
from cases.insurance.models import Currency, Insurer
from fregat.lib.errors import NotFound
from fregat.lib.forms import CleanCharField, CleanTextField, DayField
from fregat.lib.gates import row_id

FILE_MAX = 200_000
"""The largest table as a file, in bytes; pasted, in characters."""
STEP_MAX = Decimal("999999.99")
"""As much as its column holds."""
ALL = ("", _("all"))


class TariffForm(forms.Form):
    """The next version of a tariff. A file, when there is one, is what counts and stands in the field after that."""

    since = DayField(label=_("In force from"))
    currency = forms.ChoiceField(label=_("Currency"))
    step = AmountField(label=_("Rounded to"), max_length=10, least=Decimal("0.01"), most=STEP_MAX)
    rounding = forms.ChoiceField(label=_("Rounding"), choices=list(ROUNDING_LABELS.items()))
    minimum = AmountField(label=_("Least premium of a contract"), required=False)
    lead_days = CountField(label=_("Fewest days before it begins"), least=0, most=365)
    ahead_days = CountField(label=_("Most days before it begins"), least=0, most=730)
    persons_max = CountField(label=_("Most persons in a contract"), least=1, most=20)
    note = CleanCharField(label=_("What has changed"), required=False)
    file = forms.FileField(
        label=_("Table as a file"), required=False, help_text=_("CSV, as a spreadsheet saves it."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )  # fmt: skip
    table = CleanTextField(
        label=_("Table"), required=False, max_length=FILE_MAX,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
        help_text=_("Copy the five columns in the spreadsheet and paste them here."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["currency"].choices = [(row.pk, row.pk) for row in Currency.objects.all()]

    @classmethod
    def after(cls, last: Tariff | None, today: date) -> TariffForm:
        """A blank one, or one that begins with the last version; from tomorrow on."""
        since = today + timedelta(days=1)
        if last is None:
            return cls(initial={
                "since": since, "currency": "UAH", "step": "0,01", "rounding": "half_up", "lead_days": 0,
                "ahead_days": 365, "persons_max": 10,
            })  # fmt: skip
        names = ("rounding", "lead_days", "ahead_days", "persons_max", "table")
        initial = {name: getattr(last, name) for name in names}
        money = {name: f"{getattr(last, name):f}".replace(".", ",") for name in ("step", "minimum")}
        return cls(initial={"since": since, **initial, **money, "currency": last.currency_id})

    def clean_file(self) -> str:
        """The text of the file: UTF-8 with or without its mark, else as Windows writes Ukrainian."""
        upload = self.cleaned_data["file"]
        if not upload:
            return ""
        if upload.size > FILE_MAX:
            raise ValidationError(_("The file is too large for a table of a tariff."), code="too_large")
        content: bytes = upload.read()
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1251", "replace")
        cleaned: str = CleanTextField(required=False, max_length=FILE_MAX).clean(text)
        return cleaned

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["table"] = cleaned.get("file") or cleaned.get("table", "")
        if not cleaned["table"] and not self.errors.keys() & {"file", "table"}:
            self.add_error("table", _("Paste the table or choose a file."))
        return cleaned

    def facts(self) -> TariffFacts:
        """For the action, once the form is valid."""
        got = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return TariffFacts(**{**got, "minimum": got["minimum"] or Decimal(0)})


class SeriesForm(forms.Form):
    """A series of numbers that an insurer has given."""

    insurer = forms.ChoiceField(label=_("Insurance company"))
    prefix = CleanCharField(label=_("Letters before the number"), required=False, max_length=20)
    width = CountField(label=_("Digits"), least=1, most=18)
    first = CountField(label=_("First number"), least=1, most=10**17)
    last = CountField(label=_("Last number"), least=1, most=10**17)

    def __init__(self, *args: Any, insurers: Iterable[Insurer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["insurer"].choices = [(row.pk, row.name) for row in insurers]


class AnnulForm(forms.Form):
    """Why a contract is annulled; which open cases that rely on it were shown, and that they are known of."""

    reason = CleanCharField(label=_("Reason"))
    seen = CleanCharField(widget=forms.HiddenInput, required=False, max_length=2000)
    known = forms.BooleanField(label=_("Annul it although these cases are open"), required=False)

    def confirmed(self) -> list[str]:
        """Numbers of the cases that are known of."""
        return self.cleaned_data["seen"].split() if self.cleaned_data["known"] else []


class FiltersForm(forms.Form):
    """Filters of the list, in the address."""

    number = CleanCharField(label=_("Number"), required=False, max_length=40)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[ALL, *STATE_LABELS.items()])
    insurer = forms.ChoiceField(label=_("Insurance company"), required=False)
    since = DayField(label=_("Begins from"), required=False)
    until = DayField(label=_("Begins to"), required=False)
    mine = forms.BooleanField(label=_("Entered by me"), required=False)

    def __init__(self, *args: Any, insurers: Iterable[Insurer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["insurer"].choices = [ALL, *((str(row.pk), row.name) for row in insurers)]

    def filters(self) -> Filters:
        """What is set and understood."""
        self.is_valid()
        got = self.cleaned_data
        return Filters(
            number=got.get("number", ""), state=got.get("state", ""),
            insurer=int(got["insurer"]) if got.get("insurer") else None,
            since=got.get("since"), until=got.get("until"), mine=bool(got.get("mine")),
        )  # fmt: skip


def after_of(text: str) -> int:
    """The place in an address; 0 for the first page and for what is none."""
    try:
        return row_id(text) if text else 0
    except NotFound:
        return 0
