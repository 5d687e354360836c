"""Pages of the room, all of them parts of the page of a case."""

from django.urls import path

from cases.assistance import views

app_name = "assistance"
urlpatterns = [
    path("cases/<slug:number>/letters/", views.letters, name="letters"),
    path("cases/<slug:number>/letters/new/", views.new, name="new"),
    path("cases/<slug:number>/letters/<int:letter_id>/agree/", views.agree, name="agree"),
    path("cases/<slug:number>/letters/<int:letter_id>/refuse/", views.refuse, name="refuse"),
    path("cases/<slug:number>/letters/<int:letter_id>/withdraw/", views.withdraw, name="withdraw"),
    path("cases/<slug:number>/letters/<int:letter_id>/paper/", views.paper, name="paper"),
]
