"""API of the roster, under /api/v1/ with names `api:…`; here, because a shift tells when it was begun."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from fregat.lib import clock
from fregat.lib.api import etag, matches
from fregat.lib.errors import Invalid, Stale
from fregat.lib.text import fault_in
from shifts.attendance import selectors
from shifts.attendance.serializers import ShiftChangeSerializer, ShiftPlanSerializer, ShiftSerializer
from shifts.roster import actions, permissions
from shifts.roster.labels import FAULTS
from shifts.roster.models import Shift
from staff.employees.models import Employee


class ShiftsView(GenericAPIView):
    """The roster."""

    serializer_class = ShiftSerializer
    queryset = Shift.objects.none()
    keyset = ("starts_at", "id")

    @extend_schema(
        operation_id="shifts_list",
        parameters=[
            OpenApiParameter("employee", str, description="A username."),
            OpenApiParameter("on", date, description="A day in Kyiv. Without it: what has not ended."),
        ],
        responses=ShiftSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Shifts that I may see, earliest first."""
        rows = _rows(request, clock.now())
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(ShiftSerializer(page, many=True).data)

    @extend_schema(operation_id="shifts_plan", request=ShiftPlanSerializer, responses={201: ShiftSerializer})
    def post(self, request: Request) -> Response:
        """Plan a shift. It binds at once."""
        now = clock.now()
        employee = _employee(request.data)
        if employee is not None:
            permissions.check_plans_for(request.user, employee, now)
        given = _validated(ShiftPlanSerializer(data=request.data))
        if employee is None:
            raise Invalid.field("employee", _("Nobody with this sign-in name works here."))
        shift = actions.plan_shift(**{**given, "by": request.user, "employee": employee, "now": None})
        return _answer(shift, 201)


class ShiftView(APIView):
    """One shift."""

    @extend_schema(operation_id="shifts_get", responses=ShiftSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """The shift, with its `ETag`."""
        return _answer(selectors.get_shift(request.user, pk, now=clock.now()))

    @extend_schema(operation_id="shifts_change", request=ShiftChangeSerializer, responses=ShiftSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        """Change the shift; it binds at once. `If-Match` is honoured when it is sent."""
        now = clock.now()
        shift = selectors.get_shift(request.user, pk, now=now)
        permissions.check_edit(request.user, shift, now)
        if_match = request.headers.get("If-Match", "").strip()
        if if_match and not matches(if_match, shift.version):
            raise _stale(shift, request.data)
        given = _validated(ShiftChangeSerializer(data=request.data))
        if isinstance(request.data, dict) and request.data.get("employee", shift.employee.username) != (
            shift.employee.username
        ):
            raise Invalid.field("employee", FAULTS["unknown_field"])
        reason = given.pop("reason")
        changed = actions.change_shift(
            by=request.user, shift_id=pk, changes=given, reason=reason,
            version=shift.version if if_match and if_match != "*" else None,
        )  # fmt: skip
        return _answer(changed)


def _stale(shift: Shift, sent: Any) -> Stale:
    """Both versions of what was to be changed, by the fields' names."""
    stands = ShiftSerializer(shift).data
    names = [name for name in ShiftChangeSerializer().fields if isinstance(sent, dict) and name in sent]
    return Stale(
        mine={name: str(sent[name]) for name in names},
        theirs={name: str(stands[name]) for name in names if name in stands},
    )


def _validated(serializer: ShiftChangeSerializer) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _employee(data: Any) -> Employee | None:
    """The employed person whom the body names; None when there is none (or the body is no object)."""
    name = data.get("employee") if isinstance(data, dict) else None
    if not isinstance(name, str) or fault_in(name, multiline=False):
        return None
    found: Employee | None = Employee.objects.employed().filter(username=name).first()
    return found


def _rows(request: Request, now: datetime) -> QuerySet[Shift]:
    rows = selectors.visible_shifts(request.user, now)
    username = request.query_params.get("employee")
    if username is not None:
        if fault_in(username, multiline=False):
            return rows.none()
        rows = rows.filter(employee__username=username)
    day = request.query_params.get("on")
    if day is None:
        return rows.filter(ends_at__gt=now)
    return rows.overlapping(*selectors.day_in_kyiv(_day(day)))


def _day(text: str) -> date:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year <= 2200:
        raise Invalid.field("on", _("Give a day as 2026-11-23."))
    return day


def _answer(shift: Shift, status: int = 200) -> Response:
    return Response(ShiftSerializer(shift).data, status=status, headers={"ETag": etag(shift.version)})


urlpatterns = [
    path("shifts/", ShiftsView.as_view(), name="shifts"),
    path("shifts/<int:pk>/", ShiftView.as_view(), name="shift"),
]
