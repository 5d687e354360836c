"""How many statements an answer asked of the database, told in a header; of the benchmark's settings alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

HEADER = "X-Statements"
_OF_TRANSACTIONS = ("SAVEPOINT", "RELEASE", "ROLLBACK TO", "SET CONSTRAINTS")
"""They ask for nothing."""


class CountStatements:
    """The outermost middleware: what the others ask is counted too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = 0

        def count(execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
            nonlocal asked
            asked += not str(sql).startswith(_OF_TRANSACTIONS)
            return execute(sql, *rest)

        with connection.execute_wrapper(count):
            response = self.get_response(request)
        response[HEADER] = f"{asked}"
        return response
