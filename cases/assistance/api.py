"""API of the room, under /api/v1/ with names `api:…`: letters of a case, and what is decided about one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.assistance import actions, permissions, selectors
from cases.assistance.models import GuaranteeLetter
from cases.assistance.serializers import LetterInSerializer, LetterSerializer, ReasonInSerializer
from cases.casework.api.door import look, read
from cases.casework.models import Case
from cases.casework.selectors import get_case
from fregat.lib.once import moment


def _shown(request: Request, case: Case, rows: list[GuaranteeLetter], now: datetime) -> Any:
    """For which help a letter is given is medical; the look is recorded before anything is shown."""
    look(request, {case.uuid: case.ground}, "medical" if rows else "facts", now)
    return LetterSerializer(rows, many=True).data


def _one(request: Request, row: GuaranteeLetter, case: Case, now: datetime, status: int = 200) -> Response:
    return Response(_shown(request, case, [row], now)[0], status=status)


class LettersView(APIView):
    """The guarantee letters of a case."""

    @extend_schema(operation_id="cases_letters", responses=LetterSerializer(many=True))
    def get(self, request: Request, number: str) -> Response:
        """All of them, the latest first."""
        now = moment()
        case = get_case(request.user, number, now=now)
        return Response(_shown(request, case, selectors.letters_of(case), now))

    @extend_schema(
        operation_id="cases_give_letter", request=LetterInSerializer, responses={201: LetterSerializer}
    )
    def post(self, request: Request, number: str) -> Response:
        """Give a letter; beyond what is left of the sum it is `asked` of the senior manager."""
        now = moment()
        case = get_case(request.user, number, now=now)
        permissions.check_give(request.user, case, now)
        given = read(LetterInSerializer(data=request.data)).validated_data
        row = actions.give_letter(by=request.user, number=number, **given)
        return _one(request, row, case, now, 201)


class AgreeView(APIView):
    """Agreement to a letter beyond the sum."""

    @extend_schema(operation_id="letters_agree", request=None, responses=LetterSerializer)
    def post(self, request: Request, number: str, pk: str) -> Response:
        """Another person agrees: the letter is given."""
        now = moment()
        letter = selectors.get_letter(request.user, now=now, number=number, pk=pk)
        row = actions.agree_to_letter(by=request.user, letter_id=letter.pk)
        return _one(request, row, letter.case, now)


class RefuseView(APIView):
    """Refusal of a letter beyond the sum."""

    @extend_schema(operation_id="letters_refuse", request=ReasonInSerializer, responses=LetterSerializer)
    def post(self, request: Request, number: str, pk: str) -> Response:
        """It is not agreed to, with a reason."""
        now = moment()
        letter = selectors.get_letter(request.user, now=now, number=number, pk=pk)
        permissions.check_agree(request.user, letter, now)
        given = read(ReasonInSerializer(data=request.data)).validated_data
        row = actions.refuse_letter(by=request.user, letter_id=letter.pk, reason=given["reason"])
        return _one(request, row, letter.case, now)


class WithdrawView(APIView):
    """Withdrawal of a letter that is given."""

    @extend_schema(operation_id="letters_withdraw", request=ReasonInSerializer, responses=LetterSerializer)
    def post(self, request: Request, number: str, pk: str) -> Response:
        """The promise is taken back, with a reason; the sum is free again."""
        now = moment()
        letter = selectors.get_letter(request.user, now=now, number=number, pk=pk)
        permissions.check_withdraw(request.user, letter, now)
        given = read(ReasonInSerializer(data=request.data)).validated_data
        row = actions.withdraw_letter(by=request.user, letter_id=letter.pk, reason=given["reason"])
        return _one(request, row, letter.case, now)


urlpatterns = [
    path("cases/<str:number>/letters/", LettersView.as_view(), name="case-letters"),
    path("cases/<str:number>/letters/<str:pk>/agree/", AgreeView.as_view(), name="letter-agree"),
    path("cases/<str:number>/letters/<str:pk>/refuse/", RefuseView.as_view(), name="letter-refuse"),
    path("cases/<str:number>/letters/<str:pk>/withdraw/", WithdrawView.as_view(), name="letter-withdraw"),
]
