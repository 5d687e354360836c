"""The running program mends itself."""

from __future__ import annotations

import pytest

from tests.live import LiveServices

pytestmark = [pytest.mark.chaos, pytest.mark.slow]


@pytest.mark.parametrize("part", ["web", "worker", "beat", "live", "valkey", "postgres"])
def test_a_killed_part_comes_back(live_services: LiveServices, part: str) -> None:
    with live_services.watched():
        before = live_services.pid(part)
        live_services.kill(part)
        live_services.wait_until(lambda: live_services.pid(part) != before)
        live_services.wait_ready()
