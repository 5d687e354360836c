"""Policies that the house has sold itself: a list that does not name them does not end them, one that says so does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.casework.labels import POLICY_ENDED, POLICY_LEFT
from cases.casework.models import Case, TimelineEntry
from cases.contracts.actions import annul_contract
from cases.contracts.models import Contract
from cases.imports import actions, selectors
from cases.insurance.models import Policy, PolicyPerson
from fregat.lib.models import Notice
from staff.employees.models import Employee
from tests.cases.contracts.tables import make_contract, today
from tests.cases.contracts.test_relying_cases import contract
from tests.cases.contracts.test_relying_cases import opened as opened_at_once
from tests.cases.imports.kit import HEADINGS, as_csv, ready, row, send, worked

pytestmark = pytest.mark.django_db
__all__ = ["contract"]


@pytest.fixture(autouse=True)
def _known(contract: Contract, client_manager: Employee, project: Any) -> None:
    ready(project)
    since, until = f"{today():01.%m.%Y}", f"{today() + timedelta(days=300):%d.%m.%Y}"
    send(client_manager, project, as_csv([row("AU-1", since=since, until=until)]))


def of_contract(contract: Contract, **more: str) -> list[str]:
    """The row that the insurer has of it; the term is that of the contract."""
    policy = contract.policy
    term = {"since": f"{policy.valid_from:%d.%m.%Y}", "until": f"{policy.valid_to:%d.%m.%Y}"}
    return row(policy.number, "Ґалаган", "Олена", "17.05.1990", **{**term, **more})


def opened(by: Employee, contract: Contract) -> Case:
    """A case under it; the list before has had every constraint of this transaction checked at once."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return opened_at_once(by, contract)


def end_of(contract: Contract) -> date | None:
    return Policy.objects.get(pk=contract.policy_id).ended_on


def test_a_full_list_that_does_not_name_it_does_not_end_it(
    contract: Contract, client_manager: Employee, operator: Employee, project: Any
) -> None:
    other = make_contract(operator, project, starts=today(), ends=today() + timedelta(days=6))
    content = as_csv([of_contract(other)])
    first = send(client_manager, project, content, mode="full", day=today(), at_once=False)
    assert (first.status, first.ended, first.spared) == ("preview", 1, 1), "AU-1 ends"
    (told,) = selectors.faults(first, limit=9)
    assert (told.row_there, told.kept) == (None, True) and contract.policy.number in told.text
    actions.apply(by=client_manager, batch=first)
    first = worked(first)
    assert (first.status, first.ended, first.spared, first.rejected) == ("done", 1, 1, 0)
    assert end_of(contract) is None and end_of(other) is None
    assert Policy.objects.get(number="AU-1").ended_on == today()
    assert first.faults.count() == 1
    *_rows, last = list(selectors.fault_table(first))
    assert last[0] == "" and contract.policy.number in str(last[1]) and last[3] == contract.policy.number
    again = send(client_manager, project, content, mode="full", day=today())
    assert (again.ended, again.changed, again.spared) == (0, 0, 1)
    for batch in (again, first):
        actions.undo(by=client_manager, batch=batch)
        assert worked(batch).status == "undone"
    assert set(Policy.objects.values_list("ended_on", flat=True)) == {None}


@pytest.mark.parametrize("mode", ["add", "full", "end"])
def test_what_is_said_to_end_ends_and_whoever_answers_is_told(
    contract: Contract,
    client_manager: Employee,
    operator: Employee,
    senior: Employee,
    project: Any,
    mode: str,
) -> None:
    case = opened(operator, contract)
    day = today() + timedelta(days=2)
    rows = [[*of_contract(contract), f"{day:%d.%m.%Y}"]]
    batch = send(client_manager, project, as_csv(rows, headings=(*HEADINGS, "Припинено")), mode=mode)
    assert (batch.status, batch.rejected) == ("done", 0)
    assert end_of(contract) == day
    assert TimelineEntry.objects.filter(case=case, kind=POLICY_ENDED).count() == 1
    assert list(Notice.objects.filter(kind=POLICY_ENDED).values_list("employee", flat=True)) == [operator.pk]
    again = send(client_manager, project, as_csv(rows, headings=(*HEADINGS, "Припинено")), mode=mode)
    assert TimelineEntry.objects.filter(case=case, kind=POLICY_ENDED).count() == 1
    for later in [one for one in (again, batch) if one.status == "done"]:
        actions.undo(by=client_manager, batch=later)
        assert worked(later).status == "undone"
    assert end_of(contract) is None


def told(*cases: Case) -> list[tuple[int, str, str]]:
    """Who was told of which case, on what page and time line: number, kind of line, from which day."""
    lines = TimelineEntry.objects.filter(case__in=cases, kind__in=(POLICY_ENDED, POLICY_LEFT)).order_by("pk")
    said = Notice.objects.filter(kind__in=(POLICY_ENDED, POLICY_LEFT)).order_by("pk")
    assert [line.kind for line in lines] == [notice.kind for notice in said]
    assert {notice.employee_id for notice in said} <= {case.responsible_id for case in cases}
    return [(line.case_id, line.kind, line.values["since"]) for line in lines]


@pytest.mark.parametrize("leaves", ["Олена", "Лев"])
@pytest.mark.parametrize("how", ["add", "full", "end", "left out"])
def test_who_alone_leaves_it_does_not_end_it_and_whoever_answers_for_them_is_told(
    contract: Contract, client_manager: Employee, operator: Employee, project: Any, leaves: str, how: str
) -> None:
    olena = of_contract(contract)
    both = {"Олена": olena, "Лев": [olena[0], "Ґалаган", "Лев", "01.02.2020", *olena[4:]]}
    case = opened(operator, contract)
    send(client_manager, project, as_csv(both.values()))
    stays = next(name for name in both if name != leaves)
    rows, mode = [[*both[leaves], f"{today():%d.%m.%Y}"]], how
    if how == "left out":
        rows, mode = [], "full"
    if how != "end":
        rows = [[*both[stays], ""], *rows]
    for _time in range(2):
        content = as_csv(rows, headings=(*HEADINGS, "Припинено"))
        send(client_manager, project, content, mode=mode, day=today())
        assert end_of(contract) is None
        links = PolicyPerson.objects.filter(policy=contract.policy).values_list(
            "person__given_name", "ended_on"
        )
        assert dict(links) == {leaves: today(), stays: None}
        assert told(case) == ([(case.pk, POLICY_LEFT, f"{today():%d.%m.%Y}")] if leaves == "Олена" else [])


@pytest.mark.parametrize("mode", ["add", "full"])
@pytest.mark.parametrize(("more", "said"), [(-2, True), (0, False), (2, False)])
def test_of_a_term_that_a_list_shortens_whoever_answers_is_told(
    contract: Contract,
    client_manager: Employee,
    operator: Employee,
    project: Any,
    mode: str,
    more: int,
    said: bool,
) -> None:
    case = opened(operator, contract)
    last = contract.policy.valid_to + timedelta(days=more)
    send(client_manager, project, as_csv([of_contract(contract, until=f"{last:%d.%m.%Y}")]), mode=mode)
    assert Policy.objects.get(pk=contract.policy_id).valid_to == last
    since = f"{last + timedelta(days=1):%d.%m.%Y}"
    assert told(case) == ([(case.pk, POLICY_ENDED, since)] if said else [])


@pytest.mark.parametrize("mode", ["add", "full"])
@pytest.mark.parametrize("at_once", [True, False])
def test_an_annulled_contract_is_not_opened_again(
    contract: Contract, client_manager: Employee, senior: Employee, project: Any, mode: str, at_once: bool
) -> None:
    annul_contract(by=senior, contract_id=contract.pk, reason="Передумали.")
    ended = end_of(contract)
    rows = [of_contract(contract), row("AU-9")]
    batch = send(client_manager, project, as_csv(rows), mode=mode, at_once=at_once)
    assert batch.status == ("done" if at_once else "preview")
    assert (batch.added, batch.rejected) == (1, 1)
    assert list(batch.faults.values_list("row", "code", "kept")) == [(2, "annulled", False)]
    if not at_once:
        actions.apply(by=client_manager, batch=batch)
        assert worked(batch).rejected == 1
    assert ended is not None and end_of(contract) == ended


@pytest.mark.parametrize("mode", ["add", "full"])
@pytest.mark.parametrize("within", [False, True])
def test_nor_by_another_term_of_its_number(
    contract: Contract, client_manager: Employee, senior: Employee, project: Any, mode: str, within: bool
) -> None:
    annul_contract(by=senior, contract_id=contract.pk, reason="Передумали.")
    first = contract.policy.valid_to + timedelta(days=30)
    terms = [(first, first + timedelta(days=300))]
    if within:
        terms = [
            (today(), today() + timedelta(days=1)),
            (today() + timedelta(days=2), contract.policy.valid_to),
        ]
    rows = [
        of_contract(contract, since=f"{since:%d.%m.%Y}", until=f"{until:%d.%m.%Y}") for since, until in terms
    ]
    for _time in range(2):
        batch = send(client_manager, project, as_csv([*rows, row("AU-9")]), mode=mode)
        assert (batch.status, batch.rejected) == ("done", len(rows))
        assert set(batch.faults.values_list("code", "value")) == {
            ("annulled", f"{end_of(contract):%d.%m.%Y}")
        }
        assert Policy.objects.filter(number=contract.policy.number).count() == 1


def test_a_renewal_of_what_was_not_annulled_is_taken(
    contract: Contract, client_manager: Employee, project: Any
) -> None:
    first = contract.policy.valid_to + timedelta(days=1)
    renewed = of_contract(
        contract, since=f"{first:%d.%m.%Y}", until=f"{first + timedelta(days=300):%d.%m.%Y}"
    )
    assert send(client_manager, project, as_csv([renewed])).added == 1
    assert Policy.objects.filter(number=contract.policy.number).count() == 2


def test_many_of_them_cost_no_more_statements(
    contract: Contract, client_manager: Employee, operator: Employee, project: Any
) -> None:
    def ending(*which: Contract) -> int:
        rows = [[*of_contract(one), f"{today() + timedelta(days=1):%d.%m.%Y}"] for one in which]
        with CaptureQueriesContext(connection) as asked:
            batch = send(client_manager, project, as_csv(rows, headings=(*HEADINGS, "Припинено")), mode="end")
        assert batch.ended == len(which)
        return len(asked)

    span = {"starts": today(), "ends": today() + timedelta(days=6)}
    few, *many = (make_contract(operator, project, **span) for _n in range(6))
    assert ending(few) == ending(*many)


def test_what_was_annulled_since_does_not_go_on_when_the_list_is_taken_back(
    contract: Contract, client_manager: Employee, senior: Employee, project: Any
) -> None:
    tomorrow = today() + timedelta(days=1)
    rows = [[*of_contract(contract), f"{tomorrow:%d.%m.%Y}"]]
    batch = send(client_manager, project, as_csv(rows, headings=(*HEADINGS, "Припинено")), mode="end")
    annul_contract(by=senior, contract_id=contract.pk, reason="Передумали.")
    assert end_of(contract) == tomorrow, "the day on which the list had ended it"
    actions.undo(by=client_manager, batch=batch)
    assert worked(batch).status == "undone"
    assert end_of(contract) == tomorrow


def test_what_was_annulled_before_the_list_ends_when_it_did(
    contract: Contract, client_manager: Employee, senior: Employee, project: Any
) -> None:
    annul_contract(by=senior, contract_id=contract.pk, reason="Передумали.")
    ended = end_of(contract)
    rows = [[*of_contract(contract), f"{today():%d.%m.%Y}"]]
    batch = send(client_manager, project, as_csv(rows, headings=(*HEADINGS, "Припинено")), mode="end")
    assert end_of(contract) == today()
    actions.undo(by=client_manager, batch=batch)
    assert worked(batch).status == "undone"
    assert ended is not None and end_of(contract) == ended
