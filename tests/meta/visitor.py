"""Somebody who knocks at every door."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from rest_framework.test import APIClient

from cases.privacy.models import AccessLog
from fregat.lib import rights
from staff.employees.models import Employee
from tests.cast import sign_in
from tests.meta.routes import Route


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
        data: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The answer; without `whole` a page is asked for as an update in place, whose refusals are short."""
        client = self.api if route.is_api else self.page
        client.cookies.clear()
        client.cookies.load(self.cookies)
        options: dict[str, Any] = {"format": "json"} if route.is_api and method != "GET" else {}
        if not route.is_api and not whole:
            options["headers"] = {"HX-Request": "true"}
        with transaction.atomic():
            before = AccessLog.objects.count()
            answer = getattr(client, method.lower())(route.url(values), data, **options)
            looks = AccessLog.objects.order_by("id")[before:]
            self.looked_at = {ident for look in looks for ident in look.objects_seen}
            transaction.set_rollback(True)
        return answer
