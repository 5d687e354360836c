"""API of the room, under /api/v1/ with names `api:…`: ask, agree or move, refuse, begin, end (B2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from fregat.lib import clock
from fregat.lib.api import digest
from shifts.attendance.selectors import day_in_kyiv
from shifts.breaks import actions, permissions, selectors
from shifts.breaks.models import Break
from shifts.breaks.querysets import BreakQuerySet
from shifts.breaks.serializers import (
    BreakAgreeSerializer,
    BreakAskSerializer,
    BreakFilterSerializer,
    BreakRefuseSerializer,
    BreakSerializer,
    PresenceSerializer,
)
from shifts.roster.models import Shift


class BreaksView(GenericAPIView):
    """Breaks."""

    serializer_class = BreakSerializer
    queryset = Break.objects.none()
    keyset = ("starts_at", "id")

    @extend_schema(
        operation_id="breaks_list", parameters=[BreakFilterSerializer], responses=BreakSerializer(many=True)
    )
    def get(self, request: Request) -> Response:
        """Breaks that I may see, earliest first; refused and withdrawn ones too."""
        now = clock.now()
        page = self.paginate_queryset(_filtered(request, selectors.visible_breaks(request.user, now), now))
        return self.get_paginated_response(BreakSerializer(page, many=True).data)

    @extend_schema(operation_id="breaks_ask", request=BreakAskSerializer, responses={201: BreakSerializer})
    def post(self, request: Request) -> Response:
        """Ask for a break in my running shift, else in my next one."""
        permissions.check_ask(request.user)
        return _answer(
            actions.ask(by=request.user, **_given(BreakAskSerializer(data=request.data))), status=201
        )


class PresenceView(GenericAPIView):
    """Who is on duty."""

    serializer_class = PresenceSerializer
    queryset = Shift.objects.none()
    keyset = ("starts_at", "id")

    @extend_schema(operation_id="presence_list", responses=PresenceSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Who is on duty now of those whose shifts I may see, and who of them takes new calls."""
        now = clock.now()
        page = self.paginate_queryset(selectors.on_duty_of(request.user, now))
        away = selectors.away_ids(now)
        context = {
            "presence": lambda one: selectors.state_of(one.ends_at, now, away=one.employee_id in away).value
        }
        return self.get_paginated_response(PresenceSerializer(page, many=True, context=context).data)


class BreakView(APIView):
    """One break."""

    @extend_schema(operation_id="breaks_get", responses=BreakSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """The break, with an `ETag` of what is shown."""
        return _answer(selectors.get_break(request.user, pk, now=clock.now()))


class AgreeView(APIView):
    """Agreement."""

    @extend_schema(operation_id="breaks_agree", request=BreakAgreeSerializer, responses=BreakSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Agree to the break, at its time or at another one; one that is agreed already is moved."""
        _check_decide(request, pk)
        return _answer(
            actions.agree(by=request.user, break_id=pk, **_given(BreakAgreeSerializer(data=request.data)))
        )


class RefuseView(APIView):
    """Refusal."""

    @extend_schema(operation_id="breaks_refuse", request=BreakRefuseSerializer, responses=BreakSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Not then, with the reason; an agreement is taken back the same way."""
        _check_decide(request, pk)
        return _answer(
            actions.refuse(by=request.user, break_id=pk, **_given(BreakRefuseSerializer(data=request.data)))
        )


def _own(name: str, what: str, act: Callable[..., Break]) -> type[APIView]:
    """The view of an act of the employee with the own break, which takes no body."""

    class OwnView(APIView):
        @extend_schema(
            operation_id=f"breaks_{name}", request=None, responses=BreakSerializer, description=what
        )
        def post(self, request: Request, pk: int) -> Response:
            permissions.check_own(request.user, selectors.get_break(request.user, pk, now=clock.now()))
            return _answer(act(by=request.user, break_id=pk))

    OwnView.__name__, OwnView.__doc__ = f"{name.title()}View", what
    return OwnView


WithdrawView = _own("withdraw", "I need the break no more.", actions.withdraw)
BeginView = _own("begin", "I am away from now on.", actions.begin)
EndView = _own("end", "I am back at work.", actions.end)


def _check_decide(request: Request, pk: int) -> None:
    """404 and 403 before what is wrong with the body."""
    now = clock.now()
    permissions.check_decide(request.user, selectors.get_break(request.user, pk, now=now), now)


def _given(serializer: Serializer) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _filtered(request: Request, rows: BreakQuerySet, now: datetime) -> BreakQuerySet:
    given = _given(BreakFilterSerializer(data=request.query_params.dict()))
    if given.get("employee"):
        rows = rows.filter(shift__employee__username=given["employee"])
    if given.get("state"):
        rows = rows.filter(state=given["state"])
    if "on" not in given:
        return rows.filter(shift__ends_at__gt=now)
    since, until = day_in_kyiv(given["on"])
    return rows.filter(starts_at__lt=until, ends_at__gt=since)


def _answer(row: Break, status: int = 200) -> Response:
    data = BreakSerializer(row).data
    return Response(data, status=status, headers={"ETag": digest(data)})


urlpatterns = [
    path("presence/", PresenceView.as_view(), name="presence"),
    path("breaks/", BreaksView.as_view(), name="breaks"),
    path("breaks/<int:pk>/", BreakView.as_view(), name="break"),
    path("breaks/<int:pk>/agree/", AgreeView.as_view(), name="break-agree"),
    path("breaks/<int:pk>/refuse/", RefuseView.as_view(), name="break-refuse"),
    path("breaks/<int:pk>/withdraw/", WithdrawView.as_view(), name="break-withdraw"),
    path("breaks/<int:pk>/begin/", BeginView.as_view(), name="break-begin"),
    path("breaks/<int:pk>/end/", EndView.as_view(), name="break-end"),
]
