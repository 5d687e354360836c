"""Lists as the API tells them, and what it is told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cases.imports import selectors
from cases.imports.labels import attention_text, failure_text
from cases.imports.models import Batch
from cases.imports.statuses import Mode
from fregat.lib.api import CleanCharField


class ListSerializer(serializers.ModelSerializer):
    """One list. `mapping`: heading → field, empty for a column that is left out; `left_out`: sheets that are not read;
    `progress` in percent.
    """

    status = serializers.CharField()
    mode = serializers.CharField()
    left_out = serializers.ListField(child=serializers.CharField())
    mapping = serializers.DictField(child=serializers.CharField(allow_blank=True))
    progress = serializers.SerializerMethodField()
    attention = serializers.SerializerMethodField()
    failure = serializers.SerializerMethodField()

    class Meta:
        model = Batch
        fields = (
            "id", "insurer", "mode", "status", "file_name", "list_date", "mapping", "left_out", "rows", "added",
            "changed", "ended", "spared", "same", "rejected", "kept", "progress", "attention", "failure", "uploaded_at",
            "applied_at", "undone_at", "finished_at",
        )  # fmt: skip

    def get_progress(self, batch: Batch) -> int:
        """In percent."""
        return selectors.progress(batch)

    def get_attention(self, batch: Batch) -> str:
        """Why it waits for a person, as a sentence."""
        return attention_text(batch.attention, batch.mapping)

    def get_failure(self, batch: Batch) -> str:
        """Why it was not taken, as a sentence."""
        return failure_text(batch.failure, batch.failure_place)


class FaultSerializer(serializers.Serializer):
    """What is wrong with a cell."""

    row = serializers.IntegerField(source="row_there", allow_null=True)
    """As numbered in the file; null: of the list as a whole."""
    source = serializers.CharField()
    """The file inside an archive; empty in a single file."""
    column = serializers.CharField(source="heading")
    text = serializers.CharField()
    kept = serializers.BooleanField()
    """The row was taken all the same."""


class NewListSerializer(serializers.Serializer):
    """A list that came: multipart."""

    file = serializers.FileField(
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")}
    )
    insurer = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    mode = serializers.ChoiceField(choices=[mode.value for mode in Mode])
    list_date = serializers.DateField(required=False)
    apply = serializers.BooleanField(required=False, default=False)


class ApplySerializer(serializers.Serializer):
    """Which column is which, when that is to be changed: heading → field. Where a list of endings waits to be told what
    its only last day is, the column is `ended_on` (each row ends on that day) or `valid_to` (the term's end).
    """

    mapping = serializers.DictField(child=CleanCharField(allow_blank=True, allow_null=True), required=False)

    def validate_mapping(self, value: dict[str, Any]) -> dict[str, str]:
        """Null leaves a column out as well."""
        return {heading: field or "" for heading, field in value.items()}
