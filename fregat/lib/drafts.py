"""Drafts of forms: what is being typed is kept on the server from the first character (C10).

A draft belongs to one employee and one form; a form is named by a slug such as `new-call` or
`case-note-26-000123`. Passwords, files and the CSRF token never reach it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.datastructures import MultiValueDict

from fregat.lib import clock
from fregat.lib.models import FormDraft

FORM_MAX = 80
"""The longest name of a form, in characters."""
DATA_MAX = 200_000
"""The largest draft, in characters of all its values."""

PAGE, TURN = "draft_page", "draft_turn"
"""What a browser says of a save: the page it was typed on (a random name) and its number among that page's saves."""
TURN_MAX = 2_000_000_000
"""The turn of a form that was sent: no save of its page comes after it."""
FORGET_AFTER = timedelta(hours=1)
"""How long an emptied draft waits for saves that are late."""

_NEVER = frozenset({PAGE, TURN, "csrfmiddlewaretoken", "password", "otp", "secret"})


def get(employee_id: int, form: str) -> dict[str, list[str]]:
    """What was typed, as field name → values; empty when there is no draft."""
    row = FormDraft.objects.filter(employee_id=employee_id, form=form).values_list("data", flat=True).first()
    return row or {}


def initial(employee_id: int, form: str) -> MultiValueDict[str, Any]:
    """The draft as a form's `data`: `Form(drafts.initial(user.pk, "new-call") or None)`."""
    return MultiValueDict(get(employee_id, form))


def save(*, employee_id: int, form: str, fields: MultiValueDict[str, str], now: datetime) -> bool:
    """Keep what is typed. An empty form has no draft. Returns whether a draft is kept now.

    Of one page the later save counts, whichever arrives first: requests of a browser overtake each other.
    Raises ValueError when the text is larger than `DATA_MAX` or holds NUL.
    """
    kept = {name: values for name, values in fields.lists() if _worth(name, values)}
    if sum(len(value) for values in kept.values() for value in values) > DATA_MAX:
        raise ValueError("the draft is too large")
    if any("\x00" in value for values in kept.values() for value in values):
        raise ValueError("the draft holds NUL")
    page, turn = _told(fields)
    new = {"data": kept, "page": page, "turn": turn, "updated_at": now}
    with transaction.atomic():
        draft, is_new = FormDraft.objects.select_for_update().get_or_create(
            employee_id=employee_id, form=form, defaults=new
        )
        is_late = bool(page) and draft.page == page and draft.turn > turn
        if not is_new and not is_late:
            FormDraft.objects.filter(pk=draft.pk).update(**new)
    FormDraft.objects.filter(employee_id=employee_id, data={}, updated_at__lt=now - FORGET_AFTER).delete()
    return bool(kept)


def clear(employee_id: int, form: str) -> None:
    """The form was sent: forget its draft, and whatever of that page is still on its way."""
    FormDraft.objects.filter(employee_id=employee_id, form=form).update(
        data={}, turn=TURN_MAX, updated_at=clock.now()
    )


def _told(fields: MultiValueDict[str, str]) -> tuple[str, int]:
    """The page and the turn; a browser that says nonsense says nothing."""
    page, turn = fields.get(PAGE, ""), fields.get(TURN, "")
    if not re.fullmatch(r"[0-9a-f.-]{1,36}", page) or not re.fullmatch(r"[0-9]{1,9}", turn):
        return "", 0
    return page, int(turn)


def of_employee(employee_id: int) -> dict[str, dict[str, list[str]]]:
    """Everything that the person has typed and not sent: form → fields. One statement."""
    rows = FormDraft.objects.filter(employee_id=employee_id).exclude(data={})
    return dict(rows.values_list("form", "data"))


def forget(employee_id: int, forms: Iterable[str] | None = None) -> None:
    """Forget these drafts of the person; without `forms` all of them."""
    rows = FormDraft.objects.filter(employee_id=employee_id)
    (rows if forms is None else rows.filter(form__in=list(forms))).delete()


def _worth(name: str, values: list[str]) -> bool:
    return not any(part in name for part in _NEVER) and any(value.strip() for value in values)
