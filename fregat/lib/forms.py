"""Form fields that refuse what cannot be kept, with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import DateTimeBaseInput
from django.utils.translation import gettext_lazy as _

from fregat.lib import clock, moments
from fregat.lib.errors import Conflict, Invalid
from fregat.lib.keyboard import layout_readings
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


class MomentField(CleanCharField):
    """A time as people say it (`вчора 23:00`); its value is an aware UTC datetime, or None.

    The form gives `now` and, for times told on another clock, `zone` before it is cleaned.
    """

    now: datetime
    zone: tzinfo = clock.KYIV
    ahead = False
    """Times without a day are the next ones, not the last ones (due times)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """The text; the time is read in `clean`, when the zone is known."""
        return value if isinstance(value, datetime) else super().to_python(value)

    def read(self, text: str) -> datetime | None:
        """The instant that `text` names. Raises ValidationError with an example."""
        if not text:
            return None
        reader: Callable[..., datetime] = moments.coming if self.ahead else moments.moment
        for reading in layout_readings(text):
            try:
                return reader(reading, self.now, self.zone)
            except moments.NotUnderstood:
                continue
        raise ValidationError(
            _("This is not a time. Say it as: 23:00, yesterday 23:00, 23.11 17:05."), code="moment"
        )

    def clean(self, value: Any) -> Any:
        """An aware UTC datetime, or None."""
        return self.read(super().clean(value))


def add_errors(form: forms.BaseForm, refused: Invalid | Conflict) -> None:
    """Put the sentences of an action's refusal beside the fields of the form that was typed, or above them."""
    errors = refused.errors if isinstance(refused, Invalid) else {"": [refused.sentence]}
    for name, sentences in errors.items():
        form.add_error(name if name in form.fields else None, [str(text) for text in sentences])
