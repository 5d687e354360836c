"""What people type into a record: work fields, projects, a photograph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fregat.lib import pictures
from fregat.lib.forms import CleanCharField
from staff.employees import labels
from staff.employees.models import Employee
from staff.employees.rules import Part

_PHONE_MAX = 40
"""As typed, with blanks and brackets."""
_TEL = {"type": "tel", "autocomplete": "off"}


class WorkForm(forms.Form):
    """Phones, e-mail, languages; the private phone only where it is seen."""

    phone = CleanCharField(
        label=labels.FIELD_LABELS["phone"],
        required=False,
        max_length=_PHONE_MAX,
        widget=forms.TextInput(attrs=_TEL),
    )
    extension = CleanCharField(
        label=labels.FIELD_LABELS["extension"], required=False, max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=labels.FIELD_LABELS["email"],
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    private_phone = CleanCharField(
        label=labels.FIELD_LABELS["private_phone"], required=False, max_length=_PHONE_MAX,
        widget=forms.TextInput(attrs=_TEL), help_text=_("Seen by the person, the head and the director alone."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=labels.FIELD_LABELS["languages"], required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, employee: Employee, parts: frozenset[Part]) -> None:
        initial = {name: getattr(employee, name) for name in (*self.base_fields,)}
        super().__init__(data, initial=initial, use_required_attribute=False)
        names = labels.language_names()
        held = [code for code in employee.languages if code not in labels.LANGUAGES]
        self.fields["languages"].choices = [
            (code, names.get(code, code)) for code in (*labels.LANGUAGES, *held)
        ]
        if Part.PRIVATE not in parts:
            del self.fields["private_phone"]

    def changes(self) -> dict[str, Any]:
        """The values for the action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ProjectsForm(forms.Form):
    """The projects that somebody works on."""

    projects = forms.MultipleChoiceField(
        label=_("Projects"), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, employee: Employee, offered: Mapping[str, str], held: set[str]
    ) -> None:
        super().__init__(
            data,
            initial={"projects": sorted(held), "version": employee.version},
            use_required_attribute=False,
        )
        gone = {code: code for code in held - set(offered)}
        self.fields["projects"].choices = [*offered.items(), *gone.items()]


class PhotographForm(forms.Form):
    """A picture from the person's disk."""

    file = forms.FileField(
        label=_("Picture"),
        help_text=_(
            "JPEG, PNG or WebP. The middle of it is kept; what the camera wrote about the place is not."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": pictures.ACCEPT}),
        error_messages={
            "required": _("Choose a picture."),
            "empty": _("The file is empty. Choose another one."),
        },
    )
