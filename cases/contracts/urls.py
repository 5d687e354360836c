"""Pages of the room."""

from django.urls import path

from cases.contracts import views

app_name = "contracts"
urlpatterns = [
    path("contracts/", views.contracts, name="contracts"),
    path("contracts/new/", views.new, name="new"),
    path("contracts/tariff/", views.tariff, name="tariff"),
    path("contracts/tariffs/", views.tariffs, name="tariffs"),
    path("contracts/tariffs/<int:pk>/", views.programme, name="programme"),
    path("contracts/tariffs/<int:pk>/new/", views.publish, name="publish"),
    path("contracts/series/", views.series, name="series"),
    path("contracts/<int:pk>/", views.contract, name="contract"),
    path("contracts/<int:pk>/paper/", views.paper, name="paper"),
    path("contracts/<int:pk>/annul/", views.annul, name="annul"),
]
