"""API of the room, under /api/v1/ with names `api:…`: who could take a shift, ask, answer, decide (B3)."""

from __future__ import annotations

from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from fregat.lib import clock
from fregat.lib.api import digest
from fregat.lib.errors import Invalid
from fregat.lib.text import fault_in
from shifts.exchange import actions, permissions, selectors
from shifts.exchange.labels import FAULTS
from shifts.exchange.models import Exchange
from shifts.exchange.serializers import (
    ExchangeAnswerSerializer,
    ExchangeAskSerializer,
    ExchangeDecideSerializer,
    ExchangeFilterSerializer,
    ExchangeSerializer,
    OffersSerializer,
)
from shifts.roster.selectors import get_shift
from staff.employees.models import Employee


class ExchangesView(GenericAPIView):
    """Requests."""

    serializer_class = ExchangeSerializer
    queryset = Exchange.objects.none()
    keyset = ("asked_at", "id")

    @extend_schema(
        operation_id="exchanges_list",
        parameters=[ExchangeFilterSerializer],
        responses=ExchangeSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Requests that I may see, earliest first; decided ones too."""
        given = _given(ExchangeFilterSerializer(data=request.query_params.dict()))
        filters = selectors.Filters(given.get("state") or "", given.get("person") or "")
        rows = selectors.narrowed(selectors.visible(request.user, clock.now()), filters)
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(ExchangeSerializer(page, many=True).data)

    @extend_schema(
        operation_id="exchanges_ask", request=ExchangeAskSerializer, responses={201: ExchangeSerializer}
    )
    def post(self, request: Request) -> Response:
        """Ask a colleague to work my shift, for one of theirs or for nothing."""
        permissions.check_asks_at_all(request.user)
        given = _given(ExchangeAskSerializer(data=request.data))
        row = actions.ask(
            by=request.user, shift_id=given["shift"], colleague=_colleague(given["colleague"]),
            wanted_id=given["wanted"], words=given["words"],
        )  # fmt: skip
        return _answer(row, status=201)


class OffersView(APIView):
    """Who could take a shift."""

    @extend_schema(
        operation_id="exchange_offers",
        parameters=[OpenApiParameter("colleague", str, description="A username: their shifts too.")],
        responses=OffersSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        """Colleagues of equal qualification who are free then, with what speaks against each in words."""
        now = clock.now()
        shift = get_shift(request.user, pk, now=now)
        permissions.check_ask(request.user, shift)
        name = request.query_params.get("colleague", "")
        page = selectors.asking(shift, _colleague(name) if name else None, now=now)
        return Response(OffersSerializer(page).data)


class ExchangeView(APIView):
    """One request."""

    @extend_schema(operation_id="exchanges_get", responses=ExchangeSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """The request, with an `ETag` of what is shown."""
        return _answer(selectors.get_exchange(request.user, pk, now=clock.now()))


class AnswerView(APIView):
    """The colleague's word."""

    @extend_schema(
        operation_id="exchanges_answer", request=ExchangeAnswerSerializer, responses=ExchangeSerializer
    )
    def post(self, request: Request, pk: int) -> Response:
        """I take the shift over, or do not."""
        permissions.check_answer(request.user, selectors.get_exchange(request.user, pk, now=clock.now()))
        given = _given(ExchangeAnswerSerializer(data=request.data))
        return _answer(actions.answer(by=request.user, exchange_id=pk, **given))


class DecideView(APIView):
    """The senior manager's word."""

    @extend_schema(
        operation_id="exchanges_decide", request=ExchangeDecideSerializer, responses=ExchangeSerializer
    )
    def post(self, request: Request, pk: int) -> Response:
        """Agree, and the roster changes at once; or refuse with the reason."""
        now = clock.now()
        permissions.check_decide(request.user, selectors.get_exchange(request.user, pk, now=now), now)
        given = _given(ExchangeDecideSerializer(data=request.data))
        return _answer(actions.decide(by=request.user, exchange_id=pk, **given))


class WithdrawView(APIView):
    """The request taken back."""

    @extend_schema(operation_id="exchanges_withdraw", request=None, responses=ExchangeSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """I do not want it any more."""
        return _answer(actions.withdraw(by=request.user, exchange_id=pk))


def _colleague(username: str) -> Employee:
    found: Employee | None = None
    if not fault_in(username, max_length=150, multiline=False):
        found = Employee.objects.employed().filter(username=username).first()
    if found is None:
        raise Invalid.field("colleague", FAULTS["colleague"])
    return found


def _given(serializer: Serializer) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _answer(row: Exchange, status: int = 200) -> Response:
    data = ExchangeSerializer(row).data
    return Response(data, status=status, headers={"ETag": digest(data)})


urlpatterns = [
    path("exchanges/", ExchangesView.as_view(), name="exchanges"),
    path("exchanges/<int:pk>/", ExchangeView.as_view(), name="exchange"),
    path("exchanges/<int:pk>/answer/", AnswerView.as_view(), name="exchange-answer"),
    path("exchanges/<int:pk>/withdraw/", WithdrawView.as_view(), name="exchange-withdraw"),
    path("exchanges/<int:pk>/decide/", DecideView.as_view(), name="exchange-decide"),
    path("shifts/<int:pk>/offers/", OffersView.as_view(), name="exchange-offers"),
]
