"""What is sent on the walk, and what is answered by the state of a thing to whoever it is in reach of."""

from __future__ import annotations

from typing import Any

from fregat.lib import rights
from tests.meta.bodies import CALLS, PAGES, QUESTIONS
from tests.meta.matrix.world import VISITORS
from tests.meta.routes import METHODS, Route, Samples

FINER = {
    # To «Допомога надана. Очікування документів» the bodies lead, which has a row of its own.
    "casework:case_move": "case.confirm",
    "api:case-transitions": "case.confirm",
}
"""What a good body really asks for, where one route leads to several actions."""

SEEING_IS_ENOUGH = frozenset({"employees:record", "privacy:who", "privacy:who_print"})
"""Pages that show of a thing as much as each reader may have: of a record its account, looks of one's own team."""

OWN_ACT = frozenset(
    """employees:account employees:projects employees:second_factor_reset employees:order_revoke
    employees:order_retry privacy:glass_review privacy:finding_take_up privacy:finding_decide tasks:accept
    tasks:return tasks:withdraw documents:withdraw breaks:agree breaks:refuse
    api:break-agree api:break-refuse attendance:end_agree attendance:end_refuse attendance:end_prolong
    api:end-change-agree api:end-change-refuse api:shift-prolong
    absence:agree absence:refuse absence:judge
    api:absence-agree api:absence-refuse api:absence-judge exchange:decide api:exchange-decide""".split()
)
"""403 for one's own thing with a sentence of its own: nobody decides about what concerns themselves."""

STATE: dict[str, int] = {
    "GET documents:order": 409, "POST documents:order": 409, "POST documents:discard": 409,  # in force already
    "POST knowledge:publish": 409, "POST knowledge:discard": 409,  # published already
    "POST employees:order_sign": 400, "POST employees:order_decline": 400, "POST employees:order_withdraw": 409,
    "POST employees:order_retry": 409, "POST employees:second_factor_reset": 409,
    "POST privacy:finding_take_up": 409,  # taken up already
    "POST insurance:rules_begin": 409,  # there is a draft
    "POST api:letter-withdraw": 409, "POST assistance:withdraw": 409,  # not given yet
    "GET assistance:paper": 409,
    "POST handover:received": 409,  # the case waits for an answer
    "POST breaks:begin": 409, "POST breaks:end": 409,  # not agreed yet
    "POST api:break-begin": 409, "POST api:break-end": 409,
    "POST absence:agree": 409, "POST absence:refuse": 409, "POST absence:withdraw": 409,  # sick leave is on record
    **{f"POST api:absence-{act}": 409 for act in ("agree", "refuse", "withdraw")},
    "POST absence:cover": 400, "POST api:absence-cover": 400,  # of days that are over
    "POST imports:undo": 409, "POST api:import-undo": 409,  # not written yet
    "POST exchange:answer": 409, "POST api:exchange-answer": 409,  # answered already
    "POST exchange:ask": 400,  # of somebody who is not there
    "POST proposal:cancel": 409,  # the search is over
    "POST attendance:end_prolong": 409, "POST api:shift-prolong": 409,  # another end of it is asked for already
    "POST tasks:report": 409, "POST tasks:pass_on": 409,  # reported already
}  # fmt: skip
"""In reach, and the state of the sample says no: the exact answer."""

OF_ONE: dict[tuple[str, str, str], int] = {
    # Undecided: a draft, of which no help can be said to have been given, and nobody knows whose consent it needs.
    **{
        (who, "undecided", call): status
        for who in ("head", "senior", "leader", "deputy")
        for call, status in (
            ("POST api:case-transitions", 409), ("POST casework:case_move", 409), ("POST casework:case_pass_on", 400),
        )
    },
    # Who answers already cannot take it over, nor who does not work on the project; who is off shift cannot answer.
    **{
        (who, "mine", call): 409
        for who in VISITORS
        for call in ("POST casework:case_responsible", "POST api:case-responsible")
    },
    **{
        (who, column, call): 409
        for who, column in (
            ("operator", "routed"), ("doctor", "routed"), ("senior_off", "routed"), ("senior_off", "project"),
        )
        for call in ("POST casework:case_responsible", "POST api:case-responsible")
    },
    # There is no shift whose end could be checked.
    **{
        (who, "mine", call): 403
        for who in ("head", "senior_off")
        for call in ("POST handover:decide", "POST api:shift-current-check")
    },
    # Nobody decides about the own exchange, on whichever side.
    **{("head", "given", f"POST {door}decide"): 403 for door in ("exchange:", "api:exchange-")},
    # Whoever is on duty accepts in person; off shift nobody accepts or refuses.
    **{
        (who, column, call): 403
        for who, column in (("head", "shift"), ("leader", "shift"), ("senior_off", "mine"))
        for call in ("POST handover:accept", "POST api:handover-accept")
    },
    **{
        ("senior_off", "mine", call): 403
        for call in ("POST handover:refuse", "POST api:handover-refuse", "POST handover:received")
    },
    # The head published it himself, and gives orders to everybody.
    ("head", "mine", "POST documents:acknowledge"): 403,
    ("head", "mine", "POST documents:withdraw"): 302,
    ("head", "mine", "POST tasks:withdraw"): 200,
    # There is nobody else in reach to whom it could be passed on; the head passes it to who has it already.
    ("head", "acting", "POST tasks:pass_on"): 400,
    **{
        (who, column, "POST tasks:pass_on"): 400
        for who, column in (("senior", "team"), ("deputy", "acting"), ("senior_off", "mine"))
    },
    # The page of a revocation only tells who may sign it.
    ("director", "mine", "GET employees:order_revoke"): 200,
}  # fmt: skip
"""(visitor, column, call) → the same, of one of them."""


def calls(route: Route) -> list[tuple[str, str]]:
    """Methods that do something there, with their actions."""
    row = rights.routes().get(route.name)
    if isinstance(row, str):
        named = f"POST {route.name}" in CALLS or route.name in PAGES
        methods: tuple[str, ...] = ("POST",) if named else ("GET",)
        methods = ("GET", "POST") if named and not route.is_api and route.name in _FORMS else methods
        return [(method, row) for method in methods]
    return [(method, action) for method in METHODS if (action := route.action(method))]


_FORMS = frozenset({"employees:work", "employees:projects", "documents:draft", "knowledge:draft"})
"""Their one row stands for the form and for its sending."""


def sent(route: Route, method: str, who: str, samples: Samples) -> Any:
    """A good body, as this visitor would send it."""
    if method == "GET":
        return QUESTIONS[route.name].make(samples) if route.name == "casework:case_responsible" else None
    body = CALLS.get(f"{method} {route.name}") if route.is_api else PAGES.get(route.name)
    if body is None:
        return None
    made = {**body.make(samples), **(body.files() if body.files else {})}
    return {**made, **_THEIR_OWN.get(route.name, _nothing)(who, samples)}


def _nothing(_who: str, _samples: Samples) -> dict[str, Any]:
    return {}


_TO = {"senior": "mate", "leader": "operator"}
"""To whom they may give orders."""
_THEIR_OWN: dict[str, Any] = {
    "api:case-responsible": lambda who, got: {"to": who},
    # For whoever answers.
    "api:case-tasks": lambda who, got: {"assignee": None},
    "casework:case_tasks": lambda who, got: {"assignee": ""},
    # Who takes part writes; about a case only whoever sees it, which is the case's own walk.
    "messenger:send": lambda who, got: {"case": ""},
    **dict.fromkeys(
        ("employees:work", "employees:projects"), lambda who, got: {"version": got["record"].version}
    ),
    "tasks:pass_on": lambda who, got: {"pass-to": _TO.get(who, "orphan")},
    "casework:case_move": lambda who, got: {"reason": "Лікар був."},
}
