"""An article of the project of `operator`, published."""

from __future__ import annotations

from typing import Any

import pytest

from cases.knowledge.models import ArticleVersion
from staff.employees.models import Employee
from tests.builders import make_article


@pytest.fixture
def version(head: Employee, operator: Employee, project: Any) -> ArticleVersion:
    """The first version, which holds and which nobody has read yet."""
    made: ArticleVersion = make_article(head, project)
    return made
