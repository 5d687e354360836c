"""Pages of the room."""

from django.urls import path

from staff.messenger import views

app_name = "messenger"
urlpatterns = [
    path("messages/", views.messages, name="messages"),
    path("messages/new/", views.new, name="new"),
    path("messages/badge/", views.badge, name="badge"),
    path("messages/panel/", views.panel, name="panel"),
    path("messages/<uuid:uuid>/", views.conversation, name="conversation"),
    path("messages/<uuid:uuid>/send/", views.send, name="send"),
]
