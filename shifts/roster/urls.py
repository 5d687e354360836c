"""Pages of the room."""

from django.urls import URLPattern

app_name = "roster"
urlpatterns: list[URLPattern] = []
