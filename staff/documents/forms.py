"""What people type: a version, an order, a signature, a decision, filters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fregat.lib.forms import CleanCharField, CleanTextField, DayAndHourField, DayField
from staff.documents.labels import KIND_LABELS
from staff.documents.models import Addressed, DocumentVersion
from staff.documents.rules import BODY_MAX, CHANGES_MAX, REASON_MAX, TITLE_MAX, Addressees, Text
from staff.employees.forms import InPersonField
from staff.employees.labels import DEPARTMENT_LABELS, ROLE_LABELS
from staff.employees.models import Employee

_ALL = pgettext_lazy("filter", "all")


class TextForm(forms.Form):
    """A text in Markdown and whom it concerns: shared by versions and decisions."""

    # The browser must not stop a look at the text while something is still missing.
    use_required_attribute = False

    title = CleanCharField(label=_("Title"), max_length=TITLE_MAX)
    roles = forms.MultipleChoiceField(
        label=_("Roles that it concerns"), required=False, choices=list(ROLE_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    departments = forms.MultipleChoiceField(
        label=_("Departments that it concerns"), required=False, choices=list(DEPARTMENT_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    people = forms.TypedMultipleChoiceField(
        label=_("People that it concerns by name"), required=False, coerce=int,
        help_text=_("Besides the roles. Several with Ctrl."), widget=forms.SelectMultiple(attrs={"size": 6}),
    )  # fmt: skip
    body = CleanTextField(
        label=_("Text"), max_length=BODY_MAX,
        widget=forms.Textarea(attrs={"rows": 22, "spellcheck": "true", "lang": "uk"}),
        help_text=_("Headings begin with ##, points with 1. or -, **bold** stands between asterisks."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, people: Iterable[Employee], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["people"].choices = [
            (one.pk, f"{one.full_name}, {one.get_role_display()}") for one in people
        ]

    def text(self) -> Text:
        """What was typed, for the actions."""
        typed = self.cleaned_data
        to = Addressees.of(typed.get("roles", ()), typed.get("departments", ()), typed.get("people", ()))
        return Text(typed["title"], typed["body"], typed.get("changes", ""), to)


class DraftForm(TextForm):
    """The draft of a version; `kind` is chosen once, for a new document."""

    kind = forms.ChoiceField(label=_("Kind"), choices=list(KIND_LABELS.items()))
    changes = CleanTextField(
        label=_("What has changed, in words"), required=False, max_length=CHANGES_MAX,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Those who sign read it before the text."),
    )  # fmt: skip
    revision = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, new: bool = False, first: bool = False, **more: Any) -> None:
        super().__init__(data, **more)
        if not new:
            del self.fields["kind"]
        if first:
            del self.fields["changes"]


class DecisionForm(TextForm):
    """A decision of the head, or (`team`) a notice to people of one's own team."""

    def __init__(self, data: Any = None, *, team: bool = False, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["body"].widget.attrs["rows"] = 12
        if team:
            del self.fields["roles"], self.fields["departments"]
            self.fields["people"].label = _("People of your team")
            self.fields["people"].help_text = _("Several with Ctrl, all with Ctrl+A.")
            self.fields["people"].required = True


def initial_of(version: DocumentVersion | None) -> dict[str, Any]:
    """The fields as a version has them; a version that is no draft gives its text to the next one."""
    if version is None:
        return {}
    drafted = version.state == "draft"
    return {
        "title": version.title, "body": version.body, **addressed(version),
        "changes": version.changes if drafted else "", "revision": version.revision if drafted else 0,
    }  # fmt: skip


def addressed(row: Addressed) -> dict[str, Any]:
    """Whom a text concerns, as the fields have it."""
    return {"roles": row.roles, "departments": row.departments, "people": row.people}


def typed(kept: MultiValueDict[str, Any]) -> dict[str, Any]:
    """What a form's draft keeps, as initial values."""
    several = {"roles", "departments", "people"}
    return {name: kept.getlist(name) if name in several else kept[name] for name in kept}


class OrderForm(forms.Form):
    """The director's order that brings the draft into force."""

    signed_on = DayField(label=_("Date of the order"))
    effective_at = DayAndHourField(label=_("In force from"), required=False, help_text=_("Empty: at once."))
    note = CleanTextField(
        label=_("Ground"), required=False, max_length=REASON_MAX, widget=forms.Textarea(attrs={"rows": 2})
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class DiscardForm(forms.Form):
    """Which draft is deleted: the one that the person has seen."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class SignForm(forms.Form):
    """«It is really me.»"""

    use_required_attribute = False

    secret = InPersonField()


class WithdrawForm(forms.Form):
    """Why a decision is withdrawn."""

    use_required_attribute = False

    reason = CleanTextField(
        label=_("Why it is withdrawn"), max_length=REASON_MAX, widget=forms.Textarea(attrs={"rows": 2})
    )


class FilterForm(forms.Form):
    """Filters in the address; one that makes no sense is left out."""

    def chosen(self) -> dict[str, str]:
        """What was understood, every filter of the form with its value or an empty text."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


def _filter(label: Any, choices: Iterable[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, required=False, choices=[("", _ALL), *choices],
        widget=forms.Select(attrs={"class": "form-select"}),
    )  # fmt: skip


class ShelfFilter(FilterForm):
    """The documents of the head and the director."""

    kind = _filter(_("Kind"), KIND_LABELS.items())
    state = _filter(
        _("State"),
        [
            ("missing", _("not signed by all")),
            ("ordered", _("ordered, not in force yet")),
            ("draft", _("with a draft")),
        ],
    )


class PeopleFilter(FilterForm):
    """Who has signed and who has not."""

    state = _filter(_("Signature"), [("missing", _("not signed")), ("signed", _("signed"))])
    role = _filter(_("Role"), ROLE_LABELS.items())
    team = _filter(_("Team"), [])

    def __init__(self, data: Any, *, seniors: Iterable[Employee]) -> None:
        super().__init__(data)
        self.fields["team"].choices = [("", _ALL), *((one.username, one.full_name) for one in seniors)]


class DecisionFilter(FilterForm):
    """The list of decisions."""

    state = _filter(_("Show"), [])

    def __init__(self, data: Any, *, counted: bool) -> None:
        super().__init__(data)
        self.fields["state"].choices = [
            ("", _ALL),
            ("unread", _("not acknowledged by me")),
            *([("missing", _("not acknowledged by all"))] if counted else []),
            ("withdrawn", _("withdrawn")),
        ]
