"""A draft of a programme's rules, for the walks over all addresses."""

from __future__ import annotations

from typing import Any

from fregat.lib import clock
from tests.builders import make_currency, make_service_kind


def make_draft_of_rules(programme: Any, by: Any) -> tuple[Any, Any]:
    """A draft of the rules of a programme that covers a visit, and an example that is kept with it."""
    from cases.insurance.models import Cover, Edition, Example

    now = clock.now()
    draft = Edition.objects.create(programme=programme, number=2, begun_at=now, begun_by=by)
    Cover.objects.create(
        edition=draft, service=make_service_kind("visit"), currency=make_currency("EUR"), clause="4.2"
    )
    territory = programme.policies.first().territory
    example = Example.objects.create(
        programme=programme,
        name="Огляд",
        territory=territory,
        country="TR",
        service="visit",
        kept_at=now,
        kept_by=by,
    )
    return draft, example
