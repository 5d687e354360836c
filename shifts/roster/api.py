"""API of the room, under /api/v1/ with names `api:…`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
