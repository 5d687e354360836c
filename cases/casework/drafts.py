"""Drafts of this room's forms: how they are named, and what of them says something to a colleague. Plain Python."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

NEW_CALL = "new-call"
"""The draft of a call that is not registered yet."""
NOT_TYPED = frozenset({"token", "their_clock", "caller_relation"})
"""Fields of a call that say nothing by themselves."""

Kept = Mapping[str, Mapping[str, list[str]]]
"""Name of the form → field → values, as `fregat.lib.drafts` keeps them."""

_OF_CASE = re.compile(r"(?P<form>[a-z-]+)-(?P<number>\d{2}-\d{6,9})", re.ASCII)
_SPOKEN = ("party", "address", "serious_why", "summary", "text", "next_step", "what_if", "note", "reason",
           "due_at", "next_at")  # fmt: skip
"""Fields in which people write words or a time, in the order in which they are read; the others hold codes."""
_SAYS_SOMETHING = (
    "description", "caller_phone", "caller_name", "person", "person_name", "policy_number", "unusual",
)  # fmt: skip
_LENGTHS = {
    "person_name": 200, "policy_number": 60, "caller_name": 200, "caller_phone": 40, "city": 120,
    "address": 300, "description": 20_000, "unusual": 2_000,
}  # fmt: skip
"""Texts of a call and the room that a case has for them."""


def draft_of(name: str, number: str) -> str:
    """The name under which the draft of a form on a case's page is kept."""
    return f"case-{name}-{number}"


def case_of_draft(form: str) -> str:
    """The number of the case that a draft is about; empty when it is about none."""
    found = _OF_CASE.fullmatch(form)
    return found["number"] if found else ""


def words_by_case(kept: Kept) -> dict[str, list[str]]:
    """Number of a case → what was being typed about it, a text for each form with words in it."""
    said: dict[str, list[str]] = {}
    for form, fields in sorted(kept.items()):
        number = case_of_draft(form)
        text = _words(fields, f"c{number}-")
        if number and text:
            said.setdefault(number, []).append(text)
    return said


def _words(fields: Mapping[str, list[str]], prefix: str) -> str:
    """A form with many cards on one page names its fields by the case."""
    plain = {name.removeprefix(prefix): values for name, values in fields.items()}
    lines = [plain[name][-1].strip() for name in _SPOKEN if plain.get(name)]
    return "\n".join(line for line in lines if line)


def call_of(kept: Kept) -> dict[str, str]:
    """The call that was being typed, each field once; empty when it says nothing."""
    call = {name: values[-1].strip() for name, values in kept.get(NEW_CALL, {}).items() if values}
    return call if any(call.get(name) for name in _SAYS_SOMETHING) else {}


def texts_of(call: Mapping[str, str]) -> dict[str, str]:
    """The columns of a case that take a text as it was typed, cut to their room."""
    return {name: call.get(name, "")[:length] for name, length in _LENGTHS.items()}


def number_in(call: Mapping[str, str], name: str) -> int:
    """The id in a field; 0, which nothing has, when there is none that could be one."""
    value = call.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 18 else 0


def answers_in(call: Mapping[str, str]) -> dict[str, str]:
    """Answers to the questions of the chosen policy's rules; those to another policy's are forgotten."""
    if not call.get("asked-of") or call["asked-of"] != call.get("policy"):
        return {}
    return {name.removeprefix("ask-"): said[:10] for name, said in call.items() if name.startswith("ask-")}


def token_in(call: Mapping[str, Any]) -> UUID | None:
    """The form's own mark, by which it is known whether it was registered after all."""
    try:
        return UUID(call.get("token", ""))
    except ValueError:
        return None
