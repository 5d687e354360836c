"""Somebody else, at the same moment: a thread with a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def beside(work: Callable[[], Any]) -> threading.Thread:
    """Has begun; `join` it. The test needs `django_db(transaction=True)`."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread
