"""Cases, the insured, the handover, the desk."""

from __future__ import annotations

from typing import Any

from tests.cast import PASSWORD
from tests.meta.bodies.body import Body, Make, ahead, day, said
from tests.meta.routes import SURNAME, Samples


def _call(got: Samples) -> dict[str, Any]:
    return {
        "token": "5a3b1c58-0000-4000-8000-000000000001", "person": got["person"].pk, "policy": got["policy"].pk,
        "caller_relation": "relative", "caller_name": "Марія", "caller_phone": "+380501112233",
        "description": "Гарячка.", "country": "TR", "city": "Кемер", "address": "Готель", "their_clock": "on",
        "occurred_at": "вчора 23:00",
        "services": "doctor_call", "cost-doctor_call": "120", "currency-doctor_call": "EUR", "unusual": "",
        "asked-of": got["policy"].pk, "ask-alcohol": "no",
    }  # fmt: skip


def _unlisted(got: Samples) -> dict[str, Any]:
    return {
        "token": "5a3b1c58-0000-4000-8000-000000000002", "unlisted": "1", "person_name": "KHRYSTENKO IVAN",
        "person_birth_date": "12.03.1984", "policy_number": "VZR-1", "insurer": got["policy"].insurer_id,
        "caller_relation": "other", "caller_name": "Гід", "caller_phone": "+48501", "description": "Коліно.",
        "country": "PL", "displeased": "on", "unusual": "Поліс невідомий.",
    }  # fmt: skip


def _facts(got: Samples) -> dict[str, Any]:
    case = got["case"]
    return {
        "version": case.version, "seen": "{}", "description": "Гарячка й кашель.", "country": "JP", "city": "Осака",
        "address": "Готель", "occurred_at": "вчора 22:00", "caller_relation": "self", "caller_name": "Юхим",
        "caller_phone": "+380509998877", "unusual": "", "displeased": "on",
    }  # fmt: skip


def _decision(got: Samples) -> dict[str, Any]:
    mark = f"c{got['case'].number}-"
    card = {
        "serious": "usual",
        "summary": "Дзвонили.",
        "next_step": "Передзвонити.",
        "next_at": said(2),
        "to": "",
    }
    return {"decision": "hand_over", **{mark + name: value for name, value in card.items()}}


def _case_in(got: Samples) -> dict[str, Any]:
    return {
        "person": got["person"].pk, "policy": got["policy"].pk, "insurer": None, "person_name": "",
        "person_birth_date": None, "policy_number": "",
        "caller": {"name": "Марія", "relation": "relative", "phone": "+380501112233"},
        "place": {"country": "TR", "city": "Кемер", "address": "Готель"}, "occurred_at": ahead(-3),
        "description": "Гарячка.", "displeased": False, "unusual": "", "token": None, "draft": False,
        "answers": {"alcohol": False},
        "services": [{"kind": "doctor_call", "expected_cost": "120.00", "currency": "EUR", "note": ""}],
    }  # fmt: skip


def _example(got: Samples) -> dict[str, Any]:
    return {
        "territory": got["policy"].territory_id, "country": "TR", "service": "visit", "day": "10", "age": "40",
        "gender": "f", "ask-alcohol": "no",
    }  # fmt: skip


def _rules(got: Samples) -> dict[str, Any]:
    cover = {
        "service": "visit", "limit": "1500", "excess": "10", "currency": "EUR", "clause": "4.2", "age_from": "1",
        "age_to": "80", "waiting_days": "3", "needs_consent": "on", "territory": got["policy"].territory_id,
    }  # fmt: skip
    question = {
        "code": "pregnancy", "name_uk": "Який тиждень?", "name_en": "Which week?", "kind": "number",
        "excluded_from": "24", "effect": "ask", "services": "visit", "countries": "TR", "gender": "f",
        "age_from": "14", "age_to": "55", "clause": "5.3",
    }  # fmt: skip
    return {
        "version": got["draft"].version, "note": "Правка.", "age_from": "0", "age_to": "85", "ages_clause": "2.4",
        "excluded": "SY", "excluded_clause": "3.2", "covers-TOTAL_FORMS": "1", "covers-INITIAL_FORMS": "1",
        **{f"covers-0-{name}": value for name, value in cover.items()},
        "exclusions-TOTAL_FORMS": "1", "exclusions-INITIAL_FORMS": "0",
        **{f"exclusions-0-{name}": value for name, value in question.items()},
    }  # fmt: skip


_TASK = {"text": "Подзвонити.", "assignee": "operator"}
_CONTACT = {
    "party": "Клініка",
    "direction": "out",
    "channel": "phone",
    "address": "+90 1",
    "text": "Чекають.",
}
_SERVICE = {"kind": "visit", "expected_cost": "50", "currency": "EUR", "note": "Зранку."}

PAGES: dict[str, Body] = {
    "insurance:look_up": Body(lambda got: {"q": SURNAME}),
    "insurance:verdict": Body(
        lambda got: {
            "person": got["person"].pk, "country": "JP", "on": said(-1), "service": "hospital", "ask-alcohol": "no",
        }
    ),
    "insurance:rules_try": Body(_example),
    "insurance:rules_begin": Body(who="head", answers=(409,)),
    "insurance:rules_save": Body(_rules, "head"),
    "insurance:rules_drop": Body(who="head"),
    "insurance:rules_publish": Body(
        lambda got: {"version": got["draft"].version, "valid_from": day(24)}, "head"
    ),
    "insurance:rules_keep": Body(lambda got: {**_example(got), "name": "Інший"}, "head"),
    "insurance:rules_example_drop": Body(who="head"),
    "casework:case_answers": Body(lambda got: {"ask-alcohol": "yes"}),
    "casework:new_call": Body(_call),
    "casework:call_lookup": Body(lambda got: {"q": SURNAME}),
    "casework:call_person": Body(
        lambda got: {"person": got["person"].pk, "policy": got["policy"].pk, "unlisted": "", "q": SURNAME}
    ),
    "casework:call_verdict": Body(_call),
    "casework:call_restart": Body(),
    "casework:case_facts": Body(_facts),
    "casework:case_person": Body(
        lambda got: {
            "version": got["case"].version, "q": SURNAME, "found": f"{got['person'].pk}:{got['policy'].pk}",
        }
    ),
    "casework:case_move": Body(lambda got: {"version": got["case"].version, "reason": ""}),
    "casework:case_responsible": Body(
        lambda got: {"version": got["case"].version, "to": "me", "reason": "Лікар на лінії."}, "senior"
    ),
    "casework:case_notes": Body(lambda got: {"text": "Записано."}),
    "casework:case_contacts": Body(lambda got: _CONTACT),
    "casework:case_tasks": Body(lambda got: {**_TASK, "due_at": "завтра 9:00"}),
    "casework:case_services": Body(lambda got: _SERVICE),
    "casework:case_escalations": Body(lambda got: {"text": "Скаржиться.", "reason": "complaint"}),
    "casework:case_task_done": Body(lambda got: {"outcome": "Домовлено."}),
    "casework:case_service": Body(lambda got: {"state": "arranged"}),
    "casework:case_acknowledge": Body(who="senior"),
    "casework:case_unfounded": Body(lambda got: {"version": "", "reason": "Помилка."}, "senior"),
    "handover:decide": Body(_decision),
    "handover:spread": Body(lambda got: {"case": got["case"].number, "to": "=", "preview": "1"}),
    "handover:card": Body(
        lambda got: {
            "serious": "usual", "summary": "Дзвонили.", "next_step": "Передзвонити.", "next_at": said(2),
        },
        "operator2",
    ),
    # The check has not begun, and the case waits for an answer.
    **dict.fromkeys(
        ("handover:sheet", "handover:received"), Body(lambda got: {"secret": PASSWORD}, answers=(409,))
    ),
    "handover:accept": Body(lambda got: {"read_back": "Дзвоню о дев’ятій."}),
    "handover:refuse": Body(lambda got: {"reason": "Три виклики одразу."}),
    "desk:acknowledge": Body(who="senior"),
    "desk:woken": Body(lambda got: {"escalation": got["woken"].pk}, who="doctor"),
    "desk:wake": Body(lambda got: {"to": "=", "text": "Погіршення стану."}),
    "search": Body(lambda got: {"q": SURNAME}),
}  # fmt: skip

CALLS: dict[str, Body] = {
    "POST api:policy-verdict": Body(
        lambda got: {
            "person": got["person"].pk, "country": "JP", "on": ahead(-1), "service": "hospital",
            "answers": {"alcohol": True},
        }
    ),
    "POST api:insured-lookup": Body(lambda got: {"q": SURNAME, "limit": 20}),
    "POST api:shift-current-check": Body(
        lambda got: {
            "decision": "hand_over", "summary": "Дзвонили.", "next_step": "Передзвонити.", "next_at": ahead(2),
            "to": None,
        }
    ),
    "POST api:handover-accept": Body(lambda got: {"read_back": "Дзвоню о дев’ятій."}),
    "POST api:handover-refuse": Body(lambda got: {"reason": "Три виклики одразу."}),
    "POST api:cases": Body(_case_in),
    "PATCH api:case": Body(
        lambda got: {
            name: value for name, value in _case_in(got).items() if name not in {"services", "token", "draft"}
        }
    ),
    "POST api:case-transitions": Body(lambda got: {"to": "assisted", "reason": "Лікар був."}),
    "POST api:case-responsible": Body(lambda got: {"to": "senior", "reason": "Лікар на лінії."}, "senior"),
    "POST api:case-contacts": Body(lambda got: _CONTACT),
    "POST api:case-notes": Body(lambda got: {"text": "Записано."}),
    "POST api:case-tasks": Body(lambda got: {**_TASK, "due_at": ahead(2)}),
    "POST api:case-task-complete": Body(lambda got: {"outcome": "Домовлено."}),
    "POST api:case-services": Body(lambda got: _SERVICE),
    "PATCH api:case-service": Body(lambda got: {"state": "arranged", "reason": "Домовлено."}),
    "POST api:case-escalations": Body(lambda got: {"text": "Скаржиться.", "reason": "complaint"}),
    "POST api:escalation-acknowledge": Body(who="senior"),
    "POST api:escalation-cancel": Body(lambda got: {"reason": "Помилка."}, "senior"),
}  # fmt: skip

MORE_BODIES: dict[str, tuple[Make, ...]] = {
    "casework:new_call": (_unlisted,),
    "casework:call_verdict": (_unlisted,),
}

QUESTIONS: dict[str, Body] = {
    "casework:cases": Body(
        lambda got: {
            "number": got["case"].number, "status": "open", "responsible": "operator", "country": "JP",
            "insurer": got["policy"].insurer_id, "due": "24h", "after": "",
        }
    ),
    "casework:case": Body(lambda got: {"new": "1"}),
    "casework:case_responsible": Body(lambda got: {"to": "me"}, "senior"),
    "insurance:verdict": Body(lambda got: {"country": "JP", "on": said(-1), "service": "hospital"}),
    "handover:desk": Body(lambda got: {"case": got["case"].number}),
    **dict.fromkeys(
        ("handover:lapses", "handover:lapses_table"),
        Body(
            lambda got: {
                "state": "open", "insurer": got["policy"].insurer_id, "since": "01.11.2026", "until": "30.11.2026",
                "after": "",
            },
            "senior",
        ),
    ),
    "api:cases": Body(
        lambda got: {
            "number": got["case"].number, "status": "reported", "responsible": "operator", "country": "JP",
            "insurer": got["policy"].insurer_id, "due_before": ahead(24), "cursor": "", "limit": "20",
        }
    ),
    "api:escalations": Body(lambda got: {"open": "true", "cursor": "", "limit": "20"}, "senior"),
    "api:handovers": Body(
        lambda got: {"to": "me", "case": got["case"].number, "pending": "true", "cursor": "", "limit": "20"}
    ),
    "api:policy-verdict": Body(lambda got: {"country": "JP", "on": ahead(-1), "service": "hospital"}),
    "api:insurers": Body(lambda got: {"cursor": "", "limit": "20"}),
}  # fmt: skip

READ_ONLY = frozenset({
    "insurance:person", "insurance:verdict", "desk:home", "desk:board", "desk:night", "api:policy-verdict",
    "api:insurers", "insurance:rules", "insurance:programme",
})  # fmt: skip
