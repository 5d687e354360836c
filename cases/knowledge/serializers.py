"""What goes over the REST API of the room."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from fregat.lib.api import CleanCharField


class ArticleLineSerializer(serializers.Serializer):
    """An article as lists show it: the version that holds."""

    id = serializers.IntegerField(source="article_id")
    title = serializers.CharField()
    version = serializers.IntegerField(source="number")
    since = serializers.DateField()
    kind = serializers.CharField(source="article.kind")
    language = serializers.CharField(source="article.language")
    insurer = serializers.IntegerField(source="article.insurer_id", allow_null=True)
    programmes = serializers.ListField(child=serializers.CharField())
    clauses = serializers.ListField(child=serializers.CharField())
    services = serializers.ListField(child=serializers.CharField())
    countries = serializers.ListField(child=serializers.CharField())


class ArticleSerializer(ArticleLineSerializer):
    """The same with its text."""

    body = serializers.CharField()
    changes = serializers.CharField()


class FilterSerializer(serializers.Serializer):
    """Filters of the list: codes only."""

    insurer = CleanCharField(required=False, default="", allow_blank=True, max_length=40)
    kind = CleanCharField(required=False, default="", allow_blank=True, max_length=40)
    service = CleanCharField(required=False, default="", allow_blank=True, max_length=40)
    country = CleanCharField(required=False, default="", allow_blank=True, max_length=2)


class SearchSerializer(FilterSerializer):
    """The question: words in any form."""

    q = CleanCharField(max_length=200)


class ArticleFoundSerializer(ArticleLineSerializer):
    """An article that was found, and the stretch of its text."""

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """The line with `snippet`, in which the words stand between two asterisks."""
        line = super().to_representation(instance.version)
        words = (f"**{bit.text}**" if bit.hit else bit.text for bit in instance.snippet)
        return {**line, "snippet": "".join(words)}


class ArticleFoundAnswerSerializer(serializers.Serializer):
    """The answer, best first."""

    results = ArticleFoundSerializer(many=True)
