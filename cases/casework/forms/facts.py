"""The correction of what is known about a case."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.casework.forms.call import PlaceFields
from cases.casework.forms.fields import BirthDateField
from cases.casework.forms.work import CaseForm, lines
from cases.casework.labels import RELATION_LABELS
from cases.casework.models import Case
from fregat.lib import clock
from fregat.lib.choices import Named, offer
from fregat.lib.forms import CleanCharField, CleanTextField, MomentField
from fregat.lib.text import normalise


class FactsForm(CaseForm, PlaceFields):
    """The correction of what is known; only what differs from the case is sent on."""

    name = "facts"
    widths = {
        "person_name": "w-half", "person_birth_date": "w-half", "insurer": "w-half", "policy_number": "w-half",
        "caller_relation": "w-third", "caller_name": "w-third", "caller_phone": "w-third",
        "country": "w-third", "city": "w-third", "address": "w-third", "occurred_at": "w-half",
        "displeased": "w-half check-line",
    }  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    """What the person saw when they began, so that only their own changes are sent on."""
    description = CleanTextField(label=_("What happened"), required=False, widget=lines(4))
    occurred_at = MomentField(label=_("When (Kyiv time)"), required=False)
    caller_relation = forms.ChoiceField(
        label=_("Who calls"), choices=[("", ""), *RELATION_LABELS.items()], required=False
    )
    caller_name = CleanCharField(label=_("Name of the caller"), required=False, max_length=200)
    caller_phone = CleanCharField(label=_("Phone of the caller"), required=False, max_length=40)
    person_name = CleanCharField(
        label=_("Name of the insured person, as told"), required=False, max_length=200
    )
    person_birth_date = BirthDateField(label=_("Date of birth"), required=False)
    insurer = forms.ChoiceField(label=_("Insurance company"), required=False)
    policy_number = CleanCharField(label=_("Policy number, as told"), required=False, max_length=60)
    unusual = CleanTextField(label=_("What is unusual, outside the rules"), required=False, widget=lines(2))
    displeased = forms.BooleanField(label=_("The person is displeased"), required=False)
    field_order = [
        "description", "country", "city", "address", "occurred_at", "displeased", "caller_relation", "caller_name",
        "caller_phone", "person_name", "person_birth_date", "insurer", "policy_number", "unusual",
    ]  # fmt: skip
    OF_LISTED = ("person_name", "person_birth_date", "insurer", "policy_number")
    """Asked only while the person is in no list: afterwards the policy says it."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        case: Case,
        countries: Iterable[Named],
        insurers: Iterable[Named],
        **kwargs: Any,
    ) -> None:
        saved = self.of(case)
        super().__init__(
            data, initial={**saved, "version": case.version, "seen": json.dumps(saved)}, **kwargs
        )
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
        same = (
            "description",
            "city",
            "address",
            "caller_relation",
            "caller_name",
            "caller_phone",
            "person_name",
            "policy_number",
            "unusual",
        )
        return {
            **{name: getattr(case, name) for name in same},
            "displeased": case.displeased,
            "country": case.country_id or "",
            "insurer": str(case.insurer_id or ""),
            "person_birth_date": case.person_birth_date.strftime("%d.%m.%Y")
            if case.person_birth_date
            else "",
            "occurred_at": clock.local(case.occurred_at).strftime("%d.%m.%Y %H:%M")
            if case.occurred_at
            else "",
        }

    def _typed(self) -> set[str]:
        """Fields that this person changed, by what they saw when they began."""
        try:
            seen = json.loads(self.data.get("seen", ""))
        except ValueError:
            seen = {}
        seen = {**self.of(self.case), **(seen if isinstance(seen, dict) else {})}
        return {
            name for name in self.of(self.case) if name in self.fields and self._value(name) != seen[name]
        }

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
        return cast(QueryDict, data)
