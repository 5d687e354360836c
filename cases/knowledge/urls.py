"""Pages of the room."""

from django.urls import path

from cases.knowledge.views import reading, reminding, writing

app_name = "knowledge"
urlpatterns = [
    path("knowledge/", reading.articles, name="articles"),
    path("knowledge/search/", reading.search, name="search"),
    path("knowledge/lacking/", reminding.lacking, name="lacking"),
    path("knowledge/new/", writing.new, name="new"),
    path("knowledge/preview/", writing.preview, name="preview"),
    path("knowledge/<int:pk>/", reading.article, name="article"),
    path("knowledge/<int:pk>/beside/", reading.beside, name="beside"),
    path("knowledge/<int:pk>/receipts/", reading.receipts, name="receipts"),
    path("knowledge/<int:pk>/draft/", writing.draft, name="draft"),
    path("knowledge/<int:pk>/draft/discard/", writing.discard, name="discard"),
    path("knowledge/<int:pk>/publish/", writing.publish, name="publish"),
    path("knowledge/<int:pk>/withdraw/", writing.withdraw, name="withdraw"),
    path("knowledge/<int:pk>/versions/<int:edition>/", reading.version, name="version"),
    path("knowledge/<int:pk>/versions/<int:edition>/changes/", reading.changes, name="changes"),
    path("knowledge/<int:pk>/versions/<int:edition>/acknowledge/", reading.acknowledge, name="acknowledge"),
    path("knowledge/<int:pk>/versions/<int:edition>/remind/", reminding.remind, name="remind"),
]
