"""A question and its answer as JSON: they go to a process of their own and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from shifts.proposal.rules.explain import Report
from shifts.proposal.rules.ground import Answer, Person, Planned, Question, Slot
from shifts.roster.rules import RuleKind, Span, Terms


def pack(question: Question) -> dict[str, Any]:
    """For `json.dumps`."""
    return {
        "month": question.month.isoformat(),
        "zone": question.zone,
        "people": [_person(one) for one in question.people],
        "slots": [[one.day.isoformat(), _span(one.span)] for one in question.slots],
        "quarters": [at.isoformat() for at in question.quarters],
        "needed": list(question.needed),
        "planned": [
            [one.starts_at.isoformat(), one.ends_at.isoformat(), sorted(one.skills)]
            for one in question.planned
        ],
        "timeline": [
            [since.isoformat(), {kind: [one.limit, one.on] for kind, one in terms.items()}]
            for since, terms in question.timeline
        ],
        "led": _moments(question.led),
    }


def unpack(packed: dict[str, Any]) -> Question:
    """The question again."""
    return Question(
        month=date.fromisoformat(packed["month"]),
        zone=packed["zone"],
        people=tuple(_a_person(one) for one in packed["people"]),
        slots=tuple(Slot(date.fromisoformat(day), _a_span(span)) for day, span in packed["slots"]),
        quarters=tuple(datetime.fromisoformat(at) for at in packed["quarters"]),
        needed=tuple(packed["needed"]),
        planned=tuple(
            Planned(datetime.fromisoformat(a), datetime.fromisoformat(b), frozenset(skills))
            for a, b, skills in packed["planned"]
        ),
        timeline=[
            (date.fromisoformat(since), {RuleKind(kind): Terms(*one) for kind, one in terms.items()})
            for since, terms in packed["timeline"]
        ],
        led=_instants(packed["led"]),
    )


def pack_answer(answer: Answer, report: Report | None) -> dict[str, Any]:
    """The answer and what it comes to, for a JSON field: days and instants as texts."""
    said: dict[str, Any] = _plain(asdict(answer))
    return said | {"is_best": answer.is_best, "report": _plain(asdict(report)) if report else None}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _person(one: Person) -> dict[str, Any]:
    return {
        "id": one.id,
        "target": one.target,
        "standing": [_span(span) for span in one.standing],
        "away": sorted(day.isoformat() for day in one.away),
        "wishes": {day.isoformat(): wish for day, wish in one.wishes.items()},
        "skills": sorted(one.skills),
        "answers": one.answers,
        "leading": _moments(one.leading),
    }


def _a_person(packed: dict[str, Any]) -> Person:
    return Person(
        id=packed["id"],
        target=packed["target"],
        standing=tuple(_a_span(span) for span in packed["standing"]),
        away=frozenset(map(date.fromisoformat, packed["away"])),
        wishes={date.fromisoformat(day): wish for day, wish in packed["wishes"].items()},
        skills=frozenset(packed["skills"]),
        answers=packed["answers"],
        leading=_instants(packed["leading"]),
    )


def _moments(spans: Sequence[tuple[datetime, datetime]]) -> list[list[str]]:
    return [[since.isoformat(), until.isoformat()] for since, until in spans]


def _instants(packed: list[list[str]]) -> tuple[tuple[datetime, datetime], ...]:
    return tuple((datetime.fromisoformat(since), datetime.fromisoformat(until)) for since, until in packed)


def _span(span: Span) -> list[str]:
    return [span.starts_at.isoformat(), span.ends_at.isoformat(), span.kind]


def _a_span(packed: list[str]) -> Span:
    return Span(datetime.fromisoformat(packed[0]), datetime.fromisoformat(packed[1]), packed[2])
