"""Bodies of the API of the room, in and out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from cases.assistance.models import GuaranteeLetter
from cases.assistance.rules import LIMIT_MAX
from fregat.lib.api import CleanCharField


class LetterInSerializer(serializers.Serializer[Any]):
    """A letter that is wanted."""

    kind = CleanCharField(max_length=30)
    provider = CleanCharField(max_length=200)
    limit = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=Decimal("0.01"), max_value=LIMIT_MAX
    )
    currency = CleanCharField(max_length=3, required=False, allow_blank=True, default="")
    why = CleanCharField(max_length=300, required=False, allow_blank=True, default="")
    token = serializers.UUIDField(required=False, allow_null=True, default=None)


class ReasonInSerializer(serializers.Serializer[Any]):
    """Why it is refused or withdrawn."""

    reason = CleanCharField(max_length=300)


class LetterSerializer(serializers.ModelSerializer[GuaranteeLetter]):
    """A letter; people by their sign-in names, amounts as texts."""

    kind = serializers.CharField(source="kind_id")
    currency = serializers.CharField(source="currency_id")
    status = serializers.CharField()
    asked_by = serializers.CharField(source="asked_by.username")
    given_by = serializers.CharField(source="given_by.username", default=None, allow_null=True)
    refused_by = serializers.CharField(source="refused_by.username", default=None, allow_null=True)
    withdrawn_by = serializers.CharField(source="withdrawn_by.username", default=None, allow_null=True)

    class Meta:
        model = GuaranteeLetter
        fields = [
            "id", "number", "kind", "provider", "limit", "currency", "why", "status", "beyond", "asked_at",
            "asked_by", "given_at", "given_by", "refused_at", "refused_by", "refused_reason", "withdrawn_at",
            "withdrawn_by", "withdrawn_reason",
        ]  # fmt: skip
        read_only_fields = fields
