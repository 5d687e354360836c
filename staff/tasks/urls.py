"""Pages of the room."""

from django.urls import path

from staff.tasks.views import giving, listing, task

app_name = "tasks"
urlpatterns = [
    path("tasks/", listing.tasks, name="tasks"),
    path("tasks/new/", giving.new, name="new"),
    path("tasks/<int:pk>/", task.task, name="task"),
    path("tasks/<int:pk>/report/", task.report, name="report"),
    path("tasks/<int:pk>/reports/<int:report_id>/proof/", task.proof, name="proof"),
    path("tasks/<int:pk>/reports/<int:report_id>/accept/", task.accept, name="accept"),
    path("tasks/<int:pk>/reports/<int:report_id>/return/", task.return_report, name="return"),
    path("tasks/<int:pk>/withdraw/", task.withdraw, name="withdraw"),
    path("tasks/<int:pk>/pass/", task.pass_on, name="pass_on"),
]
