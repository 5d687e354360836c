"""Form fields that refuse what cannot be kept, with a sentence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import DateTimeBaseInput
from django.utils.translation import gettext_lazy as _

from fregat.lib.errors import Invalid
from fregat.lib.text import TEXT_MAX, fault_in, normalise


class CleanCharField(forms.CharField):
    """One line of text: no control characters, at most `max_length` characters."""

    multiline = False

    def __init__(self, *, max_length: int = 300, **kwargs: Any) -> None:
        self.text_max = max_length
        kwargs.setdefault("strip", False)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("maxlength", str(max_length))

    def to_python(self, value: Any) -> str:
        """The text with one kind of line ends and no outer blanks."""
        text = normalise(str(value)) if value not in self.empty_values else ""
        fault = fault_in(text, max_length=self.text_max, multiline=self.multiline)
        if fault:
            raise ValidationError(fault, code="text")
        return text

    def run_validators(self, value: Any) -> None:
        """`ProhibitNullCharacters` would say the same again, in worse words."""


class CleanTextField(CleanCharField):
    """Text of several lines."""

    multiline = True
    widget = forms.Textarea

    def __init__(self, *, max_length: int = TEXT_MAX, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)


# Browsers show their own date fields in the browser's language (`11/24/2026, 05:00 PM`), whatever the page's:
# people type what they read elsewhere on the screen.


def _moment(widget: type[DateTimeBaseInput], shape: str, example: Any) -> DateTimeBaseInput:
    return widget(attrs={"placeholder": example, "autocomplete": "off"}, format=shape)


class DayField(forms.DateField):
    """A day as `24.11.2026`; ISO is understood too."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", _moment(forms.DateInput, "%d.%m.%Y", _("dd.mm.yyyy")))
        super().__init__(input_formats=["%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d"], **kwargs)


class HourField(forms.TimeField):
    """A time of day as `17:05`, `17.05`, `17`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", _moment(forms.TimeInput, "%H:%M", _("hh:mm")))
        super().__init__(input_formats=["%H:%M", "%H.%M", "%H", "%H:%M:%S"], **kwargs)


class DayAndHourField(forms.DateTimeField):
    """An instant as `24.11.2026 17:05` in the zone of the page; ISO is understood too."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", _moment(forms.DateTimeInput, "%d.%m.%Y %H:%M", _("dd.mm.yyyy hh:mm")))
        super().__init__(input_formats=["%d.%m.%Y %H:%M", "%d.%m.%Y", "%Y-%m-%dT%H:%M"], **kwargs)


def add_errors(form: forms.BaseForm, refused: Invalid) -> None:
    """Put the sentences of an action's refusal beside the fields of the form that was typed."""
    for name, sentences in refused.errors.items():
        form.add_error(name if name in form.fields else None, [str(text) for text in sentences])
