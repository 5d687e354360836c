"""An old copy of the database put back is a whole log, and only what lies outside tells that it is old."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from cases.privacy.actions import anchor_head, seal_log
from fregat.lib import clock
from tests.database import as_owner, patiently

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_restored_old_copy_is_found_by_the_anchor_even_when_work_went_on(
    look: Callable[..., UUID], sealed: Callable[..., None], verify: Callable[..., tuple[int, str]],
    settings: Any, tmp_path: Path, django_db_setup: Any,
) -> None:  # fmt: skip
    file = tmp_path / "anchor.jsonl"
    settings.ACCESS_LOG_ANCHOR = str(file)
    sealed(seals=2)
    name = django_db_setup.name
    connections.close_all()
    patiently(f'CREATE DATABASE "{name}_copy" TEMPLATE "{name}" STRATEGY FILE_COPY')
    try:
        sealed(seals=1)
        anchor_head(now=clock.now())
        connections.close_all()
        patiently(f'DROP DATABASE "{name}"')
        patiently(f'CREATE DATABASE "{name}" TEMPLATE "{name}_copy" STRATEGY FILE_COPY')
        code, said = verify()
        assert code == 1
        assert "knows seal 3 and 12 rows, and the chain ends with seal 2 and 8 rows" in said
        assert "an old copy was restored" in said
        # Work goes on over the copy: there is a third seal again, and it is another one.
        look()
        seal_log()
        code, said = verify()
        assert code == 1 and "Seal 3 is not the one that was anchored" in said
    finally:
        connections.close_all()
        with as_owner() as run:
            run(f'DROP DATABASE IF EXISTS "{name}_copy"')
