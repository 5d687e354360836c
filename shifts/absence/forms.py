"""What people type: an absence, a refusal, the certificate, an explanation, a decision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fregat.lib.files import CheckedFileField
from fregat.lib.forms import CleanTextField, DayField
from shifts.absence.labels import DECISION_LABELS, FAULTS
from shifts.absence.models import AbsenceKind
from shifts.absence.rules import REASON_MAX
from staff.employees.models import Employee


def _text(label: Any, said: str, *, rows: int = 3) -> CleanTextField:
    return CleanTextField(
        label=label, max_length=REASON_MAX, widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": FAULTS[said]},
    )  # fmt: skip


class AskForm(forms.Form):
    """Which absence, from which day until which."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("Kind"), error_messages={"required": FAULTS["kind"], "invalid_choice": FAULTS["kind"]}
    )
    since = DayField(label=_("First day"))
    until = DayField(label=_("Last day"))
    words = CleanTextField(
        label=_("Note"), max_length=REASON_MAX, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, kinds: Iterable[AbsenceKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.code, str(one)) for one in kinds]


class RecordForm(AskForm):
    """The same for somebody who has said so by telephone."""

    employee = forms.ChoiceField(
        label=_("Employee"),
        error_messages={"required": FAULTS["employee"], "invalid_choice": FAULTS["employee"]},
    )
    field_order = ("employee", "kind", "since", "until", "words")

    def __init__(self, *args: Any, people: Iterable[Employee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {one.username: one for one in people}
        names = [(one.username, one.full_name) for one in self.people.values()]
        self.fields["employee"].choices = [("", _("choose")), *names]

    def clean_employee(self) -> Employee:
        """The person."""
        return self.people[self.cleaned_data["employee"]]


class RefuseForm(forms.Form):
    """Why not."""

    reason = _text(_("Reason"), "reason", rows=2)


class CertificateForm(forms.Form):
    """The certificate: a PDF or a picture."""

    file = CheckedFileField(label=_("Certificate"), error_messages={"required": FAULTS["file"]})


class ExplainForm(forms.Form):
    """Why there is no certificate."""

    explanation = _text(_("Explanation"), "explanation")


class JudgeForm(forms.Form):
    """What the director decides, and on what grounds."""

    decision = forms.ChoiceField(
        label=_("Decision"), choices=list(DECISION_LABELS.items()), widget=forms.RadioSelect,
        error_messages={"required": FAULTS["decision"], "invalid_choice": FAULTS["decision"]},
    )  # fmt: skip
    grounds = _text(_("Grounds"), "decision")


class CoverForm(forms.Form):
    """Which shift, and who works instead."""

    shift = forms.IntegerField(
        min_value=1, max_value=2**62, error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), FAULTS["no_shift"]
        ),
    )  # fmt: skip
    employee = forms.SlugField(
        max_length=60, error_messages=dict.fromkeys(("required", "invalid", "max_length"), FAULTS["employee"])
    )
