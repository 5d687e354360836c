"""The question to the calculator: where, when, who, by which tariff."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.contracts.forms.fields import BirthsField
from cases.contracts.labels import REFUSALS, amount
from cases.contracts.models import Tariff
from cases.contracts.rules import Question
from cases.contracts.selectors import territories, territory_told
from cases.insurance.models import Country, Territory
from fregat.lib.choices import NONE_SUCH, KeyedSelect, Named, offer
from fregat.lib.forms import DayField


class QuestionFields(forms.Form):
    """What the calculator and the contract have in common; what can be chosen follows the tariff."""

    programme = forms.ChoiceField(
        label=_("Programme"), error_messages={"required": _("Choose the programme.")}
    )
    country = forms.ChoiceField(
        label=_("Country of the journey"), required=False, widget=KeyedSelect(attrs=NONE_SUCH)
    )
    territory = forms.ChoiceField(label=_("Territory"), required=False)
    starts = DayField(label=_("First day"))
    ends = DayField(label=_("Last day, included"))
    insured_sum = forms.ChoiceField(label=_("Insured sum"))
    risks = forms.MultipleChoiceField(
        label=_("Extra risks"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, tariffs: Sequence[Tariff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tariffs = tariffs
        self.tariff = self._chosen()
        facts = self.tariff.facts() if self.tariff else None
        self.offered: dict[str, Territory] = territories(facts.territories) if facts else {}
        fields: dict[str, Any] = self.fields
        fields["programme"].choices = [
            (str(row.programme_id), f"{row.programme.insurer.name} · {row.programme.name}") for row in tariffs
        ]
        fields["territory"].choices = [
            ("", _("by the country")), *((code, row.name) for code, row in self.offered.items())
        ]  # fmt: skip
        fields["territory"].initial = next(iter(self.offered), "") if len(self.offered) == 1 else ""
        offer(fields["country"], self._countries() if self.tariff else [])
        fields["insured_sum"].choices = [
            (str(one), amount(Decimal(one), facts.currency)) for one in (facts.sums if facts else ())
        ]
        fields["risks"].choices = [(name, name) for name in (facts.risks if facts else ())]

    def _chosen(self) -> Tariff | None:
        asked = str(self.data.get(self.add_prefix("programme"), "")) if self.is_bound else ""
        chosen = (row for row in self.tariffs if str(row.programme_id) == asked)
        return next(chosen, None) or next(iter(self.tariffs), None)

    @staticmethod
    def _countries() -> list[Named]:
        english = (get_language() or "uk").startswith("en")
        rows = Country.objects.order_by("name_en") if english else Country.objects.all()
        return [
            (row.pk, row.name, f"{row.name_uk}|{row.name_en}|{row.pk}|{row.called}".rstrip("|"))
            for row in rows
        ]

    def clean(self) -> dict[str, Any]:
        """The territory follows the country when only that is told."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        asked = (cleaned.get("country", ""), cleaned.get("territory", ""))
        code, refusal = territory_told(*asked, self.offered)
        cleaned["territory"] = code
        if refusal:
            self.add_error("country", REFUSALS[refusal])
        if not code and not self.errors.keys() & {"country", "territory"}:
            self.add_error("territory", _("Choose the territory or the country."))
        return cleaned

    def question(self, born: Sequence[Any]) -> Question:
        """For the rules, once the form is valid."""
        got = self.cleaned_data
        return Question(
            territory=got["territory"], starts=got["starts"], ends=got["ends"], born=tuple(born),
            risks=frozenset(got["risks"]), insured_sum=Decimal(got["insured_sum"]),
        )  # fmt: skip


class CalculatorForm(QuestionFields):
    """The calculator: travellers are told by their dates of birth alone."""

    born = BirthsField(
        label=_("Dates of birth of all travellers"), max_length=400,
        help_text=_("One after another: 12.03.1984, 05.06.2015"),
    )  # fmt: skip
    field_order = (
        "programme", "country", "territory", "starts", "ends", "born", "insured_sum", "risks",
    )  # fmt: skip
