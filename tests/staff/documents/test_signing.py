"""The personal signature: in person, once, for ever, under this very text (JD X.2, A4)."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from fregat.lib import clock, notices
from fregat.lib.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from fregat.lib.models import Notice
from staff.documents import actions, selectors
from staff.documents.models import DocumentVersion, Signature
from staff.documents.selectors import Filters
from staff.employees.actions import revoke_order
from staff.employees.models import Employee
from tests.builders import make_document, make_employee
from tests.cast import PASSWORD, with_password

pytestmark = pytest.mark.django_db


def sign(by: Employee, version: DocumentVersion, secret: str = PASSWORD) -> Signature:
    return actions.sign(by=by, version_id=version.pk, secret=secret)


def test_a_signature_says_who_when_what_how_and_of_which_text(
    operator: Employee, version: DocumentVersion
) -> None:
    before = clock.now()
    made = sign(with_password(operator), version)
    assert (made.employee, made.version, made.method) == (operator, version, "password")
    assert made.content_hash == version.content_hash and len(made.content_hash) == 64
    assert before <= made.at <= clock.now()


def test_a_code_of_the_second_factor_signs_too(operator: Employee, version: DocumentVersion) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(operator, secret)
    assert Authenticator.objects.filter(user=operator).exists()
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    assert sign(operator, version, code).method == "second_factor"


@pytest.mark.parametrize("secret", ["", "wrong", "000000", "\x00"])
def test_without_the_right_password_nothing_is_signed(
    operator: Employee, version: DocumentVersion, secret: str
) -> None:
    with pytest.raises(Invalid) as refused:
        sign(with_password(operator), version, secret)
    assert list(refused.value.errors) == ["secret"]
    assert not Signature.objects.exists()


def test_a_version_is_signed_once(operator: Employee, version: DocumentVersion) -> None:
    sign(with_password(operator), version)
    with pytest.raises(Conflict) as refused:
        sign(operator, version)
    assert refused.value.code == "signed_once"
    assert Signature.objects.count() == 1


def test_whom_it_does_not_concern_does_not_sign(
    head: Employee, doctor: Employee, version: DocumentVersion
) -> None:
    with pytest.raises(NotAllowed):
        sign(with_password(head), version)
    with pytest.raises(NotFound):
        sign(with_password(doctor), version)


def test_a_new_version_is_signed_anew_and_the_old_signature_stays(
    director: Employee, operator: Employee, version: DocumentVersion
) -> None:
    sign(with_password(operator), version)
    text = actions.drafting.text_of(version)
    draft = actions.save_draft(by=director, document_id=version.document_id, text=text)
    actions.order_version(by=director, document_id=version.document_id, revision=draft.revision)
    assert [row.pk for row in selectors.waiting(operator, clock.now()).versions] == [draft.pk]
    sign(operator, draft)
    assert not selectors.waiting(operator, clock.now())
    assert Signature.objects.filter(employee=operator).count() == 2


def test_a_version_that_waits_for_its_day_may_be_signed_before_it(
    director: Employee, operator: Employee
) -> None:
    later = make_document(director, roles=["operator"], effective_at=clock.now() + timedelta(days=14))
    assert later.state == "ordered"
    sign(with_password(operator), later)
    assert not selectors.waiting(operator, clock.now())


def test_what_was_revoked_is_not_signed(
    director: Employee, operator: Employee, version: DocumentVersion
) -> None:
    sign(with_password(operator), version)
    other = make_employee("fresh", senior=operator.subordinations.get().senior)
    revoke_order(by=director, order=version.order, reason="Помилка.")
    with pytest.raises((Conflict, NotFound)):
        sign(with_password(other), version)
    with pytest.raises(Conflict):
        sign(operator, version)


def test_revoked_between_the_password_and_the_signature_nothing_is_signed(
    director: Employee, operator: Employee, version: DocumentVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    from staff.documents.actions import signing

    def meanwhile(**_: object) -> str:
        revoke_order(by=director, order=version.order, reason="Помилка.")
        return "password"

    monkeypatch.setattr(signing, "confirm_in_person", meanwhile)
    with pytest.raises(Conflict) as refused:
        sign(operator, version)
    assert refused.value.code == "not_in_force"
    assert not Signature.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_presses_at_once_one_signs(operator: Employee, version: DocumentVersion) -> None:
    with_password(operator)
    refused: list[DomainError] = []

    def press() -> None:
        try:
            sign(operator, version)
        except DomainError as error:
            refused.append(error)
        finally:
            connection.close()

    presses = [threading.Thread(target=press) for _ in range(4)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert Signature.objects.count() == 1
    assert {error.code for error in refused} == {"signed_once"}
    assert len(refused) == 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents_signature SET at = at - interval '1 day'",
        "UPDATE documents_signature SET method = 'second_factor'",
        "DELETE FROM documents_signature",
        "TRUNCATE documents_signature",
    ],
)
def test_the_application_cannot_change_a_signature(
    operator: Employee, version: DocumentVersion, statement: str
) -> None:
    sign(with_password(operator), version)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Signature.objects.count() == 1


def test_the_database_takes_no_signature_under_another_text(
    operator: Employee, version: DocumentVersion
) -> None:
    with pytest.raises(IntegrityError, match="signature_is_of_this_text"), transaction.atomic():
        Signature.objects.create(
            version=version, employee=operator, at=clock.now(), method="password", content_hash="0" * 64
        )
    sign(with_password(operator), version)
    with pytest.raises(IntegrityError, match="signed_once"), transaction.atomic():
        Signature.objects.create(
            version=version,
            employee=operator,
            at=clock.now(),
            method="password",
            content_hash=version.content_hash,
        )


def test_who_has_not_signed_is_known_also_when_they_come_later(
    operator: Employee, operator2: Employee, senior: Employee, version: DocumentVersion
) -> None:
    sign(with_password(operator), version)
    fresh = make_employee("fresh", senior=senior, last_name="Авраменко")
    tally = selectors.signatures_of(version, Filters(), clock.now())
    assert (tally.signed, tally.missing) == (1, 2)
    assert [row.employee for row in tally.rows] == [fresh, operator2, operator]
    only = selectors.signatures_of(version, Filters(state="missing"), clock.now())
    assert [row.employee for row in only.rows] == [fresh, operator2]
    counted = DocumentVersion.objects.counted().get(pk=version.pk)
    assert (counted.concerned, counted.missing) == (3, 2)


def test_filters_by_team_and_role_leave_the_numbers_of_all(
    director: Employee, operator: Employee, stranger: Employee, doctor: Employee
) -> None:
    version = make_document(director, roles=["operator", "doctor"])
    now = clock.now()
    team = selectors.signatures_of(version, Filters(team="senior2"), now)
    assert [row.employee for row in team.rows] == [stranger]
    assert team.missing == 3
    assert [r.employee for r in selectors.signatures_of(version, Filters(role="doctor"), now).rows] == [
        doctor
    ]
    assert not selectors.signatures_of(version, Filters(team="nobody"), now).rows


def test_who_signed_and_left_the_role_stays_on_the_list(operator: Employee, version: DocumentVersion) -> None:
    sign(with_password(operator), version)
    Employee.objects.filter(pk=operator.pk).update(is_active=False)
    [row] = selectors.signatures_of(version, Filters(), clock.now()).rows
    assert (row.concerned, row.missing) == (False, False)


def test_those_concerned_are_told_at_once_others_are_not(
    director: Employee, operator: Employee, doctor: Employee, version: DocumentVersion
) -> None:
    told = Notice.objects.filter(kind="document_new")
    assert [notice.employee for notice in told] == [operator]
    assert told[0].url == f"/documents/{version.document_id}/versions/1/"


def test_once_signed_the_bell_is_quiet(operator: Employee, version: DocumentVersion) -> None:
    assert notices.unread(operator) == 1
    sign(with_password(operator), version)
    assert notices.unread(operator) == 0


def test_the_bell_does_not_ask_for_what_was_replaced_or_revoked(
    director: Employee, operator: Employee, version: DocumentVersion
) -> None:
    text = actions.drafting.text_of(version)
    draft = actions.save_draft(by=director, document_id=version.document_id, text=text)
    order = actions.order_version(by=director, document_id=version.document_id, revision=draft.revision)
    assert [line.url for line in notices.latest(operator, clock.now()) if line.new] == [
        f"/documents/{version.document_id}/versions/2/"
    ]
    revoke_order(by=director, order=order, reason="Помилка.")
    assert f"/documents/{version.document_id}/versions/2/" not in [
        line.url for line in notices.latest(operator, clock.now()) if line.new
    ]


def test_named_people_and_departments_are_reached_each_once(
    director: Employee, operator: Employee, quality: Employee
) -> None:
    from staff.documents.querysets import concerned_by
    from staff.documents.rules import Addressees, Text

    to = Addressees.of(["operator"], ["quality"], [operator.pk])
    draft = actions.create_document(by=director, kind="rules", text=Text("Правила", "1. Усе.", to=to))
    assert set(concerned_by(draft)) == {operator, quality}
    row = DocumentVersion.objects.counted().get(pk=draft.pk)
    assert row.concerned == 2


def test_only_invented_people_are_signed_for_in_the_demonstration(
    operator: Employee, version: DocumentVersion
) -> None:
    with pytest.raises(NotAllowed):
        actions.sign_in_demonstration(employee=operator, version_id=version.pk, now=clock.now())
