"""The program's addresses, and the plainest page of fifty rows that somebody signed in can get."""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from cases.casework.models import Case
from fregat import urls
from fregat.lib import rights
from fregat.urls import handler400, handler404, handler500  # noqa: F401 — Django looks for them here

ROWS = 50
_PAGE = Engine().from_string(
    "<!doctype html><title>{{ user.username }}</title><table>{% for row in rows %}<tr>{% for cell in row %}"
    "<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
)
_COLUMNS = (
    "number",
    "status",
    "city",
    "opened_at",
    "person__surname",
    "insurer__name_uk",
    "responsible__last_name",
)


def rows(request: HttpRequest) -> HttpResponse:
    """Session, user, one statement, one loop."""
    listed = Case.objects.order_by("-pk").values_list(*_COLUMNS)[:ROWS]
    return HttpResponse(_PAGE.render(Context({"user": request.user, "rows": listed})))


rights.register({}, {"bench-rows": {"GET": rights.SIGNED_IN}})
urlpatterns = [*urls.urlpatterns, path("bench/rows/", rows, name="bench-rows")]
