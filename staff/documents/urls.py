"""Pages of the room."""

from django.urls import URLPattern, URLResolver, include, path

from staff.documents.views import decisions, reading, signatures, writing

_version = "documents/<int:pk>/versions/<int:edition>/"
_documents = [
    path("documents/", reading.documents, name="documents"),
    path("documents/new/", writing.new, name="new"),
    path("documents/preview/", writing.preview, name="preview"),
    path("documents/decisions/", decisions.decisions, name="decisions"),
    path("documents/decisions/new/", decisions.decide, name="decide"),
    path("documents/decisions/<int:pk>/", decisions.decision, name="decision"),
    path("documents/decisions/<int:pk>/acknowledge/", decisions.acknowledge, name="acknowledge"),
    path("documents/decisions/<int:pk>/withdraw/", decisions.withdraw, name="withdraw"),
    path("documents/<int:pk>/", reading.document, name="document"),
    path("documents/<int:pk>/draft/", writing.draft, name="draft"),
    path("documents/<int:pk>/draft/discard/", writing.discard, name="discard"),
    path("documents/<int:pk>/order/", writing.order, name="order"),
    path(_version, reading.version, name="version"),
    path(f"{_version}changes/", reading.changes, name="changes"),
    path(f"{_version}text/", reading.text, name="text"),
    path(f"{_version}sign/", reading.sign, name="sign"),
    path(f"{_version}signatures/", signatures.signatures, name="signatures"),
    path(f"{_version}signatures/pdf/", signatures.sheet, name="sheet"),
]

urlpatterns: list[URLPattern | URLResolver] = [path("", include((_documents, "documents")))]
