"""The world of the matrix, built once for all walks of a module and undone after them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from tests.meta.matrix.objects import build
from tests.meta.matrix.world import World


@pytest.fixture(scope="module")
def world(django_db_setup: Any, django_db_blocker: Any) -> Iterator[World]:
    """Whatever a walk changes is undone by its visitor, so all of them walk through one world."""
    with django_db_blocker.unblock():
        cache.clear()
        with transaction.atomic():
            yield build()
            transaction.set_rollback(True)
