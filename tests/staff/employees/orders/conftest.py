"""The clock of the tests of orders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from fregat.lib import clock


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """`at(moment)`: it is that moment now."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)
