"""The pages: reading, signing, preparing, ordering, who has signed, decisions."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fregat.lib import clock, drafts
from staff.documents import actions
from staff.documents.models import Acknowledgement, Decision, Document, DocumentVersion, Signature
from staff.employees.models import Employee
from tests.builders import make_decision, make_document, make_employee
from tests.cast import PASSWORD, with_password

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
Page = Callable[[Employee], Client]
TYPED = {
    "title": "Правила чергувань", "kind": "rules", "body": "## Розділ\n\n1. Пункт.", "roles": ["operator"],
    "revision": "0",
}  # fmt: skip


def said(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def at(version: DocumentVersion, rest: str = "") -> str:
    return f"/documents/{version.document_id}/versions/{version.number}/{rest}"


# --- Reading and signing ------------------------------------------------------------------------------
def test_what_waits_for_me_stands_first_and_on_the_desk(
    operator: Employee, version: DocumentVersion, decision: Decision, page: Page
) -> None:
    client = page(operator)
    text = said(client.get("/documents/"))
    assert "Чекає на вас" in text and version.title in text and decision.title in text
    desk = said(client.get("/"))
    assert "1 документ чекає на ваш підпис." in desk
    assert "1 рішення чекає, щоб ви з ним ознайомилися." in desk
    actions.sign(by=with_password(operator), version_id=version.pk, secret=PASSWORD)
    actions.acknowledge(by=operator, decision_id=decision.pk)
    client = page(operator)
    assert "Чекає на вас" not in said(client.get("/documents/"))
    assert "data-documents-waiting" not in said(client.get("/"))


def test_whoever_works_no_cases_sees_it_on_the_desk_too(
    director: Employee, quality: Employee, page: Page
) -> None:
    make_document(director, roles=["department"])
    assert "1 документ чекає на ваш підпис." in said(page(quality).get("/"))


def test_a_version_is_read_with_its_facts(operator: Employee, version: DocumentVersion, page: Page) -> None:
    for address in (f"/documents/{version.document_id}/", at(version)):
        text = said(page(operator).get(address))
        assert "<h2>Обов’язки</h2>" in text
        assert version.content_hash in text
        assert f"№ {version.order.number}" in text
        assert "Підпишіть, що ознайомилися" in text


def test_signing_on_the_page(operator: Employee, version: DocumentVersion, page: Page) -> None:
    client = page(with_password(operator))
    wrong = client.post(at(version, "sign/"), {"secret": "wrong"})
    assert wrong.status_code == 400
    assert "Це не ваш пароль" in said(wrong)
    assert 'value="wrong"' not in said(wrong)
    right = client.post(at(version, "sign/"), {"secret": PASSWORD}, follow=True)
    assert right.redirect_chain[0][0] == at(version)
    assert "Ознайомлено й підписано:" in said(right)
    assert Signature.objects.get().employee == operator


def test_signing_in_place(operator: Employee, version: DocumentVersion, page: Page) -> None:
    client = page(with_password(operator))
    wrong = client.post(at(version, "sign/"), {"secret": ""}, headers=HTMX)
    assert wrong.status_code == 400 and wrong.content.decode().strip().startswith("<section")
    right = client.post(at(version, "sign/"), {"secret": PASSWORD}, headers=HTMX)
    assert (right.status_code, right["HX-Redirect"]) == (204, at(version))
    again = client.post(at(version, "sign/"), {"secret": PASSWORD}, headers=HTMX)
    assert again.status_code == 409 and "вже підписали" in said(again)


def test_what_does_not_concern_me_does_not_exist(
    doctor: Employee,
    operator: Employee,
    director: Employee,
    version: DocumentVersion,
    decision: Decision,
    page: Page,
) -> None:
    client = page(doctor)
    for address in (at(version), at(version, "changes/"), at(version, "text/"), f"/documents/{version.document_id}/",
                    f"/documents/decisions/{decision.pk}/"):  # fmt: skip
        assert client.get(address).status_code == 404
    assert client.post(at(version, "sign/"), {"secret": PASSWORD}).status_code == 404
    assert client.post(f"/documents/decisions/{decision.pk}/acknowledge/").status_code == 404
    assert version.title not in said(client.get("/documents/"))


def test_a_draft_is_seen_by_those_who_prepare_it_alone(
    director: Employee, head: Employee, operator: Employee, version: DocumentVersion, page: Page
) -> None:
    text = actions.drafting.text_of(version)
    draft = actions.save_draft(by=head, document_id=version.document_id, text=text)
    assert page(operator).get(at(draft)).status_code == 404
    assert page(operator).get(at(version)).status_code == 200
    assert "Увести в дію наказом" in said(page(director).get(at(draft)))
    assert "Увести в дію наказом" not in said(page(head).get(at(draft)))


def test_the_text_as_a_file_has_the_fingerprint_that_was_signed(
    operator: Employee, version: DocumentVersion, page: Page
) -> None:
    answer = page(operator).get(at(version, "text/"))
    assert sha256(answer.content).hexdigest() == version.content_hash
    assert "attachment" in answer["Content-Disposition"] and answer["Cache-Control"] == "no-store"


def test_a_new_version_shows_what_it_changes_since_the_one_signed(
    director: Employee, operator: Employee, version: DocumentVersion, page: Page
) -> None:
    actions.sign(by=with_password(operator), version_id=version.pk, secret=PASSWORD)
    for body in ("1. Друга редакція.", "## Обов’язки\n\n1. Реєструвати всі страхові випадки."):
        text = actions.drafting.text_of(version)
        draft = actions.save_draft(
            by=director, document_id=version.document_id, text=type(text)(text.title, body, "", text.to)
        )
        actions.order_version(by=director, document_id=version.document_id, revision=draft.revision)
    found = said(page(operator).get(at(draft, "changes/")))
    assert "Редакція 3 порівняно з редакцією 1" in found
    assert "<ins>всі </ins>" in found
    other = said(page(operator).get(at(draft, "changes/?with=2"), headers=HTMX))
    assert "порівняно з редакцією 2" in other
    for nonsense in ("x", "-1", "99", "9" * 30, "²"):
        assert page(operator).get(at(draft, f"changes/?with={nonsense}")).status_code in {200, 404}
    assert "Порівнювати немає з чим" in said(page(operator).get(at(version, "changes/")))


def test_hostile_markdown_is_shown_and_does_nothing(
    director: Employee, operator: Employee, page: Page
) -> None:
    body = "<script>alert(1)</script>\n\n[тисни](javascript:alert(1))\n\n<b onclick=alert(1)>так</b>"
    version = make_document(director, roles=["operator"], body=body, title="<script>alert(2)</script>")
    for address in (at(version), at(version, "changes/"), "/documents/", "/"):
        text = page(operator).get(address).content.decode()
        assert "<script>alert" not in text
        assert 'href="javascript:' not in text
        assert "<b onclick" not in text


# --- Preparing and ordering -----------------------------------------------------------------------------
def test_from_a_new_document_to_its_order(
    director: Employee, head: Employee, operator: Employee, page: Page
) -> None:
    made = page(head).post("/documents/new/", TYPED)
    draft = DocumentVersion.objects.get()
    assert (made.status_code, made["Location"]) == (302, at(draft))
    changed = page(head).post(
        f"/documents/{draft.document_id}/draft/", {**TYPED, "body": "1. Інше.", "revision": "1"}
    )
    assert changed.status_code == 302
    client = page(director)
    form = said(client.get(f"/documents/{draft.document_id}/order/"))
    assert "Набере чинності редакція 1" in form
    assert "Одразу дізнається й має підписати 1 працівник." in form
    typed = {"signed_on": f"{clock.local(clock.now()):%d.%m.%Y}", "revision": "2", "note": ""}
    ordered = client.post(f"/documents/{draft.document_id}/order/", typed, follow=True)
    assert "видано" in said(ordered)
    draft.refresh_from_db()
    assert (draft.state, draft.body) == ("in_force", "1. Інше.")


def test_an_order_for_a_changed_draft_is_refused_and_keeps_what_was_typed(
    director: Employee, head: Employee, operator: Employee, page: Page
) -> None:
    page(head).post("/documents/new/", TYPED)
    draft = DocumentVersion.objects.get()
    page(head).post(f"/documents/{draft.document_id}/draft/", {**TYPED, "revision": "1"})
    typed = {"signed_on": "", "revision": "1", "note": "Підстава"}
    answer = page(director).post(f"/documents/{draft.document_id}/order/", typed)
    assert answer.status_code == 400 and "Підстава" in said(answer)
    typed["signed_on"] = f"{clock.local(clock.now()):%d.%m.%Y}"
    answer = page(director).post(f"/documents/{draft.document_id}/order/", typed)
    assert answer.status_code == 409
    assert "її змінили" in said(answer) and "Підстава" in said(answer)


def test_a_stale_draft_comes_back_with_both_texts(
    head: Employee, director: Employee, operator: Employee, page: Page
) -> None:
    page(head).post("/documents/new/", TYPED)
    draft = DocumentVersion.objects.get()
    url = f"/documents/{draft.document_id}/draft/"
    page(head).post(url, {**TYPED, "body": "Слова керівника.", "revision": "1"})
    answer = page(director).post(url, {**TYPED, "body": "Слова директора.", "revision": "1"})
    text = said(answer)
    assert answer.status_code == 409
    assert "Слова керівника." in text and "Слова директора." in text
    revision = re.search(r'name="revision" value="(\d+)"', text)
    assert revision
    again = page(director).post(url, {**TYPED, "body": "Слова директора.", "revision": revision[1]})
    assert again.status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"body": "\x00"},
        {"body": "навпаки \u202e"},
        {"body": "я" * 100_001},
        {"roles": ["king"]},
        {"people": ["x"]},
        {"people": ["2000000001"]},
        {"kind": "law"},
        {"revision": "x"},
    ],
)
def test_a_wrong_form_comes_back_with_what_was_typed(
    head: Employee, page: Page, wrong: dict[str, Any]
) -> None:
    answer = page(head).post("/documents/new/", {**TYPED, **wrong})
    assert answer.status_code == 400
    assert "Правила чергувань" in said(answer) or "title" in wrong
    assert not Document.objects.exists()


def test_what_is_being_typed_is_kept(head: Employee, page: Page) -> None:
    client = page(head)
    client.post(
        "/drafts/document-new/", {"title": "Правила", "roles": ["operator", "doctor"], "body": "1. Пункт."}
    )
    text = said(client.get("/documents/new/"))
    assert "1. Пункт." in text
    assert re.search(r'value="doctor"[^>]*checked', text)
    client.post("/documents/new/", TYPED)
    assert not drafts.get(head.pk, "document-new")


def test_a_preview_keeps_nothing_and_does_no_harm(head: Employee, page: Page) -> None:
    client = page(head)
    text = said(client.post("/documents/preview/", {"body": "## Так\n\n<script>x</script>"}, headers=HTMX))
    assert "<h2>Так</h2>" in text and "<script>" not in text
    assert "задовгий" in said(client.post("/documents/preview/", {"body": "я" * 100_001}, headers=HTMX))
    assert client.post("/documents/preview/", {}).status_code == 200
    assert not Document.objects.exists()


def test_a_draft_is_deleted_by_whoever_saw_it(head: Employee, page: Page) -> None:
    client = page(head)
    client.post("/documents/new/", TYPED)
    draft = DocumentVersion.objects.get()
    url = f"/documents/{draft.document_id}/draft/discard/"
    for revision in ("0", "x", "", "9" * 30):
        assert client.post(url, {"revision": revision}).status_code == 409
    assert client.post(url, {"revision": "1"})["Location"] == "/documents/"
    assert client.post(url, {"revision": "1"}).status_code == 404


# --- Who has signed -------------------------------------------------------------------------------------
def test_the_list_and_the_sheet_name_those_who_have_not_signed(
    director: Employee, operator: Employee, operator2: Employee, version: DocumentVersion, page: Page
) -> None:
    actions.sign(by=with_password(operator), version_id=version.pk, secret=PASSWORD)
    client = page(director)
    text = said(client.get(at(version, "signatures/")))
    assert "Підписали: 1, не підписали: 1" in text
    missing = said(client.get(at(version, "signatures/?state=missing"), headers=HTMX))
    assert "Зінченко Тарас" in missing and "Ґалаган Олена" not in missing
    assert client.get(at(version, "signatures/?state=x&role=king&team=nobody")).status_code == 200
    answer = client.get(at(version, "signatures/pdf/"))
    assert answer["Content-Type"] == "application/pdf" and answer["Cache-Control"] == "no-store"
    paper = " ".join(leaf.extract_text() for leaf in pypdf.PdfReader(BytesIO(answer.content)).pages)
    for words in (version.title, version.content_hash[:20], "Ґалаган Олена", "Зінченко Тарас", "паролем",
                  version.order.number):  # fmt: skip
        assert words in paper


def test_a_sheet_without_signatures_and_a_hostile_title_is_drawn_too(
    director: Employee, operator: Employee, page: Page
) -> None:
    version = make_document(director, roles=["admin"], title='#panic("ні") $x$ "\\ @a <b>')
    answer = page(director).get(at(version, "signatures/pdf/"))
    assert answer.status_code == 200
    paper = pypdf.PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert '#panic("ні")' in paper and "нікого" in paper


def test_lists_cost_the_same_for_one_and_for_many(
    director: Employee, head: Employee, operator: Employee, senior: Employee, page: Page
) -> None:
    make_document(director, roles=["operator"])
    make_decision(head, roles=["operator"])
    first = DocumentVersion.objects.get()
    addresses = ("/documents/", "/documents/decisions/", at(first, "signatures/"), at(first), "/")
    clients = {person: page(person) for person in (head, operator)}
    before = {key: _cost(clients[key[0]], key[1]) for key in _pairs(clients, addresses)}
    for number in range(12):
        make_document(director, title=f"Правила {number}", kind="rules", roles=["operator"])
        make_decision(head, title=f"Рішення {number}", roles=["operator"])
        make_employee(f"more{number}", senior=senior, last_name=f"Новак{number}")
    after = {key: _cost(clients[key[0]], key[1]) for key in _pairs(clients, addresses)}
    assert after == before


def _pairs(clients: dict[Employee, Client], addresses: tuple[str, ...]) -> list[tuple[Employee, str]]:
    return [(p, a) for p in clients for a in addresses if not (p.role == "operator" and "signatures" in a)]


def _cost(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len([row for row in captured if not row["sql"].startswith(("SAVEPOINT", "RELEASE"))])


# --- Decisions ------------------------------------------------------------------------------------------
def test_a_decision_is_acknowledged_by_one_press_and_leads_to_the_next(
    head: Employee, operator: Employee, decision: Decision, page: Page
) -> None:
    second = make_decision(
        head, title="Про навушники", roles=["operator"], now=clock.now() + timedelta(seconds=1)
    )
    client = page(operator)
    assert 'data-shortcut="A"' in said(client.get(f"/documents/decisions/{decision.pk}/"))
    answer = client.post(f"/documents/decisions/{decision.pk}/acknowledge/")
    assert answer["Location"] == f"/documents/decisions/{second.pk}/"
    last = client.post(f"/documents/decisions/{second.pk}/acknowledge/", headers=HTMX)
    assert (last.status_code, last["HX-Redirect"]) == (204, f"/documents/decisions/{second.pk}/")
    assert Acknowledgement.objects.filter(employee=operator).count() == 2


def test_the_head_publishes_and_sees_who_has_read(
    head: Employee, operator: Employee, operator2: Employee, page: Page
) -> None:
    client = page(head)
    typed = {"title": "Про навушники", "body": "Навушники — **свої**.", "roles": ["operator"]}
    assert client.post("/documents/decisions/new/", {**typed, "roles": []}).status_code == 400
    url = client.post("/documents/decisions/new/", typed)["Location"]
    page(operator).post(f"{url}acknowledge/")
    text = said(client.get(url))
    assert "Хто ознайомився" in text and "1 / 2" in text and "Зінченко Тарас" in text
    assert "Хто ознайомився" not in said(page(operator).get(url))
    assert "1 із 2" in said(client.get("/documents/decisions/?state=missing"))


def test_a_senior_manager_tells_their_team(
    senior: Employee, operator: Employee, stranger: Employee, page: Page
) -> None:
    client = page(senior)
    form = said(client.get("/documents/decisions/new/"))
    assert "Люди вашої команди" in form and "Ґалаган Олена" in form and "Бойко Ганна" not in form
    typed = {"title": "Завтра навчання", "body": "О 10:00."}
    assert client.post("/documents/decisions/new/", {**typed, "people": [stranger.pk]}).status_code == 400
    url = client.post("/documents/decisions/new/", {**typed, "people": [operator.pk]})["Location"]
    assert page(operator).get(url).status_code == 200
    assert page(stranger).get(url).status_code == 404


def test_withdrawing_asks_why(head: Employee, operator: Employee, decision: Decision, page: Page) -> None:
    url = f"/documents/decisions/{decision.pk}/"
    client = page(head)
    empty = client.post(f"{url}withdraw/", {"reason": ""})
    assert empty.status_code == 400 and "<dialog" in said(empty) and " open" in said(empty)
    client.post(f"{url}withdraw/", {"reason": "Помилка в даті."})
    assert "Помилка в даті." in said(page(operator).get(url))
    assert client.post(f"{url}withdraw/", {"reason": "Ще раз."}).status_code == 409
