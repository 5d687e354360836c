"""Pages of the room."""

from django.urls import path

from shifts.roster import views

app_name = "roster"
urlpatterns = [
    path("roster/", views.roster, name="roster"),
    path("roster/cell/", views.cell, name="cell"),
    path("roster/publish/", views.publish, name="publish"),
    path("roster/confirm/", views.confirm, name="confirm"),
    path("roster/undo/", views.undo, name="undo"),
    path("roster/rules/", views.rules, name="rules"),
    path("roster/plan/", views.plan, name="plan"),
    path("roster/shifts/<int:pk>/", views.shift, name="shift"),
    path("roster/shifts/<int:pk>/cancel/", views.cancel, name="cancel"),
]
