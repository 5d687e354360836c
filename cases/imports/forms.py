"""What people say of a list: the file, what it is, which column is which."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cases.imports.labels import ENDING_LABELS, FIELD_LABELS, MODE_LABELS
from cases.imports.models import Batch
from cases.imports.rules import DEFAULTS, FIELDS, last_day
from cases.imports.statuses import Mode
from cases.insurance.models import Currency, Insurer, Programme, Territory
from fregat.lib.forms import CleanCharField, DayField

_capital = lazy(capfirst, str)
_CHOOSE_INSURER = _("Choose whose list it is.")
_CHOOSE_MODE = _("Say what the list is.")


class ListForm(forms.Form):
    """A list that came from an insurer."""

    use_required_attribute = False

    insurer = forms.ModelChoiceField(
        Insurer.objects.none(), label=_("Insurer"), empty_label=_("choose"),
        error_messages={"required": _CHOOSE_INSURER, "invalid_choice": _CHOOSE_INSURER},
    )  # fmt: skip
    mode = forms.ChoiceField(
        label=_("What the list is"), choices=list(MODE_LABELS.items()), widget=forms.RadioSelect,
        error_messages={"required": _CHOOSE_MODE, "invalid_choice": _CHOOSE_MODE},
    )  # fmt: skip
    list_date = DayField(
        label=_("Date of the list"), required=False,
        help_text=_("In a full list whoever is missing is insured no longer from this day on. Empty: today."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("File"), help_text=_("Excel (.xlsx), CSV, or a ZIP of these; at most 300 MB."),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt,.zip"}),
    )  # fmt: skip

    def __init__(self, *args: Any, insurers: Iterable[Insurer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["insurer"].queryset = insurers


class FilterForm(forms.Form):
    """Which lists are shown."""

    insurer = forms.ModelChoiceField(
        Insurer.objects.none(), label=_("Insurer"), required=False, empty_label=_("all")
    )
    status = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, insurers: Iterable[Insurer], statuses: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["insurer"].queryset = insurers
        self.fields["status"].choices = [("", _("any")), *statuses]


LEFT_OUT = "-"
"""What is sent for a column that is left out."""


def _held(rows: Any, name: str) -> forms.ModelChoiceField:
    """What holds for every row, chosen of what is there."""
    return forms.ModelChoiceField(
        rows, label=_capital(FIELD_LABELS[name]), required=False, empty_label=_("choose")
    )


class ColumnsForm(forms.Form):
    """Which column is which, and what holds for every row."""

    use_required_attribute = False

    programme = _held(Programme.objects.none(), "programme")
    territory = _held(Territory.objects.all(), "territory")
    currency = _held(Currency.objects.all(), "currency")
    insured_sum = forms.DecimalField(
        label=_capital(FIELD_LABELS["insured_sum"]), required=False, min_value=0, max_digits=12, decimal_places=2,
        localize=True,
    )  # fmt: skip
    mapping = CleanCharField(required=False, widget=forms.HiddenInput)
    """Never sent: what is wrong with the columns as a whole stands here."""

    def __init__(self, *args: Any, batch: Batch, **kwargs: Any) -> None:
        initial = {name: batch.defaults.get(name) for name in DEFAULTS}
        super().__init__(*args, initial=initial, **kwargs)
        self.headings = list(batch.headings)
        self.fields["programme"].queryset = batch.insurer.programmes.all()
        labels = FIELD_LABELS | (ENDING_LABELS if batch.mode == Mode.END else {})
        choices = [(LEFT_OUT, _("left out")), *((name, labels[name]) for name in FIELDS)]
        asked = last_day(batch.mapping, batch.mode) if batch.attention == "last_day" else None
        for index, heading in enumerate(self.headings):
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=heading, choices=[("", _("choose")), *choices] if heading == asked else choices,
                initial="" if heading == asked else batch.mapping.get(heading) or LEFT_OUT,
                error_messages={"required": _("Say what stands in this column.")},
            )  # fmt: skip

    @property
    def columns(self) -> list[Any]:
        """The fields of the columns, in the order of the file."""
        return [self[f"column_{index}"] for index in range(len(self.headings))]

    @property
    def chosen(self) -> dict[str, str]:
        """Heading → field."""
        return {heading: self.cleaned_data[f"column_{index}"] for index, heading in enumerate(self.headings)}

    @property
    def held(self) -> dict[str, Any]:
        """What holds for every row, as keys."""
        return {name: getattr(value, "pk", value) for name in DEFAULTS if (value := self.cleaned_data[name])}
