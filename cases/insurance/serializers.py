"""What goes over the REST API of the room (interfaces: REST API)."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.insurance import labels
from fregat.lib.api import CleanCharField, InstantField

LIMIT_MAX = 50


class LookUpSerializer(serializers.Serializer):
    """The question."""

    q = CleanCharField(max_length=200)
    limit = serializers.IntegerField(min_value=1, max_value=LIMIT_MAX, default=20)


class PolicyLineSerializer(serializers.Serializer):
    """A policy as the look-up shows it."""

    id = serializers.IntegerField()
    number = serializers.CharField()
    insurer = serializers.IntegerField(source="insurer_id")
    insurer_name = serializers.CharField(source="insurer.name")
    programme = serializers.CharField(source="programme.name")
    valid_from = serializers.DateField()
    valid_to = serializers.DateField()
    ended_on = serializers.DateField(allow_null=True)


class FoundSerializer(serializers.Serializer):
    """A person who may be meant, and why."""

    id = serializers.IntegerField(source="person.id")
    name = serializers.CharField(source="person.full_name")
    name_latin = serializers.CharField(source="person.latin_name")
    birth_date = serializers.DateField(source="person.birth_date", allow_null=True)
    policies = PolicyLineSerializer(many=True)
    match = serializers.CharField()
    match_text = serializers.SerializerMethodField()

    def get_match_text(self, found: Any) -> str:
        """The reason in words."""
        return str(labels.MATCH_LABELS[found.match])


class LookUpAnswerSerializer(serializers.Serializer):
    """The answer: who may be meant, best first; `more` when there are others."""

    results = FoundSerializer(many=True)
    more = serializers.BooleanField()


class VerdictQuestionSerializer(serializers.Serializer):
    """Where, when, what help; what is left out is not known yet (`on`: now)."""

    country = CleanCharField(max_length=2, required=False, allow_blank=True, help_text="ISO 3166-1 alpha-2")
    on = InstantField(required=False)
    service = CleanCharField(max_length=30, required=False, allow_blank=True)


class MoneySerializer(serializers.Serializer):
    """An amount in a currency."""

    amount = serializers.DecimalField(max_digits=14, decimal_places=2)
    currency = serializers.CharField()


class ReasonSerializer(serializers.Serializer):
    """Why: for programs, for people, and where it is written."""

    code = serializers.CharField()
    text = serializers.SerializerMethodField()
    source = serializers.SerializerMethodField()

    def get_text(self, reason: Any) -> str:
        """The sentence."""
        return labels.reason_text(reason)

    def get_source(self, reason: Any) -> str:
        """The clause, or the policy."""
        return labels.source_text(reason)


class VerdictSerializer(serializers.Serializer):
    """Is it covered, why, what is left, what the person pays."""

    verdict = serializers.CharField()
    reasons = ReasonSerializer(many=True)
    limit_left = MoneySerializer(allow_null=True)
    excess = MoneySerializer(allow_null=True)


class InsurerSerializer(serializers.Serializer):
    """An insurer: a project of the centre."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    name = serializers.CharField()
