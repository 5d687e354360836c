"""API of the room, under /api/v1/ with names `api:…`."""

from django.urls import path

from cases.casework.api import cases, escalations, histories, rows

urlpatterns = [
    path("cases/", cases.CasesView.as_view(), name="cases"),
    path("cases/<str:number>/", cases.CaseView.as_view(), name="case"),
    path("cases/<str:number>/transitions/", cases.TransitionsView.as_view(), name="case-transitions"),
    path("cases/<str:number>/responsible/", cases.ResponsibleView.as_view(), name="case-responsible"),
    path("cases/<str:number>/contacts/", rows.ContactsView.as_view(), name="case-contacts"),
    path("cases/<str:number>/notes/", rows.NotesView.as_view(), name="case-notes"),
    path("cases/<str:number>/tasks/", rows.TasksView.as_view(), name="case-tasks"),
    path(
        "cases/<str:number>/tasks/<str:pk>/complete/",
        rows.TaskCompleteView.as_view(),
        name="case-task-complete",
    ),
    path("cases/<str:number>/services/", rows.ServicesView.as_view(), name="case-services"),
    path("cases/<str:number>/services/<str:pk>/", rows.ServiceView.as_view(), name="case-service"),
    path(
        "cases/<str:number>/escalations/", escalations.CaseEscalationsView.as_view(), name="case-escalations"
    ),
    path("cases/<str:number>/timeline/", histories.TimelineView.as_view(), name="case-timeline"),
    path(
        "cases/<str:number>/responsibility/",
        histories.ResponsibilityView.as_view(),
        name="case-responsibility",
    ),
    path("cases/<str:number>/history/", histories.HistoryView.as_view(), name="case-history"),
    path("escalations/", escalations.EscalationsView.as_view(), name="escalations"),
    path(
        "escalations/<str:pk>/acknowledge/",
        escalations.AcknowledgeView.as_view(),
        name="escalation-acknowledge",
    ),
    path("escalations/<str:pk>/cancel/", escalations.CancelView.as_view(), name="escalation-cancel"),
]
