"""Pages of the room."""

from django.urls import path

from shifts.proposal import views

app_name = "proposal"
urlpatterns = [
    path("roster/proposal/", views.proposals, name="proposals"),
    path("roster/proposal/<int:pk>/", views.proposal, name="proposal"),
    path("roster/proposal/<int:pk>/cancel/", views.cancel, name="cancel"),
    path("roster/proposal/<int:pk>/write/", views.write, name="write"),
]
