"""The ground, the staff and their shifts."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any

from fregat.lib import clock
from tests.cast import PASSWORD
from tests.meta.bodies.body import Body, ahead, day


def _shift(hours: float) -> dict[str, Any]:
    return {
        "day": day(hours), "starts": "08:00", "starts_reading": "", "ends": "20:00", "ends_reading": "",
        "kind": "day", "reason": "Так треба.", "back": "",
    }  # fmt: skip


def _as_planned(shift: Any) -> dict[str, Any]:
    starts, ends = clock.local(shift.starts_at), clock.local(shift.ends_at)
    return {**_shift(0), "day": f"{starts:%d.%m.%Y}", "starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}


def _quarter_hour(hours: float) -> str:
    """One of those that are offered, as the page sends it."""
    at = (clock.now() + timedelta(hours=hours)).astimezone(UTC)
    return at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0).isoformat()


def _longer(shift: Any) -> str:
    made: str = (shift.ends_at + timedelta(hours=1)).isoformat()
    return made


PAGES: dict[str, Body] = {
    "coverage:goal": Body(
        lambda got: {"share": 90, "seconds": 10, "talk": 6, "work": 15, "since": day(1)}, "head"
    ),
    "lib:draft": Body(lambda got: {"description": "Гаряч", "services": "visit"}),
    "lib:preferences": Body(lambda got: {"language": "uk", "theme": "dark", "next": "/"}),
    "lib:notices": Body(),
    "lib:notice": Body(),
    "account_login": Body(
        lambda got: {"login": "operator", "password": "not hers", "next": "/"}, "nobody", (200, 302)
    ),
    "account_logout": Body(),
    "account_change_password": Body(
        lambda got: {"oldpassword": PASSWORD, "password1": "novyi-Parol-77", "password2": "novyi-Parol-77"}
    ),
    "account_reauthenticate": Body(lambda got: {"password": PASSWORD}),
    "employees:tokens": Body(),
    "employees:token_withdraw": Body(lambda got: {"token": "0123456789abcdef"}, answers=(404,)),
    "employees:session_end": Body(),
    "breaks:breaks": Body(lambda got: {"kind": "lunch", "starts_at": _quarter_hour(2)}),
    "breaks:agree": Body(lambda got: {"starts_at": ""}, "senior"),
    "breaks:refuse": Body(lambda got: {"reason": "Двоє вже на перерві."}, "senior"),
    "breaks:withdraw": Body(),
    # It is asked for and not agreed yet.
    "breaks:begin": Body(answers=(409,)),
    "breaks:end": Body(answers=(409,)),
    # Another end of the shift is asked for already.
    "attendance:end_ask": Body(
        lambda got: {"ends_at": _quarter_hour(2), "reason": "До лікаря."}, answers=(409,)
    ),
    "attendance:end_prolong": Body(
        lambda got: {"ends_at": _longer(got["shift"]), "reason": "Двоє захворіли."}, "senior", (409,)
    ),
    "attendance:end_agree": Body(who="senior"),
    "attendance:end_refuse": Body(lambda got: {"reason": "Немає кому."}, "senior"),
    "attendance:end_withdraw": Body(),
    "attendance:rule": Body(lambda got: {"times": "3", "days": "30", "minutes": "5"}, "head"),
    "attendance:export": Body(
        lambda got: {"form": "xlsx", "since": day(-240), "until": day(0), "person": "operator", "what": "late"},
        "senior",
    ),
    "roster:plan": Body(lambda got: {"employee": "operator2", **_shift(72)}, "senior"),
    "roster:shift": Body(lambda got: {"version": got["shift"].version, **_as_planned(got["shift"])}, "senior"),
    "roster:cancel": Body(
        lambda got: {"version": got["shift"].version, "reason": "Обмін.", "back": "view=list"}, "senior"
    ),
}  # fmt: skip

CALLS: dict[str, Body] = {
    "POST api:breaks": Body(lambda got: {"kind": "lunch", "starts_at": _quarter_hour(2)}),
    "POST api:break-agree": Body(lambda got: {"starts_at": None}, "senior"),
    "POST api:break-refuse": Body(lambda got: {"reason": "Двоє вже на перерві."}, "senior"),
    "POST api:break-withdraw": Body(),
    "POST api:break-begin": Body(answers=(409,)),
    "POST api:break-end": Body(answers=(409,)),
    # Another end of the shift is asked for already.
    "POST api:end-changes": Body(
        lambda got: {"ends_at": _quarter_hour(2), "reason": "До лікаря."}, answers=(409,)
    ),
    "POST api:shift-prolong": Body(
        lambda got: {"ends_at": _longer(got["shift"]), "reason": "Двоє захворіли."}, "senior", (409,)
    ),
    "POST api:end-change-agree": Body(lambda got: {"reason": "Так треба."}, "senior"),
    "POST api:end-change-refuse": Body(lambda got: {"reason": "Немає кому."}, "senior"),
    "POST api:end-change-withdraw": Body(),
    "POST api:shifts": Body(
        lambda got: {
            "employee": "operator2",
            "starts_at": ahead(72),
            "ends_at": ahead(84),
            "kind": "day",
            "leads": False,
            "reason": "Так треба.",
        },
        "senior",
    ),
    "PATCH api:shift": Body(
        lambda got: {
            "starts_at": ahead(-1),
            "ends_at": ahead(5),
            "kind": "day",
            "leads": False,
            "reason": "Так.",
        },
        "senior",
    ),
}

QUESTIONS: dict[str, Body] = {
    "attendance:attendance": Body(
        lambda got: {"since": day(-240), "until": day(0), "person": "operator", "what": "late"}, "senior"
    ),
    "roster:roster": Body(
        lambda got: {
            "month": "2026-12", "from": day(0), "person": "operator", "team": "senior", "view": "list", "page": "1",
        },
        "senior",
    ),
    "roster:plan": Body(lambda got: {"employee": "operator", "on": day(24), "back": "view=list"}, "senior"),
    "api:shifts": Body(
        lambda got: {"employee": "operator", "on": ahead(0)[:10], "cursor": "", "limit": "20"}, "senior"
    ),
    "api:breaks": Body(
        lambda got: {
            "employee": "operator", "state": "asked", "on": ahead(0)[:10], "cursor": "", "limit": "20",
        },
        "senior",
    ),
    "api:end-changes": Body(
        lambda got: {
            "employee": "operator", "asked_by": "operator", "state": "asked", "waits_for_me": "true",
            "cursor": "", "limit": "20",
        },
        "senior",
    ),
    "schema": Body(lambda got: {"format": "json", "lang": "uk", "version": ""}),
    "docs": Body(lambda got: {"script": ""}),
}  # fmt: skip

READ_ONLY = frozenset({
    "healthz", "readyz", "metrics", "lib:bell", "lib:components", "account_inactive", "employees:me", "roster:roster",
    "attendance:shift", "api:employee-me",
})  # fmt: skip
