"""The three histories of a case that people read: what happened, who answered, what was changed."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.casework import permissions, selectors
from cases.casework import serializers as shapes
from cases.casework.api.door import look
from fregat.lib.once import moment


class TimelineView(APIView):
    """What happened."""

    @extend_schema(operation_id="cases_timeline", responses=shapes.TimelineSerializer(many=True))
    def get(self, request: Request, number: str) -> Response:
        """The whole time line, the oldest first."""
        now, reading = moment(), permissions.reading(request.user)
        case = selectors.get_case(request.user, number, now=now)
        rows = selectors.timeline_of(case.pk, escalations=reading.escalations)
        look(request, {case.uuid: case.ground}, reading.part("timeline", ("timeline", rows)), now)
        return Response([shapes.timeline_json(row, reading) for row in rows])


class ResponsibilityView(APIView):
    """Who answered."""

    @extend_schema(operation_id="cases_responsibility", responses=shapes.LinkSerializer(many=True))
    def get(self, request: Request, number: str) -> Response:
        """The chain, the oldest first: each `from` equals the `to` before it, the last `to` is null."""
        now, reading = moment(), permissions.reading(request.user)
        case = selectors.get_case(request.user, number, now=now)
        chain = list(selectors.responsibility_chain(case))
        look(
            request, {case.uuid: case.ground}, reading.part("responsibility", ("responsibility", chain)), now
        )
        return Response([shapes.link_json(row) for row in reading.all("responsibility", chain)])


class HistoryView(APIView):
    """What was changed."""

    @extend_schema(operation_id="cases_history", responses=shapes.RevisionSerializer(many=True))
    def get(self, request: Request, number: str) -> Response:
        """Changes of the case's own facts, old and new, the latest first."""
        now, reading = moment(), permissions.reading(request.user)
        case = selectors.get_case(request.user, number, now=now)
        changes = selectors.history(case)
        look(request, {case.uuid: case.ground}, reading.part_of_history("history", changes), now)
        return Response([shapes.revision_json(row, reading) for row in changes])
