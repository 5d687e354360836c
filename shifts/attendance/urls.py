"""Pages of the room."""

from django.urls import path

from shifts.attendance import views

app_name = "attendance"
urlpatterns = [path("shift/", views.shift, name="shift")]
