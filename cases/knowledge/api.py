"""API of the room, under /api/v1/ with names `api:…`: reading."""

from __future__ import annotations

from django.urls import path
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.knowledge import selectors, serializers
from cases.knowledge.models import ArticleVersion
from cases.knowledge.querysets import ArticleVersionQuerySet
from fregat.lib import clock
from fregat.lib.errors import NotFound


@extend_schema_view(get=extend_schema(operation_id="articles", parameters=[serializers.FilterSerializer]))
class ArticlesView(ListAPIView):
    """The articles that hold today, within what one may read; filters by codes."""

    serializer_class = serializers.ArticleLineSerializer
    queryset = ArticleVersion.objects.none()
    keyset = ("article_id",)

    def get_queryset(self) -> ArticleVersionQuerySet:
        """Within what the person may see."""
        asked = serializers.FilterSerializer(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        rows = ArticleVersion.objects.visible_to(self.request.user).holding(clock.local(clock.now()).date())
        return (
            selectors.narrowed(rows, **asked.validated_data).select_related("article").defer("body", "words")
        )


class ArticleView(APIView):
    """One article: the version that holds today."""

    @extend_schema(operation_id="article", responses=serializers.ArticleSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """With its text in Markdown."""
        today = clock.local(clock.now()).date()
        rows = ArticleVersion.objects.visible_to(request.user).holding(today).select_related("article")
        row = rows.filter(article=pk).first()
        if row is None:
            raise NotFound()
        return Response(serializers.ArticleSerializer(row).data)


class SearchView(APIView):
    """By words in any form: POST, because what people look for does not belong in addresses."""

    @extend_schema(
        operation_id="articles_search",
        request=serializers.SearchSerializer,
        responses=serializers.ArticleFoundAnswerSerializer,
    )
    def post(self, request: Request) -> Response:
        """At most twenty, the best first."""
        asked = serializers.SearchSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        filters = dict(asked.validated_data)
        text = filters.pop("q")
        found = selectors.find(request.user, text, clock.local(clock.now()).date(), **filters)
        return Response(serializers.ArticleFoundAnswerSerializer({"results": found}).data)


urlpatterns = [
    path("articles/", ArticlesView.as_view(), name="articles"),
    path("articles/search/", SearchView.as_view(), name="articles-search"),
    path("articles/<int:pk>/", ArticleView.as_view(), name="article"),
]
