"""API of the room, under /api/v1/ with names `api:…`."""

from __future__ import annotations

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.imports import actions, permissions, selectors
from cases.imports.models import Batch, Fault
from cases.imports.serializers import ApplySerializer, FaultSerializer, ListSerializer, NewListSerializer
from cases.insurance.models import Insurer
from cases.privacy.actions import record_look
from fregat.lib import clock
from fregat.lib.api import FormParser, JSONParser
from fregat.lib.errors import NotFound


class ListsView(GenericAPIView):
    """Insurers' lists."""

    serializer_class = ListSerializer
    queryset = Batch.objects.none()
    keyset = ("-id",)
    parser_classes = (FormParser, JSONParser)

    @extend_schema(operation_id="imports_list", responses=ListSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Lists that I may see, the latest first."""
        page = self.paginate_queryset(selectors.lists(request.user))
        return self.get_paginated_response(ListSerializer(page, many=True).data)

    @extend_schema(operation_id="imports_create", request=NewListSerializer, responses={201: ListSerializer})
    def post(self, request: Request) -> Response:
        """Bring a list in; with `apply` it is written as soon as it is understood and checked."""
        given = NewListSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        asked = given.validated_data
        insurer = Insurer.objects.visible_to(request.user).filter(pk=asked["insurer"]).first()
        if insurer is None:
            raise NotFound()
        batch = actions.receive(
            by=request.user, insurer=insurer, mode=asked["mode"], upload=asked["file"],
            list_date=asked.get("list_date"), at_once=asked["apply"],
        )  # fmt: skip
        return Response(ListSerializer(batch).data, status=201)


class ListView(APIView):
    """One list."""

    @extend_schema(operation_id="imports_get", responses=ListSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Its state and counts."""
        return Response(ListSerializer(selectors.get_list(request.user, pk)).data)


class ApplyView(APIView):
    """Writing a list."""

    @extend_schema(operation_id="imports_apply", request=ApplySerializer, responses=ListSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Have a checked list written; with `mapping` it is read anew by that first."""
        batch = selectors.get_list(request.user, pk)
        permissions.check_apply(request.user, batch)
        given = ApplySerializer(data=request.data)
        given.is_valid(raise_exception=True)
        done = actions.apply(by=request.user, batch=batch, mapping=given.validated_data.get("mapping"))
        return Response(ListSerializer(done).data)


class UndoView(APIView):
    """Taking a list back."""

    @extend_schema(operation_id="imports_undo", request=None, responses=ListSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Take the last written list of an insurer back."""
        batch = actions.undo(by=request.user, batch=selectors.get_list(request.user, pk))
        return Response(ListSerializer(batch).data)


class FaultsView(GenericAPIView):
    """What is wrong with a list."""

    serializer_class = FaultSerializer
    queryset = Fault.objects.none()
    keyset = ("row", "id")

    @extend_schema(operation_id="imports_faults", responses=FaultSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """Faults by row, as numbered in the file."""
        batch = selectors.get_list(request.user, pk)
        page = self.paginate_queryset(batch.faults.all())
        record_look(
            by=request.user, kind="import", objects=[batch.uuid] if page else [], part="list",
            ground=permissions.ground(request.user), request=request._request, now=clock.now(),
        )  # fmt: skip
        return self.get_paginated_response(FaultSerializer(selectors.told(batch, page), many=True).data)


urlpatterns = [
    path("imports/", ListsView.as_view(), name="imports"),
    path("imports/<int:pk>/", ListView.as_view(), name="import"),
    path("imports/<int:pk>/apply/", ApplyView.as_view(), name="import-apply"),
    path("imports/<int:pk>/undo/", UndoView.as_view(), name="import-undo"),
    path("imports/<int:pk>/faults/", FaultsView.as_view(), name="import-faults"),
]
