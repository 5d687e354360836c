"""The rules of working time as they hold, and how they came to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from shifts.roster import rules
from shifts.roster.models import RosterRule


@dataclass
class RuleLine:
    """One rule: what holds today, what the law says, every change of it with the latest first."""

    kind: rules.RuleKind
    now: rules.Terms
    law: rules.Law
    changes: list[RosterRule] = field(default_factory=list)
    current: RosterRule | None = None
    """The change that holds today; None for what the law says."""


def rule_lines(today: date) -> list[RuleLine]:
    """Every rule, in the order of the law's articles. One statement."""
    lines = {kind: RuleLine(kind, rules.Terms(law.limit), law) for kind, law in rules.LAW.items()}
    for row in RosterRule.objects.select_related("changed_by").order_by("-since"):
        line = lines[rules.RuleKind(row.kind)]
        line.changes.append(row)
        if line.current is None and row.since <= today:
            line.current, line.now = row, rules.Terms(float(row.limit), row.on)
    return list(lines.values())
