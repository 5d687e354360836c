"""Forms of the rules of a programme: the tables of a draft, its publication, an example."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.insurance import registry
from cases.insurance.forms.questions import NOT_KNOWN_YET, offer_countries
from cases.insurance.labels import ANSWER_LABELS, EFFECT_LABELS, GENDER_LABELS
from cases.insurance.models import Currency, Edition, Exclusion, Programme, ServiceKind, Territory
from cases.insurance.rules import NOT_COVERED, NUMBER, NUMBER_MAX, YES_NO
from cases.insurance.selectors import catalogue
from cases.insurance.selectors.rulebook import Imagined
from fregat.lib.choices import KeyedSelect
from fregat.lib.forms import CleanCharField, DayField
from fregat.lib.ordering import uk_sort_key

AGE_MAX = 120
LINES_MAX = 100
"""Lines of a table."""
_SENT_MAX = 1_000
"""Lines that are read of what was sent, those that are empty or marked among them."""
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
_ANSWER = re.compile(r"ask-([-a-zA-Z0-9_]{1,30})=([a-z0-9]{1,10})")
"""A field with an answer; what looks otherwise answers nothing."""
Choices = Mapping[str, list[tuple[str, str]]]


def offered(programme: Programme) -> dict[str, list[tuple[str, str]]]:
    """What the forms choose from, read once for all of them. Six statements."""
    named = Exclusion.objects.filter(edition__programme=programme).values_list("risks", flat=True)
    risks = registry.risks_of(programme.pk).union(*named)
    return {
        "risk": [(name, name) for name in sorted(risks, key=uk_sort_key)],
        "service": [(row.pk, row.name) for row in ServiceKind.objects.all()],
        "currency": [(row.pk, row.pk) for row in Currency.objects.all()],
        "territory": [(str(row.pk), row.name) for row in Territory.objects.all()],
        "country": [(code, name) for code, name, _keys in catalogue.named_countries()],
    }


def _age(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=AGE_MAX)


class CountryCodesField(CleanCharField):
    """Countries by their codes, `IL, LB`; those that exist."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=1000, **kwargs)
        self.known: frozenset[str] = frozenset()

    def prepare_value(self, value: Any) -> Any:
        """As it is typed."""
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        """Codes in capitals, once each, sorted."""
        text = super().clean(value).replace(",", " ").replace(";", " ")
        codes = sorted({code.upper() for code in text.split()})
        if set(codes) - self.known:
            raise ValidationError(_("There is no country with such a code: write them as IL, LB."))
        return codes


class Lines(forms.BaseFormSet):
    """A table: lines that are empty are left out, those that are marked are gone."""

    def clean(self) -> None:
        """All of them are kept, or none."""
        if len(self.rows()) > LINES_MAX:
            raise ValidationError(_("At most %(max)d lines: leave some out.") % {"max": LINES_MAX})

    def rows(self) -> list[dict[str, Any]]:
        """The lines as columns of the model; of a table with faults those without."""
        filled = (form for form in self.forms if form.has_changed() and form.is_valid())
        return [form.row() for form in filled if not form.cleaned_data.get("DELETE")]


class LimitsForm(forms.Form):
    """What holds for the whole programme."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    note = CleanCharField(label=_("What this edition changes"), required=False, max_length=300)
    age_from = _age(_("Insures from the age of"))
    age_to = _age(_("Insures to the age of, inclusive"))
    ages_clause = CleanCharField(label=_("Clause on ages"), required=False, max_length=40)
    excluded = CountryCodesField(label=_("Countries excluded (codes)"))
    excluded_clause = CleanCharField(label=_("Clause on countries"), required=False, max_length=40)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["excluded"].known = frozenset(code for code, _name in choices["country"])

    def limits(self) -> dict[str, Any]:
        """Columns of the edition."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class CoverLine(forms.Form):
    """One kind of help."""

    service = forms.ChoiceField(label=_("Kind of help"))
    limit = forms.DecimalField(
        label=pgettext_lazy("cover", "Limit"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        localize=True,
    )
    excess = forms.DecimalField(
        label=_("Excess"), required=False, min_value=0, max_digits=12, decimal_places=2, localize=True
    )
    excess_percent = forms.DecimalField(
        label=_("Excess, %"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
    )
    currency = forms.ChoiceField(label=_("Currency"))
    territory = forms.ChoiceField(label=_("Territory"), required=False)
    age_from = _age(_("From the age of"))
    age_to = _age(_("To the age of"))
    waiting_days = forms.IntegerField(label=_("Waiting days"), required=False, min_value=0, max_value=3660)
    needs_consent = forms.BooleanField(label=_("Consent"), required=False)
    clause = CleanCharField(label=_("Clause"), required=False, max_length=40)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["service"].choices = [("", "–"), *choices["service"]]
        fields["currency"].choices = choices["currency"]
        fields["currency"].initial = "EUR"
        fields["territory"].choices = [("", _("of the policy")), *choices["territory"]]

    def row(self) -> dict[str, Any]:
        """Columns of a cover."""
        said = self.cleaned_data
        return {
            "service_id": said["service"], "currency_id": said["currency"], "limit": said["limit"],
            "excess": said["excess"] or 0, "territory_id": int(said["territory"]) if said["territory"] else None,
            "age_from": said["age_from"], "age_to": said["age_to"], "waiting_days": said["waiting_days"] or 0,
            "needs_consent": said["needs_consent"], "clause": said["clause"],
            "excess_percent": said["excess_percent"] or 0,
        }  # fmt: skip


class ExclusionLine(forms.Form):
    """An exclusion with its question."""

    code = forms.SlugField(label=_("Code (Latin letters)"), max_length=30)
    name_uk = CleanCharField(label=_("Question in Ukrainian"), max_length=200)
    name_en = CleanCharField(label=_("Question in English"), max_length=200)
    kind = forms.ChoiceField(label=_("Answered by"), choices=list(ANSWER_LABELS.items()), initial=YES_NO)
    excluded_from = forms.IntegerField(
        label=_("Excluded from (of a number)"), required=False, min_value=1, max_value=NUMBER_MAX
    )
    effect = forms.ChoiceField(label=_("Then"), choices=list(EFFECT_LABELS.items()), initial=NOT_COVERED)
    services = forms.MultipleChoiceField(label=_("Kinds of help (none: all)"), required=False)
    countries = CountryCodesField(label=_("Countries (codes; none: all)"))
    gender = forms.ChoiceField(
        label=_("Asked of"), required=False, choices=[("", _("everybody")), *GENDER_LABELS.items()]
    )
    age_from = _age(_("From the age of"))
    age_to = _age(_("To the age of"))
    clause = CleanCharField(label=_("Clause"), required=False, max_length=40)
    risks = forms.MultipleChoiceField(label=_("Lifted by any of the extra risks"), required=False)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["risks"].choices = choices["risk"]
        fields["risks"].widget.attrs["size"] = 4
        fields["services"].choices = choices["service"]
        fields["services"].widget.attrs["size"] = 4
        fields["countries"].known = frozenset(code for code, _name in choices["country"])

    def clean(self) -> dict[str, Any]:
        """A number has its bound, yes and no has none."""
        said = super().clean() or {}
        if (
            said.get("kind") == NUMBER
            and said.get("excluded_from") is None
            and "excluded_from" not in self.errors
        ):
            self.add_error("excluded_from", _("Say from which number the exclusion applies."))
        if said.get("kind") == YES_NO:
            said["excluded_from"] = None
        return said

    def row(self) -> dict[str, Any]:
        """Columns of an exclusion."""
        return {name: value for name, value in self.cleaned_data.items() if name != "DELETE"}


def tables(edition: Edition, choices: Choices, data: Any = None) -> dict[str, Any]:
    """The three forms of a draft: limits, covers, exclusions, each with two empty lines at its end."""
    more = {"can_delete": True, "formset": Lines, "max_num": LINES_MAX, "absolute_max": _SENT_MAX}
    covers = forms.formset_factory(CoverLine, extra=2, **more)
    exclusions = forms.formset_factory(ExclusionLine, extra=1, **more)
    names = ("version", "note", "age_from", "age_to", "ages_clause", "excluded", "excluded_clause")
    own = {"form_kwargs": {"choices": choices}}
    limits = {name: getattr(edition, name) for name in names}
    # What was sent is compared with an empty line, not with what stood there before.
    if data is not None:
        data = data.copy()
        for prefix in ("covers", "exclusions"):
            data[f"{prefix}-TOTAL_FORMS"] = str(_lines(data, prefix))
            data[f"{prefix}-INITIAL_FORMS"] = "0"
    lines = [_cover(row) for row in edition.covers.all()] if data is None else None
    questions = [_exclusion(row) for row in edition.exclusions.all()] if data is None else None
    return {
        "limits": LimitsForm(data, initial=limits, choices=choices),
        "covers": covers(data, prefix="covers", initial=lines, **own),
        "exclusions": exclusions(data, prefix="exclusions", initial=questions, **own),
    }


def _lines(data: Any, prefix: str) -> int:
    """How many lines were sent: they are counted here, so that a broken count loses none of them."""
    places = [re.match(rf"{prefix}-(\d{{1,3}})-", name, re.ASCII) for name in data]
    return min(max((int(place[1]) + 1 for place in places if place), default=0), _SENT_MAX)


def _cover(row: Any) -> dict[str, Any]:
    same = (
        "limit",
        "excess",
        "excess_percent",
        "age_from",
        "age_to",
        "waiting_days",
        "needs_consent",
        "clause",
    )
    return {
        "service": row.service_id, "currency": row.currency_id, "territory": str(row.territory_id or ""),
        **{name: getattr(row, name) for name in same},
    }  # fmt: skip


def _exclusion(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ExclusionLine.base_fields}


def _known(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(_("Choose a day between 2000 and 2099."))
    return day


class PublishForm(forms.Form):
    """From which day the draft counts."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    valid_from = DayField(label=_("In force for events from"))

    def clean_valid_from(self) -> date:
        """A day of which rules can be known."""
        return _known(self.cleaned_data["valid_from"])


class ExampleForm(forms.Form):
    """The calculator: an imagined policy and event, nobody's data."""

    territory = forms.ChoiceField(label=_("Territory of the policy"))
    country = forms.ChoiceField(label=_("Country"), required=False, widget=KeyedSelect(attrs=NOT_KNOWN_YET))
    service = forms.ChoiceField(label=_("Kind of help"), required=False)
    on = DayField(label=_("Day of the event, there"), required=False)
    """Empty: today. The rules that hold on it are asked."""
    day = forms.IntegerField(label=_("Day of the policy"), min_value=1, max_value=1800, initial=30)
    age = _age(_("Age"))
    gender = forms.ChoiceField(
        label=_("Gender"), required=False, choices=[("", _("not known yet")), *GENDER_LABELS.items()]
    )
    risks = forms.MultipleChoiceField(
        label=_("Extra risks"), required=False, widget=forms.CheckboxSelectMultiple
    )
    name = CleanCharField(label=_("Keep the example as"), required=False, max_length=120)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["risks"].choices = choices["risk"]
        fields["territory"].choices = choices["territory"]
        fields["service"].choices = [("", _("not known yet")), *choices["service"]]
        offer_countries(fields["country"])

    def clean_on(self) -> date | None:
        """A day of which rules can be known."""
        on: date | None = self.cleaned_data["on"]
        return _known(on) if on else None

    @property
    def answers(self) -> dict[str, str]:
        """To the questions of the rules, as typed: fields `ask-<code>`."""
        found = [(name, _ANSWER.fullmatch(f"{name}={self.data[name]}")) for name in self.data]
        return {answer[1]: answer[2] for _name, answer in found[:200] if answer}

    def values(self) -> dict[str, Any]:
        """Columns of an example; only of a valid form."""
        said = self.cleaned_data
        return {
            "territory_id": int(said["territory"]), "answers": self.answers,
            **{name: said[name] for name in ("name", "country", "service", "day", "age", "gender", "risks")},
        }  # fmt: skip

    def imagined(self) -> Imagined:
        """For trying out; only of a valid form. One statement."""
        values = self.values()
        territory = Territory.objects.get(pk=values.pop("territory_id"))
        values.pop("name")
        return Imagined(territory, **values)
