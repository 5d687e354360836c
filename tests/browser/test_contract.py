"""A contract from the keyboard: the premium live, a known person taken, the policy found at once (C6)."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import Locator, Page, expect

from fregat.lib import clock
from tests.browser.conftest import on_shift_again
from tests.live import LiveServices


def begin(page: Page, live: LiveServices) -> Locator:
    """A new contract of a week in Europe; whatever a try before has typed is forgotten."""
    from fregat.lib.models import FormDraft

    on_shift_again(live, "operator")
    with live.orm():
        FormDraft.objects.filter(form="contract").delete()
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("operator")
    page.locator("input[name=password]").fill("fregat-demo")
    page.locator("input[name=password]").press("Enter")
    expect(page.get_by_role("main")).to_be_visible()

    page.goto("/contracts/")
    expect(page.locator("[data-shortcut=N]")).to_be_visible()
    page.keyboard.press("n")
    form = page.locator("#contract-form")
    expect(form.locator("[name=starts]")).to_be_visible()
    page.wait_for_load_state()  # the scripts are there, so a choice is heard
    programme = form.locator("[name=programme]")
    programme.select_option(label="СК «Вітрило» · Мандри. Стандарт")
    # Drawn again for the programme: its own sums are offered.
    expect(form.locator("[name=insured_sum] option").first).to_have_text(
        "30\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}EUR", timeout=20_000
    )
    today = clock.local(clock.now()).date()
    form.locator("[name=starts]").fill(f"{today + timedelta(days=2):%d.%m.%Y}")
    form.locator("[name=ends]").fill(f"{today + timedelta(days=8):%d.%m.%Y}")
    form.locator("[name=territory]").select_option("europe")
    form.locator("[name=insured_sum]").select_option("30000")
    return form


def test_a_contract_is_entered_and_found_at_once(page: Page, live_services: LiveServices) -> None:
    form = begin(page, live_services)
    form.locator("[name=q]").fill("HALAHAN 1987")
    form.locator("[name=q]").press("Enter")
    take = form.get_by_role("button", name="Застрахувати").first
    expect(take).to_be_visible()
    take.click()
    expect(form.locator(".person-row").first).to_contain_text("Ґалаган Олена Андріївна")
    # 0.95 a day × 7 days = 6.65
    expect(page.locator("#premium .premium-total")).to_contain_text("6,65")
    form.get_by_label("Зимові види спорту").check()
    expect(page.locator("#premium .premium-total")).to_contain_text("13,30")

    form.locator("[name=holder_phone]").fill("+380671234567")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ВТ-")
    number = page.get_by_role("heading", level=1).inner_text()
    expect(page.get_by_role("main")).to_contain_text("13,30")
    page.emulate_media(media="print")
    edges = {
        page.locator(part).first.bounding_box()["x"]  # type: ignore[index]
        for part in ("main .card-title", "main .facts dt", "main .card-body > h3, main .card-body > .h3")
    }
    assert len(edges) == 1, "on paper what is under a title stands under it"
    page.emulate_media(media="screen")

    page.goto("/insured/")
    page.locator("#id_q").fill(number)
    expect(page.locator("#found")).to_contain_text("Ґалаган Олена Андріївна")
    expect(page.locator("#found")).to_contain_text(number)


def test_whoever_is_typed_and_is_there_already_is_linked_by_one_key(
    page: Page, live_services: LiveServices
) -> None:
    from cases.insurance.models import InsuredPerson

    form = begin(page, live_services)
    with live_services.orm():
        known = InsuredPerson.objects.filter(insured_by__policy__insurer__name_uk="СК «Вітрило»").earliest(
            "pk"
        )
        before = InsuredPerson.objects.count()
    form.locator("[name=p0-surname]").fill(known.surname)
    form.locator("[name=p0-given_name]").fill(known.given_name)
    form.locator("[name=p0-birth_date]").fill(f"{known.birth_date:%d.%m.%Y}")
    form.locator("[name=p0-phone]").fill("050 111 22 33")
    expect(page.locator("#premium .premium-total")).to_be_visible()
    form.locator("[name=p0-phone]").press("Control+Enter")
    # The premium may have to be told first; the question about the person stands there then too.
    expect(form).to_contain_text("Схоже, ця людина вже є:")
    choice = form.get_by_role("button", name="Це вона").first
    expect(choice).to_be_focused()
    expect(form.locator("[name=p0-phone]")).to_have_value("050 111 22 33")
    page.keyboard.press("Enter")
    expect(form.get_by_role("button", name="Ні, це інша людина")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ВТ-")
    expect(page.get_by_role("main")).to_contain_text(known.full_name)
    with live_services.orm():
        assert InsuredPerson.objects.count() == before
