"""Pages of the room."""

from django.urls import path

from shifts.coverage import views

app_name = "coverage"
urlpatterns = [
    path("roster/coverage/", views.coverage, name="coverage"),
    path("roster/coverage/goal/", views.goal, name="goal"),
]
