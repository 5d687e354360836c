"""Pages of the room."""

from django.urls import URLPattern

app_name = "employees"
urlpatterns: list[URLPattern] = []
