"""The cover of a case as it goes out over the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.insurance.labels import in_language


class CoverSaidSerializer(serializers.Serializer):
    """The verdict as it is kept with the case: reasons, questions with their answers, by which edition of the rules."""

    edition = serializers.IntegerField(allow_null=True)
    reasons = serializers.ListField(child=serializers.DictField())
    questions = serializers.ListField(child=serializers.DictField())
    limit_left = serializers.DictField(allow_null=True)
    excess = serializers.DictField(allow_null=True)
    excess_percent = serializers.CharField(help_text="Of the bill; `excess` is the least then")


def cover_json(kept: dict[str, Any] | None) -> dict[str, Any] | None:
    """What is kept of a verdict, in the reader's language."""
    if not kept or "verdict" not in kept:
        return None
    return {
        "edition": kept["edition"],
        "reasons": [
            {"code": one["code"], "text": in_language(one), "source": in_language(one["source"])}
            for one in kept["reasons"]
        ],
        "questions": [
            {"code": one["code"], "kind": one["kind"], "text": in_language(one), "source": one["source"],
             "answer": one["answer"]}
            for one in kept["questions"]
        ],
        "limit_left": kept["limit_left"],
        "excess": kept["excess"],
        "excess_percent": kept.get("excess_percent", "0"),
    }  # fmt: skip
