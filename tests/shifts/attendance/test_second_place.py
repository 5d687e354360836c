"""A second place at once is noticed: another browser, though at the same address (B1, E4, JD IV.9; ADR 0020)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fregat.lib import clock
from fregat.lib.models import Notice
from shifts.roster.models import Shift
from staff.employees import actions, places
from staff.employees.models import Employee, SecurityEvent
from tests.cast import PASSWORD, sign_in, with_password

pytestmark = pytest.mark.django_db
OFFICE = "10.0.0.5"


@pytest.fixture(autouse=True)
def _nothing_noted() -> Iterator[None]:
    places._noted.clear()
    yield
    places._noted.clear()


def signed_in(employee: Employee, address: str = OFFICE, *, browser: Client | None = None) -> Client:
    client = browser or Client()
    given = {"login": employee.username, "password": PASSWORD}
    assert client.post("/accounts/login/", given, REMOTE_ADDR=address).status_code == 302
    return client


def told(employee: Employee) -> list[str]:
    rows = Notice.objects.filter(employee=employee, kind__startswith="second_place")
    return list(rows.values_list("kind", flat=True))


def noted() -> int:
    return SecurityEvent.objects.filter(kind="second_place").count()


def last_used(client: Client, minutes: float) -> None:
    """As if the last request of this browser had been so long ago."""
    rows = UserSession.objects.filter(session_key=client.session.session_key)
    rows.update(last_seen_at=clock.now() - timedelta(minutes=minutes))
    places._noted.clear()


@pytest.fixture
def two_places(stranger: Employee, senior: Employee, on_shift: Any) -> Employee:
    """`senior` leads; `stranger`, of the team of `senior2`, signs in at two places."""
    on_shift(senior, leads=True)
    return with_password(stranger)


# --- Whom it is told -----------------------------------------------------------------------------------


def test_two_computers_of_one_office_are_two_places_and_who_leads_learns_of_it_too(
    two_places: Employee, senior: Employee, senior2: Employee, operator: Employee, on_shift: Any
) -> None:
    on_shift(two_places)
    signed_in(two_places)
    assert told(senior) == told(senior2) == []
    signed_in(two_places)
    assert told(two_places) == ["second_place"]
    assert told(senior) == told(senior2) == ["second_place_of"]
    assert told(operator) == []
    [event] = SecurityEvent.objects.filter(kind="second_place")
    assert (event.account, event.address) == (two_places, OFFICE)


def test_off_shift_it_concerns_the_own_senior_manager_alone(
    two_places: Employee, senior: Employee, senior2: Employee
) -> None:
    signed_in(two_places)
    signed_in(two_places, "203.0.113.9")
    assert (told(senior), told(senior2)) == ([], ["second_place_of"])


def test_a_pair_of_browsers_is_told_once_in_a_shift_and_again_in_the_next(
    two_places: Employee, senior: Employee, on_shift: Any
) -> None:
    shift = on_shift(two_places)
    first, second = signed_in(two_places), signed_in(two_places)
    for browser in (first, second, first):
        browser.post("/accounts/logout/")
        signed_in(two_places, browser=browser)
    assert actions.note_second_places() == 0
    assert (told(senior), noted()) == (["second_place_of"], 1)
    signed_in(two_places)  # a third browser: new pairs, told in one notice
    assert (len(told(senior)), noted()) == (2, 3)
    Shift.objects.filter(pk=shift.pk).update(ends_at=clock.now() - timedelta(minutes=1))
    on_shift(two_places, began=0)
    assert actions.note_second_places() == 1
    assert len(told(senior)) == 3


def test_who_comes_back_to_a_computer_left_open_is_noticed_without_signing_in_anew(
    two_places: Employee, senior2: Employee
) -> None:
    first = signed_in(two_places)
    last_used(first, 40)
    second = signed_in(two_places)
    assert told(senior2) == []
    first.get("/shift/")
    assert actions.note_second_places() == 1
    assert told(senior2) == ["second_place_of"]
    last_used(second, 40)
    assert actions.note_second_places() == 0


# --- What is no second place ---------------------------------------------------------------------------


def test_a_second_tab_or_the_same_browser_after_a_restart_is_the_same_place(
    two_places: Employee, senior2: Employee
) -> None:
    browser = signed_in(two_places)
    browser.get("/shift/")
    del browser.cookies[
        "sessionid"
    ]  # it was closed: the cookie of the sign-in ends with it, the server's row not
    signed_in(two_places, "203.0.113.9", browser=browser)
    assert UserSession.objects.filter(user=two_places).count() == 2
    assert (told(senior2), actions.note_second_places()) == ([], 0)


def test_a_sign_in_after_signing_out_elsewhere_is_no_second_place(
    two_places: Employee, senior2: Employee
) -> None:
    signed_in(two_places).post("/accounts/logout/")
    signed_in(two_places)
    assert (told(senior2), actions.note_second_places()) == ([], 0)


def test_a_computer_left_long_ago_or_ended_from_elsewhere_is_no_second_place(
    two_places: Employee, senior2: Employee
) -> None:
    last_used(signed_in(two_places), 6)
    second = signed_in(two_places)
    for row in UserSession.objects.exclude(session_key=second.session.session_key):
        actions.end_session(by=two_places, session_id=row.pk)
    assert (told(senior2), actions.note_second_places()) == ([], 0)


def test_colleagues_at_one_computer_and_programs_with_a_token_are_no_second_place(
    two_places: Employee, operator: Employee, senior2: Employee
) -> None:
    browser = signed_in(two_places)
    browser.post("/accounts/logout/")
    signed_in(with_password(operator), browser=browser)
    token = actions.issue_token(by=two_places)
    answer = Client().get("/api/v1/employees/me/", headers={"Authorization": f"Token {token}"})
    assert answer.status_code == 200
    assert (told(senior2), actions.note_second_places()) == ([], 0)


# --- The mark of a browser -----------------------------------------------------------------------------


def test_the_mark_is_signed_hidden_from_scripts_and_outlives_the_sign_in(two_places: Employee) -> None:
    browser = signed_in(two_places)
    cookie = browser.cookies[places.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) > 365 * 24 * 3600
    before = UserSession.objects.get(user=two_places).data["device"]
    assert before not in {cookie.value, ""}
    browser.post("/accounts/logout/")
    browser.cookies[places.COOKIE] = f"{before}:forged"
    signed_in(two_places, browser=browser)
    assert UserSession.objects.get(user=two_places).data["device"] != before


def test_a_password_changed_leaves_the_browser_known(two_places: Employee) -> None:
    browser = signed_in(two_places)
    before = UserSession.objects.get(user=two_places).data
    new = "Новий-довгий-пароль-77"
    given = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert browser.post("/accounts/password/change/", given).status_code == 302
    places._noted.clear()
    browser.get("/shift/")
    assert UserSession.objects.get(session_key=browser.session.session_key).data == before


def test_the_use_of_a_sign_in_is_written_once_a_minute_in_one_statement(two_places: Employee) -> None:
    browser = signed_in(two_places)
    places._noted.clear()
    costs = []
    for _time in range(3):
        with CaptureQueriesContext(connection) as seen:
            browser.get("/shift/")
        costs.append(sum("usersession" in query["sql"] for query in seen.captured_queries))
    assert costs == [1, 0, 0]
    with CaptureQueriesContext(connection) as seen:
        assert actions.note_second_places() == 0
    assert len(seen) == 1


# --- Kept and shown ------------------------------------------------------------------------------------


def test_the_database_keeps_one_pair_of_a_shift_once(two_places: Employee) -> None:
    signed_in(two_places)
    signed_in(two_places)
    [once] = SecurityEvent.objects.filter(kind="second_place").values_list("once", flat=True)
    with pytest.raises(IntegrityError, match="security_event_noted_once"), transaction.atomic():
        SecurityEvent.objects.create(kind="second_place", account=two_places, at=clock.now(), once=once)


def test_who_answers_for_the_shift_reads_when_it_was_and_no_address(
    two_places: Employee, senior: Employee, operator: Employee, head: Employee, on_shift: Any
) -> None:
    on_shift(two_places)
    on_shift(operator)
    for address in (OFFICE, "203.0.113.9"):
        signed_in(two_places, address)
    said = f"у двох місцях о {clock.local(SecurityEvent.objects.get(kind='second_place').at):%H:%M}"
    for reader, address in (
        (senior, "/shift/"),
        (head, "/attendance/"),
        (head, "/attendance/?what=two_places"),
    ):
        text = sign_in(Client(), reader).get(address).content.decode()
        assert said in text, address
        assert "203.0.113.9" not in text
    assert said not in sign_in(Client(), operator).get("/shift/").content.decode()
    record = sign_in(Client(), head).get(f"/staff/{two_places.username}/").content.decode()
    assert said in record
