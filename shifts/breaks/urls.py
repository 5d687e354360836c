"""Pages of the room."""

from django.urls import path

from shifts.breaks import views

app_name = "breaks"
urlpatterns = [
    path("shift/breaks/", views.breaks, name="breaks"),
    path("shift/breaks/<int:pk>/agree/", views.agree, name="agree"),
    path("shift/breaks/<int:pk>/refuse/", views.refuse, name="refuse"),
    path("shift/breaks/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("shift/breaks/<int:pk>/begin/", views.begin, name="begin"),
    path("shift/breaks/<int:pk>/end/", views.end, name="end"),
]
