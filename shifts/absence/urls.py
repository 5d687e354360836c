"""Pages of the room."""

from django.urls import path

from shifts.absence import views

app_name = "absence"
urlpatterns = [
    path("absences/", views.absences, name="absences"),
    path("absences/record/", views.record, name="record"),
    path("absences/<int:pk>/", views.absence, name="absence"),
    path("absences/<int:pk>/agree/", views.agree, name="agree"),
    path("absences/<int:pk>/refuse/", views.refuse, name="refuse"),
    path("absences/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("absences/<int:pk>/bring/", views.bring, name="bring"),
    path("absences/<int:pk>/certificate/", views.certificate, name="certificate"),
    path("absences/<int:pk>/cover/", views.cover, name="cover"),
    path("absences/<int:pk>/explain/", views.explain, name="explain"),
    path("absences/<int:pk>/judge/", views.judge, name="judge"),
]
