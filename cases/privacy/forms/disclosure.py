"""Passing data on, and the insurers' consents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.privacy.labels import GIVEN_PART_LABELS, RECIPIENT_LABELS
from fregat.lib.forms import CleanCharField, CleanTextField, DayAndHourField

RECIPIENT_MAX = 200
TEXT_MAX = 2000


def _text(rows: int, **kwargs: Any) -> CleanTextField:
    return CleanTextField(max_length=TEXT_MAX, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class GivenForm(forms.Form):
    """Who receives, and what."""

    recipient_kind = forms.ChoiceField(
        label=_("Who receives it"), choices=[("", "—"), *RECIPIENT_LABELS.items()]
    )
    recipient = CleanCharField(
        label=_("Institution or person"),
        required=False,
        max_length=RECIPIENT_MAX,
        help_text=_("Of a person also the tie to the insured."),
    )
    parts = forms.MultipleChoiceField(
        label=_("What is passed on"),
        choices=list(GIVEN_PART_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
    )


class DisclosureForm(GivenForm):
    """What leaves the house about one case."""

    service = forms.ChoiceField(
        label=_("For which help"),
        required=False,
        help_text=_("An institution engaged for it may know what the help needs, without a consent."),
    )
    purpose = _text(2, label=_("What it is needed for"))

    def __init__(self, *args: Any, services: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["service"]
        field.choices = [("", "—"), *services]


class ConsentForm(GivenForm):
    """An insurer's consent; without a recipient anybody of the kind, without a kind anybody."""

    project = forms.ChoiceField(label=_("Insurance company"))
    since = DayAndHourField(label=_("In force from"), required=False)
    until = DayAndHourField(label=_("In force until"), required=False)
    reference = _text(2, label=_("Where the consent can be found"))
    field_order = ["project", "recipient_kind", "recipient", "parts", "since", "until", "reference"]

    def __init__(self, *args: Any, projects: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["project"]
        field.choices = list(projects)
        kind: Any = self.fields["recipient_kind"]
        kind.required = False
        kind.choices = [("", pgettext_lazy("recipient", "anybody")), *RECIPIENT_LABELS.items()]


class AnswerForm(forms.Form):
    """What the insurer answered to a request."""

    answer = forms.ChoiceField(
        label=_("The insurer’s answer"),
        choices=[("yes", _("consents")), ("no", _("does not consent"))],
        widget=forms.RadioSelect,
    )
    until = DayAndHourField(label=_("Consents until"), required=False)
    reference = _text(2, label=_("Letter, date, who answered"))
