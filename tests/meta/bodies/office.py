"""Documents, decisions, instructions, records of the staff."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.builders import a_table_of_people
from tests.cast import PASSWORD
from tests.meta.bodies.body import Body, day, said
from tests.meta.routes import Samples

_TEXT = {
    "title": "Про чергування",
    "roles": ["operator"],
    "departments": [],
    "people": [],
    "body": "Текст.",
}


def _picture() -> dict[str, Any]:
    from PIL import Image

    drawn = io.BytesIO()
    Image.new("RGB", (200, 240), (90, 120, 160)).save(drawn, "PNG")
    return {"file": SimpleUploadedFile("me.png", drawn.getvalue(), "image/png")}


def _people() -> dict[str, Any]:
    return {"file": SimpleUploadedFile("people.xlsx", a_table_of_people("uploaded"))}


def _dismissal(got: Samples) -> dict[str, Any]:
    return {"employee": "operator2", "effective_at": said(24), "signed_on": day(0), "note": "Заява."}


PAGES: dict[str, Body] = {
    "figures:target": Body(lambda got: {"value": 90, "since": day(1)}, "head"),
    "employees:people": Body(
        lambda got: {"q": "Ґалаган", "state": "employed", "role": "operator", "project": "", "senior": "senior"}, "head"
    ),
    "employees:work": Body(
        lambda got: {
            "phone": "+380441112233", "extension": "112", "email": "o@example.org", "private_phone": "+380671112233",
            "languages": ["en"], "version": got["case"].opened_by.version,
        },
        "director",
    ),
    "employees:projects": Body(
        lambda got: {"projects": [got["policy"].insurer.code], "version": got["case"].opened_by.version}, "director"
    ),
    "employees:photo": Body(who="director", files=_picture),
    "employees:photo_remove": Body(who="director"),
    "employees:account": Body(
        lambda got: {"password": "novyi-Parol-77", "again": "novyi-Parol-77"}, "admin_", (302,)
    ),
    "employees:imports": Body(
        lambda got: {"signed_on": day(0), "effective_at": said(24), "note": "Заяви."}, "director", files=_people
    ),
    "employees:import_apply": Body(who="director"),
    "employees:import_drop": Body(who="director"),
    "employees:export": Body(
        lambda got: {"state": "employed", "role": "operator", "project": "", "senior": "", "purpose": "Звірка."},
        "director", (200,),
    ),
    "employees:substitution_new": Body(
        lambda got: {"senior": "senior", "substitute": "head", "since": said(48), "until": said(72)}, "director"
    ),
    "employees:substitution_end": Body(who="director"),
    "employees:order_new": Body(_dismissal, "director"),
    "employees:order_preview": Body(_dismissal, "director"),
    "employees:order_sign": Body(
        lambda got: {"effective_at": "", "signed_on": day(0)}, "director", (302, 400, 409)
    ),
    "employees:order_decline": Body(
        lambda got: {"decline-reason": "Ні."}, "director", (302, 400, 409)
    ),
    "employees:order_withdraw": Body(who="senior", answers=(204, 403, 409)),
    "employees:order_revoke": Body(lambda got: {"reason": "Помилка."}, "director", (204, 400)),
    "employees:order_retry": Body(who="director", answers=(204, 409)),
    "employees:second_factor_reset": Body(lambda got: {"reason": "Новий телефон."}, "admin_", (204, 302, 400, 409)),
    "mfa_index": Body(answers=(200, 405)),
    "mfa_authenticate": Body(lambda got: {"code": "123456"}, answers=(200, 302)),
    "mfa_reauthenticate": Body(lambda got: {"code": "123456"}, answers=(200, 302)),
    "mfa_activate_totp": Body(lambda got: {"code": "123456"}, answers=(200, 302)),
    "mfa_deactivate_totp": Body(answers=(200, 302, 404)),
    "mfa_view_recovery_codes": Body(answers=(200, 302, 404, 405)),
    "mfa_generate_recovery_codes": Body(answers=(200, 302, 404)),
    "documents:new": Body(lambda got: {**_TEXT, "kind": "job_description"}, "director"),
    "documents:preview": Body(lambda got: {"body": "## Розділ"}, "director"),
    "documents:draft": Body(lambda got: {**_TEXT, "changes": "Усе.", "revision": 0}, "director", (200, 302, 409)),
    "documents:discard": Body(lambda got: {"revision": 1}, "director", (302, 404, 409)),
    "documents:order": Body(
        lambda got: {"signed_on": day(0), "effective_at": said(24), "note": "Так треба.", "revision": 1},
        "director", (302, 404, 409),
    ),
    "documents:sign": Body(lambda got: {"secret": PASSWORD}),
    "documents:decide": Body(lambda got: _TEXT, "head"),
    "documents:acknowledge": Body(),
    "documents:withdraw": Body(lambda got: {"reason": "Помилка."}, "head"),
    "tasks:new": Body(
        lambda got: {"text": "Звірити.", "to": "operator", "due_at": "завтра 9:00", "token": ""}, "senior"
    ),
    "messenger:new": Body(
        lambda got: {"to": "senior", "text": "Зайду о третій.", "case": got["case"].number, "token": ""}
    ),
    "messenger:send": Body(lambda got: {"text": "Добре.", "case": got["case"].number, "token": ""}, answers=(200, 302)),
    "tasks:report": Body(lambda got: {"text": "Звірено."}, answers=(200, 302, 409)),
    "tasks:accept": Body(who="senior"),
    "tasks:return": Body(lambda got: {"return-reason": "Не все.", "return-due_at": "завтра 9:00"}, "senior"),
    "tasks:withdraw": Body(lambda got: {"withdraw-reason": "Не треба."}, "senior"),
    "tasks:pass_on": Body(
        lambda got: {"pass-to": "operator2", "pass-reason": "Захворіла."}, "senior", (302, 409)
    ),
}  # fmt: skip

QUESTIONS: dict[str, Body] = {
    "messenger:messages": Body(lambda got: {"before": "20"}),
    "messenger:conversation": Body(lambda got: {"before": "20", "since": "1", "unseen": "1"}),
    "messenger:new": Body(lambda got: {"to": "senior"}),
}
