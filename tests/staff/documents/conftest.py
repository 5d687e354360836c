"""A document in force, a decision published, and nothing guessed at yet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from staff.documents.models import Decision, DocumentVersion
from staff.employees.models import Employee
from tests.builders import make_decision, make_document


@pytest.fixture(autouse=True)
def nothing_tried() -> Iterator[None]:
    """Wrong passwords are counted in the cache."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def version(director: Employee, operator: Employee) -> DocumentVersion:
    """The first version of the operator's job description, in force for operators."""
    made: DocumentVersion = make_document(director, roles=["operator"])
    return made


@pytest.fixture
def decision(head: Employee, operator: Employee) -> Decision:
    """A decision of the head that concerns operators."""
    made: Decision = make_decision(head, roles=["operator"])
    return made
