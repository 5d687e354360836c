"""What is appended to a case: contacts, notes, tasks, services. They need no `If-Match`."""

from __future__ import annotations

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.casework import actions, permissions, selectors
from cases.casework import serializers as shapes
from cases.casework.api.door import look, read
from fregat.lib.errors import Invalid
from fregat.lib.gates import row_id
from fregat.lib.once import moment
from staff.employees.models import Employee


class ContactsView(APIView):
    """Contacts about a case."""

    @extend_schema(
        operation_id="cases_add_contact",
        request=shapes.ContactInSerializer,
        responses={201: shapes.ContactSerializer},
    )
    def post(self, request: Request, number: str) -> Response:
        """Record a call, letter, fax or message."""
        selectors.get_case(request.user, number, action="case.add", now=moment())
        given = read(shapes.ContactInSerializer(data=request.data)).validated_data
        row = actions.add_contact(
            by=request.user, number=number, channel=given["channel"], direction=given["direction"],
            party=given["party"], address=given.get("address") or "", text=given.get("text") or "",
        )  # fmt: skip
        return Response(shapes.contact_json(row), status=201)


class NotesView(APIView):
    """Notes on a case."""

    @extend_schema(
        operation_id="cases_add_note", request=shapes.NoteInSerializer, responses={201: shapes.NoteSerializer}
    )
    def post(self, request: Request, number: str) -> Response:
        """Write something down."""
        selectors.get_case(request.user, number, action="case.add", now=moment())
        given = read(shapes.NoteInSerializer(data=request.data)).validated_data
        row = actions.add_note(by=request.user, number=number, text=given["text"])
        return Response(shapes.note_json(row), status=201)


class TasksView(APIView):
    """Tasks on a case."""

    @extend_schema(
        operation_id="cases_add_task", request=shapes.TaskInSerializer, responses={201: shapes.TaskSerializer}
    )
    def post(self, request: Request, number: str) -> Response:
        """Something to be done until a time."""
        selectors.get_case(request.user, number, action="case.add", now=moment())
        given = read(shapes.TaskInSerializer(data=request.data)).validated_data
        row = actions.add_task(
            by=request.user, number=number, text=given["text"], due_at=given["due_at"],
            assignee=self._assignee(given.get("assignee") or ""),
        )  # fmt: skip
        return Response(shapes.task_json(row), status=201)

    @staticmethod
    def _assignee(username: str) -> Employee | None:
        if not username:
            return None
        found: Employee | None = Employee.objects.employed().filter(username=username).first()
        if found is None:
            raise Invalid.field("assignee", _("Nobody with this sign-in name works here."))
        return found


class TaskCompleteView(APIView):
    """The end of a task."""

    @extend_schema(
        operation_id="cases_complete_task", request=shapes.OutcomeSerializer, responses=shapes.TaskSerializer
    )
    def post(self, request: Request, number: str, pk: str) -> Response:
        """The task is done, with what came of it."""
        task_id = row_id(pk)
        now = moment()
        case = selectors.get_task(request.user, number, task_id, action="case.add", now=now).case
        given = read(shapes.OutcomeSerializer(data=request.data)).validated_data
        row = actions.complete_task(
            by=request.user, number=number, task_id=task_id, outcome=given.get("outcome") or ""
        )
        look(
            request,
            {case.uuid: case.ground},
            permissions.reading(request.user).part("facts", ("task", [row])),
            now,
        )
        return Response(shapes.task_json(row))


class ServicesView(APIView):
    """The help that a case needs."""

    @extend_schema(
        operation_id="cases_add_service",
        request=shapes.ServiceInSerializer,
        responses={201: shapes.ServiceSerializer},
    )
    def post(self, request: Request, number: str) -> Response:
        """Add a kind of help; what must be told is told."""
        selectors.get_case(request.user, number, action="case.work", now=moment())
        facts = read(shapes.ServiceInSerializer(data=request.data)).facts()
        row = actions.add_service(
            by=request.user, number=number, kind=facts.kind, expected_cost=facts.expected_cost,
            currency=facts.currency, note=facts.note,
        )  # fmt: skip
        return Response(shapes.service_json(row), status=201)


class ServiceView(APIView):
    """One kind of help inside a case."""

    @extend_schema(
        operation_id="cases_set_service",
        request=shapes.ServiceStateSerializer,
        responses=shapes.ServiceSerializer,
    )
    def patch(self, request: Request, number: str, pk: str) -> Response:
        """Say where it stands."""
        service_id = row_id(pk)
        now = moment()
        case = selectors.get_service(request.user, number, service_id, action="case.work", now=now).case
        given = read(shapes.ServiceStateSerializer(data=request.data)).validated_data
        row = actions.set_service_state(
            by=request.user, number=number, service_id=service_id, state=given["state"],
            reason=given.get("reason") or "",
        )  # fmt: skip
        part = permissions.reading(request.user).part("facts", ("service", [row]))
        look(request, {case.uuid: case.ground}, part, now)
        return Response(shapes.service_json(row))
