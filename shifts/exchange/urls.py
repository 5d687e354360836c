"""Pages of the room."""

from django.urls import path

from shifts.exchange import views

app_name = "exchange"
urlpatterns = [
    path("exchanges/", views.exchanges, name="exchanges"),
    path("exchanges/ask/<int:pk>/", views.ask, name="ask"),
    path("exchanges/<int:pk>/", views.exchange, name="exchange"),
    path("exchanges/<int:pk>/answer/", views.answer, name="answer"),
    path("exchanges/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("exchanges/<int:pk>/decide/", views.decide, name="decide"),
]
