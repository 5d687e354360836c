"""Pages of the room."""

from django.urls import path

from cases.figures import views

app_name = "figures"
urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/export/", views.export, name="export"),
    path("figures/<slug:figure>/", views.figure, name="figure"),
    path("figures/<slug:figure>/target/", views.target, name="target"),
]
