"""Rules of a programme changed on their page, tried, published, and heard by the operator at the look-up (JD II.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import on_shift_again
from tests.browser.test_end_of_shift import sign_in
from tests.live import LiveServices

QUESTION = "Чи стрибала людина з парашутом?"
CLAUSE = "п. 5.2.7 Правил"


@pytest.fixture
def insured(live_services: LiveServices) -> Iterator[dict[str, Any]]:
    """A programme of its own that pays for a visit, and a policy by it; other tests keep theirs as they were."""
    from django.db import transaction

    from cases.insurance.models import Cover, Insurer, Policy, PolicyPerson, Programme, Territory
    from fregat.lib import clock
    from tests.builders import make_edition, make_person

    mark = uuid4().hex[:6]
    today = clock.local(clock.now()).date()
    with live_services.orm(), transaction.atomic():
        insurer = Insurer.objects.get(code="vitrylo")
        programme = Programme.objects.create(
            insurer=insurer, code=f"sky-{mark}", name_uk=f"Небо {mark}", name_en=f"Sky {mark}"
        )
        edition = make_edition(programme)
        Cover.objects.create(edition=edition, service_id="visit", currency_id="EUR", clause="п. 4.1.1 Правил")
        policy = Policy.objects.create(
            number=f"NEBO-{uuid4().int % 10**8:08d}", insurer=insurer, programme=programme, insured_sum=Decimal(30_000),
            valid_from=today - timedelta(days=10), valid_to=today + timedelta(days=10),
            territory=Territory.objects.get(code="europe"), currency_id="EUR",
        )  # fmt: skip
        person = make_person("Небокрай", "Лесь", surname_latin="NEBOKRAI", given_name_latin="LES", phone="")
        PolicyPerson.objects.create(policy=policy, person=person)
    yield {"programme": programme.pk, "number": policy.number, "name": programme.name_uk}
    with live_services.orm():
        policy.delete()
        person.delete()


def test_a_new_exclusion_is_tried_published_and_heard_at_the_look_up(
    page: Page,
    browser: Browser,
    browser_context_args: dict[str, Any],
    live_services: LiveServices,
    insured: dict[str, Any],
) -> None:
    on_shift_again(live_services, "operator")
    editor = browser.new_context(**browser_context_args).new_page()
    sign_in(editor, "head")
    edit(editor, insured)
    try_out(editor)
    editor.get_by_role("button", name="Оприлюднити").click()
    expect(editor.locator("#draft")).to_have_count(0)
    expect(editor.locator("#current-title").locator("xpath=ancestor::section")).to_contain_text(QUESTION)

    sign_in(page, "operator")
    page.goto("/insured/")
    page.locator("#id_q").fill(insured["number"])
    page.locator("#found").get_by_role("link", name="Небокрай").click()
    policy = page.locator("section", has=page.get_by_role("heading", name=insured["number"]))
    country = policy.locator("input[role=combobox]")
    country.fill("США")
    country.press("Enter")
    expect(country).to_have_value("Сполучені Штати")
    country.fill("Туреч")
    country.press("Tab")
    expect(policy.locator("[name=country]")).to_have_value("TR")
    policy.locator("[name=service]").select_option("visit")
    # The answer to the last choice is there: the one before it asks the same question.
    expect(policy.locator(".reasons")).to_contain_text("п. 4.1.1 Правил")
    expect(policy.locator(".verdict")).to_have_attribute("data-verdict", "ask")
    policy.get_by_role("group", name=QUESTION).get_by_label("так").check()
    expect(policy.locator(".verdict")).to_have_attribute("data-verdict", "not_covered")
    expect(policy.locator(".reasons")).to_contain_text(CLAUSE)
    expect(policy).to_contain_text(QUESTION)


def test_what_is_typed_and_not_saved_is_not_published_past(page: Page, insured: dict[str, Any]) -> None:
    """A limit was typed and «publish» pressed: the edition came without it, and what was typed was gone."""
    sign_in(page, "head")
    page.goto("/rules/")
    page.get_by_role("link", name=insured["name"]).click()
    page.get_by_role("button", name="Редагувати правила").click()
    publish, draft = page.get_by_role("button", name="Оприлюднити"), page.locator("#draft")
    expect(publish).to_be_enabled()
    draft.locator("[name=covers-0-limit]").fill("777")
    expect(publish).to_be_disabled()
    expect(draft.locator("[data-unsaved-note]")).to_be_visible()
    draft.locator("[name=valid_from]").press("Control+Enter")
    # Whoever goes away is asked first.
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Усі програми").click()
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    expect(draft.locator("[name=covers-0-limit]")).to_have_value("777")
    draft.locator("[name=covers-0-limit]").press("Control+Enter")
    expect(page.locator("#draft .effects")).to_contain_text("777 EUR")
    publish.click()
    expect(draft).to_have_count(0)
    expect(page.locator("#current-title").locator("xpath=ancestor::section")).to_contain_text("777 EUR")
    assert asked == ["beforeunload"]


def edit(page: Page, insured: dict[str, Any]) -> None:
    """A limit and an exclusion with a question, written into the draft."""
    page.goto("/rules/")
    page.get_by_role("link", name=insured["name"]).click()
    page.get_by_role("button", name="Редагувати правила").click()
    draft = page.locator("#draft")
    draft.locator("[name=covers-0-limit]").fill("1500")
    draft.get_by_text("Нове запитання").click()
    for name, text in {
        "name_uk": QUESTION, "name_en": "Did the person jump with a parachute?", "code": "parachute", "clause": CLAUSE,
    }.items():  # fmt: skip
        draft.locator(f"[name=exclusions-0-{name}]").fill(text)
    page.keyboard.press("Control+Enter")
    changes = page.locator("#draft .effects")
    expect(changes).to_contain_text(f"запитання «{QUESTION}»: додано")
    expect(changes).to_contain_text("1\N{NO-BREAK SPACE}500 EUR")


def try_out(page: Page) -> None:
    """The calculator: nothing changes until the question is answered, then the draft refuses by its clause."""
    calculator = page.locator("#calculator")
    calculator.locator("[name=territory]").select_option(label="Європа, Туреччина та Середземномор’я")
    country = calculator.locator("input[role=combobox]")
    country.fill("Туреч")
    country.press("Tab")
    expect(calculator.locator("[name=country]")).to_have_value("TR")
    calculator.locator("[name=service]").select_option("visit")
    expect(calculator.locator("#tried")).to_contain_text("п. 4.1.1 Правил")
    # Enter in a field tries; it does not keep an example without a name.
    address = page.url
    calculator.locator("[name=age]").fill("40")
    with page.expect_response("**/try/"):
        calculator.locator("[name=age]").press("Enter")
    page.wait_for_timeout(500)
    expect(page).to_have_url(address)
    expect(calculator.locator("[name=age]")).to_be_focused()
    calculator.get_by_role("group", name=QUESTION).get_by_label("так").check()
    now, draft = calculator.locator("#tried .halves > div").all()
    expect(draft.locator(".verdict")).to_have_attribute("data-verdict", "not_covered")
    expect(draft).to_contain_text(CLAUSE)
    expect(now.locator(".verdict")).to_have_attribute("data-verdict", "covered")
