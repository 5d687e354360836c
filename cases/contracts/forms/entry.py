"""The form of a contract: the question to the tariff, the persons to insure, the policy-holder."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from cases.contracts.actions import ContractFacts, PersonFacts
from cases.contracts.forms.calculator import QuestionFields
from cases.contracts.forms.fields import IDS_MAX, AmountField, BirthField, IdsField
from cases.contracts.models import Tariff
from cases.contracts.rules import PREMIUM_END, Question
from cases.insurance.models import InsuredPerson
from cases.insurance.selectors import Entered, Known
from fregat.lib.errors import Invalid
from fregat.lib.forms import CleanCharField

PERSONS_MAX = 20
"""Rows of the form at most, whatever a tariff says."""


class ContractForm(QuestionFields):
    """Everything of a contract but the persons."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    expected = AmountField(widget=forms.HiddenInput, required=False, most=PREMIUM_END)
    q = CleanCharField(label=_("Find a person who is known already"), required=False, max_length=200)
    holder_other = forms.BooleanField(label=_("Somebody else takes the contract out"), required=False)
    holder_name = CleanCharField(label=_("Policy-holder"), required=False, max_length=200)
    holder_code = CleanCharField(label=_("Tax number or code of the company"), required=False, max_length=20)
    holder_phone = CleanCharField(label=_("Phone of the policy-holder"), required=False, max_length=40)
    holder_address = CleanCharField(label=_("Address of the policy-holder"), required=False)

    def clean(self) -> dict[str, Any]:
        """Somebody else has a name."""
        cleaned = super().clean()
        if (
            cleaned.get("holder_other")
            and not cleaned.get("holder_name")
            and "holder_name" not in self.errors
        ):
            self.add_error("holder_name", _("Name the policy-holder."))
        return cleaned


class PersonForm(forms.Form):
    """One person to insure; `known`: of whom only the id travels."""

    known = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**62)
    surname = CleanCharField(label=_("Surname"), max_length=100)
    given_name = CleanCharField(label=_("Name"), required=False, max_length=100)
    surname_latin = CleanCharField(label=_("Surname as in the passport"), required=False, max_length=100)
    given_name_latin = CleanCharField(label=_("Name as in the passport"), required=False, max_length=100)
    birth_date = BirthField(label=_("Date of birth"))
    phone = CleanCharField(label=_("Phone"), required=False, max_length=20)
    others = IdsField(required=False)
    """Who looks like the same person and is said not to be."""

    person: InsuredPerson | None = None
    """Who is known, once the view has asked whether they may be seen."""
    alike: Sequence[tuple[Known, object]] = ()
    """Who is there already and seems to be this person, each with the words of what is the same."""
    begins = False
    """The keyboard goes on here: the row is new."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get(self.add_prefix("known")):
            for name in ("surname", "birth_date"):
                self.fields[name].required = False

    @property
    def is_blank(self) -> bool:
        """Nothing was typed into this row."""
        names = (name for name in self.fields if name != "others")
        return not any(str(self.data.get(self.add_prefix(name), "")).strip() for name in names)

    @property
    def typed(self) -> list[forms.BoundField]:
        """The fields in which something is typed: of somebody who is taken they wait, hidden, for a change of mind."""
        return [
            field
            for field in self.visible_fields()
            if str(self.data.get(self.add_prefix(field.name), "")).strip()
        ]

    @property
    def alike_ids(self) -> str:
        """Who is shown as alike, for the button that says that it is none of them."""
        return ".".join(str(one.person.pk) for one, _same in self.alike)

    def facts(self) -> PersonFacts:
        """For the action, once the row is valid."""
        return PersonFacts(**self.cleaned_data)


@dataclass
class Entry:
    """The form with its rows of persons."""

    form: ContractForm
    persons: list[PersonForm]

    @classmethod
    def read(cls, data: Mapping[str, Any] | MultiValueDict[str, Any], tariffs: Sequence[Tariff]) -> Entry:
        """From what was sent, or from a draft; a row of persons at least."""
        form = ContractForm(data, tariffs=tariffs)
        count = str(data.get("persons", "1"))
        rows = int(count) if re.fullmatch(r"[0-9]{1,3}", count) else 1
        numbers = range(min(max(rows, 1), PERSONS_MAX))
        return cls(form, [PersonForm(data, prefix=f"p{number}") for number in numbers])

    @property
    def told(self) -> list[PersonForm]:
        """Rows in which somebody is named; the first one when nobody is."""
        return [row for row in self.persons if not row.is_blank] or self.persons[:1]

    def entered(self) -> dict[int, Entered]:
        """Whoever is told as new, by the place of the row, for the question whether they are there already."""
        return {
            place: Entered(row.facts().person(), row.facts().others)
            for place, row in enumerate(self.persons)
            if row.person is None and not row.is_blank and row.is_valid() and not row.cleaned_data["known"]
        }

    @property
    def is_valid(self) -> bool:
        """Both the form and every row that is told."""
        rows = [row.is_valid() for row in self.told]
        return self.form.is_valid() and all(rows)

    def question(self) -> Question | None:
        """For the premium, when enough is told for it; without marking what is not told yet."""
        rows = [row for row in self.persons if not row.is_blank]
        if not self.form.is_valid() or not rows or not all(row.is_valid() for row in rows):
            return None
        born = [row.person.birth_date if row.person else row.cleaned_data["birth_date"] for row in rows]
        return self.form.question([day for day in born if day]) if all(born) else None

    def facts(self) -> ContractFacts:
        """For the action, once all is valid."""
        got = self.form.cleaned_data
        other = got["holder_other"]
        return ContractFacts(
            token=got["token"] or uuid.uuid4(), programme=int(got["programme"]), territory=got["territory"],
            starts=got["starts"], ends=got["ends"], insured_sum=Decimal(got["insured_sum"]),
            risks=tuple(got["risks"]), persons=tuple(row.facts() for row in self.told),
            expected=got["expected"],
            holder_name=got["holder_name"] if other else "", holder_code=got["holder_code"],
            holder_phone=got["holder_phone"], holder_address=got["holder_address"],
        )  # fmt: skip

    def add_errors(self, refused: Invalid) -> None:
        """Sentences of the action beside their fields; `persons.N` beside the row."""
        rows = self.told
        for name, sentences in refused.errors.items():
            texts = [str(text) for text in sentences]
            place = name.removeprefix("persons.")
            if place != name and place.isdigit() and int(place) < len(rows):
                rows[int(place)].add_error(None, texts)
            else:
                self.form.add_error(name if name in self.form.fields else None, texts)
        if not refused.errors:
            self.form.add_error(None, str(refused.sentence))


def changed(data: QueryDict, act: str) -> QueryDict:
    """What was sent, after a button that only changes the rows: `add`, `drop-N`, `take-ID`, `same-N-ID`, `other-N-IDS`.

    `same`: it is this person who is there already. `other`: it is none of these, ids parted by dots.
    """
    found = data.copy()
    if "persons" not in found:
        found["persons"] = "1"
    rows = Entry.read(found, ()).persons
    word, _sep, value = act.partition("-")
    if word in {"same", "other"}:
        _say(found, word, value, len(rows))
    elif word == "take" and re.fullmatch(r"[0-9]{1,18}", value):
        blank = next((row for row in rows if row.is_blank), None)
        if blank is None and len(rows) < PERSONS_MAX:
            found["persons"] = str(len(rows) + 1)
        number = blank.prefix if blank is not None else f"p{len(rows)}"
        if blank is not None or len(rows) < PERSONS_MAX:
            found[f"{number}-known"], found["q"] = value, ""
    elif word == "add":
        found["persons"] = str(min(len(rows) + 1, PERSONS_MAX))
    elif word == "drop" and (place := _place(value, len(rows))) is not None:
        _drop(found, place, len(rows))
    return found


def _place(text: str, count: int) -> int | None:
    """The row that a button names; None for what names none: `isdigit` is true of «²», which is no number."""
    place = int(text) if re.fullmatch(r"[0-9]{1,3}", text) else count
    return place if place < count else None


def _say(data: QueryDict, word: str, value: str, count: int) -> None:
    """Of this row: it is that person, or it is none of those. What was typed stays either way."""
    named, _sep, ids = value.partition("-")
    place = _place(named, count)
    if place is None:
        return
    row = f"p{place}"
    data[f"{row}-known"] = ids if word == "same" else ""
    if word == "other":
        data[f"{row}-others"] = ".".join(filter(None, (data.get(f"{row}-others", ""), ids)))[:IDS_MAX]


def _drop(data: QueryDict, place: int, count: int) -> None:
    """The rows below move up."""
    for number in range(place, count):
        for name in PersonForm.base_fields:
            later = data.get(f"p{number + 1}-{name}", "") if number + 1 < count else ""
            data[f"p{number}-{name}"] = later
    data["persons"] = str(max(count - 1, 1))
