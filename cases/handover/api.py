"""API of the room, under /api/v1/ with names `api:…`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from cases.casework.permissions import reading
from cases.casework.selectors import get_case
from cases.handover import actions, permissions, selectors
from cases.handover.models import Handover
from cases.handover.querysets import HandoverQuerySet
from cases.handover.serializers import (
    UNKNOWN_PERSON,
    AcceptSerializer,
    CheckSerializer,
    CurrentShiftSchema,
    CurrentShiftSerializer,
    DecisionSerializer,
    HandoverFilterSerializer,
    HandoverSerializer,
    RefuseSerializer,
)
from cases.privacy.actions import record_looks
from fregat.lib import clock
from fregat.lib.api import digest, etag
from fregat.lib.errors import Invalid, NotAllowed, NotFound
from shifts.attendance import selectors as attendance
from staff.employees.models import Employee


def _given(serializer: Serializer) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _look(request: Request, grounds: Mapping[UUID, str], part: str, now: datetime) -> None:
    record_looks(by=request.user, kind="case", grounds=grounds, part=part, request=request._request, now=now)


class CurrentShiftView(APIView):
    """The running shift."""

    @extend_schema(operation_id="shifts_current", responses=CurrentShiftSchema)
    def get(self, request: Request) -> Response:
        """My running shift with its end-of-shift check, live until the end; 404 off shift."""
        view = selectors.current_check(request.user, clock.now())
        if view is None:
            raise NotFound(_("You have no running shift now."))
        return Response(CurrentShiftSerializer(view).data, headers={"ETag": etag(view.shift.version)})


class DecisionView(APIView):
    """A decision of the check."""

    @extend_schema(operation_id="shifts_current_check", request=DecisionSerializer, responses=CheckSerializer)
    def post(self, request: Request, number: str) -> Response:
        """Say what becomes of the case at the end of the shift. Answers with the check."""
        case = get_case(request.user, number, action="case.view", now=clock.now())
        if attendance.current_shift(request.user, clock.now()) is None:
            raise NotAllowed(_("This can be done on shift only."))
        if case.responsible_id != request.user.pk:
            raise NotAllowed(_("Another person answers for this case now."))
        actions.decide(by=request.user, number=number, **_given(DecisionSerializer(data=request.data)))
        return Response(CheckSerializer(selectors.current_check(request.user, clock.now())).data)


class HandoversView(GenericAPIView):
    """Handovers."""

    serializer_class = HandoverSerializer
    queryset = Handover.objects.none()
    keyset = ("-id",)

    @extend_schema(
        operation_id="handovers_list",
        parameters=[HandoverFilterSerializer],
        responses=HandoverSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Handovers that I may see, the latest first."""
        now = clock.now()
        page = self.paginate_queryset(_filtered(request, selectors.listed(request.user, now)))
        _look(request, selectors.grounds(request.user, page, now), "list", now)
        context = {"reading": reading(request.user).listed()}
        return self.get_paginated_response(HandoverSerializer(page, many=True, context=context).data)


def _filtered(request: Request, rows: HandoverQuerySet) -> HandoverQuerySet:
    given = {"to": "", "case": "", **_given(HandoverFilterSerializer(data=request.query_params.dict()))}
    if given["to"]:
        person = (
            request.user if given["to"] == "me" else Employee.objects.filter(username=given["to"]).first()
        )
        if person is None:
            raise Invalid.field("to", UNKNOWN_PERSON)
        rows = rows.filter(receiver=person)
    if given["case"]:
        rows = rows.filter(case__number=given["case"])
    return rows.pending() if given["pending"] else rows


class HandoverView(APIView):
    """One handover."""

    @extend_schema(operation_id="handovers_get", responses=HandoverSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """The handover with its card and its hops."""
        now = clock.now()
        handover = selectors.get_handover(request.user, pk, now)
        return _shown(request, handover, selectors.grounds(request.user, [handover], now))


class AcceptView(APIView):
    """Acceptance."""

    @extend_schema(operation_id="handovers_accept", request=AcceptSerializer, responses=HandoverSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Accept the case with a line of read-back."""
        now = clock.now()
        handover = selectors.get_handover(request.user, pk, now)
        permissions.check_accept(request.user, handover, now)
        grounds = selectors.grounds(request.user, [handover], now)
        actions.accept(by=request.user, handover_id=pk, **_given(AcceptSerializer(data=request.data)))
        return _shown(request, selectors.get_handover(request.user, pk, clock.now()), grounds)


class RefuseView(APIView):
    """Refusal."""

    @extend_schema(operation_id="handovers_refuse", request=RefuseSerializer, responses=HandoverSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Refuse the case with a reason: it moves to the senior manager on duty, from them to the head."""
        now = clock.now()
        handover = selectors.get_handover(request.user, pk, now)
        permissions.check_refuse(request.user, handover, now)
        grounds = selectors.grounds(request.user, [handover], now)
        refused = actions.refuse(
            by=request.user, handover_id=pk, **_given(RefuseSerializer(data=request.data))
        )
        return _shown(request, Handover.objects.get(pk=refused.pk), grounds)


def _shown(request: Request, handover: Handover, grounds: Mapping[UUID, str]) -> Response:
    """The card; the look is recorded on the ground on which the person was let in."""
    _look(request, grounds, selectors.part(reading(request.user), handover), clock.now())
    data = HandoverSerializer(handover).data
    return Response(data, headers={"ETag": digest(data)})


urlpatterns = [
    path("shifts/current/", CurrentShiftView.as_view(), name="shift-current"),
    path("shifts/current/check/<str:number>/", DecisionView.as_view(), name="shift-current-check"),
    path("handovers/", HandoversView.as_view(), name="handovers"),
    path("handovers/<int:pk>/", HandoverView.as_view(), name="handover"),
    path("handovers/<int:pk>/accept/", AcceptView.as_view(), name="handover-accept"),
    path("handovers/<int:pk>/refuse/", RefuseView.as_view(), name="handover-refuse"),
]
