"""Signing in person and acknowledging by one key, at the keyboard; every page of the documents with fresh eyes."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_end_of_shift import sign_in
from tests.browser.test_pages_look import Eyes, eyes  # noqa: F401 - a fixture
from tests.live import LiveServices


@pytest.fixture
def for_the_client(live_services: LiveServices) -> dict[str, Any]:
    """A document in two versions and a decision that wait for the client manager alone."""
    from staff.documents import actions
    from staff.documents.rules import Addressees, Text
    from staff.employees.models import Employee
    from tests.builders import make_decision, make_document

    with live_services.orm():
        people = {one.username: one for one in Employee.objects.all()}
        client, director = people["client"], people["director"]
        version = make_document(director, title="Правила листування", kind="rules", people=[client])
        text = Text(
            "Правила листування",
            "## Обов’язки\n\n1. Відповідати того самого дня.",
            "",
            Addressees.of((), (), [client.pk]),
        )
        draft = actions.save_draft(by=people["head"], document_id=version.document_id, text=text)
        actions.order_version(by=director, document_id=version.document_id, revision=draft.revision)
        decision = make_decision(people["head"], title="Про підпис у листах", people=[client])
    return {"document": version.document_id, "decision": decision.pk}


def test_a_document_is_signed_and_a_decision_acknowledged_with_the_keyboard_alone(
    page: Page, for_the_client: dict[str, Any], live_services: LiveServices
) -> None:
    from staff.documents.models import Acknowledgement, Signature

    sign_in(page, "client")
    expect(page.locator("[data-documents-waiting]")).to_contain_text("1 документ чекає на ваш підпис.")
    page.goto(f"/documents/{for_the_client['document']}/")
    page.keyboard.press("s")
    secret = page.locator("#id_secret")
    secret.focus()
    page.keyboard.type("не те")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#signing .field-error")).to_contain_text("Це не ваш пароль")
    expect(page.locator("#id_secret")).to_have_value("")
    page.locator("#id_secret").focus()
    page.keyboard.type("fregat-demo")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#signing")).to_contain_text("Ознайомлено й підписано:")
    page.goto(f"/documents/decisions/{for_the_client['decision']}/")
    expect(page.get_by_role("button", name="Ознайомлено")).to_be_visible()
    page.keyboard.press("a")
    expect(page.get_by_role("main")).to_contain_text("Ви ознайомилися:")
    page.goto("/")
    expect(page.locator("[data-documents-waiting]")).to_have_count(0)
    with live_services.orm():
        signature = Signature.objects.get(
            version__document=for_the_client["document"], employee__username="client"
        )
        assert (signature.version.number, signature.method) == (2, "password")
        assert Acknowledgement.objects.filter(decision=for_the_client["decision"]).count() == 1


def test_the_desk_hears_of_a_decision_by_itself(
    page: Page, browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    sign_in(page, "client")
    page.locator("#live-state[data-state=open]").wait_for()
    head = browser.new_context(**browser_context_args).new_page()
    sign_in(head, "head")
    head.goto("/documents/decisions/new/")
    head.locator("#id_title").fill("Про відпустки")
    head.locator("#id_body").fill("Заяви — до **п’ятниці**.")
    head.keyboard.press("Alt+p")
    expect(head.locator("#preview strong")).to_have_text("п’ятниці")
    head.get_by_label("менеджер по роботі з клієнтами", exact=True).check()
    head.locator("#id_body").press("Control+Enter")
    expect(head.get_by_role("main")).to_contain_text("Хто ознайомився")
    waiting = page.locator("[data-documents-waiting]")
    expect(waiting).to_contain_text("1 рішення чекає")
    waiting.get_by_role("link").click()
    page.get_by_role("link", name="Про відпустки").first.click()
    expect(page.get_by_role("button", name="Ознайомлено")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("a")
    expect(page.get_by_role("main")).to_contain_text("Ви ознайомилися:")
    head.reload()
    expect(head.get_by_role("main")).to_contain_text("1 / 1")
    head.context.close()


def test_versions_stand_side_by_side_where_both_fit_and_in_one_column_elsewhere(
    page: Page,
) -> None:
    sign_in(page, "operator")
    page.goto("/documents/")
    page.get_by_role("link", name="Посадова інструкція оператора контакт-центру").first.click()
    page.get_by_role("link", name="Що змінилося").first.click()
    changed = page.locator(".differences .diff-changed").first
    was, now, inline = (changed.locator(name) for name in (".diff-was", ".diff-now", ".diff-inline"))
    expect(was).to_be_visible()
    expect(inline).to_be_hidden()
    expect(was.locator("ins")).to_have_count(0)
    expect(now.locator("del")).to_have_count(0)
    left, right = was.bounding_box(), now.bounding_box()
    assert left and right and left["x"] + left["width"] <= right["x"] and left["y"] == right["y"]
    page.set_viewport_size({"width": 390, "height": 844})
    expect(inline).to_be_visible()
    expect(was).to_be_hidden()
    page.set_viewport_size({"width": 1366, "height": 768})
    page.emulate_media(media="print")
    expect(inline).to_be_visible()
    expect(was).to_be_hidden()


def test_the_pages_with_fresh_eyes(eyes: Eyes, for_the_client: dict[str, Any]) -> None:  # noqa: F811
    document, decision = for_the_client["document"], for_the_client["decision"]
    whole = f"/documents/{document}/versions/2/"
    visits = {
        "client": (
            "/", "/documents/", whole, f"{whole}changes/", "/documents/decisions/",
            f"/documents/decisions/{decision}/",
        ),
        "head": (
            "/documents/", whole, f"{whole}signatures/", f"/documents/{document}/draft/", "/documents/new/",
            "/documents/decisions/", f"/documents/decisions/{decision}/", "/documents/decisions/new/",
        ),
        "senior": ("/documents/decisions/new/",),
    }  # fmt: skip
    for username, paths in visits.items():
        eyes.context.clear_cookies()
        eyes.sign_in(username)
        for path in paths:
            eyes.look_at(path)
