"""Pages of the room."""

from django.urls import path

from shifts.roster import views

app_name = "roster"
urlpatterns = [
    path("roster/", views.roster, name="roster"),
    path("roster/cell/", views.cell, name="cell"),
    path("roster/publish/", views.publish, name="publish"),
    path("roster/confirm/", views.confirm, name="confirm"),
    path("roster/undo/", views.undo, name="undo"),
    path("roster/mine/", views.mine, name="mine"),
    path("roster/wish/", views.wish, name="wish"),
    path("roster/wish/withdraw/", views.wish_withdraw, name="wish_withdraw"),
    path("roster/calendar/key/", views.calendar_key, name="calendar_key"),
    path("roster/calendar/withdraw/", views.calendar_withdraw, name="calendar_withdraw"),
    path("roster/calendar.ics", views.calendar, name="calendar"),
    path("roster/hours/", views.hours, name="hours"),
    path("roster/hours/export/", views.hours_export, name="hours_export"),
    path("roster/patterns/", views.patterns, name="patterns"),
    path("roster/patterns/use/", views.pattern_use, name="pattern_use"),
    path("roster/make/", views.make, name="make"),
    path("roster/rules/", views.rules, name="rules"),
    path("roster/plan/", views.plan, name="plan"),
    path("roster/shifts/<int:pk>/", views.shift, name="shift"),
    path("roster/shifts/<int:pk>/cancel/", views.cancel, name="cancel"),
]
