"""Cases: list, register, read, correct, move, give."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.casework import actions, permissions, selectors
from cases.casework import serializers as shapes
from cases.casework.api.door import (
    body,
    case_answer,
    look,
    named_as_sent,
    read,
    sent,
    stale,
    version_of,
)
from cases.casework.models import Case
from cases.casework.serializers import case_json
from fregat.lib import clock
from fregat.lib.errors import Invalid, Stale
from fregat.lib.once import moment
from staff.employees.models import Employee

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the case as it was read.",
)


class CasesView(GenericAPIView):
    """The cases that one may see; a new one."""

    serializer_class = shapes.CaseSerializer
    queryset = Case.objects.none()
    keyset = ("-id",)

    @extend_schema(
        operation_id="cases_list",
        parameters=[shapes.CaseFilterSerializer],
        responses=shapes.CaseSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """The latest first."""
        now = moment()
        filters = read(shapes.CaseFilterSerializer(data=request.query_params.dict())).validated_data
        if filters.get("country"):
            filters["country"] = filters["country"].upper()
        page = self.paginate_queryset(selectors.queue(request.user, filters, now))
        selectors.with_rows(page)
        look(request, {case.uuid: case.ground for case in page}, "list", now)
        reading = permissions.reading(request.user).listed()
        return self.get_paginated_response([case_json(case, reading) for case in page])

    @extend_schema(
        operation_id="cases_register",
        request=shapes.CaseInSerializer,
        responses={201: shapes.RegisteredSerializer},
    )
    def post(self, request: Request) -> Response:
        """Register a case, whatever the policy covers."""
        now = moment()
        permissions.check_register(request.user, now)
        given = read(shapes.CaseInSerializer(data=request.data))
        with named_as_sent():
            case = actions.register_case(
                by=request.user, facts=given.facts(), draft=given.validated_data["draft"], now=now
            )
        found = selectors.alike(case, user=request.user, now=now)
        duplicates = [
            {"number": row.number, "status": row.status, "created_at": clock.local(row.opened_at).isoformat()}
            for row in found
        ]
        beside = {row.uuid: "call" for row in found}
        return case_answer(
            request, case, now, ground="call", status=201, beside=beside, possible_duplicates=duplicates
        )


class CaseView(APIView):
    """One case."""

    @extend_schema(operation_id="cases_read", responses=shapes.CaseSerializer)
    def get(self, request: Request, number: str) -> Response:
        """The case, with its `ETag`."""
        now = moment()
        case = selectors.get_case(request.user, number, now=now)
        return case_answer(request, case, now, ground=case.ground)

    @extend_schema(
        operation_id="cases_change",
        parameters=[IF_MATCH],
        request=shapes.CaseChangeSerializer,
        responses=shapes.CaseSerializer,
    )
    def patch(self, request: Request, number: str) -> Response:
        """Correct facts: what is not sent stays. A stale `If-Match` answers 412 with both versions."""
        now = moment()
        case = selectors.get_case(request.user, number, action="case.change", now=now)
        version = version_of(request, case, self._changes(request))
        changes = read(shapes.CaseChangeSerializer(data=body(request))).given()
        try:
            with named_as_sent():
                changed = actions.change_case(
                    by=request.user, number=number, changes=changes, version=version
                )
        except Stale:
            raise stale(selectors.get_case(request.user, number, now=now), changes) from None
        return case_answer(request, changed, now, ground=case.ground)

    @staticmethod
    def _changes(request: Request) -> dict[str, Any]:
        """What was to be changed, if it can be read at all."""
        try:
            given = shapes.CaseChangeSerializer(data=body(request))
            return given.given() if given.is_valid() else {}
        except exceptions.APIException:
            return {}


class TransitionsView(APIView):
    """The status of a case."""

    @extend_schema(
        operation_id="cases_move",
        parameters=[IF_MATCH],
        request=shapes.TransitionSerializer,
        responses=shapes.CaseSerializer,
    )
    def post(self, request: Request, number: str) -> Response:
        """Move the case to another status; 409 says what is missing."""
        now = moment()
        case = selectors.get_case(request.user, number, now=now)
        permissions.check_move(request.user, case, sent(request, "to"), now)
        version = version_of(request, case)
        given = read(shapes.TransitionSerializer(data=body(request))).validated_data
        moved = actions.move_case(
            by=request.user, number=number, to=given["to"], reason=given.get("reason") or "", version=version
        )
        return case_answer(request, moved, now, ground=case.ground)


class ResponsibleView(APIView):
    """Who answers for a case."""

    @extend_schema(
        operation_id="cases_assign",
        parameters=[IF_MATCH],
        request=shapes.AssignSerializer,
        responses=shapes.CaseSerializer,
    )
    def post(self, request: Request, number: str) -> Response:
        """Give the case to somebody, or take it over (`to`: oneself)."""
        now = moment()
        case = selectors.get_case(request.user, number, now=now)
        permissions.check_give(request.user, case, sent(request, "to"), now)
        version = version_of(request, case)
        given = read(shapes.AssignSerializer(data=body(request))).validated_data
        to = Employee.objects.employed().filter(username=given["to"]).first()
        if to is None:
            raise Invalid.field("to", _("Nobody with this sign-in name works here."))
        passed = actions.assign_case(
            by=request.user, number=number, to=to, reason=given.get("reason") or "", version=version
        )
        return case_answer(request, passed, now, ground=case.ground)
