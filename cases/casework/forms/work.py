"""Forms of the page of a case: what is added to it, what is asked before it moves, the correction of facts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.casework.forms.call import NONE_SUCH, PlaceFields
from cases.casework.forms.fields import BirthDateField, KeyedSelect, MomentField, MoneyField, Named, offer
from cases.casework.labels import CHANNEL_LABELS, DIRECTION_LABELS, ESCALATION_LABELS, RELATION_LABELS
from cases.casework.models import Case
from cases.casework.rules import ServiceFacts
from fregat.lib import clock
from fregat.lib.forms import CleanCharField, CleanTextField
from fregat.lib.text import normalise


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CaseForm(forms.Form):
    """The ground of them: `now`, ids of its own beside the other forms of the page, widths of the fields."""

    name = ""
    widths: Mapping[str, str] = {}

    def __init__(self, data: QueryDict | None = None, *, now: datetime, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id=f"id_{self.name}_%s", use_required_attribute=False)
        self.now = now
        for field in self.fields.values():
            if isinstance(field, MomentField):
                field.now = now
            if isinstance(field, BirthDateField):
                field.today = clock.local(now).date()
        for name, width in self.widths.items():
            self.fields[name].width = width  # type: ignore[attr-defined]


class NoteForm(CaseForm):
    """A note."""

    name = "note"
    text = CleanTextField(label=_("Note"), widget=_lines(3))


class ContactForm(CaseForm):
    """A call, letter or message, in or out."""

    name = "contact"
    widths = {"channel": "w-third", "direction": "w-third", "party": "w-third", "address": "w-third", "text": "w-two-thirds"}
    party = CleanCharField(label=_("With whom"), max_length=200)
    direction = forms.ChoiceField(label=_("Direction"), choices=list(DIRECTION_LABELS.items()), initial="out")
    channel = forms.ChoiceField(label=_("Means"), choices=list(CHANNEL_LABELS.items()), initial="phone")
    address = CleanCharField(label=_("Phone or address"), required=False, max_length=200)
    text = CleanTextField(label=_("What was said"), required=False, widget=_lines(2))


class TaskForm(CaseForm):
    """Something to be done until a time."""

    name = "task"
    widths = {"due_at": "w-third", "assignee": "w-two-thirds"}
    text = CleanCharField(label=_("What must be done"), max_length=2000)
    due_at = MomentField(label=_("Until when"), help_text=_("18:30, tomorrow 9:00, in 2 h"))
    assignee = forms.ChoiceField(label=_("Who does it"), required=False)

    def __init__(self, data: QueryDict | None = None, *, people: Iterable[Named], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["due_at"].ahead = True  # type: ignore[attr-defined]
        listed = [(code, name) for code, name, _keys in people]
        self.fields["assignee"].choices = [("", _("whoever answers for the case")), *listed]  # type: ignore[attr-defined]


class ServiceForm(CaseForm):
    """One more kind of help."""

    name = "service"
    widths = {"kind": "w-third", "expected_cost": "w-third", "currency": "w-third"}
    kind = forms.ChoiceField(label=_("What help is needed"), widget=KeyedSelect(attrs=NONE_SUCH))
    expected_cost = MoneyField(label=_("Expected cost"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), required=False)
    note = CleanCharField(label=_("Details"), required=False)

    def __init__(self, data: QueryDict | None = None, *, kinds: Iterable[Named], currencies: Iterable[str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        offer(self.fields["kind"], kinds)
        self.fields["currency"].choices = [(code, code) for code in currencies]  # type: ignore[attr-defined]

    def facts(self) -> ServiceFacts:
        """What was heard; only of a valid form."""
        clean = self.cleaned_data
        cost = clean["expected_cost"]
        return ServiceFacts(
            kind=clean["kind"], expected_cost=cost, currency=clean["currency"] if cost is not None else "", note=clean["note"]
        )


class EscalationForm(CaseForm):
    """Telling the senior manager by hand."""

    name = "escalation"
    widths = {"reason": "w-third", "text": "w-two-thirds"}
    text = CleanTextField(label=_("What the senior manager must know"), widget=_lines(2))
    reason = forms.ChoiceField(label=_("Reason"), choices=list(ESCALATION_LABELS.items()), initial="unusual")


class ReasonForm(CaseForm):
    """A step that is explained; `version` is the case that the person saw."""

    name = "reason"
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = CleanTextField(label=_("Reason"), required=False, widget=_lines(2))


class OutcomeForm(CaseForm):
    """What came of a task."""

    name = "outcome"
    outcome = CleanTextField(label=_("What came of it"), required=False, widget=_lines(2))


class ResponsibleForm(ReasonForm):
    """To whom the case passes, and why."""

    name = "responsible"
    to = forms.ChoiceField(label=_("Who will answer for the case"), widget=KeyedSelect(attrs=NONE_SUCH))
    field_order = ["to", "reason"]

    def __init__(self, data: QueryDict | None = None, *, people: Iterable[Named], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        offer(self.fields["to"], people)


class FactsForm(CaseForm, PlaceFields):
    """The correction of what is known; only what differs from the case is sent on."""

    name = "facts"
    widths = {
        "person_name": "w-half", "person_birth_date": "w-half", "insurer": "w-half", "policy_number": "w-half",
        "caller_relation": "w-third", "caller_name": "w-third", "caller_phone": "w-third",
        "country": "w-third", "city": "w-third", "address": "w-third", "occurred_at": "w-half", "displeased": "w-half",
    }  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    """What the person saw when they began, so that only their own changes are sent on."""
    description = CleanTextField(label=_("What happened"), required=False, widget=_lines(4))
    occurred_at = MomentField(label=_("When (Kyiv time)"), required=False)
    caller_relation = forms.ChoiceField(label=_("Who calls"), choices=[("", ""), *RELATION_LABELS.items()], required=False)
    caller_name = CleanCharField(label=_("Name of the caller"), required=False, max_length=200)
    caller_phone = CleanCharField(label=_("Phone of the caller"), required=False, max_length=40)
    person_name = CleanCharField(label=_("Name of the insured person, as told"), required=False, max_length=200)
    person_birth_date = BirthDateField(label=_("Date of birth"), required=False)
    insurer = forms.ChoiceField(label=_("Insurance company"), required=False)
    policy_number = CleanCharField(label=_("Policy number, as told"), required=False, max_length=60)
    unusual = CleanTextField(label=_("What is unusual, outside the rules"), required=False, widget=_lines(2))
    displeased = forms.BooleanField(label=_("The person is displeased"), required=False)
    field_order = [
        "description", "country", "city", "address", "occurred_at", "displeased", "caller_relation", "caller_name",
        "caller_phone", "person_name", "person_birth_date", "insurer", "policy_number", "unusual",
    ]  # fmt: skip
    OF_LISTED = ("person_name", "person_birth_date", "insurer", "policy_number")
    """Asked only while the person is in no list: afterwards the policy says it."""

    def __init__(
        self, data: QueryDict | None = None, *, case: Case, countries: Iterable[Named], insurers: Iterable[Named], **kwargs: Any
    ) -> None:
        saved = self.of(case)
        super().__init__(data, initial={**saved, "version": case.version, "seen": json.dumps(saved)}, **kwargs)
        self.case = case
        if case.person_id and case.policy_id:
            for name in self.OF_LISTED:
                del self.fields[name]
        else:
            offer(self.fields["insurer"], insurers)
        offer(self.fields["country"], countries)

    @staticmethod
    def of(case: Case) -> dict[str, Any]:
        """The case as the form shows it, each value as it is typed."""
        same = ("description", "city", "address", "caller_relation", "caller_name", "caller_phone", "person_name", "policy_number", "unusual")
        return {
            **{name: getattr(case, name) for name in same},
            "displeased": case.displeased,
            "country": case.country_id or "",
            "insurer": str(case.insurer_id or ""),
            "person_birth_date": case.person_birth_date.strftime("%d.%m.%Y") if case.person_birth_date else "",
            "occurred_at": clock.local(case.occurred_at).strftime("%d.%m.%Y %H:%M") if case.occurred_at else "",
        }

    def _typed(self) -> set[str]:
        """Fields that this person changed, by what they saw when they began."""
        try:
            seen = json.loads(self.data.get("seen", ""))
        except ValueError:
            seen = {}
        seen = {**self.of(self.case), **(seen if isinstance(seen, dict) else {})}
        return {name for name in self.of(self.case) if name in self.fields and self._value(name) != seen[name]}

    def _value(self, name: str) -> Any:
        """What came, with one kind of line ends."""
        return name in self.data if name == "displeased" else normalise(self.data.get(name, ""))

    def changes(self) -> dict[str, Any]:
        """The fields that were really changed, as `actions.change_case` takes them; only of a valid form."""
        found = {name: self.cleaned_data[name] for name in self._typed()}
        if "insurer" in found:
            found["insurer"] = int(found["insurer"]) if found["insurer"] else None
        return found

    def rebased(self) -> QueryDict:
        """The same typing on top of the case as it is now: what was not touched follows the others' change."""
        data, now_saved, typed = self.data.copy(), self.of(self.case), self._typed()
        for name in set(now_saved) - typed:
            data[name] = now_saved[name]
        if "displeased" not in typed and not now_saved["displeased"]:
            data.pop("displeased", None)
        data["version"], data["seen"] = str(self.case.version), json.dumps(now_saved)
        return data


class QueueForm(forms.Form):
    """The filters of the list, kept in its address: codes and numbers only."""

    number = CleanCharField(label=_("Number"), required=False, max_length=12)
    status = forms.ChoiceField(label=_("Status"), required=False)
    responsible = forms.ChoiceField(label=_("Responsible"), required=False)
    insurer = forms.ChoiceField(label=_("Insurance company"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False, widget=KeyedSelect(attrs=NONE_SUCH))
    due = forms.ChoiceField(label=_("Due"), required=False)

    def __init__(
        self, data: QueryDict, *, statuses: Iterable[tuple[str, Any]], people: Iterable[Named], insurers: Iterable[Named], countries: Iterable[Named]
    ) -> None:
        super().__init__(data, use_required_attribute=False)
        anything = ("", _("any"))
        self.fields["status"].choices = [anything, ("open", _("open ones")), *statuses]  # type: ignore[attr-defined]
        self.fields["responsible"].choices = [anything, *((code, name) for code, name, _keys in people)]  # type: ignore[attr-defined]
        self.fields["insurer"].choices = [anything, *((code, name) for code, name, _keys in insurers)]  # type: ignore[attr-defined]
        self.fields["due"].choices = [anything, ("late", _("overdue")), ("1h", _("within an hour")), ("24h", _("within a day"))]  # type: ignore[attr-defined]
        offer(self.fields["country"], countries)
