"""The three histories of a case that people read: what happened, who answered, what was changed."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.casework import permissions, selectors
from cases.casework import serializers as shapes
from cases.casework.api.door import look
from cases.casework.models import Case
from fregat.lib import clock


def _case(request: Request, number: str, part: str) -> Case:
    now = clock.now()
    case = selectors.get_case(request.user, number, now=now)
    look(request, [case], part, now)
    return case


class TimelineView(APIView):
    """What happened."""

    @extend_schema(operation_id="cases_timeline", responses=shapes.TimelineSerializer(many=True))
    def get(self, request: Request, number: str) -> Response:
        """The whole time line, the oldest first."""
        case = _case(request, number, "timeline")
        reading = permissions.reading(request.user)
        rows = selectors.timeline(case, escalations=reading.escalations)
        return Response([shapes.timeline_json(row, reading) for row in rows])


class ResponsibilityView(APIView):
    """Who answered."""

    @extend_schema(operation_id="cases_responsibility", responses=shapes.LinkSerializer(many=True))
    def get(self, request: Request, number: str) -> Response:
        """The chain, the oldest first: each `from` equals the `to` before it, the last `to` is null."""
        case = _case(request, number, "responsibility")
        chain = permissions.reading(request.user).all("responsibility", selectors.responsibility_chain(case))
        return Response([shapes.link_json(row) for row in chain])


class HistoryView(APIView):
    """What was changed."""

    @extend_schema(operation_id="cases_history", responses=shapes.RevisionSerializer(many=True))
    def get(self, request: Request, number: str) -> Response:
        """Changes of the case's own facts, old and new, the latest first."""
        case = _case(request, number, "history")
        reading = permissions.reading(request.user)
        return Response([shapes.revision_json(row, reading) for row in selectors.history(case)])
