"""Requests as the REST API says them (interfaces: REST API)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from fregat.lib.api import CleanCharField, CleanTextField
from shifts.exchange.labels import STATE_LABELS
from shifts.exchange.models import Exchange
from shifts.exchange.rules import REASON_MAX

_NOT_A_STATE = _("There is no such state of a request.")


class ExchangeSerializer(serializers.ModelSerializer):
    """A request: `giver` asks `colleague` to work `shift`, for `wanted` or for nothing; `shift_now`, `wanted_now`
    are the shifts that stand instead once it is agreed."""

    giver = serializers.CharField(source="giver.username")
    colleague = serializers.CharField(source="colleague.username")
    decided_by = serializers.CharField(source="decided_by.username", allow_null=True, default=None)

    class Meta:
        model = Exchange
        fields = (
            "id", "giver", "colleague", "shift", "wanted", "state", "words", "asked_at", "expires_at",
            "answered_at", "answer", "decided_by", "decided_at", "reason", "fallen_at", "fallen_why",
            "shift_now", "wanted_now",
        )  # fmt: skip


class ExchangeAskSerializer(serializers.Serializer):
    """Whom one asks to work which shift, for which of theirs."""

    shift = serializers.IntegerField(min_value=1, max_value=2**62)
    colleague = CleanCharField(max_length=150, help_text="A username.")
    wanted = serializers.IntegerField(
        min_value=1, max_value=2**62, required=False, allow_null=True, default=None,
        help_text="A shift of the colleague; without it the shift is given away.",
    )  # fmt: skip
    words = CleanTextField(max_length=REASON_MAX, required=False, allow_blank=True, default="")


class ExchangeAnswerSerializer(serializers.Serializer):
    """The colleague's word."""

    agree = serializers.BooleanField()
    words = CleanTextField(max_length=REASON_MAX, required=False, allow_blank=True, default="")


class ExchangeDecideSerializer(serializers.Serializer):
    """The senior manager's word; a refusal, and what overrides a rule of working time, needs a reason."""

    agree = serializers.BooleanField()
    reason = CleanTextField(max_length=REASON_MAX, required=False, allow_blank=True, default="")


class ExchangeFilterSerializer(serializers.Serializer):
    """Filters of the list of requests."""

    state = serializers.ChoiceField(
        [("open", _("waiting for an answer")), *STATE_LABELS.items()], required=False, allow_blank=True,
        error_messages={"invalid_choice": _NOT_A_STATE},
    )  # fmt: skip
    person = CleanCharField(max_length=150, required=False, allow_blank=True, help_text="A username.")


class SwapSerializer(serializers.Serializer):
    """A shift of the colleague that could be had for it."""

    shift = serializers.IntegerField(source="shift.pk")
    starts_at = serializers.DateTimeField(source="shift.starts_at")
    ends_at = serializers.DateTimeField(source="shift.ends_at")
    kind = serializers.CharField(source="shift.kind")
    against = serializers.ListField(child=serializers.CharField())


class OfferSerializer(serializers.Serializer):
    """A colleague who could take the shift, and what speaks against it in words."""

    employee = serializers.CharField(source="employee.username")
    rest_hours = serializers.IntegerField(source="hours", allow_null=True)
    against = serializers.ListField(child=serializers.CharField())


class OffersSerializer(serializers.Serializer):
    """Who could take a shift; with `colleague`, also which of their shifts could be had for it."""

    fault = serializers.CharField(help_text="Why the shift can go to nobody now; else empty.")
    offers = OfferSerializer(many=True)
    swaps = SwapSerializer(many=True)
