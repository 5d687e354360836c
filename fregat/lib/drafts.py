"""Drafts of forms: what is being typed is kept on the server from the first character (C10).

A draft belongs to one employee and one form; a form is named by a slug such as `new-call` or
`case-note-26-000123`. Passwords, files and the CSRF token never reach it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.datastructures import MultiValueDict

from fregat.lib.models import FormDraft

FORM_MAX = 80
"""The longest name of a form, in characters."""
DATA_MAX = 200_000
"""The largest draft, in characters of all its values."""

_NEVER = frozenset({"csrfmiddlewaretoken", "password", "otp", "secret"})


def get(employee_id: int, form: str) -> dict[str, list[str]]:
    """What was typed, as field name → values; empty when there is no draft."""
    row = FormDraft.objects.filter(employee_id=employee_id, form=form).values_list("data", flat=True).first()
    return row or {}


def initial(employee_id: int, form: str) -> MultiValueDict[str, Any]:
    """The draft as a form's `data`: `Form(drafts.initial(user.pk, "new-call") or None)`."""
    return MultiValueDict(get(employee_id, form))


def save(*, employee_id: int, form: str, fields: MultiValueDict[str, str], now: datetime) -> bool:
    """Keep what is typed. An empty form clears the draft. Returns whether a draft is kept now.

    Raises ValueError when the text is larger than `DATA_MAX` or holds NUL.
    """
    kept = {name: values for name, values in fields.lists() if _worth(name, values)}
    if sum(len(value) for values in kept.values() for value in values) > DATA_MAX:
        raise ValueError("the draft is too large")
    if any("\x00" in value for values in kept.values() for value in values):
        raise ValueError("the draft holds NUL")
    if not kept:
        clear(employee_id, form)
        return False
    FormDraft.objects.update_or_create(
        employee_id=employee_id, form=form, defaults={"data": kept, "updated_at": now}
    )
    return True


def clear(employee_id: int, form: str) -> None:
    """The form was sent, or emptied: forget its draft."""
    FormDraft.objects.filter(employee_id=employee_id, form=form).delete()


def _worth(name: str, values: list[str]) -> bool:
    return not any(part in name for part in _NEVER) and any(value.strip() for value in values)
