"""Forms of the page of a case: what is added to it, what is asked before it moves, the correction of facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.casework.forms.fields import BirthDateField, MoneyField
from cases.casework.labels import CHANNEL_LABELS, DIRECTION_LABELS, ESCALATION_LABELS
from cases.casework.rules import ServiceFacts
from fregat.lib import clock
from fregat.lib.choices import NONE_SUCH, KeyedSelect, Named, offer
from fregat.lib.errors import Sentence
from fregat.lib.forms import CleanCharField, CleanTextField, MomentField


def lines(rows: int) -> forms.Textarea:
    """A text area so many lines high."""
    return forms.Textarea(attrs={"rows": rows})


class CaseForm(forms.Form):
    """The ground of them: `now`, ids of its own beside the other forms of the page, widths of the fields."""

    name = ""
    widths: Mapping[str, str] = {}

    def __init__(
        self, data: QueryDict | None = None, *, now: datetime, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial, auto_id=f"id_{self.name}_%s", use_required_attribute=False)
        self.now = now
        for field in self.fields.values():
            if isinstance(field, MomentField):
                field.now = now
            if isinstance(field, BirthDateField):
                field.today = clock.local(now).date()
        for name, width in self.widths.items():
            self.fields[name].width = width


class NoteForm(CaseForm):
    """A note."""

    name = "note"
    text = CleanTextField(label=_("Note"), widget=lines(3))


class ContactForm(CaseForm):
    """A call, letter or message, in or out."""

    name = "contact"
    widths = {
        "channel": "w-third",
        "direction": "w-third",
        "party": "w-third",
        "address": "w-third",
        "text": "w-two-thirds",
    }
    party = CleanCharField(label=_("With whom"), max_length=200)
    direction = forms.ChoiceField(label=_("Direction"), choices=list(DIRECTION_LABELS.items()), initial="out")
    channel = forms.ChoiceField(label=_("Means"), choices=list(CHANNEL_LABELS.items()), initial="phone")
    address = CleanCharField(label=_("Phone or address"), required=False, max_length=200)
    text = CleanTextField(label=_("What was said"), required=False, widget=lines(2))


class TaskForm(CaseForm):
    """Something to be done until a time."""

    name = "task"
    widths = {"due_at": "w-third", "assignee": "w-two-thirds"}
    text = CleanCharField(label=_("What must be done"), max_length=2000)
    due_at = MomentField(label=_("Until when"), help_text=_("18:30, tomorrow 9:00, in 2 h"))
    assignee = forms.ChoiceField(label=_("Who does it"), required=False)

    def __init__(self, data: QueryDict | None = None, *, people: Iterable[Named], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["due_at"].ahead = True
        listed = [(code, name) for code, name, _keys in people]
        self.fields["assignee"].choices = [("", _("whoever answers for the case")), *listed]


class ServiceForm(CaseForm):
    """One more kind of help."""

    name = "service"
    widths = {"kind": "w-third", "expected_cost": "w-third", "currency": "w-third"}
    kind = forms.ChoiceField(label=_("What help is needed"), widget=KeyedSelect(attrs=NONE_SUCH))
    expected_cost = MoneyField(label=_("Expected cost"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), required=False, widget=KeyedSelect())
    note = CleanCharField(label=_("Details"), required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        kinds: Iterable[Named],
        currencies: Iterable[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        offer(self.fields["kind"], kinds)
        self.fields["currency"].choices = [(code, code) for code in currencies]

    def facts(self) -> ServiceFacts:
        """What was heard; only of a valid form."""
        clean = self.cleaned_data
        cost = clean["expected_cost"]
        return ServiceFacts(
            kind=clean["kind"],
            expected_cost=cost,
            currency=clean["currency"] if cost is not None else "",
            note=clean["note"],
        )


_BY_HAND = [(code, label) for code, label in ESCALATION_LABELS.items() if code != "woken"]
"""Somebody is woken on a page of its own, which does not wake twice."""


class EscalationForm(CaseForm):
    """Telling the senior manager by hand."""

    name = "escalation"
    widths = {"reason": "w-third", "text": "w-two-thirds"}
    text = CleanTextField(label=_("What the senior manager must know"), widget=lines(2))
    reason = forms.ChoiceField(label=_("Reason"), choices=_BY_HAND, initial="unusual")


class ReasonForm(CaseForm):
    """A step that is explained; `version` is the case that the person saw."""

    name = "reason"
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = CleanTextField(label=_("Reason"), required=False, widget=lines(2))


class OutcomeForm(CaseForm):
    """What came of a task."""

    name = "outcome"
    outcome = CleanTextField(label=_("What came of it"), required=False, widget=lines(2))


class ResponsibleForm(ReasonForm):
    """To whom the case passes, and why."""

    name = "responsible"
    to = forms.ChoiceField(label=_("Who will answer for the case"), widget=KeyedSelect(attrs=NONE_SUCH))
    field_order = ["to", "reason"]

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        people: Iterable[Named],
        closed: Mapping[str, Sentence] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        offer(self.fields["to"], people, closed=closed)


class PersonForm(CaseForm):
    """Finding the person and the policy of a provisional case: search first, then choose."""

    name = "person"
    version = forms.IntegerField(widget=forms.HiddenInput)
    q = CleanCharField(
        label=_("Policy number, surname, phone or date of birth"), max_length=200, required=False
    )
    found = forms.ChoiceField(label=_("Who it is"), widget=forms.RadioSelect, required=False)

    def offer(self, rows: Iterable[tuple[str, str]]) -> None:
        """The persons and policies found, as `person:policy` and words; nothing found takes the field away."""
        listed = list(rows)
        self.fields["found"].choices = listed
        if not listed:
            del self.fields["found"]

    def chosen(self) -> dict[str, int] | None:
        """What `actions.change_case` takes, when somebody was chosen."""
        value = self.cleaned_data.get("found")
        if not value:
            return None
        person, _colon, policy = value.partition(":")
        return {"person": int(person)} | ({"policy": int(policy)} if policy else {})
