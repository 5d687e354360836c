"""Pages of the room."""

from django.urls import path

from cases.casework.views import articles, call, case, passing, queue, work

app_name = "casework"
urlpatterns = [
    path("calls/new/", call.new_call, name="new_call"),
    path("calls/new/lookup/", call.lookup, name="call_lookup"),
    path("calls/new/person/", call.person, name="call_person"),
    path("calls/new/cover/", call.cover, name="call_verdict"),
    path("calls/new/restart/", call.restart, name="call_restart"),
    path("cases/", queue.cases, name="cases"),
    path("cases/<slug:number>/", case.case, name="case"),
    path("cases/<slug:number>/update/", case.update, name="case_update"),
    path("cases/<slug:number>/history/", case.history, name="case_history"),
    path("cases/<slug:number>/articles/", articles.articles, name="case_articles"),
    path("cases/<slug:number>/answers/", work.answers, name="case_answers"),
    path("cases/<slug:number>/facts/", work.facts, name="case_facts"),
    path("cases/<slug:number>/person/", work.person, name="case_person"),
    path("cases/<slug:number>/move/<slug:to>/", work.move, name="case_move"),
    path("cases/<slug:number>/responsible/", work.responsible, name="case_responsible"),
    path("cases/<slug:number>/pass-on/", passing.disclose, name="case_pass_on"),
    path("cases/<slug:number>/notes/", work.add, {"kind": "note"}, name="case_notes"),
    path("cases/<slug:number>/contacts/", work.add, {"kind": "contact"}, name="case_contacts"),
    path("cases/<slug:number>/tasks/", work.add, {"kind": "task"}, name="case_tasks"),
    path("cases/<slug:number>/services/", work.add, {"kind": "service"}, name="case_services"),
    path("cases/<slug:number>/escalations/", work.add, {"kind": "escalation"}, name="case_escalations"),
    path("cases/<slug:number>/tasks/<int:task_id>/done/", work.task_done, name="case_task_done"),
    path("cases/<slug:number>/services/<int:service_id>/", work.service, name="case_service"),
    path(
        "cases/<slug:number>/escalations/<int:escalation_id>/acknowledge/",
        work.acknowledge,
        name="case_acknowledge",
    ),
    path(
        "cases/<slug:number>/escalations/<int:escalation_id>/unfounded/",
        work.unfounded,
        name="case_unfounded",
    ),
]
