"""The month as a model of CP-SAT (OR-Tools): rules of working time are hard, the rest is weighed.

Nothing chosen at all is an answer too, so there always is one: what people are too few for is a shortage that is
said, never a failure. Weights are for a quarter-hour, so that all of them can be compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from shifts.proposal.rules.ground import Answer, Chosen, Person, Question, can_work, covering
from shifts.proposal.rules.leading import Leading
from shifts.roster.rules import RuleKind, Span, day_span, length, night_length, norm

LACKING = 40
"""One person lacking in a quarter-hour."""
LACKING_SKILL = {True: 4, False: 12}
"""Nobody of a project there (nobody of a language: True)."""
TOO_MANY = 1
"""One person more than the surplus evenly spread."""
FROM_NORM, FAR_FROM_NORM = 3, 3
"""A quarter-hour from fair hours; more than `_FAR` quarter-hours away as much again."""
UNEQUAL = 6
"""A quarter-hour between who is most above fair hours and who is most below."""
AGAINST_WISH = {"off": 100, "day": 60, "night": 60}
"""A shift on a day on which the person wished otherwise."""
_FAR = 48
_MINUTE = timedelta(minutes=1)


def solve(
    question: Question, seconds: float, hint: Chosen = (), leading: Chosen = (), workers: int = 2
) -> Answer:
    """The best roster found within so many seconds; `hint`: one found before (`leading`: which of it led), from
    which it goes on."""
    # Asked for late: it costs a second and a hundred megabytes.
    from ortools.sat.python import cp_model

    built = _Model(question, cp_model.CpModel())
    built.hint(hint, leading)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.relative_gap_limit = 0.01
    heard = _heard(cp_model)()
    status = solver.solve(built.model, heard)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer((), float("inf"), 0.0, seconds, seconds)
    chosen = tuple(sorted(key for key, var in built.x.items() if solver.boolean_value(var)))
    bound = solver.best_objective_bound
    led = tuple(sorted(key for key, var in built.leading.lead.items() if solver.boolean_value(var)))
    return Answer(chosen, solver.objective_value, bound, heard.times[0], heard.times[-1], led)


def _heard(cp_model: Any) -> Any:
    class Heard(cp_model.CpSolverSolutionCallback):
        """When answers came."""

        def __init__(self) -> None:
            super().__init__()
            self.times: list[float] = []

        def on_solution_callback(self) -> None:
            self.times.append(self.wall_time)

    return Heard


class _Model:
    """`x[place, slot]`: does this person work this shift?"""

    def __init__(self, question: Question, model: Any) -> None:
        self.question, self.model = question, model
        self.terms = question.strictest
        self.x: dict[tuple[int, int], Any] = {}
        self.cost: list[Any] = []
        self.beyond: list[Any] = []
        """Of each person: quarter-hours above fair hours."""
        for place, person in enumerate(question.people):
            _Roster(self, place, person).build()
        self._equal()
        self._cover()
        self.leading = Leading(question, model, self.x)
        self.cost += self.leading.cost
        model.minimize(sum(self.cost))

    def limit(self, kind: RuleKind) -> float | None:
        """Of a rule that is kept."""
        terms = self.terms.get(kind)
        return terms.limit if terms and terms.on else None

    def hint(self, chosen: Chosen, leading: Chosen) -> None:
        """Go on from a roster found before."""
        there, led = set(chosen), set(leading)
        for key, var in self.x.items() if there else ():
            self.model.add_hint(var, key in there)
        for key, var in self.leading.lead.items() if there else ():
            self.model.add_hint(var, key in led)

    def _equal(self) -> None:
        """Nobody far above the others."""
        most = 4 * 24 * 40
        high, low = self.model.new_int_var(-most, most, ""), self.model.new_int_var(-most, most, "")
        for beyond in self.beyond:
            self.model.add(high >= beyond)
            self.model.add(low <= beyond)
        if self.beyond:
            self.cost.append(UNEQUAL * (high - low))

    def _cover(self) -> None:
        """People against the need, by quarter-hours that the same shifts cover."""
        question, model = self.question, self.model
        counts = _counts(self)
        level = self._surplus()
        for (slots, there, skills), needs in _alike(question).items():
            most = there + len(question.people)
            people = sum(counts[slot] for slot in slots) + there
            for need, times in _tally(needs):
                if need > there:
                    lacking = model.new_int_var(0, need, "")
                    model.add(lacking >= need - people)
                    self.cost.append(LACKING * times * lacking)
            over = model.new_int_var(0, most, "")
            model.add(over >= people - max(needs) - level)
            self.cost.append(TOO_MANY * len(needs) * over)
            self._skills(slots, skills, len(needs))

    def _skills(self, slots: Sequence[int], there: frozenset[str], times: int) -> None:
        """Somebody of each project, and of each language that not all speak."""
        people = [one for one in self.question.people if one.answers]
        common = frozenset.intersection(*(one.skills for one in people)) if people else frozenset()
        for skill in sorted(frozenset().union(*(one.skills for one in people)) - there):
            language = skill.startswith("lang:")
            if language and skill in common:
                continue
            able = [
                self.x[place, slot]
                for place, one in enumerate(self.question.people)
                if one.answers and skill in one.skills
                for slot in slots
                if (place, slot) in self.x
            ]
            nobody = self.model.new_bool_var("")
            self.model.add_bool_or([*able, nobody])
            self.cost.append(LACKING_SKILL[language] * times * nobody)

    def _surplus(self) -> int:
        """People above the need that there would be everywhere if the hours of all were spread evenly."""
        hours = sum(one.target for one in self.question.people if one.answers)
        needed = sum(self.question.needed) / 4
        return max(0, int((hours - needed) / max(1, len(self.question.needed) / 4)) + 1)


class _Roster:
    """One person's shifts: what the rules of working time let them have, and what they would like."""

    def __init__(self, whole: _Model, place: int, person: Person) -> None:
        self.whole, self.place, self.person = whole, place, person
        self.question, self.model = whole.question, whole.model
        self.mine: dict[int, Any] = {}

    def build(self) -> None:
        times = self.whole.limit(RuleKind.REST) or 0
        rested = [(span.starts_at, _rested(span, times)) for span in self.person.standing]
        for index, slot in enumerate(self.question.slots):
            mine = (slot.span.starts_at, _rested(slot.span, times))
            clash = any(a < mine[1] and mine[0] < b for a, b in rested)
            if not clash and can_work(self.question, self.person, slot):
                self.mine[index] = self.model.new_bool_var("")
        self._rest(times)
        self._month()
        self._nights()
        self._week()
        self._fair()
        self._wishes()
        self.whole.x.update({(self.place, index): var for index, var in self.mine.items()})

    def span(self, index: int) -> Span:
        return self.question.slots[index].span

    def _rest(self, times: float) -> None:
        """No shift begins while another runs or is rested from: cliques of the intervals."""
        ends = {index: _rested(self.span(index), times) for index in self.mine}
        before: set[int] = set()
        for at in sorted({self.span(index).starts_at for index in self.mine}):
            clique = {i for i in self.mine if self.span(i).starts_at <= at < ends[i]}
            if len(clique) > 1 and not clique <= before:
                self.model.add_at_most_one(self.mine[i] for i in sorted(clique))
            before = clique

    def _month(self) -> None:
        """Hours, and hours at night, of the month in which shifts begin."""
        week, night = self.whole.limit(RuleKind.MONTH), self.whole.limit(RuleKind.NIGHT)
        if week is not None:
            self._at_most(int(norm(self.question.month, week) * 60), _minutes)
        if night is not None:
            self._at_most(int(night * 60), lambda span: _night_minutes(span, self.question.zone))

    def _at_most(self, limit: int, size: Any) -> None:
        left = limit - sum(size(span) for span in self._in_month())
        weighed = [(size(self.span(index)), var) for index, var in self.mine.items()]
        if left < 0:
            for minutes, var in weighed:
                if minutes:
                    self.model.add(var == 0)
        else:
            self.model.add(sum(minutes * var for minutes, var in weighed) <= left)

    def _in_month(self) -> Iterable[Span]:
        month = self.question.month
        return [
            span for span in self.person.standing if self.question.day(span.starts_at).replace(day=1) == month
        ]

    def _nights(self) -> None:
        """Of each run of days one longer than the limit, a night is free."""
        limit = self.whole.limit(RuleKind.NIGHTS)
        if limit is None:
            return
        nights: dict[date, list[Any]] = defaultdict(list)
        for span in self.person.standing:
            if span.kind == "night":
                nights[self.question.day(span.starts_at)].append(1)
        for index, var in self.mine.items():
            if self.span(index).kind == "night":
                nights[self.question.slots[index].day].append(var)
        run = int(limit) + 1
        for first in sorted({day - timedelta(days=back) for day in nights for back in range(run)}):
            window = [one for n in range(run) for one in nights.get(first + timedelta(days=n), ())]
            fixed = sum(1 for one in window if isinstance(one, int))
            free = [one for one in window if not isinstance(one, int)]
            if free and len(window) > limit:
                self.model.add(sum(free) <= max(0, int(limit) - fixed))

    def _week(self) -> None:
        """In each week with work, a window of rest whose middle lies in the week: from the end of some shift on, or
        around the week's beginning."""
        limit = self.whole.limit(RuleKind.WEEK)
        if limit is None:
            return
        whole, half = timedelta(hours=limit), timedelta(hours=limit / 2)
        spans = {index: self.span(index) for index in self.mine}
        edges = sorted({one.ends_at for one in (*spans.values(), *self.person.standing)})
        for monday in _mondays(self.question, [*spans.values(), *self.person.standing]):
            since, until = day_span(monday, self.question.zone, 7)
            near = [i for i, s in spans.items() if s.starts_at < until + whole and s.ends_at > since - whole]
            windows = []
            for begins in [since - half, *(edge for edge in edges if since <= edge + half < until)]:
                if _touches(self.person.standing, begins, begins + whole):
                    continue
                free = self.model.new_bool_var("")
                for i in near:
                    if _touches([spans[i]], begins, begins + whole):
                        self.model.add_implication(free, self.mine[i].negated())
                windows.append(free)
            if windows:
                self.model.add_bool_or(windows)
            else:
                for i in near:
                    self.model.add(self.mine[i] == 0)

    def _fair(self) -> None:
        """Hours near what is fair."""
        stands = sum(map(_minutes, self._in_month())) // 15
        aim = round(self.person.target * 4)
        worked = sum(_minutes(self.span(i)) // 15 * var for i, var in self.mine.items()) + stands
        most = max(aim, stands + sum(_minutes(self.span(i)) // 15 for i in self.mine))
        off, far = self.model.new_int_var(0, most, ""), self.model.new_int_var(0, most, "")
        self.model.add(off >= worked - aim)
        self.model.add(off >= aim - worked)
        self.model.add(far >= off - _FAR)
        self.whole.cost += [FROM_NORM * off, FAR_FROM_NORM * far]
        if self.mine:
            self.whole.beyond.append(worked - aim)

    def _wishes(self) -> None:
        for index, var in self.mine.items():
            slot = self.question.slots[index]
            wish = self.person.wishes.get(slot.day, "")
            if wish and wish != slot.span.kind:
                self.whole.cost.append(AGAINST_WISH[wish] * var)


def _counts(whole: _Model) -> list[Any]:
    """How many work each slot and take calls."""
    by_slot: dict[int, list[Any]] = defaultdict(list)
    for (place, slot), var in whole.x.items():
        if whole.question.people[place].answers:
            by_slot[slot].append(var)
    found = []
    for slot in range(len(whole.question.slots)):
        count = whole.model.new_int_var(0, len(by_slot[slot]), "")
        whole.model.add(count == sum(by_slot[slot]))
        found.append(count)
    return found


def _alike(question: Question) -> dict[tuple[tuple[int, ...], int, frozenset[str]], list[int]]:
    """Needs of the quarter-hours by what covers them: slots, how many stand there already and what they can."""
    found: dict[tuple[tuple[int, ...], int, frozenset[str]], list[int]] = defaultdict(list)
    spans = [slot.span for slot in question.slots]
    covered = covering([(span.starts_at, span.ends_at) for span in spans], question.quarters)
    stand = covering([(one.starts_at, one.ends_at) for one in question.planned], question.quarters)
    for at, need in enumerate(question.needed):
        there = stand[at]
        skills = frozenset().union(*(question.planned[one].skills for one in there))
        found[tuple(covered[at]), len(there), skills].append(need)
    return found


def _tally(needs: Iterable[int]) -> list[tuple[int, int]]:
    found: dict[int, int] = defaultdict(int)
    for need in needs:
        found[need] += 1
    return sorted(found.items())


def _mondays(question: Question, spans: Iterable[Span]) -> list[date]:
    days = {question.day(span.starts_at) for span in spans}
    return sorted({day - timedelta(days=day.weekday()) for day in days})


def _touches(spans: Iterable[Span], since: datetime, until: datetime) -> bool:
    return any(span.starts_at < until and span.ends_at > since for span in spans)


def _rested(span: Span, times: float) -> datetime:
    """Until when nothing else begins."""
    return span.ends_at + length(span.starts_at, span.ends_at) * times


def _minutes(span: Span) -> int:
    return int(length(span.starts_at, span.ends_at) / _MINUTE)


def _night_minutes(span: Span, zone: str) -> int:
    return int(night_length(span.starts_at, span.ends_at, zone) / _MINUTE)
