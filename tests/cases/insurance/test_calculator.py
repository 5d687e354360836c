"""The example calculator: what it imagines says nothing against the rules that are tried."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from cases.insurance import actions
from cases.insurance.models import Programme
from fregat.lib import clock
from tests.cast import make_person, make_policy


@pytest.fixture
def programme(project: Any) -> Programme:
    return make_policy(project, make_person()).programme  # type: ignore[no-any-return]


def drafted(head: Any, programme: Programme, limit: int) -> int:
    """A draft in which a visit has this limit, and a hospital none; its version."""
    draft = actions.begin_edition(by=head, programme_id=programme.pk)
    line = {"currency_id": "EUR", "excess": Decimal(0)}
    covers = [
        {"service_id": "visit", "limit": limit, **line},
        {"service_id": "hospital", "limit": None, **line},
    ]
    return actions.save_edition(
        by=head, programme_id=programme.pk, version=draft.version, limits={}, covers=covers, exclusions=[]
    ).version


def test_no_invented_sum_hides_a_limit_of_the_rules(head: Any, programme: Programme, page: Any) -> None:
    """«30 000 € are left» was said of a limit of 100 000, and of the 250 000 of the draft, which changed nothing."""
    version, today = drafted(head, programme, 100_000), clock.local(clock.now()).date()
    actions.publish_edition(by=head, programme_id=programme.pk, version=version, valid_from=today)
    drafted(head, programme, 250_000)
    address, territory = f"/rules/{programme.pk}/try/", programme.policies.get().territory_id
    asked = {"territory": territory, "country": "TR", "service": "visit", "day": "10"}
    tried = page(head).post(address, asked).context
    left = ["".join(tried[side]["left"].split()) for side in ("now", "then")]
    assert (left, tried["differs"]) == (["100000EUR", "250000EUR"], True)
    other = page(head).post(address, {**asked, "service": "hospital"}).context
    assert other["now"]["left"] == other["then"]["left"] and not other["differs"]
