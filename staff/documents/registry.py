"""Doors that close to whoever has not signed what they had to: rooms above name them and ask (A4).

A room says in `AppConfig.ready()` which act it is ready to refuse (`door("case.register", …)`) and calls
`permissions.check_signed(user, "case.register", now)` where it is done. Which doors really close is the
centre's choice: `FREGAT["UNSIGNED"]` in the settings, an empty list for none.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core import checks

from fregat.lib.errors import Sentence

_doors: dict[str, Sentence] = {}


def door(act: str, what: Sentence) -> None:
    """Name an act that may be closed; `what` says it as «registering cases».

    Raises ValueError when two rooms say different things of one act.
    """
    if _doors.get(act, what) != what:
        raise ValueError(f"two rooms name the door {act}")
    _doors[act] = what


def is_closed(act: str) -> bool:
    """Has the centre chosen that this act needs every signature?"""
    return act in settings.FREGAT["UNSIGNED"]


def closed() -> list[Sentence]:
    """What may not be done until everything is signed, in words."""
    return [what for act, what in _doors.items() if is_closed(act)]


def check_doors(app_configs: Iterable[object] | None, **_: object) -> list[checks.CheckMessage]:
    """The settings name only doors that are there: a slip of the pen would close nothing."""
    unknown = [act for act in settings.FREGAT["UNSIGNED"] if act not in _doors]
    known = ", ".join(sorted(_doors)) or "none"
    return [
        checks.Error(
            f'FREGAT["UNSIGNED"] names {act!r}, which no room closes. Known: {known}.', id="documents.E001"
        )
        for act in unknown
    ]
