"""The end-of-shift desk and the card, through the browser's requests."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.casework.models import CaseService
from cases.handover import actions
from cases.handover.models import CheckDecision, Handover
from cases.privacy.models import AccessLog
from fregat.lib import clock
from tests.cases.handover.conftest import handover_of, responsible
from tests.cast import make_case, make_service_kind, make_shift

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def handed(works, operator, project, night, now):
    """A case that waits for the night operator's acceptance."""
    works(night, -0.5, 12, kind="night")
    shift = make_shift(
        operator, now - timedelta(hours=8), now + timedelta(seconds=1), begun_at=now - timedelta(hours=8)
    )
    case = make_case(operator, insurer=project, now=now - timedelta(hours=1))
    actions.end_shift(shift.pk, shift.ends_at)
    return handover_of(case)


def fields(case, **values):
    given = {
        "serious": "usual",
        "serious_why": "",
        "summary": "Клініка чекає.",
        "next_step": "Подзвонити.",
        "next_at": "завтра 9:00",
        "to": "",
        **values,
    }
    return {f"c{case.number}-{name}": value for name, value in given.items()}


def test_the_desk_shows_every_case_with_its_three_keys(ending, operator, case, page):
    text = page(operator).get("/shift/end/").content.decode()
    assert case.number in text
    for key in ("1", "2", "3"):
        assert f'data-shortcut="{key}"' in text
    assert AccessLog.objects.filter(objects_seen=[case.uuid], employee=operator.pk).exists()


def test_the_desk_and_its_update_share_one_fragment(ending, operator, case, page):
    browser = page(operator)
    part = browser.get("/shift/end/", **HTMX).content.decode()
    assert "<html" not in part
    assert 'id="check-desk"' in part


def test_one_key_hands_over_with_the_card_that_is_filled_in(ending, operator, case, page):
    answer = page(operator).post(
        f"/shift/end/{case.number}/", {"decision": "hand_over", **fields(case)}, **HTMX
    )
    assert answer.status_code == 200
    decision = CheckDecision.objects.get()
    assert decision.next_step == "Подзвонити."
    assert clock.local(decision.next_at).strftime("%H:%M") == "09:00"


def test_a_card_that_lacks_something_comes_back_with_what_was_typed(ending, operator, case, page):
    answer = page(operator).post(
        f"/shift/end/{case.number}/",
        {"decision": "hand_over", **fields(case, next_step="", summary="Моє.")},
        **HTMX,
    )
    assert answer.status_code == 400
    assert "Моє." in answer.content.decode()
    assert not CheckDecision.objects.exists()


def test_serious_without_why_comes_back_with_the_cursor_there(ending, operator, case, page):
    answer = page(operator).post(
        f"/shift/end/{case.number}/", {"decision": "hand_over", **fields(case, serious="critical")}, **HTMX
    )
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "чому справа серйозна" in text
    assert not CheckDecision.objects.exists()


def test_a_time_that_nobody_understands_gets_a_sentence(ending, operator, case, page):
    answer = page(operator).post(
        f"/shift/end/{case.number}/", {"decision": "hand_over", **fields(case, next_at="колись")}, **HTMX
    )
    assert answer.status_code == 400
    assert "колись" in answer.content.decode()


@pytest.mark.parametrize("text", ["x" * 20_001, "a\x00b", "a\x07b"])
def test_what_cannot_be_kept_is_refused(ending, operator, case, page, text):
    answer = page(operator).post(
        f"/shift/end/{case.number}/", {"decision": "hand_over", **fields(case, summary=text)}, **HTMX
    )
    assert answer.status_code == 400


def test_an_unknown_decision_is_refused(ending, operator, case, page):
    answer = page(operator).post(f"/shift/end/{case.number}/", {"decision": "later"}, **HTMX)
    assert answer.status_code == 400


def test_help_given_by_one_key(ending, operator, case, page, now):
    CaseService.objects.create(
        case=case, kind=make_service_kind(), state="arranged", added_at=now, added_by=operator
    )
    page(operator).post(f"/shift/end/{case.number}/", {"decision": "assisted"}, **HTMX)
    case.refresh_from_db()
    assert case.status == "assisted"


def test_what_help_given_lacks_is_said(ending, operator, case, page):
    answer = page(operator).post(f"/shift/end/{case.number}/", {"decision": "assisted"}, **HTMX)
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#messages"


def test_without_a_shift_the_desk_says_so(operator, page):
    answer = page(operator).get("/shift/end/")
    assert answer.status_code == 200
    assert 'data-shortcut="2"' not in answer.content.decode()


def test_a_strangers_case_answers_as_a_missing_one(
    ending, operator, stranger, other_project, works, page, now
):
    works(stranger)
    case = make_case(stranger, insurer=other_project, now=now)
    browser = page(operator)
    one = browser.post(f"/shift/end/{case.number}/", {"decision": "senior"})
    other = browser.post("/shift/end/99-999999/", {"decision": "senior"})
    assert one.status_code == other.status_code == 404


def test_the_banner_appears_when_the_check_begins(ending, operator, case, page, now):
    browser = page(operator)
    assert "data-check-banner" not in browser.get("/shift/end/banner/").content.decode()
    actions.start_check(ending.pk, now)
    assert "data-check-banner" in browser.get("/shift/end/banner/").content.decode()


def test_the_sheet_for_paper_lists_what_remains(ending, operator, case, page, now):
    actions.decide(
        by=operator, number=case.number, decision="hand_over", summary="Клініка чекає.", next_step="Подзвонити.",
        next_at=now + timedelta(hours=1), now=now,
    )  # fmt: skip
    text = page(operator).get("/shift/end/sheet/").content.decode()
    assert "Подзвонити." in text
    assert case.number in text


def test_the_receiver_accepts_with_a_read_back(handed, night, page):
    browser = page(night)
    assert browser.get(f"/handovers/{handed.pk}/").status_code == 200
    answer = browser.post(f"/handovers/{handed.pk}/accept/", {"read_back": "Дзвоню лікарю о дев’ятій."})
    assert answer.status_code == 302
    handed.refresh_from_db()
    assert handed.accepted_by == night


def test_without_a_read_back_the_form_comes_back(handed, night, page):
    answer = page(night).post(f"/handovers/{handed.pk}/accept/", {"read_back": "  "}, **HTMX)
    assert answer.status_code == 400
    handed.refresh_from_db()
    assert handed.accepted_at is None


def test_refused_it_leaves_the_receiver(handed, night, head, page):
    answer = page(night).post(f"/handovers/{handed.pk}/refuse/", {"reason": "Три виклики одразу."}, **HTMX)
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode(), "the card is drawn again in its place"
    assert responsible(handed.case) == "head"


def test_the_giver_off_shift_completes_the_card_and_sees_nobodys_name(handed, operator, page, monkeypatch):
    later = handed.moved_at + timedelta(minutes=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    browser = page(operator)
    text = browser.get(f"/handovers/{handed.pk}/").content.decode()
    assert handed.case.who not in text
    answer = browser.post(
        f"/handovers/{handed.pk}/",
        {
            "serious": "usual",
            "summary": "Клініка чекає.",
            "next_step": "Подзвонити лікарю.",
            "next_at": "завтра 9:00",
        },
    )
    assert answer.status_code == 302
    handed.refresh_from_db()
    assert handed.next_step == "Подзвонити лікарю."


def test_a_quarter_of_an_hour_later_the_card_is_closed_to_the_giver(handed, operator, page, monkeypatch):
    later = handed.moved_at + timedelta(minutes=16)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert page(operator).get(f"/handovers/{handed.pk}/").status_code == 404


def test_a_stranger_does_not_see_the_handover(handed, stranger, works, page):
    works(stranger)
    browser = page(stranger)
    assert browser.get(f"/handovers/{handed.pk}/").status_code == 404
    assert browser.get("/handovers/999999/").status_code == 404
    assert Handover.objects.count() == 1


def test_what_was_being_typed_is_there_when_the_case_is_opened_again(ending, operator, case, page):
    browser = page(operator)
    browser.post(f"/drafts/check-{case.number}/", {f"c{case.number}-summary": "Лікар їде в"})
    assert "Лікар їде в" in browser.get("/shift/end/").content.decode()
    browser.post(f"/shift/end/{case.number}/", {"decision": "senior"}, **HTMX)
    assert "Лікар їде в" not in browser.get(f"/shift/end/?case={case.number}").content.decode()


def test_only_one_form_is_open_at_a_time_and_any_case_can_be_chosen(
    ending, operator, case, project, page, now
):
    other = make_case(operator, insurer=project, now=now)
    browser = page(operator)
    for chosen in (case, other):
        text = browser.get(f"/shift/end/?case={chosen.number}", **HTMX).content.decode()
        assert text.count("data-draft") == 1
        assert f'action="/shift/end/{chosen.number}/"' in text


def test_a_refresh_stays_where_the_desk_stands_and_never_leads_back(ending, operator, project, page, now):
    first, second = (
        make_case(operator, insurer=project, now=now - timedelta(minutes=30)) for _each in range(2)
    )
    browser = page(operator)

    def stands(query=""):
        text = browser.get(f"/shift/end/{query}", **HTMX).content.decode()
        return next(one.number for one in (first, second) if f'action="/shift/end/{one.number}/"' in text)

    begun = stands()
    other = next(one.number for one in (first, second) if one.number != begun)
    assert stands(f"?at={other}") == other  # its place in the list may change meanwhile
    actions.decide(by=operator, number=begun, decision="senior")
    assert stands(f"?at={begun}") == other
    assert stands(f"?case={begun}") == begun  # chosen by the operator
