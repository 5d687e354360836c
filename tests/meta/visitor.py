"""Somebody who knocks at every door."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from uuid import UUID

from django.core.files import File
from django.db import connection, transaction
from django.http import HttpResponse
from django.template import Template
from django.test import Client
from django.test.utils import CaptureQueriesContext, _TestState
from rest_framework.test import APIClient

from cases.privacy.models import AccessLog
from fregat.lib import rights
from staff.employees.models import Employee
from tests.cast import sign_in
from tests.meta.routes import Route

_FRAME = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SET CONSTRAINTS")
"""What holds transactions together: it reads and writes no row."""


@contextmanager
def _templates_unwatched() -> Iterator[None]:
    """Without the copy of the context that Django's test client keeps of every template, down to each option of each
    list: no walk asks for it, and it is a third of the time of a page with many fields."""
    watched = Template._render
    Template._render = _TestState.saved_data.template_render
    try:
        yield
    finally:
        Template._render = watched


class Visitor:
    """One person at every door; whatever a request changes is undone after it."""

    def __init__(self, employee: Employee | None) -> None:
        self.employee = employee
        self.role = employee.role if employee else ""
        self.who = getattr(employee, "department", "") or self.role or "nobody"
        """As reports name them: the role, or the department of an employee of another one."""
        # One browser and one program for all doors: each would load the whole middleware anew.
        self.page, self.api = Client(), APIClient()
        self.page.raise_request_exception = self.api.raise_request_exception = False
        if employee:
            sign_in(self.page, employee)
        self.looked_at: set[UUID] = set()
        """What the access log says was looked at in the last request."""
        self.statements: list[str] = []
        """What the last request asked of the database."""
        self.cookies = {key: morsel.value for key, morsel in self.page.cookies.items()}

    def may(self, action: str | None) -> bool:
        """Does the matrix give this person the action?"""
        return rights.lets(self.employee, action)

    def ask(
        self,
        route: Route,
        method: str,
        values: dict[str, Any],
        *,
        whole: bool = False,
        data: Any = None,
        url: str = "",
        counted: bool = True,
        watched: bool = False,
        **options: Any,
    ) -> HttpResponse:
        """The answer; without `whole` a page is asked for as an update in place, whose refusals are short.

        `url` in place of the route's own; without `counted` neither statements nor looks are kept, which is twice
        as fast; `watched`: with the `context` of the answer; `options` for the client (`content_type`, `headers`).
        """
        client = self.api if route.is_api else self.page
        client.cookies.clear()
        client.cookies.load(self.cookies)
        if route.is_api and method != "GET" and "content_type" not in options:
            sent = data.values() if isinstance(data, dict) else ()
            options["format"] = "multipart" if any(isinstance(one, File) for one in sent) else "json"
        if not route.is_api and not whole:
            options["headers"] = {"HX-Request": "true", **options.get("headers", {})}
        address = url or route.url(values)
        with transaction.atomic(), nullcontext() if watched else _templates_unwatched():
            with self._counting() if counted else nullcontext():
                answer = getattr(client, method.lower())(address, data, **options)
            transaction.set_rollback(True)
        return answer

    @contextmanager
    def _counting(self) -> Iterator[None]:
        """Keep what is asked of the database, and what the access log says was seen."""
        before = AccessLog.objects.count()
        connection.queries_log.clear()  # it holds 9,000 and forgets the first
        with CaptureQueriesContext(connection) as captured:
            yield
        asked = [row["sql"] or "" for row in captured]  # none: the database never saw it
        self.statements = [sql for sql in asked if not sql.startswith(_FRAME)]
        looks = AccessLog.objects.order_by("id")[before:]
        self.looked_at = {ident for look in looks for ident in look.objects_seen}
