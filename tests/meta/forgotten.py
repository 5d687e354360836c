"""The house with addresses that somebody forgot to give a row: for `test_doors.py`."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from fregat.urls import urlpatterns as house


def page(request: HttpRequest) -> HttpResponse:
    """A page without a row."""
    return HttpResponse("secret")


class Call(APIView):
    """An API operation without a row."""

    def get(self, request: Request) -> Response:
        """Something nobody was given."""
        return Response("secret")


urlpatterns = [
    *house,
    path("forgotten/", page, name="forgotten"),
    path("nameless/", page),
    path("api/v2/", include(([path("forgotten/", Call.as_view(), name="forgotten")], "api"))),
]
