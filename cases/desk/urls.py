"""Pages of the room."""

from django.urls import URLPattern, URLResolver, include, path

from cases.desk import views

_desk = [
    path("", views.home, name="home"),
    path("board/", views.board, name="board"),
    path("board/escalations/<int:escalation_id>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("night/", views.night, name="night"),
    path("woken/", views.woken, name="woken"),
    path("night/<str:number>/wake/", views.wake, name="wake"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((_desk, "desk"))),
    # The search field of every page names it without a room.
    path("search/", views.find, name="search"),
]
