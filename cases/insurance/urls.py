"""Pages of the room."""

from django.urls import path

from cases.insurance import views

app_name = "insurance"
urlpatterns = [
    path("insured/", views.look_up, name="look_up"),
    path("insured/<int:pk>/", views.person, name="person"),
    path("insured/policies/<int:pk>/verdict/", views.verdict, name="verdict"),
]
