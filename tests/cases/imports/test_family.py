"""Several people insured by one policy: whom the insurer's list leaves out leaves the policy, the others stay."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from cases.imports import actions
from cases.insurance.models import InsuredPerson, Policy, PolicyPerson
from cases.insurance.selectors import as_insured, look_up, verdict
from fregat.lib import clock
from staff.employees.models import Employee
from tests.cases.imports.kit import HEADINGS, as_csv, ready, row, send, worked

pytestmark = pytest.mark.django_db

FAMILY = [row("AU-7", "Ґудзь", name, born) for name, born in (
    ("Олена", "24.08.1991"), ("Іван", "02.03.1989"), ("Леся", "11.11.2019"),
)]  # fmt: skip


@pytest.fixture(autouse=True)
def _known(project: Any) -> None:
    ready(project)


def ends() -> dict[str, date | None]:
    """Given name → from when the policy does not insure them."""
    return dict(
        PolicyPerson.objects.filter(policy__number="AU-7").values_list("person__given_name", "ended_on")
    )


def test_who_is_missing_in_a_full_list_leaves_and_the_policy_goes_on(
    client_manager: Employee, project: Any
) -> None:
    day = date(2026, 11, 1)
    send(client_manager, project, as_csv(FAMILY))
    batch = send(client_manager, project, as_csv(FAMILY[:2]), mode="full", day=day, at_once=False)
    assert (batch.status, batch.ended, batch.changed, batch.same) == ("preview", 1, 0, 2)
    assert set(ends().values()) == {None}
    actions.apply(by=client_manager, batch=batch)
    batch = worked(batch)
    assert (batch.status, batch.ended) == ("done", 1)
    assert ends() == {"Олена": None, "Іван": None, "Леся": day}
    assert Policy.objects.get().ended_on is None
    again = send(client_manager, project, as_csv(FAMILY[:2]), mode="full", day=day + timedelta(days=9))
    assert (again.ended, again.changed, again.same) == (0, 0, 2)
    assert ends()["Леся"] == day


def test_who_is_named_again_is_insured_again(client_manager: Employee, project: Any) -> None:
    send(client_manager, project, as_csv(FAMILY))
    send(client_manager, project, as_csv(FAMILY[1:]), mode="full")
    assert ends()["Олена"] is not None
    batch = send(client_manager, project, as_csv(FAMILY), mode="full")
    assert (batch.changed, batch.same, batch.added, batch.ended) == (1, 2, 0, 0)
    assert set(ends().values()) == {None}
    assert InsuredPerson.objects.count() == 3


def test_who_is_named_wrongly_is_not_missing(client_manager: Employee, project: Any) -> None:
    send(client_manager, project, as_csv(FAMILY))
    wrong = [*FAMILY[:2], row("AU-7", "Ґудзь", "Леся", "31.02.2019")]
    batch = send(client_manager, project, as_csv(wrong), mode="full")
    assert (batch.rejected, batch.ended) == (1, 0)
    batch = send(client_manager, project, as_csv([*FAMILY[:2], row("")]), mode="full")
    assert (batch.unreadable, batch.ended) == (1, 0)
    assert set(ends().values()) == {None}


def test_who_is_named_twice_hides_nobody_who_is_missing(client_manager: Employee, project: Any) -> None:
    send(client_manager, project, as_csv([*FAMILY, row("AU-8", "Щур")]))
    batch = send(client_manager, project, as_csv([FAMILY[0], FAMILY[0]]), mode="full", at_once=False)
    assert (batch.rejected, batch.ended) == (1, 3)
    actions.apply(by=client_manager, batch=batch)
    assert worked(batch).ended == 3
    assert [name for name, day in ends().items() if day is None] == ["Олена"]


@pytest.mark.parametrize(("until", "ended"), [("31.12.2026", 2), ("20.11.2026", 2), ("01.11.2026", 0)])
@pytest.mark.parametrize("over", [None, date(2026, 10, 1)])
def test_the_preview_counts_who_will_leave_by_the_terms_of_the_list(
    client_manager: Employee, project: Any, until: str, ended: int, over: date | None
) -> None:
    send(client_manager, project, as_csv(FAMILY))
    Policy.objects.update(ended_on=over)
    only = row("AU-7", "Ґудзь", "Олена", "24.08.1991", until=until)
    batch = send(client_manager, project, as_csv([only]), mode="full", day=date(2026, 11, 20), at_once=False)
    ended = 0 if over else ended  # the others had ended before
    assert (batch.changed, batch.ended) == (int(until != "31.12.2026" or bool(over)), ended)
    actions.apply(by=client_manager, batch=batch)
    assert worked(batch).ended == ended
    assert Policy.objects.get().ended_on is None


@pytest.mark.parametrize("mode", ["add", "full"])
@pytest.mark.parametrize("known", [False, True])
def test_who_alone_ends_by_the_list_leaves_and_the_policy_goes_on(
    client_manager: Employee, project: Any, mode: str, known: bool
) -> None:
    def family(*days: str) -> bytes:
        rows = [[*one, day] for one, day in zip(FAMILY, days, strict=True)]
        return as_csv(rows, headings=(*HEADINGS, "Припинено"))

    if known:
        send(client_manager, project, as_csv(FAMILY))
    for time in range(2):
        batch = send(client_manager, project, family("15.11.2026", "", ""), mode=mode)
        assert (batch.rejected, batch.ended) == (0, 0)
        new = not known and not time
        assert (batch.added, batch.changed) == (3 if new else 0, int(known and not time))
        assert ends() == {"Олена": date(2026, 11, 15), "Іван": None, "Леся": None}
        assert Policy.objects.get().ended_on is None
    send(client_manager, project, family("15.11.2026", "20.11.2026", "20.11.2026"), mode=mode)
    assert ends() == {"Олена": date(2026, 11, 15), "Іван": None, "Леся": None}
    assert Policy.objects.get().ended_on == date(2026, 11, 20)
    last = send(client_manager, project, family("", "", ""), mode=mode)
    assert set(ends().values()) == {None} and Policy.objects.get().ended_on is None
    actions.undo(by=client_manager, batch=last)
    worked(last)
    assert ends()["Олена"] == date(2026, 11, 15) and Policy.objects.get().ended_on == date(2026, 11, 20)


def test_who_joins_for_a_time_leaves_on_that_day(client_manager: Employee, project: Any) -> None:
    headings = (*HEADINGS, "Припинено")
    send(client_manager, project, as_csv(FAMILY[:2]))
    rows = [[*FAMILY[0], ""], [*FAMILY[2], "01.12.2026"]]
    batch = send(client_manager, project, as_csv(rows, headings=headings))
    assert (batch.added, batch.same, batch.rejected) == (1, 1, 0)
    assert ends() == {"Олена": None, "Іван": None, "Леся": date(2026, 12, 1)}
    assert Policy.objects.get().ended_on is None


def test_one_of_several_ends_by_a_list_of_endings(client_manager: Employee, project: Any) -> None:
    send(client_manager, project, as_csv(FAMILY))
    headings = (*HEADINGS[:3], "Припинено")
    one = [["AU-7", "Ґудзь", "Іван", "15.11.2026"]]
    batch = send(client_manager, project, as_csv(one, headings=headings), mode="end")
    assert (batch.status, batch.ended, batch.rejected) == ("done", 1, 0)
    assert ends() == {"Олена": None, "Іван": date(2026, 11, 15), "Леся": None}
    batch = send(client_manager, project, as_csv(one, headings=headings), mode="end")
    assert (batch.ended, batch.rejected) == (0, 1), "he has left already"
    rest = [["AU-7", "Ґудзь", name, "20.11.2026"] for name in ("Олена", "Леся")]
    send(client_manager, project, as_csv(rest, headings=headings), mode="end")
    assert Policy.objects.get().ended_on == date(2026, 11, 20)
    assert ends()["Іван"] == date(2026, 11, 15)


def test_taken_back_it_insures_them_as_before(client_manager: Employee, project: Any) -> None:
    send(client_manager, project, as_csv(FAMILY))
    batch = send(client_manager, project, as_csv([FAMILY[0], row("AU-7", "Ґудзь", "Юрій")]), mode="full")
    assert (batch.added, batch.ended) == (1, 2)
    actions.undo(by=client_manager, batch=batch)
    assert worked(batch).status == "undone"
    assert ends() == {"Олена": None, "Іван": None, "Леся": None}


def test_the_cover_and_the_look_up_know_who_has_left(
    client_manager: Employee, operator: Employee, project: Any, on_shift: Any, page: Any
) -> None:
    on_shift(operator)
    send(client_manager, project, as_csv(FAMILY))
    now = clock.now()
    send(client_manager, project, as_csv(FAMILY[:2]), mode="full", day=clock.local(now).date())
    found = {one.person.given_name: one for one in look_up(operator, "AU-7", now=now).found}
    today = clock.local(now).date()
    states = {name: one.policies[0].state_on(today) for name, one in found.items()}
    assert states == {"Олена": "valid", "Іван": "valid", "Леся": "ended"}
    policy = Policy.objects.get()
    answers = {}
    for name, one in found.items():
        theirs, person = as_insured(policy, one.person.pk)
        asked = verdict(theirs, country="TR", at=now, service=None, person=person)
        answers[name] = [reason.code for reason in asked.reasons]
    assert "ended_early" in answers["Леся"] and "ended_early" not in answers["Олена"]
    screen: Client = page(operator)
    text = screen.get(f"/insured/{found['Леся'].person.pk}/").content.decode()
    assert "припинено достроково" in text.lower()
    assert f"{today:%d.%m.%Y}" in text
