"""The hand-over sheet: signed by who gives and who receives, kept as signed, never in the way of the end (II.11)."""

from __future__ import annotations

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.handover import actions, selectors
from cases.handover.models import SignedSheet
from cases.handover.sheet import fingerprint
from cases.privacy.models import AccessLog
from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.cases.handover.conftest import at_end_of, end, handover_of, responsible
from tests.cast import PASSWORD, make_case, with_password

CARD = {"summary": "Лікар був, гарячка 38.", "next_step": "Подзвонити в готель."}


@pytest.fixture
def decided(ending, case, operator, now):
    """The check has begun and the only case is decided about."""
    with_password(operator)
    actions.start_check(ending.pk, now)
    actions.decide(by=operator, number=case.number, decision="hand_over", next_at=now, now=now, **CARD)
    return case


@pytest.fixture
def given(decided, operator, now):
    return actions.sign_given(by=operator, secret=PASSWORD, now=now)


@pytest.fixture
def received(given, works, ending, night, senior):
    """The night operator has accepted, two minutes after the end; returns the handover."""
    with_password(night)
    works(senior, leads=True)
    works(night, 0, 12, kind="night")
    end(ending)
    row = handover_of(given_case(given))
    return actions.accept(
        by=night, handover_id=row.pk, read_back="Дзвоню в готель.", now=at_end_of(ending, 120)
    )


def given_case(sheet):
    from cases.casework.models import Case

    return Case.objects.get(uuid=sheet.cases[0])


def test_the_giver_signs_what_becomes_of_every_case(given, decided, operator):
    assert (given.side, given.signer, given.method) == ("given", operator, "password")
    assert given.cases == [decided.uuid]
    assert all(words in given.text for words in (decided.number, *CARD.values(), "як за графіком"))
    assert given.content_hash == fingerprint(given.text)
    assert bytes(given.file).startswith(b"%PDF")


def test_how_serious_and_what_if_stand_on_it(ending, case, operator, now):
    with_password(operator)
    actions.start_check(ending.pk, now)
    said = {"serious": "critical", "serious_why": "Сам у номері.", "what_if": "Якщо гірше – швидка."}
    actions.decide(by=operator, number=case.number, decision="hand_over", next_at=now, **CARD, **said)
    sheet = actions.sign_given(by=operator, secret=PASSWORD, now=now)
    assert "Наскільки серйозно: критична: Сам у номері." in sheet.text
    assert "Що робити, якщо…: Якщо гірше – швидка." in sheet.text


def test_a_card_of_before_they_were_said_has_the_same_text_and_fingerprint(decided, operator, now):
    """Sheets signed before the two fields came verify against what their page says today."""
    from cases.handover.models import CheckDecision
    from cases.handover.sheet import text_of

    CheckDecision.objects.update(serious="", serious_why="", what_if="")
    check = selectors.current_check(operator, now)
    lines = text_of(selectors.given_sheet(operator, check, now)).splitlines()
    names = [line.partition(":")[0] for line in lines[lines.index("") + 2 :]]
    assert names == ["Рішення", "Кому", "Що зроблено, який стан", "Що залишилося зробити", "До якого часу"]


def test_no_insured_person_is_named_on_it(ending, operator, project, now):
    from tests.cast import make_person, make_policy

    person = make_person("Христенко", "Юхим")
    case = make_case(operator, policy=make_policy(project, person), person=person, insurer=project, now=now)
    with_password(operator)
    actions.start_check(ending.pk, now)
    actions.decide(by=operator, number=case.number, decision="senior")
    sheet = actions.sign_given(by=operator, secret=PASSWORD, now=now)
    assert case.number in sheet.text
    assert "Христенко" not in sheet.text


def test_it_is_signed_in_person(decided, operator, now):
    with pytest.raises(Invalid):
        actions.sign_given(by=operator, secret="not the password", now=now)
    assert not SignedSheet.objects.exists()


def test_not_before_the_last_minutes_nor_while_something_is_undecided(works, case, operator, now):
    with_password(operator)
    shift = works(operator, -4, 4)
    with pytest.raises(Conflict) as early:
        actions.sign_given(by=operator, secret=PASSWORD, now=now)
    with pytest.raises(Conflict) as undecided:
        actions.sign_given(by=operator, secret=PASSWORD, now=at_end_of(shift, -600))
    assert (early.value.code, undecided.value.code) == ("early", "undecided")


def test_the_same_is_signed_once_and_a_change_anew(given, decided, operator, now):
    with pytest.raises(Conflict) as again:
        actions.sign_given(by=operator, secret=PASSWORD, now=now)
    assert again.value.code == "signed"
    actions.decide(by=operator, number=decided.number, decision="senior")
    later = actions.sign_given(by=operator, secret=PASSWORD, now=now)
    assert later.content_hash != given.content_hash
    assert SignedSheet.objects.filter(shift=given.shift).count() == 2, "what was signed is kept"


def test_the_receiver_signs_under_the_fingerprint_of_the_giver(received, given, night, ending):
    sheet = actions.sign_received(
        by=night, handover_id=received.pk, secret=PASSWORD, now=at_end_of(ending, 180)
    )
    assert (sheet.side, sheet.giver, sheet.signer) == ("received", given.giver, night)
    assert given.content_hash in sheet.text
    assert all(words in sheet.text for words in ("Дзвоню в готель.", "кінець зміни", night.full_name))


def test_not_while_a_case_waits_for_the_answer(given, works, ending, night, senior, operator, project, now):
    with_password(night)
    works(senior, leads=True)
    works(night, 0, 12, kind="night")
    end(ending)
    row = handover_of(given_case(given))
    with pytest.raises(Conflict) as waiting:
        actions.sign_received(by=night, handover_id=row.pk, secret=PASSWORD, now=at_end_of(ending, 60))
    assert waiting.value.code == "waiting"


def test_who_refused_signs_the_refusal_and_others_nothing(given, works, ending, night, senior, operator2):
    for person in (night, senior):
        with_password(person)
    works(senior, leads=True)
    works(night, 0, 12, kind="night")
    works(operator2, -1, 8)
    end(ending)
    row = handover_of(given_case(given))
    actions.refuse(by=night, handover_id=row.pk, reason="Дві лінії одразу.", now=at_end_of(ending, 60))
    sheet = actions.sign_received(by=night, handover_id=row.pk, secret=PASSWORD, now=at_end_of(ending, 90))
    assert "Дві лінії одразу." in sheet.text
    with pytest.raises(NotAllowed):
        actions.sign_received(by=operator2, handover_id=row.pk, secret=PASSWORD, now=at_end_of(ending, 90))


def test_nothing_waits_for_a_signature(ending, case, night, works):
    works(night, 0, 12, kind="night")
    assert end(ending) == 1
    assert responsible(case) == "night"


def test_what_is_signed_is_altered_by_nobody(given):
    for statement in (
        "UPDATE handover_signedsheet SET text = 'x'",
        "UPDATE handover_signedsheet SET file = ''",
        "DELETE FROM handover_signedsheet",
        "TRUNCATE handover_signedsheet",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_false_fingerprint_is_not_kept(given):
    with pytest.raises(DatabaseError), transaction.atomic():
        SignedSheet.objects.create(
            shift=given.shift, side="given", giver=given.giver, signer=given.giver, at=given.at,
            method="password", cases=[], text="Інше.", content_hash=given.content_hash, file=b"%PDF",
        )  # fmt: skip


def test_it_is_opened_by_the_two_and_those_above_alone(
    received, given, works, ending, operator2, stranger, senior, senior2, head, night, client
):
    moment = at_end_of(ending, 180)
    works(operator2, -1, 8)
    works(senior2, -1, 8)
    assert selectors.get_signed_sheet(night, given.pk, moment) == given
    assert selectors.get_signed_sheet(senior, given.pk, moment) == given
    assert selectors.get_signed_sheet(head, given.pk, moment) == given
    for other in (operator2, senior2, client, given.giver):
        with pytest.raises(NotFound):
            selectors.get_signed_sheet(other, given.pk, moment)
    assert selectors.get_signed_sheet(given.giver, given.pk, at_end_of(ending, -60)) == given


def test_each_opening_is_a_look_at_the_medical_part(given, operator, page):
    before = AccessLog.objects.count()
    answer = page(operator).get(f"/handovers/sheets/{given.pk}/")
    assert answer["Content-Type"] == "application/pdf"
    look = AccessLog.objects.latest("pk")
    assert AccessLog.objects.count() == before + 1
    assert (look.action, look.part, list(look.objects_seen)) == ("print", "medical", given.cases)


def test_the_list_shows_who_has_not_signed(received, given, senior, night, ending):
    [row] = selectors.sheet_rows(senior, at_end_of(ending, 180))
    assert (row.shift, row.count, [one.username for one in row.missing]) == (ending, 1, ["night"])
    assert selectors.unsigned_count(senior, at_end_of(ending, 180)) == 1
    actions.sign_received(by=night, handover_id=received.pk, secret=PASSWORD, now=at_end_of(ending, 180))
    [row] = selectors.sheet_rows(senior, at_end_of(ending, 240))
    assert row.is_signed
    assert selectors.sheet_rows(senior, at_end_of(ending, 240), missing_only=True) == []


def test_the_list_costs_the_same_for_many(received, senior, ending, works, operator2, project, night, now):
    def spent():
        with CaptureQueriesContext(connection) as found:
            selectors.sheet_rows(senior, at_end_of(ending, 180))
        return len(found)

    one = spent()
    shift = works(operator2, -8, 1 / 6)
    for _ in range(3):
        make_case(operator2, insurer=project, now=now)
    end(shift)
    assert len(selectors.sheet_rows(senior, at_end_of(ending, 180))) == 2
    assert spent() == one


def test_signing_on_the_page(decided, operator, page):
    browser = page(operator)
    assert "Підпис" in browser.get("/shift/end/sheet/").content.decode()
    wrong = browser.post("/shift/end/sheet/", {"secret": "ні"})
    assert wrong.status_code == 400
    assert browser.post("/shift/end/sheet/", {"secret": PASSWORD}).status_code == 302
    text = browser.get("/shift/end/sheet/").content.decode()
    assert "Підписано:" in text
    assert 'name="secret"' not in text


@pytest.fixture
def passed(decided, works, ending, night):
    """The shift is over, the only case waits for the night operator; the giver has signed nothing."""
    works(night, 0, 12, kind="night")
    end(ending)
    return handover_of(decided)


def test_the_giver_signs_until_fifteen_minutes_after_the_end(passed, ending, operator, night):
    sheet = actions.sign_given(by=operator, secret=PASSWORD, now=at_end_of(ending, 14 * 60))
    assert (sheet.side, sheet.shift, sheet.cases) == ("given", ending, [passed.case.uuid])
    assert all(words in sheet.text for words in (*CARD.values(), night.full_name))
    with pytest.raises(Conflict) as again:
        actions.sign_given(by=operator, secret=PASSWORD, now=at_end_of(ending, 14 * 60))
    assert again.value.code == "signed"


def test_not_later(passed, ending, operator):
    with pytest.raises(NotAllowed):
        actions.sign_given(by=operator, secret=PASSWORD, now=at_end_of(ending, 16 * 60))


def test_signed_before_the_end_it_is_signed_anew_only_after_a_card_was_completed(
    given, passed, ending, operator
):
    later = at_end_of(ending, 120)
    assert selectors.given_after_end(operator, later).fault == "signed"
    actions.complete_card(
        by=operator, handover_id=passed.pk, summary="Готель не відповів.", next_step="Ще раз.", next_at=later,
        now=later,
    )  # fmt: skip
    anew = actions.sign_given(by=operator, secret=PASSWORD, now=at_end_of(ending, 180))
    assert "Готель не відповів." in anew.text
    assert SignedSheet.objects.filter(signer=operator).count() == 2


def test_the_card_of_a_case_accepted_since_is_closed_to_the_giver(passed, ending, operator, night):
    actions.accept(by=night, handover_id=passed.pk, read_back="Дзвоню.", now=at_end_of(ending, 60))
    sheet = actions.sign_given(by=operator, secret=PASSWORD, now=at_end_of(ending, 120))
    assert passed.case.number in sheet.text
    assert "Прийнято" in sheet.text
    assert not any(words in sheet.text for words in CARD.values())
    assert sheet.cases == []


def test_signing_on_the_page_after_the_end(passed, ending, operator, page):
    with time_machine.travel(at_end_of(ending, 120)):
        browser = page(operator)
        text = browser.get("/shift/end/sheet/").content.decode()
        assert CARD["summary"] in text
        assert "Зміна закінчилася" in text
        assert browser.post("/shift/end/sheet/", {"secret": PASSWORD}).status_code == 302
        text = browser.get("/shift/end/sheet/").content.decode()
        assert "Підписано:" in text
        assert 'name="secret"' not in text
    with time_machine.travel(at_end_of(ending, 16 * 60)):
        text = page(operator).get("/shift/end/sheet/").content.decode()
        assert CARD["summary"] not in text
