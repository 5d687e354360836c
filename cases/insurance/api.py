"""API of the room, under /api/v1/ with names `api:…`."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.insurance import selectors, serializers
from cases.insurance.models import Insurer
from cases.insurance.permissions import ground_of
from cases.insurance.querysets import InsurerQuerySet
from cases.insurance.selectors import Circumstances
from cases.privacy.actions import record_look
from fregat.lib.errors import Invalid
from fregat.lib.once import moment


class LookUpView(APIView):
    """Find the insured person: POST, because names do not belong in addresses."""

    @extend_schema(
        operation_id="insured_lookup",
        request=serializers.LookUpSerializer,
        responses=serializers.LookUpAnswerSerializer,
    )
    def post(self, request: Request) -> Response:
        """Who may be meant, best first; nothing outside one's projects, nothing off shift."""
        question = serializers.LookUpSerializer(data=request.data)
        question.is_valid(raise_exception=True)
        limit, now = question.validated_data["limit"], moment()
        answer = selectors.look_up(request.user, question.validated_data["q"], limit=limit, now=now)
        record_look(
            by=request.user, kind="person", objects=[one.person.uuid for one in answer.found], part="lookup",
            ground=ground_of(request.user, "person.look_up"), request=request, now=now, searched=answer.searched,
        )  # fmt: skip
        shown = {"results": answer.found, "more": answer.more}
        return Response(serializers.LookUpAnswerSerializer(shown).data)


class VerdictView(APIView):
    """Does the policy cover this help, there and then?"""

    @extend_schema(
        operation_id="policy_verdict",
        parameters=[serializers.VerdictQuestionSerializer],
        responses=serializers.VerdictSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        """The verdict with its reasons, what is left of the limit, the excess."""
        return self._answer(request, pk, serializers.VerdictQuestionSerializer(data=request.query_params))

    @extend_schema(
        operation_id="policy_verdict_answered",
        request=serializers.AnsweredQuestionSerializer,
        responses=serializers.VerdictSerializer,
    )
    def post(self, request: Request, pk: int) -> Response:
        """The same with answers to the questions of the rules; nothing is kept."""
        return self._answer(request, pk, serializers.AnsweredQuestionSerializer(data=request.data))

    def _answer(self, request: Request, pk: int, question: serializers.VerdictQuestionSerializer) -> Response:
        now = moment()
        policy = selectors.get_policy(request.user, pk, now=now)
        question.is_valid(raise_exception=True)
        asked = question.validated_data
        service = asked.get("service", "")
        policy, insured = selectors.as_insured(policy, asked.get("person"))
        if asked.get("person") and insured is None:
            raise Invalid.field("person", _("This person is not named in this policy."))
        told = selectors.verdicts(
            policy,
            Circumstances(
                at=asked.get("on", now), country=asked.get("country", "").upper(),
                services=(service,) if service else (), answers=asked.get("answers", {}),
                person=insured,
            ),
        )  # fmt: skip
        record_look(
            by=request.user, kind="policy", objects=[policy.uuid], part="verdict",
            ground=ground_of(request.user, "policy.view"), request=request, now=now,
        )  # fmt: skip
        (found,) = told.verdicts
        shown = {
            "verdict": found.verdict, "reasons": found.reasons, "limit_left": found.limit_left,
            "excess": found.excess, "excess_percent": found.excess_percent, "questions": selectors.questions(told),
            "edition": told.edition.number if told.edition else None,
        }  # fmt: skip
        return Response(serializers.VerdictSerializer(shown).data)


@extend_schema_view(get=extend_schema(operation_id="insurers"))
class InsurersView(ListAPIView):
    """The insurers on whose projects one works; all of them for who sees the whole centre."""

    serializer_class = serializers.InsurerSerializer
    queryset = Insurer.objects.none()
    keyset = ("name_key", "id")

    def get_queryset(self) -> InsurerQuerySet:
        """Within what the person may see."""
        return Insurer.objects.visible_to(self.request.user)


urlpatterns = [
    path("insured/lookup/", LookUpView.as_view(), name="insured-lookup"),
    path("policies/<int:pk>/verdict/", VerdictView.as_view(), name="policy-verdict"),
    path("insurers/", InsurersView.as_view(), name="insurers"),
]
