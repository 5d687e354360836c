"""A child that is to be killed has connections of its own, beside a browser's event loop too."""

from __future__ import annotations

import asyncio

import pytest
from django.db import connection, connections

from fregat.lib.models import Job
from tests.database import as_owner
from tests.forked import die, killed_inside

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_child_does_not_find_a_connection_that_was_left_behind() -> None:
    connection.ensure_connection()
    left = connection.connection.info.backend_pid
    loop = asyncio.new_event_loop()
    asyncio._set_running_loop(loop)  # as Playwright leaves it in the thread of the tests
    try:
        with as_owner() as run:
            run(f"SELECT pg_terminate_backend({left})")

        def work() -> None:
            Job.objects.count()
            die()

        assert killed_inside(work)
    finally:
        asyncio._set_running_loop(None)
        loop.close()
        connections.close_all()


def test_a_child_that_was_not_killed_is_no_success() -> None:
    assert not killed_inside(lambda: None)
    assert not killed_inside(lambda: 1 / 0)
