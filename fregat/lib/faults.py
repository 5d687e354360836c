"""The answers of last resort: an address that is none, a fault of ours. Programs get JSON, people a page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views import defaults

from fregat.lib.errors import NotFound

API = "/api/v1/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 of a request that reached no view: a host that is not ours, junk in its lines."""
    if request.path.startswith(API):
        return _plain(400, "bad_request", _("The request could not be understood."))
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, in words that are those of a record that one may not see."""
    if request.path.startswith(API):
        return _plain(404, NotFound.default_code, str(NotFound.default_sentence))
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, which tells nothing of what went wrong: the log does."""
    if request.path.startswith(API):
        return _plain(500, "fault", _("A fault of the program: your request was not carried out."))
    return defaults.server_error(request)


def _plain(status: int, kind: str, detail: str) -> JsonResponse:
    body: dict[str, Any] = {"type": kind, "detail": detail, "errors": {}}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
