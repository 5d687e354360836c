"""API of the room, under /api/v1/ with names `api:…`: what can be sold, for how much; contracts and their numbers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from cases.contracts import actions, permissions, selectors
from cases.contracts import serializers as shapes
from cases.contracts.labels import REFUSALS, refusal_text, share_words
from cases.contracts.models import Contract, NumberSeries, Tariff
from cases.contracts.querysets import TariffQuerySet, insurers
from cases.insurance.models import Country
from cases.insurance.permissions import ground_of
from cases.privacy.actions import record_look, record_looks
from fregat.lib import clock
from fregat.lib.api import answer, digest
from fregat.lib.errors import Invalid


def _read(serializer: BaseSerializer[Any]) -> Any:
    serializer.is_valid(raise_exception=True)
    return serializer


def _today(now: datetime) -> date:
    return clock.local(now).date()


def _whole(request: Request, row: Contract, now: datetime, status: int = 200) -> Response:
    """One contract with its persons; the look is recorded before anything is shown."""
    record_look(
        by=request.user, kind="policy", objects=[row.policy.uuid], part="card", action="view",
        ground=ground_of(request.user, "contract.view"), request=request, now=now,
    )  # fmt: skip
    context = {"today": _today(now), "persons": selectors.persons_of(row)}
    shown = shapes.ContractSerializer(row, context=context).data
    return Response(shown, status=status, headers={"ETag": digest(shown)})


def _candidates(request: Request, refused: actions.KnownAlready, now: datetime) -> Response:
    """Who is there already; the look is recorded before anything is shown."""
    rows = [{"place": place, "known": one} for place, found in refused.found.items() for one in found]
    record_look(
        by=request.user, kind="person", objects=[one.person.uuid for found in refused.found.values() for one in found],
        part="lookup", ground=ground_of(request.user, "person.look_up"), request=request, now=now,
    )  # fmt: skip
    sentence = str(refused.sentence)
    response = answer(
        409, refused.code, sentence, {f"persons.{place}": [sentence] for place in refused.found}
    )
    response.data["candidates"] = shapes.CandidateSerializer(rows, many=True).data
    return response


def _relying(request: Request, refused: actions.CasesRely, now: datetime) -> Response:
    """Which open cases rely on the contract; the look is recorded before they are named."""
    grounds = {one.uuid: one.ground for one in refused.cases}
    record_looks(by=request.user, kind="case", grounds=grounds, part="list", request=request, now=now)
    response = answer(409, refused.code, str(refused.sentence))
    response.data["cases"] = shapes.RelyingSerializer(refused.cases, many=True).data
    return response


def _tariff(request: Request, programme: int, now: datetime) -> Tariff:
    """The tariff in force of a programme that they may see. Raises NotFound, Invalid (none is in force)."""
    selectors.get_programme(request.user, programme, now=now)
    found = selectors.tariffs_on(request.user, _today(now)).filter(programme=programme).first()
    if found is None:
        raise Invalid.field("programme", _("This programme has no tariff in force today."))
    return found


def _territory(tariff: Tariff, asked: dict[str, Any]) -> str:
    """The territory that is meant. Raises Invalid."""
    country = asked["country"].upper()
    # The whole world has every code but those left out, so what is no country is refused before.
    if country and not Country.objects.filter(pk=country).exists():
        raise Invalid.field("country", _("There is no country with this code."))
    offered = selectors.territories(tariff.facts().territories)
    code, refusal = selectors.territory_told(country, asked["territory"], offered)
    if refusal:
        raise Invalid.field("country", REFUSALS[refusal])
    if not code:
        raise Invalid.field("territory", _("Choose the territory or the country."))
    return code


@extend_schema_view(get=extend_schema(operation_id="tariffs"))
class TariffsView(ListAPIView):
    """Tariffs in force today: what can be sold."""

    serializer_class = shapes.TariffSerializer
    queryset = Tariff.objects.none()
    keyset = ("programme_id",)

    def get_queryset(self) -> TariffQuerySet:
        """Within what the person may see."""
        return selectors.tariffs_on(self.request.user, _today(clock.now()))


class QuoteView(APIView):
    """The premium: POST, because dates of birth do not belong in addresses. Nothing is kept."""

    @extend_schema(
        operation_id="contracts_quote", request=shapes.QuoteInSerializer, responses=shapes.QuoteSerializer
    )
    def post(self, request: Request) -> Response:
        """The premium with every step, or 400 with every reason why it is not sold."""
        now = clock.now()
        asked = _read(shapes.QuoteInSerializer(data=request.data))
        tariff = _tariff(request, asked.validated_data["programme"], now)
        question = asked.question(_territory(tariff, asked.validated_data))
        quoted = selectors.quote(tariff, question, None, today=_today(now))
        found = quoted.premium
        if found is None:
            errors: dict[str, Any] = {}
            for one in quoted.refusals:
                name = f"born.{one.person}" if one.person >= 0 else one.field
                errors.setdefault(name, []).append(refusal_text(one))
            raise Invalid(errors)
        shown = {
            "programme": tariff.programme_id, "tariff": tariff.number, "territory": question.territory,
            "days": question.days, "premium": found.total, "currency": found.currency,
            "is_minimum": found.is_minimum, "shares": share_words(found.shares, found.currency),
        }  # fmt: skip
        return Response(shapes.QuoteSerializer(shown).data)


class ContractsView(GenericAPIView):
    """The contracts that one may see; a new one."""

    serializer_class = shapes.ContractLineSerializer
    queryset = Contract.objects.none()
    keyset = ("-id",)

    @extend_schema(
        operation_id="contracts_list",
        parameters=[shapes.FiltersSerializer],
        responses=shapes.ContractLineSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """The newest first, without names of persons."""
        now = clock.now()
        filters = _read(shapes.FiltersSerializer(data=request.query_params.dict())).filters()
        rows = selectors.filtered(request.user, filters, now=now, today=_today(now))
        page = self.paginate_queryset(rows)
        shown = shapes.ContractLineSerializer(page, many=True, context={"today": _today(now)}).data
        return self.get_paginated_response(shown)

    @extend_schema(
        operation_id="contracts_enter",
        request=shapes.ContractInSerializer,
        responses={201: shapes.ContractSerializer, 409: shapes.KnownAlreadySerializer},
    )
    def post(self, request: Request) -> Response:
        """Enter a contract by the tariff in force: its number is the next of the insurer's series.

        A new person who seems to be there already is 409 with at most three `candidates`: the same body is sent again
        with the person's `known` or `others`.

        `expected` is the premium of `quote/`, which the client was told; another one is refused. The same `token`
        again answers with the contract that is entered already; with another contract it is 409 (`sent_already`).
        """
        now = clock.now()
        permissions.check_on_shift(request.user, now)
        given = _read(shapes.ContractInSerializer(data=request.data))
        tariff = _tariff(request, given.validated_data["programme"], now)
        facts = given.facts(_territory(tariff, given.validated_data))
        try:
            row = actions.enter_contract(by=request.user, facts=facts, now=now)
        except Invalid as refused:
            # Of whom there are too many, say, is `persons` here.
            errors = {"persons" if name == "born" else name: said for name, said in refused.errors.items()}
            raise Invalid(errors, refused.sentence) from None
        except actions.KnownAlready as known:
            return _candidates(request, known, now)
        return _whole(request, selectors.get_contract(request.user, row.pk, now=now), now, 201)


class ContractView(APIView):
    """One contract."""

    @extend_schema(operation_id="contracts_read", responses=shapes.ContractSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Whom it insures, by which tariff, how the premium was computed."""
        now = clock.now()
        return _whole(request, selectors.get_contract(request.user, pk, now=now), now)


class AnnulView(APIView):
    """The annulment of a contract."""

    @extend_schema(
        operation_id="contracts_annul",
        request=shapes.AnnulInSerializer,
        responses={200: shapes.ContractSerializer, 409: shapes.CasesRelySerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Annul it, with a reason: one that has not begun never covers, one that runs covers to the end of today.

        Open cases that rely on it, as far as one may see them, are 409 until their numbers are sent as `confirmed`.
        """
        now = clock.now()
        permissions.check_annul(request.user, selectors.get_contract(request.user, pk, now=now), now)
        given = _read(shapes.AnnulInSerializer(data=request.data)).validated_data
        try:
            actions.annul_contract(by=request.user, contract_id=pk, **given)
        except actions.CasesRely as refused:
            return _relying(request, refused, now)
        return _whole(request, selectors.get_contract(request.user, pk, now=now), now)


class SeriesView(GenericAPIView):
    """Series of numbers of the insurers whose data one keeps."""

    serializer_class = shapes.SeriesSerializer
    queryset = NumberSeries.objects.none()
    keyset = ("id",)

    @extend_schema(operation_id="number_series", responses=shapes.SeriesSerializer(many=True))
    def get(self, request: Request) -> Response:
        """All of them, used up ones too."""
        rows = NumberSeries.objects.filter(insurer__in=insurers(request.user, "series.edit"))
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(shapes.SeriesSerializer(page, many=True).data)

    @extend_schema(
        operation_id="number_series_add",
        request=shapes.SeriesInSerializer,
        responses={201: shapes.SeriesSerializer},
    )
    def post(self, request: Request) -> Response:
        """Write down a series that the insurer has given; numbers that are there already are refused."""
        given = _read(shapes.SeriesInSerializer(data=request.data)).validated_data
        row = actions.add_series(by=request.user, insurer_id=given.pop("insurer"), **given)
        return Response(shapes.SeriesSerializer(row).data, status=201)


urlpatterns = [
    path("tariffs/", TariffsView.as_view(), name="tariffs"),
    path("contracts/", ContractsView.as_view(), name="contracts"),
    path("contracts/quote/", QuoteView.as_view(), name="contracts-quote"),
    path("contracts/<int:pk>/", ContractView.as_view(), name="contract"),
    path("contracts/<int:pk>/annul/", AnnulView.as_view(), name="contract-annul"),
    path("number-series/", SeriesView.as_view(), name="number-series"),
]
