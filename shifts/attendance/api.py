"""API under /api/v1/ with names `api:…`: other ends of shifts that both sides agree to (B1), and the roster.

The roster is here, because a shift tells when it was begun.
"""

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
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from fregat.lib import clock
from fregat.lib.api import digest, etag, matches
from fregat.lib.errors import Invalid, Stale
from fregat.lib.text import fault_in
from shifts.attendance import actions as attendance
from shifts.attendance import permissions as may
from shifts.attendance import selectors
from shifts.attendance.models import EndChange
from shifts.attendance.querysets import EndChangeQuerySet
from shifts.attendance.serializers import (
    EndAgreeSerializer,
    EndAskSerializer,
    EndChangeSerializer,
    EndFilterSerializer,
    EndRefuseSerializer,
    ShiftChangeSerializer,
    ShiftPlanSerializer,
    ShiftSerializer,
)
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


class EndChangesView(GenericAPIView):
    """Other ends of shifts."""

    serializer_class = EndChangeSerializer
    queryset = EndChange.objects.none()
    keyset = ("asked_at", "id")

    @extend_schema(
        operation_id="end_changes_list",
        parameters=[EndFilterSerializer],
        responses=EndChangeSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Wishes that I may see, earliest first; decided and withdrawn ones too."""
        page = self.paginate_queryset(_end_changes(request, clock.now()))
        return self.get_paginated_response(EndChangeSerializer(page, many=True).data)

    @extend_schema(
        operation_id="end_changes_ask", request=EndAskSerializer, responses={201: EndChangeSerializer}
    )
    def post(self, request: Request) -> Response:
        """I ask to end my running shift, else my next one, at another time."""
        given = _validated(EndAskSerializer(data=request.data))
        return _answer_end(attendance.ask_end(by=request.user, **given), 201)


class ProlongView(APIView):
    """A longer shift."""

    @extend_schema(
        operation_id="end_changes_prolong", request=EndAskSerializer, responses={201: EndChangeSerializer}
    )
    def post(self, request: Request, pk: int) -> Response:
        """Ask somebody to stay longer; the shift is prolonged when they agree."""
        now = clock.now()
        may.check_prolong(request.user, selectors.get_shift(request.user, pk, now=now), now)
        given = _validated(EndAskSerializer(data=request.data))
        return _answer_end(attendance.prolong(by=request.user, shift_id=pk, **given), 201)


class EndChangeView(APIView):
    """One wish."""

    @extend_schema(operation_id="end_changes_get", responses=EndChangeSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """The wish, with an `ETag` of what is shown."""
        return _answer_end(selectors.get_end_change(request.user, pk, now=clock.now()))


class EndAgreeView(APIView):
    """Agreement."""

    @extend_schema(
        operation_id="end_changes_agree", request=EndAgreeSerializer, responses=EndChangeSerializer
    )
    def post(self, request: Request, pk: int) -> Response:
        """The other side agrees: the shift ends then, and its check and handover move along."""
        _check_decides_end(request, pk)
        given = _validated(EndAgreeSerializer(data=request.data))
        return _answer_end(attendance.agree_end(by=request.user, change_id=pk, **given))


class EndRefuseView(APIView):
    """Refusal."""

    @extend_schema(
        operation_id="end_changes_refuse", request=EndRefuseSerializer, responses=EndChangeSerializer
    )
    def post(self, request: Request, pk: int) -> Response:
        """The other side does not agree, with the reason."""
        _check_decides_end(request, pk)
        given = _validated(EndRefuseSerializer(data=request.data))
        return _answer_end(attendance.refuse_end(by=request.user, change_id=pk, **given))


class EndWithdrawView(APIView):
    """The wish taken back."""

    @extend_schema(operation_id="end_changes_withdraw", request=None, responses=EndChangeSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Who asked needs it no more."""
        return _answer_end(attendance.withdraw_end(by=request.user, change_id=pk))


def _check_decides_end(request: Request, pk: int) -> None:
    """404 and 403 before what is wrong with the body."""
    now = clock.now()
    may.check_decide_end(request.user, selectors.get_end_change(request.user, pk, now=now), now)


def _end_changes(request: Request, now: datetime) -> EndChangeQuerySet:
    given = _validated(EndFilterSerializer(data=request.query_params.dict()))
    rows = selectors.end_changes(request.user, now)
    if given["waits_for_me"]:
        rows = rows.waiting_for(request.user, now)
    names = {"asked_by": "asked_by__username", "employee": "shift__employee__username", "state": "state"}
    return rows.filter(**{names[name]: given[name] for name in names if given.get(name)})


def _answer_end(row: EndChange, status: int = 200) -> Response:
    data = EndChangeSerializer(row).data
    return Response(data, status=status, headers={"ETag": digest(data)})


def _stale(shift: Shift, sent: Any) -> Stale:
    """Both versions of what was to be changed, by the fields' names."""
    stands = ShiftSerializer(shift).data
    names = [name for name in ShiftChangeSerializer().fields if isinstance(sent, dict) and name in sent]
    return Stale(
        mine={name: str(sent[name]) for name in names},
        theirs={name: str(stands[name]) for name in names if name in stands},
    )


def _validated(serializer: Serializer) -> dict[str, Any]:
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
    path("shifts/<int:pk>/prolong/", ProlongView.as_view(), name="shift-prolong"),
    path("end-changes/", EndChangesView.as_view(), name="end-changes"),
    path("end-changes/<int:pk>/", EndChangeView.as_view(), name="end-change"),
    path("end-changes/<int:pk>/agree/", EndAgreeView.as_view(), name="end-change-agree"),
    path("end-changes/<int:pk>/refuse/", EndRefuseView.as_view(), name="end-change-refuse"),
    path("end-changes/<int:pk>/withdraw/", EndWithdrawView.as_view(), name="end-change-withdraw"),
]
