"""What every test stands on: the database of this worker, as the application's role sees it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import TransactionTestCase

from tests.database import TestDatabase


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[TestDatabase]:
    """pytest-django's database, replaced: two roles, a template, a copy."""
    database = TestDatabase(f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")
    original = TransactionTestCase._fixture_teardown

    def renew(_case: TransactionTestCase) -> None:
        database.renew()

    with django_db_blocker.unblock():
        database.create()
        TransactionTestCase._fixture_teardown = renew
    yield database
    TransactionTestCase._fixture_teardown = original
    with django_db_blocker.unblock():
        database.drop()
