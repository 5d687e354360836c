"""What every call on a case does at the door: the look is written down, bodies are read, versions compared.

When several refusals apply the order is 404, 403, 428, 412, 400, 409 (interfaces: REST API).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.casework import permissions, selectors
from cases.casework.models import Case
from cases.casework.serializers import case_json
from cases.privacy.actions import record_parts
from fregat.lib.api import etag, matches, required_version
from fregat.lib.errors import Invalid, Stale

S = TypeVar("S", bound=serializers.BaseSerializer[Any])


def look(request: Request, grounds: Mapping[UUID, str], part: str, now: datetime) -> None:
    """Write down that the person looks at these cases, each on its ground (E1).

    Nothing is shown when it cannot be written.
    """
    _look(request, {part: grounds}, now)


def _look(request: Request, parts: Mapping[str, Mapping[UUID, str]], now: datetime) -> None:
    if any(parts.values()):
        record_parts(parts, by=request.user, kind="case", request=request._request, now=now)


def case_answer(
    request: Request,
    case: Case,
    now: datetime,
    *,
    ground: str,
    status: int = 200,
    beside: Mapping[UUID, str] | None = None,
    **more: Any,
) -> Response:
    """One case with its `ETag`; the look is recorded, on the ground on which the person was let in.

    `beside`: what `more` shows of other cases, with the ground.
    """
    selectors.with_rows([case])
    reading = permissions.reading(request.user)
    rows = [
        ("service", case.shown_services),
        ("escalation", case.shown_escalations if reading.escalations else []),
    ]
    part = reading.part("card", ("case", [case]), *rows)
    _look(request, {"list": beside or {}, part: {case.uuid: ground}}, now)
    shown = case_json(case, reading)
    return Response({**shown, **more}, status=status, headers={"ETag": etag(case.version)})


def read(serializer: S) -> S:
    """The serializer, valid. Raises ValidationError (400)."""
    serializer.is_valid(raise_exception=True)
    return serializer


_FAULT = "fault_of_the_body"


def body(request: Request) -> Any:
    """The parsed body. Raises the parser's refusal each time: DRF remembers an empty body after the first."""
    fault = getattr(request, _FAULT, None)
    if fault is None:
        try:
            return request.data
        except exceptions.APIException as refused:
            fault = refused
            setattr(request, _FAULT, fault)
    raise fault


def sent(request: Request, name: str) -> str:
    """One text of the body before the body is judged: who may do what is asked first."""
    try:
        data = body(request)
    except exceptions.APIException:
        return ""
    value = data.get(name) if isinstance(data, Mapping) else None
    return value.strip() if isinstance(value, str) else ""


_SENT_AS = {
    **{f"caller_{name}": f"caller.{name}" for name in ("name", "relation", "phone")},
    **{name: f"place.{name}" for name in ("country", "city", "address")},
}
"""Facts of a case that a body holds inside another object."""


@contextmanager
def named_as_sent() -> Iterator[None]:
    """Refused fields bear the names that they have in the body: `place.country`, not `country`."""
    try:
        yield
    except Invalid as refused:
        errors = {_SENT_AS.get(name, name): texts for name, texts in refused.errors.items()}
        raise Invalid(errors, refused.sentence) from None


def version_of(request: Request, case: Case, changes: Mapping[str, Any] | None = None) -> int | None:
    """The version that the change is bound to; None for `If-Match: *`.

    Raises PreconditionRequired (428) without `If-Match`, Stale (412, both versions) when it names another.
    """
    if_match = required_version(request)
    if not matches(if_match, case.version):
        raise stale(case, changes or {})
    return None if "*" in if_match else case.version


def stale(case: Case, changes: Mapping[str, Any]) -> Stale:
    """Both versions of what was to be changed, by the fields' names."""
    names = [name for name in changes if hasattr(case, name)]
    return Stale(
        mine={_SENT_AS.get(name, name): str(changes[name]) for name in names},
        theirs={_SENT_AS.get(name, name): str(_current(case, name)) for name in names},
    )


def _current(case: Case, name: str) -> Any:
    return getattr(case, f"{name}_id", None) or "" if hasattr(case, f"{name}_id") else getattr(case, name)
