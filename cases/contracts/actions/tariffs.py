"""Versions of tariffs: published as a whole from a day on, never corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from cases.contracts.labels import fault_words
from cases.contracts.models import Tariff, row_of
from cases.contracts.permissions import check_insurer
from cases.contracts.selectors.tariffs import read
from cases.insurance.models import Programme
from fregat.lib import clock, db
from fregat.lib.errors import Invalid

if TYPE_CHECKING:
    from staff.employees.models import Employee

FAULTS_SHOWN = 30


@dataclass(frozen=True)
class TariffFacts:
    """A version to be published. `table`: as it was pasted."""

    since: date
    currency: str
    step: Decimal
    rounding: str
    minimum: Decimal
    lead_days: int
    ahead_days: int
    persons_max: int
    table: str
    note: str = ""


@db.action
def publish_tariff(
    *, by: Employee | None, programme_id: int, facts: TariffFacts, today: date | None = None
) -> Tariff:
    """Publish the next version of a programme's tariff. `today` is the program's own (demonstration data).

    What was in force ends on its first day; versions that would have begun later are replaced. The same sent twice is
    one version. Raises Invalid for a day that has passed, for a table with faults (with every line of them).
    """
    # Whoever is entering a contract holds the tariff in force and refers to the programme: the other way round they
    # and this one would wait for each other.
    programme = db.lock(Programme.objects.all(), no_key=True, pk=programme_id)
    if by is not None:
        check_insurer(by, "tariff.edit", programme.insurer_id)
    now = clock.now()
    if facts.since < (today or clock.local(now).date()):
        raise Invalid.field(
            "since", _("A version begins today or later: premiums of the past stay as they were.")
        )
    lines, faults = read(facts.table)
    if faults:
        words = fault_words(faults[:FAULTS_SHOWN])
        raise Invalid(
            {"table": [_("Line %(line)s: %(text)s") % one if one["line"] else one["text"] for one in words]}
        )
    versions = Tariff.objects.filter(programme=programme)
    values = {
        "since": facts.since, "currency_id": facts.currency, "step": facts.step, "rounding": facts.rounding,
        "minimum": facts.minimum, "lead_days": facts.lead_days, "ahead_days": facts.ahead_days,
        "persons_max": facts.persons_max, "table": facts.table, "note": facts.note,
    }  # fmt: skip
    twice: Tariff | None = versions.filter(**values, until=None).first()
    if twice is not None:
        return twice
    versions.filter(since__gte=facts.since).update(until=F("since"))
    versions.on(facts.since).update(until=facts.since)
    number = versions.aggregate(last=Max("number"))["last"] or 0
    row: Tariff = Tariff.objects.create(
        programme=programme, number=number + 1, **values, lines=[row_of(line) for line in lines],
        published_at=now, published_by=by,
    )  # fmt: skip
    return row
