"""`docs/case-states.md`, drawn from the table of transitions."""

from __future__ import annotations

from django.utils.translation import override

from cases.casework.labels import NEED_SENTENCES, STATUS_LABELS
from cases.casework.statuses import ENDED, OPEN, TRANSITIONS, Status, Transition
from fregat.lib.rights import Role

_WORDS = {Role.OPERATOR: "operator", Role.DOCTOR: "doctor", Role.SENIOR: "senior manager", Role.HEAD: "head"}

_INTRO = """# States of a case

Generated from `cases/casework/statuses.py` by `manage.py case_states`; `make check` compares. Do not edit.

Open (somebody on duty must answer for it): {open}. Ended (facts are not corrected before it is reopened): {ended}.

```mermaid
stateDiagram-v2
    [*] --> draft
    [*] --> reported
{arrows}
```

| code | label | українською |
|---|---|---|
{labels}

| from | to | who | reason | what must be there |
|---|---|---|---|---|
{rows}

"Who" is further narrowed by the scope: an operator or a doctor moves a case that they answer for (and cancels only
a draft that they began themselves); a senior manager or the head who does not answer for the case always gives a
reason.
Rooms above may need more for a transition (`registry.add_transition_need`).
"""


def _codes(statuses: tuple[Status, ...]) -> str:
    return ", ".join(f"`{status}`" for status in statuses)


def _row(source: Status, row: Transition) -> str:
    who = ", ".join(word for role, word in _WORDS.items() if role in row.roles)
    needs = " ".join(str(NEED_SENTENCES[code]) for code in row.needs) or "–"
    return f"| `{source}` | `{row.to}` | {who} | {'yes' if row.needs_reason else '–'} | {needs} |"


def _label(status: Status) -> str:
    with override("uk"):
        ukrainian = str(STATUS_LABELS[status])
    return f"| `{status}` | {STATUS_LABELS[status]} | {ukrainian} |"


def draw() -> str:
    """The whole document, in English with the Ukrainian labels."""
    pairs = [(source, row) for source, rows in TRANSITIONS.items() for row in rows]
    with override("en"):
        return _INTRO.format(
            open=_codes(OPEN),
            ended=_codes(ENDED),
            arrows="\n".join(f"    {source} --> {row.to}" for source, row in pairs),
            labels="\n".join(_label(status) for status in Status),
            rows="\n".join(_row(source, row) for source, row in pairs),
        )
