"""The rules of working time as they hold, and how they came to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from fregat.lib import clock
from shifts.roster import rules
from shifts.roster.models import RosterRule, Shift


@dataclass
class RuleLine:
    """One rule: what holds today, what the law says, every change of it with the latest first."""

    kind: rules.RuleKind
    now: rules.Terms
    law: rules.Law
    changes: list[RosterRule] = field(default_factory=list)
    current: RosterRule | None = None
    """The change that holds today; None for what the law says."""


def newly_broken(shift: Shift, old: rules.Plan | None, new: rules.Plan) -> list[rules.Broken]:
    """What the new plan breaks that was kept before, in the person's whole month. Two statements."""
    since, until = rules.surroundings(
        min(new.starts_at, old.starts_at if old else new.starts_at), new.ends_at
    )
    others = Shift.objects.planned_over(since, until).filter(employee=shift.employee_id).exclude(pk=shift.pk)
    spans = [rules.Span(*row) for row in others.values_list("starts_at", "ends_at", "kind")]
    terms = RosterRule.objects.terms_on(clock.local(new.starts_at).date())
    return rules.worse(
        rules.broken(rules.Work(_with(spans, old), terms, shift.zone)),
        rules.broken(rules.Work(_with(spans, new), terms, shift.zone)),
    )


def broken_by_end(shift: Shift, ends_at: datetime) -> list[rules.Broken]:
    """The same when the shift ends at another time; with what the rest before the next one comes to."""
    old = rules.Plan(shift.starts_at, shift.ends_at, shift.kind, shift.leads)
    return newly_broken(shift, old, replace(old, ends_at=rules.instant(ends_at)))


def _with(spans: list[rules.Span], plan: rules.Plan | None) -> list[rules.Span]:
    mine = [rules.Span(plan.starts_at, plan.ends_at, plan.kind)] if plan else []
    return sorted([*spans, *mine], key=lambda span: span.starts_at)


def rule_lines(today: date) -> list[RuleLine]:
    """Every rule, in the order of the law's articles. One statement."""
    lines = {kind: RuleLine(kind, rules.Terms(law.limit), law) for kind, law in rules.LAW.items()}
    for row in RosterRule.objects.select_related("changed_by").order_by("-since"):
        line = lines[rules.RuleKind(row.kind)]
        line.changes.append(row)
        if line.current is None and row.since <= today:
            line.current, line.now = row, rules.Terms(float(row.limit), row.on)
    return list(lines.values())
