"""Every disclosure is registered with its ground before anything leaves the house (E2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from cases.casework.actions import ask_consent, pass_on
from cases.casework.models import CaseService, TimelineEntry
from cases.privacy.actions import NoGround, Passing, log, record_consent, refuse_consent, withdraw_consent
from cases.privacy.models import AccessLog, ConsentRequest, Disclosure
from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from fregat.lib.models import Notice
from staff.employees.models import Employee

pytestmark = pytest.mark.django_db
Make = Callable[..., Passing]
Browser = Callable[[Employee], Client]


def consent(by: Employee, case: Any, **other: Any) -> Any:
    values = {
        "project": case.insurer.code,
        "recipient_kind": "relative",
        "recipient": "",
        "reference": "Лист № 5",
    }
    return record_consent(by=by, **{**values, "parts": ["identity", "medical"], **other})


def test_a_clinic_engaged_for_the_help_receives_and_all_of_it_is_written(
    operator: Employee, case: Any, service: CaseService, passing: Make
) -> None:
    row = pass_on(by=operator, number=case.number, passing=passing(), service_id=service.pk)
    assert (row.ground, row.by, row.persons) == ("engaged", operator, [case.person.uuid])
    look = AccessLog.objects.get(action="disclose")
    assert (look.reference, look.part, look.objects_seen) == (str(row.pk), "medical", [case.uuid])
    assert TimelineEntry.objects.filter(case=case, kind="disclosed").exists()


def test_a_clinic_that_nobody_engaged_receives_nothing(operator: Employee, case: Any, passing: Make) -> None:
    with pytest.raises(NoGround):
        pass_on(by=operator, number=case.number, passing=passing())
    assert not Disclosure.objects.exists()
    assert not AccessLog.objects.filter(action="disclose").exists()


def test_help_that_is_not_needed_any_more_engages_nobody(
    operator: Employee, case: Any, service: CaseService, passing: Make
) -> None:
    CaseService.objects.update(state="cancelled")
    with pytest.raises(Invalid):
        pass_on(by=operator, number=case.number, passing=passing(), service_id=service.pk)


def test_what_the_log_cannot_take_does_not_leave(
    operator: Employee, case: Any, passing: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("the log is away")

    monkeypatch.setattr(log, "_statement", fail)
    with pytest.raises(OSError, match="away"):
        pass_on(by=operator, number=case.number, passing=passing("insurer"))
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"kind": "nobody"}, "recipient_kind"), ({"recipient": "  "}, "recipient"), ({"parts": ()}, "parts"),
        ({"parts": ("soul",)}, "parts"), ({"purpose": " "}, "purpose"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said(
    operator: Employee, case: Any, service: CaseService, passing: Make, other: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        pass_on(by=operator, number=case.number, passing=passing(**other), service_id=service.pk)
    assert set(refused.value.errors) == {field}


def test_with_the_insurers_consent_the_family_receives_until_it_is_withdrawn(
    operator: Employee, senior: Employee, case: Any, passing: Make
) -> None:
    to_wife = passing("relative", "Дружина")
    given = consent(senior, case)
    assert pass_on(by=operator, number=case.number, passing=to_wife).consent == given
    withdraw_consent(by=senior, consent_id=given.pk)
    with pytest.raises(NoGround):
        pass_on(by=operator, number=case.number, passing=to_wife)
    with pytest.raises(Conflict):
        withdraw_consent(by=senior, consent_id=given.pk)


def test_a_consent_for_one_case_says_nothing_of_another(
    operator: Employee, senior: Employee, case: Any, project: Any, passing: Make
) -> None:
    from tests.cast import make_case

    to_wife = passing("relative", "Дружина")
    asked = ask_consent(by=operator, number=case.number, passing=to_wife)
    consent(senior, case, request_id=asked.pk, recipient="Дружина")
    pass_on(by=operator, number=case.number, passing=to_wife)
    other = make_case(operator, insurer=project)
    with pytest.raises(NoGround):
        pass_on(by=operator, number=other.number, passing=to_wife)


def test_a_request_tells_who_speaks_with_the_insurer_and_its_answer_the_asker(
    operator: Employee,
    senior: Employee,
    client_manager: Employee,
    stranger: Employee,
    case: Any,
    passing: Make,
) -> None:
    to_wife = passing("relative", "Дружина")
    asked = ask_consent(by=operator, number=case.number, passing=to_wife)
    assert ask_consent(by=operator, number=case.number, passing=to_wife) == asked
    told = Notice.objects.filter(kind="consent_asked").values_list("employee", flat=True)
    assert set(told) == {senior.pk, client_manager.pk}
    refuse_consent(by=client_manager, request_id=asked.pk, reason="Лише за письмовою заявою.")
    assert Notice.objects.get(employee=operator).kind == "consent_refused"
    with pytest.raises(Conflict):
        consent(senior, case, request_id=asked.pk)


def test_nobody_records_a_consent_of_another_project(
    operator: Employee, senior2: Employee, case: Any, passing: Make
) -> None:
    asked = ask_consent(by=operator, number=case.number, passing=passing("relative", "Дружина"))
    with pytest.raises(NotFound):
        consent(senior2, case, request_id=asked.pk)
    with pytest.raises(NotAllowed):
        consent(senior2, case)
    with pytest.raises(NotAllowed):
        consent(operator, case)
    assert ConsentRequest.objects.get().answered_at is None


def test_a_strangers_case_is_passed_on_by_nobody_of_theirs(
    stranger: Employee, on_shift: Callable[..., Any], case: Any, passing: Make
) -> None:
    on_shift(stranger)
    with pytest.raises(NotFound):
        pass_on(by=stranger, number=case.number, passing=passing("insurer"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE privacy_disclosure SET recipient = 'x'",
        "DELETE FROM privacy_disclosure",
        "TRUNCATE privacy_disclosure",
    ],
)
def test_the_register_only_grows(operator: Employee, case: Any, passing: Make, statement: str) -> None:
    pass_on(by=operator, number=case.number, passing=passing("insurer"))
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


# --- In the browser -----------------------------------------------------------------------------------


def form(**other: Any) -> dict[str, Any]:
    values = {
        "recipient_kind": "relative",
        "recipient": "Дружина",
        "parts": ["identity"],
        "purpose": "Хоче знати.",
    }
    return values | other


def test_refused_on_the_page_the_consent_is_asked_for_with_one_key(
    page: Browser, operator: Employee, case: Any
) -> None:
    browser, address = page(operator), f"/cases/{case.number}/pass-on/"
    refused = browser.post(address, form(), headers={"HX-Request": "true"})
    assert refused.status_code == 409
    text = refused.content.decode()
    assert "згоди страхової компанії" in text
    assert "Хоче знати." in text
    assert 'name="ask"' in text
    assert browser.post(address, form(ask="1"), headers={"HX-Request": "true"}).status_code == 200
    assert ConsentRequest.objects.get().recipient == "Дружина"


def test_the_register_shows_each_what_they_may_know(
    page: Browser, operator: Employee, operator2: Employee, senior: Employee, director: Employee, officer: Employee,
    case: Any, passing: Make,
) -> None:  # fmt: skip
    pass_on(by=operator, number=case.number, passing=passing("insurer", "СК «Аврора»"))
    for who, sees in (
        (operator, True),
        (operator2, False),
        (senior, True),
        (director, True),
        (officer, True),
    ):
        answer = page(who).get("/privacy/disclosures/")
        assert answer.status_code == 200
        assert (case.number in answer.content.decode()) is sees, who.username


def test_the_client_manager_answers_a_request_on_the_page(
    page: Browser, operator: Employee, client_manager: Employee, case: Any, passing: Make
) -> None:
    asked = ask_consent(by=operator, number=case.number, passing=passing("relative", "Дружина"))
    browser, address = page(client_manager), f"/privacy/consents/requests/{asked.pk}/"
    assert case.number in browser.get("/privacy/consents/").content.decode()
    assert browser.post(address, {"answer": "yes", "reference": " "}).status_code == 400
    assert browser.post(address, {"answer": "yes", "reference": "Лист від 28.11"}).status_code == 302
    assert (
        pass_on(by=operator, number=case.number, passing=passing("relative", "Дружина")).ground == "consent"
    )
