"""Pages of the room."""

from django.urls import URLPattern, path

from cases.handover import views

app_name = "handover"
urlpatterns: list[URLPattern] = [
    path("shift/end/", views.desk, name="desk"),
    path("shift/end/sheet/", views.sheet, name="sheet"),
    path("shift/end/spread/", views.spread, name="spread"),
    path("shift/end/banner/", views.banner, name="banner"),
    path("shift/end/<str:number>/", views.decide, name="decide"),
    path("handovers/sheets/", views.sheets, name="sheets"),
    path("handovers/sheets/<int:pk>/", views.signed_sheet, name="signed_sheet"),
    path("handovers/<int:pk>/sheet/", views.received, name="received"),
    path("handovers/<int:pk>/", views.card, name="card"),
    path("handovers/<int:pk>/accept/", views.accept, name="accept"),
    path("handovers/<int:pk>/refuse/", views.refuse, name="refuse"),
    path("watch/", views.lapses, name="lapses"),
    path("watch/table/", views.lapses_table, name="lapses_table"),
]
