"""Contracts, tariffs and series of numbers as the REST API says them. Amounts are texts, people sign-in names."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.contracts.actions import ContractFacts, PersonFacts
from cases.contracts.actions.series import NUMBER_MAX
from cases.contracts.labels import STATE_LABELS, share_words
from cases.contracts.models import Contract, NumberSeries, Tariff
from cases.contracts.rules import Question
from cases.contracts.selectors import Filters
from cases.insurance.labels import MATCH_LABELS
from cases.insurance.serializers import PolicyLineSerializer
from fregat.lib import clock
from fregat.lib.api import CleanCharField

PERSONS_MAX = 20
ID_MAX = 2**63 - 1


class BirthField(serializers.DateField):
    """A date of birth of somebody who may be alive."""

    def to_internal_value(self, value: Any) -> date:
        """The day. Raises ValidationError."""
        born: date = super().to_internal_value(value)
        if not date(1900, 1, 1) <= born <= clock.local(clock.now()).date():
            raise serializers.ValidationError(_("A date of birth lies between 1900 and today."))
        return born


# --- What is sent -----------------------------------------------------------------------------------


class FiltersSerializer(serializers.Serializer[Any]):
    """Filters of the list: codes and numbers only."""

    number = CleanCharField(max_length=40, required=False, allow_blank=True, default="")
    state = serializers.ChoiceField(list(STATE_LABELS.items()), required=False, default="", allow_blank=True)
    insurer = serializers.IntegerField(min_value=1, max_value=ID_MAX, required=False, default=None)
    since = serializers.DateField(required=False, default=None, help_text="The first day of cover, from")
    until = serializers.DateField(required=False, default=None, help_text="The first day of cover, to")
    mine = serializers.BooleanField(required=False, default=False)

    def filters(self) -> Filters:
        """For the selector, once it is valid."""
        return Filters(**self.validated_data)


class QuestionSerializer(serializers.Serializer[Any]):
    """Where, when and by which programme. The territory may be left out when the country says which it is."""

    programme = serializers.IntegerField(min_value=1, max_value=ID_MAX)
    country = CleanCharField(
        max_length=2, required=False, allow_blank=True, default="", help_text="ISO 3166-1"
    )
    territory = CleanCharField(max_length=40, required=False, allow_blank=True, default="")
    starts = serializers.DateField()
    ends = serializers.DateField(help_text="Included")
    insured_sum = serializers.DecimalField(max_digits=14, decimal_places=2, min_value=Decimal(0))
    risks = serializers.ListField(child=CleanCharField(max_length=100), max_length=50, required=False)


class QuoteInSerializer(QuestionSerializer):
    """A question to the tariff; of the persons only how old they are."""

    born = serializers.ListField(child=BirthField(), allow_empty=False, max_length=PERSONS_MAX)

    def question(self, territory: str) -> Question:
        """For the rules, once it is valid."""
        got = self.validated_data
        return Question(
            territory=territory, starts=got["starts"], ends=got["ends"], born=tuple(got["born"]),
            risks=frozenset(got.get("risks", ())), insured_sum=got["insured_sum"],
        )  # fmt: skip


class PersonInSerializer(serializers.Serializer[Any]):
    """Whom to insure: `known`, the id of somebody from the look-up, or somebody new."""

    known = serializers.IntegerField(
        min_value=1, max_value=ID_MAX, required=False, allow_null=True, default=None
    )
    surname = CleanCharField(max_length=100, required=False, allow_blank=True, default="")
    given_name = CleanCharField(max_length=100, required=False, allow_blank=True, default="")
    surname_latin = CleanCharField(max_length=100, required=False, allow_blank=True, default="")
    given_name_latin = CleanCharField(max_length=100, required=False, allow_blank=True, default="")
    birth_date = BirthField(required=False, allow_null=True, default=None)
    phone = CleanCharField(max_length=20, required=False, allow_blank=True, default="")
    others = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=ID_MAX), max_length=PERSONS_MAX, required=False,
        help_text="Ids of those of the 409 answer who are somebody else",
    )  # fmt: skip


class HolderInSerializer(serializers.Serializer[Any]):
    """Who takes the contract out, when it is none of the insured persons."""

    name = CleanCharField(max_length=200, required=False, allow_blank=True, default="")
    code = CleanCharField(max_length=20, required=False, allow_blank=True, default="")
    phone = CleanCharField(max_length=40, required=False, allow_blank=True, default="")
    address = CleanCharField(max_length=300, required=False, allow_blank=True, default="")


class ContractInSerializer(QuestionSerializer):
    """A contract to be entered. `expected`: the premium that the client was told; `token`: sent twice, entered once."""

    persons = serializers.ListField(child=PersonInSerializer(), allow_empty=False, max_length=PERSONS_MAX)
    holder = HolderInSerializer(required=False)
    expected = serializers.DecimalField(max_digits=14, decimal_places=2, required=False, allow_null=True)
    token = serializers.UUIDField(required=False, allow_null=True, default=None)

    def facts(self, territory: str) -> ContractFacts:
        """For the action, once it is valid."""
        got = self.validated_data
        return ContractFacts(
            token=got["token"] or uuid4(), programme=got["programme"], territory=territory, starts=got["starts"],
            ends=got["ends"], insured_sum=got["insured_sum"], risks=tuple(got.get("risks", ())),
            persons=tuple(
                PersonFacts(**{**row, "others": tuple(row.get("others", ()))}) for row in got["persons"]
            ),
            expected=got.get("expected"),
            **{f"holder_{name}": value for name, value in got.get("holder", {}).items()},
        )  # fmt: skip


class AnnulInSerializer(serializers.Serializer[Any]):
    """Why it is annulled. `confirmed`: numbers of the open cases of the 409 answer."""

    reason = CleanCharField(max_length=300)
    confirmed = serializers.ListField(child=CleanCharField(max_length=12), max_length=500, required=False)


# --- What is shown ----------------------------------------------------------------------------------


class ContractLineSerializer(serializers.ModelSerializer[Contract]):
    """A contract as the list shows it, without names of persons."""

    number = serializers.CharField(source="policy.number")
    policy = serializers.IntegerField(source="policy_id")
    state = serializers.SerializerMethodField()
    insurer = serializers.IntegerField(source="policy.insurer_id")
    programme = serializers.IntegerField(source="policy.programme_id")
    tariff = serializers.IntegerField(source="tariff.number", help_text="Version of the programme's tariff")
    territory = serializers.CharField(source="policy.territory.code")
    valid_from = serializers.DateField(source="policy.valid_from")
    valid_to = serializers.DateField(source="policy.valid_to")
    ended_on = serializers.DateField(source="policy.ended_on", allow_null=True)
    insured_sum = serializers.DecimalField(14, 2, source="policy.insured_sum")
    currency = serializers.CharField(source="tariff.currency_id", help_text="Of the premium and of the sum")
    entered_by = serializers.CharField(source="entered_by.username")
    annulled_by = serializers.CharField(source="annulled_by.username", default=None, allow_null=True)

    class Meta:
        model = Contract
        fields = [
            "id", "number", "policy", "state", "insurer", "programme", "tariff", "territory", "valid_from",
            "valid_to", "ended_on", "insured_sum", "currency", "premium", "risks", "entered_at", "entered_by",
            "annulled_at", "annulled_by", "annulled_reason",
        ]  # fmt: skip
        read_only_fields = fields

    def get_state(self, row: Contract) -> str:
        """`ahead`, `valid`, `over` or `annulled`, today in Kyiv."""
        return row.state_on(self.context["today"])


class ContractPersonSerializer(serializers.Serializer[Any]):
    """An insured person."""

    id = serializers.IntegerField()
    name = serializers.CharField(source="full_name")
    name_latin = serializers.CharField(source="latin_name")
    birth_date = serializers.DateField(allow_null=True)


class CandidateSerializer(serializers.Serializer[Any]):
    """Somebody who is there already and seems to be the one who is entered at this place of `persons`."""

    place = serializers.IntegerField()
    id = serializers.IntegerField(source="known.person.id")
    name = serializers.CharField(source="known.person.full_name")
    name_latin = serializers.CharField(source="known.person.latin_name")
    birth_date = serializers.DateField(source="known.person.birth_date")
    policies = PolicyLineSerializer(source="known.policies", many=True)
    match = serializers.CharField(source="known.match")
    match_text = serializers.SerializerMethodField()

    def get_match_text(self, row: Any) -> str:
        """What is the same, in words."""
        return str(MATCH_LABELS[row["known"].match])


class KnownAlreadySerializer(serializers.Serializer[Any]):
    """The 409 answer: send the person again with `known` (it is them) or `others` (it is none of them)."""

    type = serializers.CharField(help_text="`known`")
    detail = serializers.CharField()
    errors = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    candidates = CandidateSerializer(many=True)


class RelyingSerializer(serializers.Serializer[Any]):
    """An open case that relies on the contract."""

    number = serializers.CharField()
    status_label = serializers.CharField(source="status")
    responsible = serializers.CharField(source="username")


class CasesRelySerializer(serializers.Serializer[Any]):
    """The 409 answer: send the numbers of the cases as `confirmed`."""

    type = serializers.CharField(help_text="`cases`")
    detail = serializers.CharField()
    errors = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    cases = RelyingSerializer(many=True)


class PremiumStepSerializer(serializers.Serializer[Any]):
    """A step of a premium, in words; `line` of the tariff, 0 when it is of none."""

    text = serializers.CharField()
    factor = serializers.CharField()
    line = serializers.IntegerField()
    amount = serializers.CharField()


class PremiumShareSerializer(serializers.Serializer[Any]):
    """A person's part of the premium, in the order of the persons."""

    age = serializers.IntegerField()
    premium = serializers.CharField()
    steps = PremiumStepSerializer(many=True)


class HolderSerializer(serializers.Serializer[Any]):
    """Who took the contract out; `person` when it is one of the insured."""

    person = serializers.IntegerField(source="holder_id", allow_null=True)
    name = serializers.CharField(source="holder_name")
    code = serializers.CharField(source="holder_code")
    phone = serializers.CharField(source="holder_phone")
    address = serializers.CharField(source="holder_address")


class ContractSerializer(ContractLineSerializer):
    """One contract, whole: whom it insures, who took it out, how the premium was computed."""

    persons = serializers.SerializerMethodField()
    holder = HolderSerializer(source="*")
    shares = serializers.SerializerMethodField()

    class Meta(ContractLineSerializer.Meta):
        fields = [*ContractLineSerializer.Meta.fields, "persons", "holder", "shares"]
        read_only_fields = fields

    @extend_schema_field(ContractPersonSerializer(many=True))
    def get_persons(self, row: Contract) -> Any:
        """In the order in which they were entered."""
        return ContractPersonSerializer(self.context["persons"], many=True).data

    @extend_schema_field(PremiumShareSerializer(many=True))
    def get_shares(self, row: Contract) -> Any:
        """In the same order."""
        return share_words(row.computed(), row.tariff.currency_id)


class QuoteSerializer(serializers.Serializer[Any]):
    """The premium, to be told and sent back as `expected`."""

    programme = serializers.IntegerField()
    tariff = serializers.IntegerField(help_text="Version of the programme's tariff")
    territory = serializers.CharField()
    days = serializers.IntegerField()
    premium = serializers.DecimalField(14, 2)
    currency = serializers.CharField()
    is_minimum = serializers.BooleanField(help_text="Raised to the least premium of the tariff")
    shares = PremiumShareSerializer(many=True)


class TariffSerializer(serializers.ModelSerializer[Tariff]):
    """What can be sold today: by which programme, where, for which sums, with which risks."""

    programme_name = serializers.CharField(source="programme.name")
    insurer = serializers.IntegerField(source="programme.insurer_id")
    tariff = serializers.IntegerField(source="number")
    currency = serializers.CharField(source="currency_id")
    territories = serializers.SerializerMethodField()
    sums = serializers.SerializerMethodField()
    risks = serializers.SerializerMethodField()

    class Meta:
        model = Tariff
        fields = [
            "programme", "programme_name", "insurer", "tariff", "since", "until", "currency", "minimum",
            "lead_days", "ahead_days", "persons_max", "territories", "sums", "risks",
        ]  # fmt: skip
        read_only_fields = fields

    def get_territories(self, row: Tariff) -> list[str]:
        """Codes, in the order of the table."""
        return list(row.facts().territories)

    def get_sums(self, row: Tariff) -> list[int]:
        """The insured sums that are sold."""
        return list(row.facts().sums)

    def get_risks(self, row: Tariff) -> list[str]:
        """Names of the extra risks that can be added."""
        return list(row.facts().risks)


class SeriesSerializer(serializers.ModelSerializer[NumberSeries]):
    """A series of numbers: which is given next, how many are left."""

    left = serializers.SerializerMethodField()

    class Meta:
        model = NumberSeries
        fields = ["id", "insurer", "prefix", "width", "first", "last", "next", "left", "added_at"]
        read_only_fields = fields

    def get_left(self, row: NumberSeries) -> int:
        """Numbers that have not been given."""
        return row.facts().left


class SeriesInSerializer(serializers.Serializer[Any]):
    """A series that the insurer has given."""

    insurer = serializers.IntegerField(min_value=1, max_value=ID_MAX)
    prefix = CleanCharField(max_length=20, required=False, allow_blank=True, default="")
    width = serializers.IntegerField(min_value=1, max_value=min(18, NUMBER_MAX))
    first = serializers.IntegerField(min_value=1, max_value=10**17)
    last = serializers.IntegerField(min_value=1, max_value=10**17)
