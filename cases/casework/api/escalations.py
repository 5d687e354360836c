"""What the senior manager must know: raised by hand, listed, acknowledged, found unfounded."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.casework import actions, permissions, selectors
from cases.casework import serializers as shapes
from cases.casework.api.door import look, read
from cases.casework.models import Escalation
from cases.casework.serializers import escalation_json
from fregat.lib.gates import row_id
from fregat.lib.once import moment


class EscalationsView(GenericAPIView):
    """Escalations of the cases that one may see."""

    serializer_class = shapes.EscalationSerializer
    queryset = Escalation.objects.none()
    keyset = ("due_at", "id")

    @extend_schema(
        operation_id="escalations_list",
        parameters=[shapes.EscalationFilterSerializer],
        responses=shapes.EscalationSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Those due first on top; `open=true`: only those that nobody has acknowledged."""
        now = moment()
        wanted = read(shapes.EscalationFilterSerializer(data=request.query_params.dict())).validated_data[
            "open"
        ]
        rows = selectors.escalations_for(request.user, now, only_open=bool(wanted))
        if wanted is False:
            rows = rows.exclude(acknowledged_at=None)
        page = self.paginate_queryset(rows)
        look(request, selectors.grounds(request.user, [row.case for row in page], now), "board", now)
        rows = permissions.reading(request.user).listed().all("escalation", page)
        return self.get_paginated_response([escalation_json(row, row.case.number) for row in rows])


class CaseEscalationsView(APIView):
    """Tell the senior manager by hand."""

    @extend_schema(
        operation_id="cases_escalate",
        request=shapes.EscalationInSerializer,
        responses={201: shapes.EscalationSerializer},
    )
    def post(self, request: Request, number: str) -> Response:
        """Tell what the program cannot see."""
        selectors.get_case(request.user, number, action="escalation.raise", now=moment())
        given = read(shapes.EscalationInSerializer(data=request.data)).validated_data
        row = actions.raise_escalation(
            by=request.user, number=number, reason=given["reason"], text=given["text"]
        )
        return Response(escalation_json(row, number), status=201)


class AcknowledgeView(APIView):
    """The senior manager knows."""

    @extend_schema(
        operation_id="escalations_acknowledge", request=None, responses=shapes.EscalationSerializer
    )
    def post(self, request: Request, pk: str) -> Response:
        """Acknowledge."""
        row = actions.acknowledge_escalation(by=request.user, escalation_id=row_id(pk))
        return _answer(request, row)


class CancelView(APIView):
    """Unfounded, with a reason; the row stays."""

    @extend_schema(
        operation_id="escalations_cancel",
        request=shapes.UnfoundedSerializer,
        responses=shapes.EscalationSerializer,
    )
    def post(self, request: Request, pk: str) -> Response:
        """Acknowledge as unfounded."""
        now = moment()
        row = selectors.get_escalation(request.user, row_id(pk), now)
        permissions.check_cancel(request.user, row, now)
        given = read(shapes.UnfoundedSerializer(data=request.data)).validated_data
        row = actions.cancel_escalation(
            by=request.user, escalation_id=row.pk, reason=given.get("reason") or ""
        )
        return _answer(request, row)


def _answer(request: Request, row: Escalation) -> Response:
    """One escalation; the look at its case is recorded."""
    now = moment()
    part = permissions.reading(request.user).part("board", ("escalation", [row]))
    look(request, selectors.grounds(request.user, [row.case], now), part, now)
    return Response(escalation_json(row, row.case.number))
