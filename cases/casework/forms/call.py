"""The form of the new call: what the operator types while the person is on the line (C1)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.casework.forms.fields import BirthDateField, money
from cases.casework.labels import RELATION_LABELS
from cases.casework.rules import CaseFacts, ServiceFacts
from fregat.lib import clock
from fregat.lib.choices import NONE_SUCH, KeyedSelect, KeyedSelectMultiple, Named, offer
from fregat.lib.forms import CleanCharField, CleanTextField, MomentField


class PlaceFields(forms.Form):
    """Where it happened; shared by the new call and the correction of a case."""

    country = forms.ChoiceField(label=_("Country"), required=False, widget=KeyedSelect(attrs=NONE_SUCH))
    city = CleanCharField(label=_("Town"), required=False, max_length=120)
    address = CleanCharField(label=_("Where exactly"), required=False)

    def clean_city(self) -> str:
        """A town typed in small letters begins with a capital one."""
        city: str = self.cleaned_data["city"]
        return city[:1].upper() + city[1:] if city.islower() else city


class CallForm(PlaceFields):
    """Everything of a new call. Costs come as `cost-<kind>` and `currency-<kind>` beside `services`."""

    token = CleanCharField(widget=forms.HiddenInput, required=False)
    person = forms.IntegerField(widget=forms.HiddenInput, required=False)
    policy = forms.IntegerField(widget=forms.HiddenInput, required=False)
    unlisted = forms.BooleanField(widget=forms.HiddenInput, required=False)
    person_name = CleanCharField(
        label=_("Name of the insured person, as told"), required=False, max_length=200
    )
    person_birth_date = BirthDateField(label=_("Date of birth"), required=False)
    insurer = forms.ChoiceField(label=_("Insurance company"), required=False)
    policy_number = CleanCharField(label=_("Policy number, as told"), required=False, max_length=60)
    caller_relation = forms.ChoiceField(
        label=_("Who calls"), choices=list(RELATION_LABELS.items()), initial="self", required=False
    )
    caller_name = CleanCharField(label=_("Name of the caller"), required=False, max_length=200)
    caller_phone = CleanCharField(label=_("Phone of the caller"), required=False, max_length=40)
    description = CleanTextField(label=_("What happened"), required=False)
    occurred_at = MomentField(label=_("When"), required=False)
    their_clock = forms.BooleanField(label=_("by the clock of the place"), required=False, initial=True)
    services = forms.MultipleChoiceField(
        label=_("What help is needed"), required=False, widget=KeyedSelectMultiple(attrs=NONE_SUCH)
    )
    displeased = forms.BooleanField(label=_("The person is displeased"), required=False)
    unusual = CleanCharField(label=_("What is unusual, outside the rules"), required=False, max_length=2000)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        now: datetime,
        countries: Iterable[Named],
        kinds: Iterable[Named],
        insurers: Iterable[Named],
        currencies: Iterable[str],
        zones: dict[str, str],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, use_required_attribute=False)
        self.now = now
        self.zones = zones
        self.currencies = list(currencies)
        self.cost_faults: dict[str, str] = {}
        offer(self.fields["country"], countries)
        offer(self.fields["services"], kinds, empty=False)
        offer(self.fields["insurer"], insurers)
        self.fields["occurred_at"].now = now
        self.fields["person_birth_date"].today = clock.local(now).date()
        self.fields["description"].widget.attrs["rows"] = 3
        if data is not None:
            self.fields["occurred_at"].zone = self.zone

    @property
    def zone(self) -> tzinfo:
        """On whose clock the time is told: the place's while it is known and ticked, else Kyiv's."""
        name = self.zones.get(str(self["country"].value() or ""), "")
        if not name or not self["their_clock"].value():
            return clock.KYIV
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            return clock.KYIV

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The kinds of help chosen, each with what was typed about its cost, for drawing."""
        names = dict(self.fields["services"].choices)
        return [
            {
                "kind": kind, "name": names.get(kind, kind), "cost": self._typed("cost", kind),
                "currency": self._typed("currency", kind), "fault": self.cost_faults.get(kind, ""),
            }
            for kind in self["services"].value() or []
        ]  # fmt: skip

    def _typed(self, part: str, kind: str) -> str:
        source = self.data if self.is_bound else self.initial
        value = source.get(f"{part}-{kind}", "")
        return str(value[0] if isinstance(value, list) and value else value or "")

    def clean_token(self) -> uuid.UUID:
        """The form's own mark, by which a second click is known; a broken one is replaced."""
        try:
            return uuid.UUID(self.cleaned_data["token"])
        except ValueError:
            return uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        """Costs beside their kinds of help."""
        super().clean()
        found = []
        for kind in self.cleaned_data.get("services", []):
            try:
                amount = money(self._typed("cost", kind))
                currency = self._currency(kind) if amount is not None else ""
            except ValidationError as error:
                self.cost_faults[kind] = " ".join(error.messages)
                self.add_error("services", error)
                continue
            found.append(ServiceFacts(kind=kind, expected_cost=amount, currency=currency))
        self.cleaned_data["service_facts"] = tuple(found)
        return self.cleaned_data

    def _currency(self, kind: str) -> str:
        """The currency beside a cost; it comes outside the form's own fields. Raises ValidationError."""
        code = self._typed("currency", kind)
        if code not in self.currencies:
            raise ValidationError(_("Say in which currency."))
        return code

    @property
    def answers(self) -> dict[str, str]:
        """To the questions of the chosen policy's rules, as typed; those to another policy's are forgotten."""
        if not self.data.get("asked-of") or self.data.get("asked-of") != self.data.get("policy"):
            return {}
        names = [name for name in self.data if name.startswith("ask-")][:60]
        return {name.removeprefix("ask-"): str(self.data[name])[:10] for name in names}

    def facts(self) -> CaseFacts:
        """What was heard, for `actions.register_case`; only of a valid form."""
        clean = self.cleaned_data
        listed = {"person": clean["person"], "policy": clean["policy"]}
        told = {
            "person_name": clean["person_name"],
            "person_birth_date": clean["person_birth_date"],
            "insurer": int(clean["insurer"]) if clean["insurer"] else None,
            "policy_number": clean["policy_number"],
        }
        same = ("caller_name", "caller_relation", "caller_phone", "country", "city", "address")
        return CaseFacts(
            token=clean["token"],
            **(listed if clean["person"] or clean["policy"] else told),
            **{name: clean[name] for name in same},
            occurred_at=clean["occurred_at"] or self.now,
            description=clean["description"],
            displeased=clean["displeased"],
            unusual=clean["unusual"],
            services=clean["service_facts"],
            answers=self.answers,
        )
