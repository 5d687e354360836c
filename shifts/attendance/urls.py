"""Pages of the room."""

from django.urls import path

from shifts.attendance import views

app_name = "attendance"
urlpatterns = [
    path("shift/", views.shift, name="shift"),
    path("shift/change/", views.end_ask, name="end_ask"),
    path("shift/change/<int:pk>/agree/", views.end_agree, name="end_agree"),
    path("shift/change/<int:pk>/refuse/", views.end_refuse, name="end_refuse"),
    path("shift/change/<int:pk>/withdraw/", views.end_withdraw, name="end_withdraw"),
    path("attendance/", views.attendance, name="attendance"),
    path("attendance/export/", views.export, name="export"),
    path("attendance/rule/", views.rule, name="rule"),
    path("attendance/shifts/<int:pk>/prolong/", views.end_prolong, name="end_prolong"),
]
