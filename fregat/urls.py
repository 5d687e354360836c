"""All addresses: each room brings its own."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

import cases.assistance.api
import cases.casework.api
import cases.contracts.api
import cases.handover.api
import cases.imports.api
import cases.insurance.api
import cases.knowledge.api
import shifts.absence.api
import shifts.attendance.api
import shifts.breaks.api
import shifts.exchange.api
import shifts.roster.api
import staff.employees.api
from fregat.lib import administration

API = [
    *cases.casework.api.urlpatterns,
    *staff.employees.api.urlpatterns,
    *shifts.absence.api.urlpatterns,
    *shifts.attendance.api.urlpatterns,
    *shifts.breaks.api.urlpatterns,
    *shifts.exchange.api.urlpatterns,
    *shifts.roster.api.urlpatterns,
    *cases.insurance.api.urlpatterns,
    *cases.imports.api.urlpatterns,
    *cases.contracts.api.urlpatterns,
    *cases.knowledge.api.urlpatterns,
    *cases.handover.api.urlpatterns,
    *cases.assistance.api.urlpatterns,
]

# Addresses are gone through one after another: what is asked most stands first.
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include((API, "api"))),
    path("", include("cases.casework.urls")),
    path("", include("cases.desk.urls")),
    path("", include("fregat.health")),
    path("", include("fregat.lib.urls")),
    path("", include("staff.employees.urls")),
    path("", include("staff.documents.urls")),
    path("", include("staff.tasks.urls")),
    path("", include("staff.messenger.urls")),
    path("", include("shifts.roster.urls")),
    path("", include("shifts.coverage.urls")),
    path("", include("shifts.attendance.urls")),
    path("", include("shifts.breaks.urls")),
    path("", include("shifts.absence.urls")),
    path("", include("shifts.exchange.urls")),
    path("", include("shifts.proposal.urls")),
    path("", include("cases.privacy.urls")),
    path("", include("cases.insurance.urls")),
    path("", include("cases.imports.urls")),
    path("", include("cases.contracts.urls")),
    path("", include("cases.knowledge.urls")),
    path("", include("cases.assistance.urls")),
    path("", include("cases.handover.urls")),
    path("", include("cases.figures.urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(template_name="api/docs.html"), name="docs"),
    path("admin/", administration.site.urls),
]

handler400 = "fregat.lib.faults.bad_request"
handler404 = "fregat.lib.faults.not_found"
handler500 = "fregat.lib.faults.server_error"
