"""What goes over the REST API of the room (interfaces: REST API)."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cases.insurance import labels
from cases.insurance.rules import NUMBER_MAX
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
    city = serializers.CharField(
        source="person.city", help_text="Where they live, as the insurer's list says it"
    )
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
    person = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=2**63 - 1,
        help_text="Whose age counts, when the policy names several",
    )  # fmt: skip


class AnswersField(serializers.DictField):
    """Code of a question → true, false or a whole number."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Plain values under short codes, no more than any rules ask."""
        found = super().to_internal_value(data)
        if len(found) > 60 or not all(self._plain(code, value) for code, value in found.items()):
            raise serializers.ValidationError(_("The answer is yes, no or a whole number up to 999."))
        return found

    @staticmethod
    def _plain(code: object, value: object) -> bool:
        return re.fullmatch(r"[-a-zA-Z0-9_]{1,30}", str(code)) is not None and (
            isinstance(value, bool) or (isinstance(value, int) and 0 <= value <= NUMBER_MAX)
        )


class AnsweredQuestionSerializer(VerdictQuestionSerializer):
    """The same with answers to questions of the rules: they say something of health and belong in no address."""

    answers = AnswersField(required=False)


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


class RuleQuestionSerializer(serializers.Serializer):
    """A question that the rules put here, with its answer when it was given."""

    code = serializers.CharField()
    text = serializers.CharField()
    kind = serializers.CharField(help_text="yes_no or number")
    source = serializers.CharField()
    answer = serializers.JSONField(allow_null=True)


class VerdictSerializer(serializers.Serializer):
    """Is it covered, why, what is left, what the person pays; what to ask, and by which edition of the rules."""

    verdict = serializers.CharField()
    reasons = ReasonSerializer(many=True)
    limit_left = MoneySerializer(allow_null=True)
    excess = MoneySerializer(allow_null=True)
    excess_percent = serializers.DecimalField(
        max_digits=5, decimal_places=2, help_text="Of the bill; `excess` is the least then"
    )
    questions = RuleQuestionSerializer(many=True)
    edition = serializers.IntegerField(allow_null=True)


class InsurerSerializer(serializers.Serializer):
    """An insurer: a project of the centre."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    name = serializers.CharField()
