"""Addresses of the room."""

from django.urls import path

from cases.imports import views

app_name = "imports"
urlpatterns = [
    path("imports/", views.lists, name="lists"),
    path("imports/new/", views.new, name="new"),
    path("imports/<int:pk>/", views.list_page, name="list"),
    path("imports/<int:pk>/progress/", views.progress, name="progress"),
    path("imports/<int:pk>/faults/", views.faults, name="faults"),
    path("imports/<int:pk>/columns/", views.columns, name="columns"),
    path("imports/<int:pk>/apply/", views.apply, name="apply"),
    path("imports/<int:pk>/undo/", views.undo, name="undo"),
    path("imports/<int:pk>/discard/", views.discard, name="discard"),
]
