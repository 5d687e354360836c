"""The ground of the REST API: the matrix at the door, refusals as JSON, `ETag`, keyset pages."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, pagination, parsers, serializers, status
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from fregat.lib import clock, db, gates, rights
from fregat.lib.errors import DomainError, Invalid, NotAllowed, Stale
from fregat.lib.seen import seen
from fregat.lib.text import TEXT_MAX, fault_in, normalise

if TYPE_CHECKING:
    # At run time DRF's settings name this module before its views exist.
    from rest_framework.views import APIView


class RouteRight(BasePermission):
    """The same tables as for pages: a route without a row is closed."""

    message = NotAllowed.default_sentence
    code = "no_right"

    def has_permission(self, request: Request, view: APIView) -> bool:
        """May this role do what stands behind the route? Raises NotFound for an object that they may not see."""
        match = request.resolver_match
        route = match.view_name if match else ""
        action = rights.action_of(route, request.method or "GET")
        user = request.user
        if action == rights.PUBLIC:
            return True
        if not user.is_authenticated:
            return False
        seen(user, request._request)
        if action is None and request.method not in set(view.allowed_methods) - {"OPTIONS"}:
            return True  # the view answers 405, or says which methods it has
        may = rights.lets(user, action)
        if not may:
            gates.check(user, route, view.kwargs, clock.now())
        return may


class PreconditionRequired(exceptions.APIException):
    """A change of a case without `If-Match` (428)."""

    status_code = 428
    default_code = "precondition_required"

    def __init__(self) -> None:
        super().__init__(_("Send If-Match with the ETag of the record that you are changing."))


def answer(status_code: int, kind: str, detail: str, errors: dict[str, Any] | None = None) -> Response:
    """The one shape of a refusal. What was sent may be quoted in it: half a character is not sent back."""
    return Response(
        {"type": kind, "detail": _whole(detail), "errors": _whole(errors or {})}, status=status_code
    )


def _whole(said: Any) -> Any:
    """The same with every lone surrogate, which no encoding knows, as a question mark."""
    if isinstance(said, str):
        return said.encode("utf-8", "replace").decode()
    if isinstance(said, Mapping):
        return {_whole(name): _whole(value) for name, value in said.items()}
    return [_whole(value) for value in said] if isinstance(said, list) else said


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Refusals of the house, of constraints and of DRF, in one shape; None lets a fault of ours become a 500."""
    if isinstance(error, DatabaseError):
        error = db.refusal(error) or error
    if isinstance(error, Stale):
        return answer(412, error.code, str(error.sentence), {"theirs": error.theirs, "mine": error.mine})
    if isinstance(error, Invalid):
        errors = {name: [str(text) for text in texts] for name, texts in error.errors.items()}
        return answer(400, error.code, str(error.sentence), errors)
    if isinstance(error, DomainError):
        return answer(error.status, error.code, str(error.sentence))
    if isinstance(error, RequestDataTooBig):
        return answer(400, "too_long", _("The request is too long."))
    if isinstance(error, Http404):
        return answer(404, "not_found", _("There is no such record, or you have no access to it."))
    if isinstance(error, exceptions.ValidationError):
        return answer(400, "invalid", _("Please check what was entered."), flat(error.detail))
    if isinstance(error, exceptions.APIException):
        return _drf_answer(error)
    return None


def _drf_answer(error: exceptions.APIException) -> Response:
    kind = str(getattr(error.detail, "code", error.default_code))
    sentence = str(error.detail)
    if isinstance(error, exceptions.NotAuthenticated):
        sentence = _("Sign in, or send a token of yours.")
    response = answer(error.status_code, kind, sentence)
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        response.status_code = status.HTTP_403_FORBIDDEN
    wait = getattr(error, "wait", None)
    if wait:
        response["Retry-After"] = str(int(wait))
    return response


def flat(detail: Any, name: str = "") -> dict[str, list[str]]:
    """Errors of nested serializers as `caller.name`, `services.0.kind` → sentences."""
    if isinstance(detail, Mapping):
        found: dict[str, list[str]] = {}
        for key, value in detail.items():
            inner = "" if key == "non_field_errors" else str(key)
            found |= flat(value, f"{name}.{inner}".strip("."))
        return found
    if isinstance(detail, list) and any(isinstance(item, Mapping) for item in detail):
        return flat({index: item for index, item in enumerate(detail) if item}, name)
    sentences = detail if isinstance(detail, list) else [detail]
    return {name: [str(sentence) for sentence in sentences]}


class JSONParser(parsers.JSONParser):
    """JSON of at most `DATA_UPLOAD_MAX_MEMORY_SIZE` bytes; junk of any depth is refused with a sentence."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """The body. Raises ParseError (400)."""
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise exceptions.ParseError(_("The request is too long."))
        try:
            parsed = super().parse(BytesIO(body), media_type, parser_context)
        except exceptions.ParseError:
            # The library's message quotes the body.
            raise exceptions.ParseError(_("The body of the request is not JSON.")) from None
        except RecursionError:
            raise exceptions.ParseError(_("The body of the request is nested too deeply.")) from None
        if parsed is None:
            raise exceptions.ParseError(_("The body of the request must be a JSON object."))
        return parsed


class FormParser(parsers.MultiPartParser):
    """A form with files; one that is not whole is refused with a sentence."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """Fields and files. Raises ParseError (400)."""
        try:
            return super().parse(stream, media_type, parser_context)
        except exceptions.ParseError:
            raise exceptions.ParseError(
                _("The form with the file did not come whole. Send it again.")
            ) from None


def etag(version: int) -> str:
    """The strong validator of a row that counts its versions."""
    return f'"{version}"'


def digest(data: Any) -> str:
    """The validator of what is shown, for a row that counts no versions."""
    text = json.dumps(data, sort_keys=True, default=str)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:20]}"'


def required_version(request: Request) -> str:
    """The `If-Match` of a change. Raises PreconditionRequired when it is missing."""
    value = request.headers.get("If-Match", "").strip()
    if not value:
        raise PreconditionRequired()
    return value


def matches(if_match: str, version: int) -> bool:
    """Does `If-Match` name this version?"""
    names = {part.strip().removeprefix("W/") for part in if_match.split(",")}
    return "*" in names or etag(version) in names


class CleanCharField(serializers.CharField):
    """One line of text without control characters."""

    multiline = False

    def __init__(self, *, max_length: int = 300, **kwargs: Any) -> None:
        self.text_max = max_length
        kwargs.setdefault("trim_whitespace", False)
        super().__init__(**kwargs)
        # NUL is refused below, together with its kin, in one sentence.
        self.validators = [v for v in self.validators if "Prohibit" not in type(v).__name__]

    def to_internal_value(self, data: Any) -> str:
        """The text, normalised, or a sentence that says what is wrong."""
        if isinstance(data, bool) or not isinstance(data, str | int | float):
            self.fail("invalid")
        text = normalise(str(data))
        fault = fault_in(text, max_length=self.text_max, multiline=self.multiline)
        if fault:
            raise serializers.ValidationError(fault)
        return text

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """Blank is judged after the outer blanks are gone."""
        if isinstance(data, str) and not data.strip() and not self.allow_blank:
            self.fail("blank")
        return super(serializers.CharField, self).run_validation(data)


class CleanTextField(CleanCharField):
    """Text of several lines, at most 20,000 characters."""

    multiline = True

    def __init__(self, *, max_length: int = TEXT_MAX, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)


_LOST_PLUS = re.compile(r"(?<=\d) (?=\d\d:?\d\d$)")


class InstantField(serializers.DateTimeField):
    """An instant; without an offset in the centre's zone. The ends of the calendar are refused, not overflowed.

    In an address `+03:00` reads as ` 03:00` when nobody escaped it: the plus is put back.
    """

    def to_internal_value(self, value: Any) -> Any:
        """The aware instant. Raises ValidationError."""
        try:
            instant = super().to_internal_value(
                _LOST_PLUS.sub("+", value.strip()) if isinstance(value, str) else value
            )
            if not 1000 < instant.year < 9000:
                self.fail("overflow")
        except (OverflowError, ValueError):
            self.fail("overflow")
        return instant


class KeysetPagination(pagination.BasePagination):
    """Pages by the last seen key: the cost of a page does not grow with its number.

    The view names the order: `keyset = ("-id",)` or `("starts_at", "id")`; the last field is unique.
    """

    page_size = 50
    max_size = 200

    def paginate_queryset(self, queryset: QuerySet[Any], request: Request, view: Any = None) -> list[Any]:
        """The rows of the page; one more is read to know whether there is a next one."""
        self.order: tuple[str, ...] = getattr(view, "keyset", ("-id",))
        self.request = request
        self.size = self._size(request)
        rows = queryset.order_by(*self.order)
        cursor = request.query_params.get("cursor")
        if cursor:
            rows = self._after(rows, self._decode(cursor))
        page = list(rows[: self.size + 1])
        self.more, self.page = len(page) > self.size, page[: self.size]
        return self.page

    def get_paginated_response(self, data: Any) -> Response:
        """`results` and `next`: a whole address or null."""
        return Response({"results": data, "next": self._next()})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """For OpenAPI."""
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {
                "results": schema,
                "next": {"type": "string", "format": "uri", "nullable": True},
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """For OpenAPI."""
        return [
            {"name": "cursor", "in": "query", "required": False, "schema": {"type": "string"}},
            {"name": "limit", "in": "query", "required": False, "schema": {"type": "integer"}},
        ]

    def _size(self, request: Request) -> int:
        raw = request.query_params.get("limit", "")
        if not raw:
            return self.page_size
        if not raw.isascii() or not raw.isdigit() or not 1 <= int(raw[:6]) <= self.max_size:
            raise Invalid.field("limit", _("A number from 1 to %(max)d.") % {"max": self.max_size})
        return int(raw)

    def _decode(self, cursor: str) -> list[Any]:
        try:
            values = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        except (ValueError, binascii.Error, UnicodeError):
            values = None
        good = isinstance(values, list) and len(values) == len(self.order)
        if not good or not all(isinstance(value, int | str) and "\x00" not in str(value) for value in values):
            raise Invalid.field("cursor", _("Take the address of the next page from the answer as it is."))
        return list(values)

    def _after(self, rows: QuerySet[Any], values: list[Any]) -> QuerySet[Any]:
        from django.core.exceptions import ValidationError
        from django.db.models import Q

        condition = Q()
        for index, name in enumerate(self.order):
            equal = {self.order[i].lstrip("-"): values[i] for i in range(index)}
            step = "__lt" if name.startswith("-") else "__gt"
            condition |= Q(**equal) & Q(**{name.lstrip("-") + step: values[index]})
        try:
            return rows.filter(condition)
        except (ValueError, ValidationError, TypeError):
            raise Invalid.field(
                "cursor", _("Take the address of the next page from the answer as it is.")
            ) from None

    def _next(self) -> str | None:
        if not self.more:
            return None
        values = [getattr(self.page[-1], name.lstrip("-")) for name in self.order]
        plain = [v if isinstance(v, int | str) else v.isoformat() for v in values]
        cursor = base64.urlsafe_b64encode(json.dumps(plain).encode()).decode()
        query = self.request.query_params.copy()
        query["cursor"] = cursor
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")
