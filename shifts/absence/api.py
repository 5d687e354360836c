"""API of the room, under /api/v1/ with names `api:…`: ask or report sick, agree, cover, explain, judge (B7).

The file of a certificate goes through the pages alone: here is said that it is there.
"""

from __future__ import annotations

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
from fregat.lib.errors import Invalid
from fregat.lib.text import fault_in
from shifts.absence import actions, permissions, selectors
from shifts.absence.labels import FAULTS
from shifts.absence.models import Absence, AbsenceKind
from shifts.absence.querysets import AbsenceQuerySet
from shifts.absence.serializers import (
    AbsenceAskSerializer,
    AbsenceExplainSerializer,
    AbsenceFilterSerializer,
    AbsenceJudgeSerializer,
    AbsenceKindSerializer,
    AbsenceRecordSerializer,
    AbsenceRefuseSerializer,
    AbsenceSerializer,
    CoverAskSerializer,
    CoverSerializer,
    CoversSerializer,
)
from staff.employees.models import Employee


class AbsencesView(GenericAPIView):
    """Absences."""

    serializer_class = AbsenceSerializer
    queryset = Absence.objects.none()
    keyset = ("since", "id")

    @extend_schema(
        operation_id="absences_list",
        parameters=[AbsenceFilterSerializer],
        responses=AbsenceSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Absences that I may see, the first to begin first; refused and withdrawn ones too."""
        page = self.paginate_queryset(_filtered(request, clock.now()))
        return self.get_paginated_response(AbsenceSerializer(page, many=True).data)

    @extend_schema(
        operation_id="absences_ask", request=AbsenceAskSerializer, responses={201: AbsenceSerializer}
    )
    def post(self, request: Request) -> Response:
        """Ask to be away, or report sick: that needs nobody's agreement and is on record at once."""
        given = _given(AbsenceAskSerializer(data=request.data))
        return _answer(actions.ask(by=request.user, **given), 201)


class AbsenceKindsView(GenericAPIView):
    """Kinds of absence."""

    serializer_class = AbsenceKindSerializer
    queryset = AbsenceKind.objects.none()
    keyset = ("position", "code")

    @extend_schema(operation_id="absence_kinds_list", responses=AbsenceKindSerializer(many=True))
    def get(self, request: Request) -> Response:
        """What may be asked for."""
        page = self.paginate_queryset(AbsenceKind.objects.all())
        return self.get_paginated_response(AbsenceKindSerializer(page, many=True).data)


class RecordView(APIView):
    """Said by telephone."""

    @extend_schema(
        operation_id="absences_record", request=AbsenceRecordSerializer, responses={201: AbsenceSerializer}
    )
    def post(self, request: Request) -> Response:
        """Write in the absence of somebody who has said so by telephone: it is agreed with that."""
        employee = _named(request.data)
        if employee is not None:
            permissions.check_decide(request.user, employee, clock.now())
        given = _given(AbsenceRecordSerializer(data=request.data))
        row = actions.record(by=request.user, **{**given, "employee": _somebody(employee)})
        return _answer(row, 201)


class AbsenceView(APIView):
    """One absence."""

    @extend_schema(operation_id="absences_get", responses=AbsenceSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """The absence, with an `ETag` of what is shown."""
        return _answer(selectors.get_absence(request.user, pk, now=clock.now()))


class AgreeView(APIView):
    """Agreement."""

    @extend_schema(operation_id="absences_agree", request=None, responses=AbsenceSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Agreed."""
        return _answer(actions.agree(by=request.user, absence_id=pk))


class RefuseView(APIView):
    """Refusal."""

    @extend_schema(
        operation_id="absences_refuse", request=AbsenceRefuseSerializer, responses=AbsenceSerializer
    )
    def post(self, request: Request, pk: int) -> Response:
        """Not agreed, with the reason."""
        row, now = _seen(request, pk)
        permissions.check_decide(request.user, row.employee, now)
        given = _given(AbsenceRefuseSerializer(data=request.data))
        return _answer(actions.refuse(by=request.user, absence_id=pk, **given))


class WithdrawView(APIView):
    """The wish taken back."""

    @extend_schema(operation_id="absences_withdraw", request=None, responses=AbsenceSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """I need it no more; as long as nobody has agreed to it."""
        return _answer(actions.withdraw(by=request.user, absence_id=pk))


class CoverView(APIView):
    """Who works instead."""

    @extend_schema(operation_id="absences_covers", responses=CoversSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Shifts that nobody works yet, each with who is free then and qualified; those that somebody does."""
        row, now = _seen(request, pk)
        permissions.check_cover(request.user, row, now)
        found = {"to_cover": selectors.offers(row, now), "covers": selectors.covers(row)}
        return Response(CoversSerializer(found).data)

    @extend_schema(
        operation_id="absences_cover", request=CoverAskSerializer, responses={201: CoverSerializer}
    )
    def post(self, request: Request, pk: int) -> Response:
        """A colleague works the shift instead, in one step: the shift passes to them and both are told."""
        row, now = _seen(request, pk)
        permissions.check_cover(request.user, row, now)
        given = _given(CoverAskSerializer(data=request.data))
        made = actions.cover(
            by=request.user, absence_id=pk, shift_id=given["shift"], employee=_somebody(_named(request.data))
        )
        return Response(CoverSerializer(made).data, status=201)


class ExplainView(APIView):
    """The employee's word about a missing certificate."""

    @extend_schema(
        operation_id="absences_explain", request=AbsenceExplainSerializer, responses=AbsenceSerializer
    )
    def post(self, request: Request, pk: int) -> Response:
        """Why I have no certificate."""
        permissions.check_own(request.user, _seen(request, pk)[0])
        given = _given(AbsenceExplainSerializer(data=request.data))
        actions.explain(by=request.user, absence_id=pk, **given)
        return _answer(_seen(request, pk)[0])


class JudgeView(APIView):
    """The director's word about a missing certificate."""

    @extend_schema(operation_id="absences_judge", request=AbsenceJudgeSerializer, responses=AbsenceSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Excused, or a breach of discipline; the employee reads the grounds."""
        permissions.check_judge(request.user, _seen(request, pk)[0])
        given = _given(AbsenceJudgeSerializer(data=request.data))
        actions.judge(by=request.user, absence_id=pk, **given)
        return _answer(_seen(request, pk)[0])


def _seen(request: Request, pk: int) -> tuple[Absence, datetime]:
    """The absence, if I may see it, and the moment. Raises NotFound."""
    now = clock.now()
    return selectors.get_absence(request.user, pk, now=now), now


def _named(data: Any) -> Employee | None:
    """The employed person whom the body names; None when there is none (or the body is no object)."""
    name = data.get("employee") if isinstance(data, dict) else None
    if not isinstance(name, str) or fault_in(name, max_length=150, multiline=False):
        return None
    found: Employee | None = Employee.objects.employed().filter(username=name).first()
    return found


def _somebody(employee: Employee | None) -> Employee:
    if employee is None:
        raise Invalid.field("employee", FAULTS["employee"])
    return employee


def _given(serializer: Serializer) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _filtered(request: Request, now: datetime) -> AbsenceQuerySet:
    given = _given(AbsenceFilterSerializer(data=request.query_params.dict()))
    rows = selectors.visible(request.user, now)
    names = {"employee": "employee__username", "kind": "kind", "state": "state"}
    rows = rows.filter(**{names[name]: given[name] for name in names if given.get(name)})
    if given["waits_for_me"]:
        rows = rows.waiting_for(request.user, now)
    if "on" in given:
        return rows.filter(since__lte=given["on"], until__gte=given["on"])
    return rows.concerning(clock.local(now).date())


def _answer(row: Absence, status: int = 200) -> Response:
    data = AbsenceSerializer(row).data
    return Response(data, status=status, headers={"ETag": digest(data)})


urlpatterns = [
    path("absence-kinds/", AbsenceKindsView.as_view(), name="absence-kinds"),
    path("absences/", AbsencesView.as_view(), name="absences"),
    path("absences/record/", RecordView.as_view(), name="absences-record"),
    path("absences/<int:pk>/", AbsenceView.as_view(), name="absence"),
    path("absences/<int:pk>/agree/", AgreeView.as_view(), name="absence-agree"),
    path("absences/<int:pk>/refuse/", RefuseView.as_view(), name="absence-refuse"),
    path("absences/<int:pk>/withdraw/", WithdrawView.as_view(), name="absence-withdraw"),
    path("absences/<int:pk>/cover/", CoverView.as_view(), name="absence-cover"),
    path("absences/<int:pk>/explain/", ExplainView.as_view(), name="absence-explain"),
    path("absences/<int:pk>/judge/", JudgeView.as_view(), name="absence-judge"),
]
