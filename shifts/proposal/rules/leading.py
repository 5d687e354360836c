"""Who leads the shifts proposed (JD I.5, ADR 0006): one at a moment, of those who may, in every hour that has work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from shifts.proposal.rules.ground import Question, covering

UNLED = 30
"""A quarter-hour with work that nobody leads."""
NOT_LEADING = {"day": 40, "night": 400}
"""A shift of somebody who takes no calls and does not lead it: a day at the desk, never a night."""


class Leading:
    """`lead[place, slot]`: does this person lead this shift? Kept whatever is asked: only who may for the whole of
    it, one at a moment, and nobody where somebody leads already. An hour without a leader is a cost, so too few who
    may lead are a lack that is said."""

    def __init__(self, question: Question, model: Any, x: Mapping[tuple[int, int], Any]) -> None:
        self.question, self.model = question, model
        self.cost: list[Any] = []
        self.lead: dict[tuple[int, int], Any] = {}
        self._who(x)
        self._one_at_a_moment()
        self._everywhere()

    def _who(self, x: Mapping[tuple[int, int], Any]) -> None:
        for (place, slot), works in x.items():
            person, span = self.question.people[place], self.question.slots[slot].span
            taken = any(since < span.ends_at and span.starts_at < until for since, until in self.question.led)
            if person.may_lead(span) and not taken:
                leads = self.lead[place, slot] = self.model.new_bool_var("")
                self.model.add_implication(leads, works)
            if not person.answers:
                idle = works - self.lead[place, slot] if (place, slot) in self.lead else works
                self.cost.append(NOT_LEADING[span.kind] * idle)

    def _by_slot(self) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for (_place, slot), leads in self.lead.items():
            found[slot].append(leads)
        return found

    def _one_at_a_moment(self) -> None:
        """Of the shifts that run at some beginning one is led, by one: no two overlap without that."""
        by_slot = self._by_slot()
        spans = {slot: self.question.slots[slot].span for slot in by_slot}
        for at in sorted({span.starts_at for span in spans.values()}):
            running = [slot for slot, span in spans.items() if span.starts_at <= at < span.ends_at]
            self.model.add_at_most_one(leads for slot in running for leads in by_slot[slot])

    def _everywhere(self) -> None:
        """Quarter-hours that the same shifts cover are led or not together."""
        by_slot = self._by_slot()
        spans = [(one.span.starts_at, one.span.ends_at) for one in self.question.slots]
        covered = covering(spans, self.question.quarters)
        alike: dict[tuple[int, ...], int] = defaultdict(int)
        for at in self.question.unled:
            alike[tuple(slot for slot in covered[at] if slot in by_slot)] += 1
        for slots, times in alike.items():
            if slots:
                nobody = self.model.new_bool_var("")
                self.model.add_bool_or([*(leads for slot in slots for leads in by_slot[slot]), nobody])
                self.cost.append(UNLED * times * nobody)
