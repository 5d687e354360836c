"""The chain is gone through by order, or each day, in portions; whoever must know is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from cases.privacy.actions import ask_verification, continue_verification, seal_log
from cases.privacy.labels import fault_sentence
from cases.privacy.models import Verification
from cases.privacy.rules.faults import LISTED, Faults
from fregat.lib import clock, jobs
from fregat.lib.errors import NotAllowed
from fregat.lib.models import Job, Notice
from staff.employees.models import Employee

Make = Callable[..., None]


@pytest.mark.django_db
def test_in_portions_from_where_the_last_one_ended(sealed: Make, officer: Employee) -> None:
    sealed(2, seals=3)
    row = ask_verification(by=officer)
    continue_verification(row.pk, rows_max=3)
    row.refresh_from_db()
    assert (row.through_seal, row.rows, row.running) == (2, 4, True)
    assert Job.objects.get(kind="access_log_verify").done_at is None
    continue_verification(row.pk, rows_max=3)
    row.refresh_from_db()
    assert (row.through_seal, row.rows, row.running, row.faults) == (3, 6, False, [])
    assert not Notice.objects.exists()


@pytest.mark.django_db
def test_the_one_under_way_serves_whoever_asks_next(sealed: Make, officer: Employee, head: Employee) -> None:
    assert ask_verification(by=officer) == ask_verification(by=head)
    assert Verification.objects.get().asked_by == officer


@pytest.mark.django_db
def test_the_sweep_does_it(sealed: Make, officer: Employee) -> None:
    sealed(2, seals=1)
    row = ask_verification(by=officer)
    jobs.sweep()
    row.refresh_from_db()
    assert not row.running and row.rows == 2


@pytest.mark.django_db
def test_the_program_asks_for_one_each_day(officer: Employee) -> None:
    jobs.sweep()
    assert Verification.objects.get().asked_by is None
    assert Job.objects.get(kind="access_log_daily").due_at > clock.now() + timedelta(hours=23)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["operator", "senior", "director", "doctor", "client", "quality"])
def test_others_do_not_verify(request: pytest.FixtureRequest, who: str) -> None:
    with pytest.raises(NotAllowed):
        ask_verification(by=request.getfixturevalue(who))


@pytest.mark.django_db(transaction=True)
def test_what_is_found_in_several_portions_is_told_once(
    sealed: Make, owner: Callable[[str], None], head: Employee, officer: Employee, admin_: Employee
) -> None:
    sealed(2, seals=3)
    owner("DELETE FROM privacy_accesslog WHERE id IN (2, 3)")
    row = ask_verification(by=officer)
    for _portion in range(3):
        continue_verification(row.pk, rows_max=1)
    row.refresh_from_db()
    assert not row.running
    assert [code for code, _values in row.faults] == ["missing"]
    assert "2" in fault_sentence(*row.faults[0])
    told = Notice.objects.filter(kind="access_log_faults").values_list("employee__username", flat=True)
    assert sorted(told) == ["admin", "head", "officer"]


@pytest.mark.django_db(transaction=True)
def test_a_seal_that_goes_between_two_portions_is_missed(
    sealed: Make, owner: Callable[[str], None], officer: Employee
) -> None:
    sealed(2, seals=3)
    row = ask_verification(by=officer)
    continue_verification(row.pk, rows_max=1)
    owner("DELETE FROM privacy_seal WHERE number = 1")
    continue_verification(row.pk)
    row.refresh_from_db()
    assert [code for code, _values in row.faults] == ["seals_missing"]


@pytest.mark.django_db
def test_a_sealer_that_does_not_work_is_noticed(
    look: Callable[..., object], verify: Callable[..., tuple[int, str]]
) -> None:
    look(now=clock.now() - timedelta(minutes=4))
    assert verify()[0] == 0
    look(now=clock.now() - timedelta(minutes=6))
    code, said = verify()
    assert code == 1 and "2 rows have waited for their seal since" in said
    seal_log()
    assert verify()[0] == 0


def test_of_very_many_faults_the_rest_is_counted() -> None:
    faults = Faults()
    for number in range(LISTED + 7):
        faults.add("seal_changed", seal=number * 2, at=clock.now().isoformat())
    kept = faults.kept()
    assert len(kept) == LISTED + 1
    assert kept[-1] == ("more", {"n": 7})
    again = Faults.of(kept)
    again.add("seal_changed", seal=999, at=clock.now().isoformat())
    assert again.kept()[-1] == ("more", {"n": 8})
    assert all(fault_sentence(code, values) for code, values in kept)
