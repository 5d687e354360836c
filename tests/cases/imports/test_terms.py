"""Terms of one number: a renewal is a policy of its own, also when it begins on the last day of what it renews."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cases.insurance.models import InsuredPerson, Policy
from staff.employees.models import Employee
from tests.cases.imports.kit import HEADINGS, as_csv, ready, row, send

pytestmark = pytest.mark.django_db

OLD = row("AU-1", since="01.01.2026", until="01.01.2027")
NEW = row("AU-1", since="01.01.2027", until="01.01.2028")


@pytest.fixture(autouse=True)
def _known(project: Any) -> None:
    ready(project)


def terms() -> list[tuple[date, date]]:
    return list(Policy.objects.order_by("valid_from").values_list("valid_from", "valid_to"))


BOTH = [(date(2026, 1, 1), date(2027, 1, 1)), (date(2027, 1, 1), date(2028, 1, 1))]


@pytest.mark.parametrize(
    "lists", [[[OLD], [NEW]], [[NEW], [OLD]], [[OLD, NEW]], [[NEW, OLD]], [[OLD], [OLD, NEW]]]
)
def test_a_renewal_that_touches_the_old_term_does_not_replace_it(
    client_manager: Employee, project: Any, lists: list[list[list[str]]]
) -> None:
    for rows in lists:
        assert send(client_manager, project, as_csv(rows), mode="add").rejected == 0
    assert terms() == BOTH
    assert InsuredPerson.objects.get().policies.count() == 2
    again = send(client_manager, project, as_csv([OLD, NEW]), mode="full", day=date(2026, 11, 20))
    assert (again.added, again.changed, again.same, again.ended, again.rejected) == (0, 0, 2, 0, 0)
    assert terms() == BOTH


def test_a_term_that_shares_more_than_a_day_is_the_same_one_corrected(
    client_manager: Employee, project: Any
) -> None:
    send(client_manager, project, as_csv([OLD]))
    batch = send(client_manager, project, as_csv([row("AU-1", since="31.12.2026", until="01.01.2028")]))
    assert (batch.added, batch.changed) == (0, 1)
    assert terms() == [(date(2026, 12, 31), date(2028, 1, 1))]
    wrong = send(client_manager, project, as_csv([OLD, row("AU-1", since="31.12.2026", until="01.01.2028")]))
    assert (wrong.rejected, wrong.faults.get().code) == (1, "terms_differ")


def test_a_policy_of_one_day_is_renewed_and_corrected(client_manager: Employee, project: Any) -> None:
    send(client_manager, project, as_csv([row("AU-1", since="01.01.2026", until="01.01.2026")]))
    longer = row("AU-1", since="01.01.2026", until="01.02.2026")
    assert send(client_manager, project, as_csv([longer])).changed == 1
    assert terms() == [(date(2026, 1, 1), date(2026, 2, 1))]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("known", [False, True])
def test_of_several_rows_of_a_person_the_latest_term_speaks(
    client_manager: Employee, project: Any, turned: bool, known: bool
) -> None:
    if known:
        send(client_manager, project, as_csv([row("AU-1", phone="0991112233")]))
    following = {"since": "01.01.2027", "until": "31.12.2027", "phone": "0997654321"}
    rows = [row("AU-1", phone="0670000000"), row("AU-1", **following)]
    content = as_csv(rows[::-1] if turned else rows)
    phones, changes = [], []
    for _time in range(4):
        changes.append(send(client_manager, project, content).changed)
        phones.append(InsuredPerson.objects.get().phone)
    assert set(phones) == {"+380997654321"}
    assert changes == [0, 0, 0, 0]


def test_a_full_list_that_names_a_number_by_its_renewal_leaves_the_term_that_runs(
    client_manager: Employee, project: Any
) -> None:
    """Whoever has renewed is insured until then: the old term has a last day of its own."""
    send(
        client_manager,
        project,
        as_csv([OLD, row("AU-1", "Ґудзь", "Іван", since="01.01.2026", until="01.01.2027")]),
    )
    for _time in range(2):
        batch = send(client_manager, project, as_csv([NEW]), mode="full", day=date(2026, 11, 20))
        assert (batch.status, batch.ended, batch.changed) == ("done", 0, 0)
        assert terms() == BOTH
        assert set(Policy.objects.values_list("ended_on", flat=True)) == {None}


@pytest.mark.parametrize("since", ["01.12.2026", "05.12.2026"])
@pytest.mark.parametrize("told", [False, True])
def test_a_term_that_follows_one_that_had_ended_early_does_not_replace_it(
    client_manager: Employee, project: Any, since: str, told: bool
) -> None:
    """A contract is cancelled and made anew under its number: until then the old one was in force."""
    ending, day = (*HEADINGS, "Припинено"), date(2026, 11, 20)
    old, new = [*row("AU-1"), "01.12.2026"], [*row("AU-1", since=since, until="30.11.2027"), ""]
    send(client_manager, project, as_csv([row("AU-1")]))
    if told:
        send(client_manager, project, as_csv([old], headings=ending), day=day)
    batch = send(client_manager, project, as_csv([new] if told else [old, new], headings=ending), day=day)
    assert (batch.status, batch.added, batch.rejected) == ("done", 1, 0)
    first = date(2026, 12, int(since[:2]))
    both = {(date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 1)), (first, date(2027, 11, 30), None)}
    assert set(Policy.objects.values_list("valid_from", "valid_to", "ended_on")) == both
    for rows in ([new], [old, new]):
        again = send(client_manager, project, as_csv(rows, headings=ending), mode="full", day=day)
        assert (again.added, again.changed, again.ended, again.rejected) == (0, 0, 0, 0)
    assert set(Policy.objects.values_list("valid_from", "valid_to", "ended_on")) == both
