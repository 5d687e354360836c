"""API of the room, under /api/v1/ with names `api:…`."""

from __future__ import annotations

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from fregat.lib import clock
from fregat.lib.api import digest
from staff.employees import selectors


class PersonSerializer(serializers.Serializer):
    """Somebody of the staff, named by username."""

    username = serializers.CharField()
    name = serializers.CharField(source="full_name")


class MeSerializer(PersonSerializer):
    """Who I am here."""

    role = serializers.CharField()
    role_label = serializers.CharField(source="get_role_display")
    department = serializers.CharField()
    projects = serializers.ListField(child=serializers.CharField())
    senior = PersonSerializer(allow_null=True)
    language = serializers.CharField()
    theme = serializers.CharField()
    on_shift = serializers.BooleanField(required=False)


class MeView(APIView):
    """Who I am, my role, projects and senior manager."""

    @extend_schema(operation_id="employees_me", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """Who the request's session or token belongs to."""
        data = MeSerializer(selectors.about(request.user, clock.now())).data
        return Response(data, headers={"ETag": digest(data)})


urlpatterns = [path("employees/me/", MeView.as_view(), name="employee-me")]
