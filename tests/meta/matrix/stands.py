"""Who stands where: written by hand from the design, to be read and disputed. No production code is asked.

Each letter is a scope in which a person stands to the objects of a column (`world.OWNERS`): **o** own,
**t** team, **r** routed, **p** project. In the scope of the whole centre everybody stands to everything. Whether
they have the scope, `rights.py` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fregat.lib import rights
from fregat.lib.rights import Scope
from tests.meta.matrix.world import VISITORS

_TABLE = """
                mine  given  team  acting  shift  routed  project  other  undecided
operator        o     o      -     -       -      r       p        -      -
operator_off    o     o      -     -       -      r       p        -      -
doctor          o     o      -     -       -      r       p        -      -
doctor_off      o     o      -     -       -      r       p        -      -
senior          o     o      t     -       -      r       p        -      r
senior_off      o     o      -     -       -      r       p        -      -
leader          o     o      -     -       r      r       p        -      r
deputy          o     o      -     t       -      r       p        -      r
head            o     o      -     -       -      r       -        -      -
director        o     o      -     -       -      r       -        -      -
client          o     o      -     -       -      r       p        -      -
quality         o     o      -     -       -      r       -        -      -
officer         o     o      -     -       -      r       -        -      -
admin           o     o      -     -       -      r       -        -      -
"""
"""`given`: a handover of which the visitor is the giver, an exchange of which they are the colleague.
`routed`: told to them, or with a task of theirs.
`undecided`: a draft whose insurer nobody knows yet, routed to the senior managers on duty."""

_LETTERS = {"o": Scope.OWN, "t": Scope.TEAM, "r": Scope.ROUTED, "p": Scope.PROJECT}

OFF_SHIFT = frozenset({"operator_off", "doctor_off"})
"""Off shift persons and cases are closed to them, whatever the scope, and of the roster and the handovers only
what is their own is open (requirement B1)."""
CLOSED_OFF_SHIFT = frozenset(
    {
        "case",
        "task",
        "service",
        "escalation",
        "letter",
        "looked_at",
        "person",
        "policy",
        "signed_sheet",
        "contract",
    }
)
OWN_OFF_SHIFT = {"handover": "given", "shift": "mine"}
"""Of these kinds this column alone stays open: the cards that are not accepted yet, one's own shifts."""

SEEN_BY: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("case", "task", "service", "looked_at"), ("case.view",)),
    "escalation": ("escalation.view",),
    "letter": ("letter.view",),
    "handover": ("handover.view",),
    "person": ("person.look_up",),
    "policy": ("policy.view",),
    "contract": ("contract.view",),
    "programme": ("tariff.view",),
    "rulebook": ("rules.view",),
    "record": ("employee.view",),
    "account": ("employee.view", "employee.account"),
    "order": ("order.view",),
    "substitution": ("substitution.view",),
    "staff_import": ("employee.import",),
    "insurers_list": ("list.view",),
    "document": ("document.read",),
    "decision": ("decision.read",),
    "article": ("article.read", "article.write"),
    **dict.fromkeys(("instruction", "instruction_report"), ("instruction.view",)),
    "conversation": ("message.read",),
    "shift": ("roster.view",),
    "break": ("break.view",),
    "signed_sheet": ("sheet.view",),
    "end_change": ("end.view",),
    "absence": ("absence.view",),
    "exchange": ("exchange.view",),
    "proposal": ("proposal.make",),
    "broken_glass": ("glass.view",),
    **dict.fromkeys(("consent", "consent_request"), ("consent.view",)),
    "finding": ("finding.view",),
    "look": ("log.view",),
}
"""By which rows of the matrix an object of each kind is seen; any of them is enough."""

ANOTHER_SENSE: Mapping[tuple[str, str], frozenset[Scope]] = {
    # Accepted by the receiver, written by the giver.
    ("handover.accept", "given"): frozenset(),
    ("handover.refuse", "given"): frozenset(),
    ("sheet.sign", "given"): frozenset(),
    ("sheet.sign", "routed"): frozenset(),
    ("sheet.sign", "undecided"): frozenset(),
    ("handover.card", "mine"): frozenset(),
    # Answered by the colleague, withdrawn by whoever asks.
    ("exchange.answer", "mine"): frozenset(),
    ("exchange.withdraw", "given"): frozenset(),
    # That the case was told to somebody, or waits for its insurer, routes it and not its handover to them.
    ("handover.accept", "routed"): frozenset(),
    ("handover.accept", "undecided"): frozenset(),
    ("escalation.acknowledge", "undecided"): frozenset(),
    ("escalation.cancel", "undecided"): frozenset(),
}
"""Actions to which a column stands otherwise than the table says."""
LEADERS = {"handover.accept": frozenset({Scope.ROUTED})}
"""What waits for somebody who is not there is routed to the leader of the shift, whosever it is."""


def _read() -> dict[tuple[str, str], frozenset[Scope]]:
    columns, *lines = (line.split() for line in _TABLE.strip().splitlines())
    table = {
        (name, column): frozenset(_LETTERS[letter] for letter in cell if letter != "-")
        for name, *cells in lines
        for column, cell in zip(columns, cells, strict=True)
    }
    assert {name for name, _column in table} == set(VISITORS)
    return table


STANDS = _read()


def reaches(visitor: str, person: Any, action: str, kind: str, column: str) -> bool:
    """Does the row of the matrix reach this object for this person?"""
    if visitor in OFF_SHIFT and (kind in CLOSED_OFF_SHIFT or OWN_OFF_SHIFT.get(kind, column) != column):
        return False
    stands = ANOTHER_SENSE.get((action, column), STANDS[visitor, column])
    if visitor == "leader":
        stands |= LEADERS.get(action, frozenset())
    return bool(rights.scopes(person.role, action, person.department) & (stands | {Scope.CENTRE}))


def sees(visitor: str, person: Any, kind: str, column: str) -> bool:
    """Does the object exist for this person?"""
    if kind == "looked_at" and Scope.CENTRE in rights.scopes_of(person, "log.view"):
        return True  # whoever reads the whole log may ask about anything that is in it
    return any(reaches(visitor, person, action, kind, column) for action in SEEN_BY[kind])
