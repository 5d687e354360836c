"""What the director fills in for an order, and the filters of the register."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fregat.lib.choices import NONE_SUCH, KeyedSelect, KeyedSelectMultiple, Named, offer
from fregat.lib.errors import DomainError, Invalid
from fregat.lib.forms import CleanCharField, CleanTextField, DayAndHourField, DayField, add_errors
from fregat.lib.rights import Role
from staff.employees import rules
from staff.employees.labels import DEPARTMENT_LABELS, ORDER_STATE_LABELS, ROLE_LABELS

NOTE_MAX = 2000
FIELDS: dict[str, tuple[str, ...]] = {
    "appointment": (
        "last_name", "first_name", "patronymic", "username", "role", "department", "senior", "projects",
        "phone", "email",
    ),
    "transfer": ("employee", "role", "department", "senior", "successor"),
    "senior_change": ("employee", "senior"),
    "dismissal": ("employee", "successor"),
}  # fmt: skip
"""Which fields an order of a kind has; `employee` is whom it is about, the others are its values."""


class OrderForm(forms.Form):
    """An order of one kind. Fields that a position does not ask for are left out (`leave_out`)."""

    use_required_attribute = False

    employee = forms.ChoiceField(label=_("Employee"), widget=KeyedSelect(attrs=NONE_SUCH))
    last_name = CleanCharField(label=_("Surname"), max_length=80)
    first_name = CleanCharField(label=_("Name"), max_length=80)
    patronymic = CleanCharField(label=_("Patronymic"), max_length=80, required=False)
    username = CleanCharField(
        label=_("Sign-in name"),
        max_length=60,
        help_text=_("Latin letters, digits, hyphens; it never changes."),
    )
    role = forms.ChoiceField(label=_("Position"), choices=[("", "—"), *ROLE_LABELS.items()])
    department = forms.ChoiceField(label=_("Department"), choices=[("", "—"), *DEPARTMENT_LABELS.items()])
    senior = forms.ChoiceField(label=_("Senior manager"), widget=KeyedSelect(attrs=NONE_SUCH))
    successor = forms.ChoiceField(
        label=_("Who takes over the team"), widget=KeyedSelect(attrs=NONE_SUCH),
        help_text=_("Operators are never left without a senior manager."),
    )  # fmt: skip
    projects = forms.MultipleChoiceField(
        label=_("Projects"), required=False, widget=KeyedSelectMultiple(attrs=NONE_SUCH)
    )
    phone = CleanCharField(label=_("Work phone"), max_length=20, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    effective_at = DayAndHourField(
        label=_("Takes effect"), required=False, help_text=_("Empty: at once, when it is signed.")
    )
    signed_on = DayField(label=_("Date of the order"))
    note = CleanTextField(
        label=_("Ground"), required=False, max_length=NOTE_MAX, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: the employee's application of 20.11.2026."),
    )  # fmt: skip

    def __init__(
        self,
        data: Any = None,
        *,
        kind: str,
        signs: bool,
        people: Iterable[Named],
        seniors: Iterable[Named],
        projects: Iterable[Named],
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.kind = kind
        kept = {*FIELDS[kind], "effective_at", "note", *(["signed_on"] if signs else [])}
        for name in set(self.fields) - kept:
            del self.fields[name]
        leaders = list(seniors)
        for name, rows in (("employee", people), ("senior", leaders), ("successor", leaders)):
            if name in self.fields:
                offer(self.fields[name], rows)
        if "projects" in self.fields:
            offer(self.fields["projects"], projects, empty=False)
        if kind == "dismissal":
            self.fields["note"].required = True
        if kind == "senior_change":
            self.fields["senior"].label = _("New senior manager")
        if kind == "transfer":
            self.fields["role"].label = _("New position")

    @property
    def role_given(self) -> str:
        """The position that is chosen now, whether or not the rest is right."""
        return str(self["role"].value() or "") if "role" in self.fields else ""

    @property
    def employee_given(self) -> str:
        """Whom the order is about, by username, whether or not the rest is right; empty for no one on the list."""
        field = self.fields.get("employee")
        chosen = str(self["employee"].value() or "") if field else ""
        return chosen if field and chosen in {code for code, _name in field.choices} else ""

    def leave_out(self, *, has_team: bool) -> None:
        """Leave out what the chosen position or person does not ask for."""
        role = self.role_given
        asked = {
            "department": role == Role.DEPARTMENT,
            "senior": self.kind == "senior_change" or role in rules.MAY_HAVE_SENIOR,
            "successor": has_team and role not in rules.LEADS_A_TEAM,
        }
        for name, wanted in asked.items():
            if name in self.fields and not wanted:
                del self.fields[name]
        if "senior" in self.fields and role == Role.DOCTOR:
            self.fields["senior"].required = False

    @property
    def depends(self) -> list[tuple[str, Any]]:
        """The fields that come and go with the position and the person."""
        return [(name, self[name]) for name in ("department", "senior", "successor") if name in self.fields]

    @property
    def depends_on(self) -> str:
        """Their names, by which the page knows whether they are drawn already."""
        return " ".join(name for name, _field in self.depends)

    def values(self) -> dict[str, Any]:
        """The values of the order."""
        given = self.cleaned_data
        return {name: given[name] for name in FIELDS[self.kind] if name != "employee" and name in given}

    def add_refusal(self, refused: DomainError) -> None:
        """Put an action's refusal beside its fields, or above them."""
        if isinstance(refused, Invalid):
            add_errors(self, refused)
        else:
            self.add_error(None, str(refused.sentence))


class SignForm(forms.Form):
    """The director signs a proposal: the date, and from when it holds."""

    effective_at = DayAndHourField(
        label=_("Takes effect"), required=False, help_text=_("Empty: at once, when it is signed.")
    )
    signed_on = DayField(label=_("Date of the order"))

    def __init__(self, data: Any = None, *, today: date, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["signed_on"].initial = today


class ReasonForm(forms.Form):
    """Why an order is revoked, or a proposal declined."""

    reason = CleanTextField(label=_("Reason"), max_length=NOTE_MAX, widget=forms.Textarea(attrs={"rows": 3}))


class RegisterForm(forms.Form):
    """The filters of the register, kept in its address: codes and numbers only."""

    number = CleanCharField(label=_("Number"), required=False, max_length=12)
    employee = forms.ChoiceField(label=_("Employee"), required=False, widget=KeyedSelect(attrs=NONE_SUCH))
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, data: QueryDict, *, people: Iterable[Named], kinds: Iterable[tuple[str, Any]]) -> None:
        super().__init__(data, use_required_attribute=False)
        anything = ("", pgettext_lazy("kind", "any"))
        self.fields["kind"].choices = [anything, *kinds]
        self.fields["state"].choices = [
            anything,
            *((str(code), text) for code, text in ORDER_STATE_LABELS.items()),
        ]
        offer(self.fields["employee"], people)

    def chosen(self) -> dict[str, str]:
        """The filters that are set and understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
