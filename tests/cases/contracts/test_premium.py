"""The premium by a tariff: examples computed by hand, and what holds for every tariff and question."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.contracts.rules import (
    Line,
    NotSold,
    Premium,
    Question,
    Table,
    Tariff,
    age_on,
    premium,
    read_table,
    rounded,
)
from tests.cases.contracts.tables import TABLE, tariff

START = date(2026, 12, 1)
PLACES = {"europe": "europe", "world": "world"}


def ask(days: int = 7, born: tuple[date, ...] = (date(1990, 5, 1),), **more: object) -> Question:
    values: dict[str, object] = {"territory": "europe", "insured_sum": Decimal(30_000), **more}
    return Question(starts=START, ends=START + timedelta(days=days - 1), born=born, **values)  # type: ignore[arg-type]


BY_HAND = [
    # 24 a day × 7 days
    (ask(), "168.00"),
    # 21.50 a day × 20 days
    (ask(20), "430.00"),
    # the whole year at once: 3900
    (ask(366), "3900.00"),
    # 24 × 7 × 1.4 for 50,000
    (ask(insured_sum=Decimal(50_000)), "235.20"),
    # 24 × 7 × 2 at the age of 70
    (ask(born=(date(1956, 12, 1),)), "336.00"),
    # still 69 on the first day, and 70 on the second: × 1.5
    (ask(born=(date(1956, 12, 2),)), "252.00"),
    # 24 × 7 × 0.9 for a child = 151.2
    (ask(born=(date(2016, 3, 3),)), "151.20"),
    # 24 × 7 × 1.75 × 1.3: sport and a chronic illness
    (ask(risks=frozenset({"Активний спорт", "Хронічні хвороби"})), "382.20"),
    # three persons: (168 + 168 + 151.2) × 0.95 each, rounded each: 159.60 + 159.60 + 143.64
    (ask(born=(date(1990, 5, 1), date(1991, 6, 2), date(2016, 3, 3))), "462.84"),
    # 24 a day × 2 days = 48, raised to the least premium
    (ask(2), "100.00"),
]


@pytest.mark.parametrize(("question", "total"), BY_HAND)
def test_the_premium_is_the_one_computed_by_hand(question: Question, total: str) -> None:
    found = premium(tariff(minimum=Decimal(100)), question)
    assert isinstance(found, Premium)
    assert found.total == Decimal(total)


def test_a_territory_with_nothing_but_minuses_is_not_sold_at_all() -> None:
    lines = (Line(1, Table.DAY, "europe", 1, 30), Line(2, Table.DAY, "europe", 31, 60))
    rules = Tariff(lines=lines, currency="UAH")
    found = premium(rules, ask())
    assert rules.territories == ()
    assert isinstance(found, NotSold)
    assert [(one.code, one.field) for one in found.reasons] == [("territory", "territory")], (
        "no «longest: 0 days»"
    )


def test_every_step_says_its_line_and_what_it_came_to() -> None:
    found = premium(tariff(), ask(insured_sum=Decimal(50_000), risks=frozenset({"Активний спорт"})))
    assert isinstance(found, Premium)
    steps = [(step.code, step.line, step.factor, step.amount) for step in found.shares[0].steps]
    assert steps == [
        ("base_day", 2, Decimal("24"), Decimal("168")),
        ("sum", 10, Decimal("1.4"), Decimal("235.2")),
        ("age", 7, Decimal("1"), Decimal("235.2")),
        ("risk", 12, Decimal("1.75"), Decimal("411.600")),
    ]


NOT_SOLD = [
    (ask(territory="moon"), ["territory"]),
    (ask(367), ["term_long"]),
    (ask(100), ["term"]),
    (ask(insured_sum=Decimal(31_000)), ["sum"]),
    (ask(insured_sum=None), ["sum"]),
    (ask(risks=frozenset({"Космос"})), ["risk"]),
    (ask(born=()), ["nobody"]),
    (ask(born=(date(1940, 1, 1), date(1990, 1, 1))), ["age"]),
    (ask(born=(START + timedelta(days=1),)), ["not_born"]),
    (ask(0), ["ends_before"]),
    (ask(born=(date(1990, 1, 1),) * 6), ["many"]),
]


@pytest.mark.parametrize(("question", "codes"), NOT_SOLD)
def test_what_is_not_sold_says_why(question: Question, codes: list[str]) -> None:
    found = premium(tariff(persons_max=5), question)
    assert isinstance(found, NotSold)
    assert [one.code for one in found.reasons] == codes


LARGEST = Decimal(999_999_999)
"""What one number of a table may be."""


@pytest.mark.parametrize("risks", [0, 1, 60])
def test_a_premium_that_no_contract_can_hold_is_refused(risks: int) -> None:
    """With sixty risks it has more digits than are computed with."""
    names = [str(number) for number in range(risks)]
    lines = [Line(0, Table.DAY, "europe", 1, 366, LARGEST), Line(0, Table.SUM, "", 1, 1, Decimal(1000))]
    lines += [Line(0, Table.RISK, name, 0, 0, LARGEST) for name in names]
    question = ask(1, insured_sum=Decimal(1), risks=frozenset(names))
    found = premium(Tariff(tuple(lines), "UAH"), question)
    if risks:
        assert isinstance(found, NotSold)
        assert [(one.code, one.field) for one in found.reasons] == [("premium_large", "programme")]
    else:
        assert isinstance(found, Premium)
        assert found.total == LARGEST * 1000
    twice = ask(1, (START, START), insured_sum=Decimal(1), risks=frozenset(names))
    assert isinstance(premium(Tariff(tuple(lines), "UAH"), twice), NotSold)


def test_a_premium_of_nothing_is_no_premium() -> None:
    """168 rounded down to thousands; the least premium of the tariff makes one of it."""
    found = premium(tariff(step=Decimal(1000), rounding="down"), ask())
    assert isinstance(found, NotSold)
    assert [(one.code, one.field) for one in found.reasons] == [("premium_none", "programme")]
    raised = premium(tariff(step=Decimal(1000), rounding="down", minimum=Decimal(50)), ask())
    assert isinstance(raised, Premium)
    assert (raised.total, raised.is_minimum) == (Decimal(50), True)


def test_every_reason_is_said_at_once_and_of_which_person() -> None:
    old = (date(1990, 1, 1), date(1930, 1, 1))
    found = premium(tariff(), ask(367, old, territory="europe", insured_sum=Decimal(1)))
    assert isinstance(found, NotSold)
    assert [(one.code, one.person) for one in found.reasons] == [("term_long", -1), ("sum", -1), ("age", 1)]


@pytest.mark.parametrize(
    ("amount", "step", "way", "is_"),
    [
        ("10.125", "0.01", "half_up", "10.13"),
        ("10.124", "0.01", "up", "10.13"),
        ("10.129", "0.01", "down", "10.12"),
        ("102.5", "5", "half_up", "105"),
        ("102.4999", "5", "half_up", "100"),
        ("0.045", "0.03", "half_up", "0.06"),
        ("100", "0.05", "up", "100"),
    ],
)
def test_rounding_is_by_the_step_and_the_way_of_the_tariff(
    amount: str, step: str, way: str, is_: str
) -> None:
    assert rounded(Decimal(amount), Decimal(step), way) == Decimal(is_)


def test_the_age_is_in_whole_years_on_the_first_day() -> None:
    assert age_on(date(2000, 2, 29), date(2026, 2, 28)) == 25
    assert age_on(date(2000, 2, 29), date(2026, 3, 1)) == 26
    assert age_on(date(2000, 2, 29), date(2028, 2, 29)) == 28


# --- What always holds ------------------------------------------------------------------------------
values = st.decimals(min_value=Decimal("0.0001"), max_value=Decimal("99"), places=4)
birthdays = st.dates(date(1930, 1, 1), START)
steps = st.sampled_from([Decimal("0.01"), Decimal("0.05"), Decimal("0.5"), Decimal("1"), Decimal("10")])
ways = st.sampled_from(["half_up", "up", "down"])


@st.composite
def tariffs(draw: st.DrawFn) -> Tariff:
    """One territory, terms and ages without gaps, two risks."""
    cuts = sorted(draw(st.sets(st.integers(2, 300), max_size=4)))
    lines = [
        Line(0, draw(st.sampled_from([Table.DAY, Table.TERM])), "europe", since, until, draw(values))
        for since, until in zip([1, *cuts], [*(cut - 1 for cut in cuts), 366], strict=True)
    ]
    lines += [Line(0, Table.AGE, "", 0, 64, draw(values)), Line(0, Table.AGE, "", 65, 100, draw(values))]
    lines += [Line(0, Table.RISK, name, 0, 0, draw(values)) for name in ("a", "b")]
    numbered = tuple(
        Line(n, one.table, one.what, one.since, one.until, one.value) for n, one in enumerate(lines, 1)
    )
    return Tariff(numbered, "UAH", step=draw(steps), rounding=draw(ways), minimum=draw(values), persons_max=9)


questions = st.builds(
    ask, st.integers(1, 366), st.lists(birthdays, min_size=1, max_size=5).map(tuple),
    risks=st.frozensets(st.sampled_from(["a", "b"])),
)  # fmt: skip


@given(tariffs(), questions)
def test_the_premium_is_the_sum_of_the_shares_and_never_below_the_least(
    given_: Tariff, question: Question
) -> None:
    found = premium(given_, question)
    assert isinstance(found, Premium)
    assert found.sum_of_shares == sum(share.premium for share in found.shares)
    assert found.total == max(found.sum_of_shares, given_.minimum)
    assert len(found.shares) == len(question.born)
    for share in found.shares:
        assert share.premium % given_.step == 0
        assert share.premium == share.steps[-1].amount


@given(tariffs(), questions)
def test_every_step_follows_from_the_one_before_exactly(given_: Tariff, question: Question) -> None:
    from decimal import localcontext

    found = premium(given_, question)
    assert isinstance(found, Premium)
    with localcontext() as context:
        context.prec = 200
        for share in found.shares:
            for before, step in zip(share.steps, share.steps[1:], strict=False):
                if step.code.startswith("rounding"):
                    assert abs(step.amount - before.amount) < given_.step
                else:
                    assert step.amount == before.amount * step.factor
                    assert given_.lines[step.line - 1].value == step.factor


@given(tariffs(), questions)
def test_the_order_of_persons_changes_nothing_of_the_total(given_: Tariff, question: Question) -> None:
    from dataclasses import replace

    turned = replace(question, born=tuple(reversed(question.born)))
    first, second = premium(given_, question), premium(given_, turned)
    assert isinstance(first, Premium)
    assert isinstance(second, Premium)
    assert first.total == second.total


@given(st.decimals(min_value=0, max_value=Decimal("1e9"), places=6), steps)
def test_rounding_up_and_down_hold_the_amount_between_them(amount: Decimal, step: Decimal) -> None:
    down, up = rounded(amount, step, "down"), rounded(amount, step, "up")
    assert down <= amount <= up
    assert up - down in {0, step}
    assert rounded(amount, step, "half_up") in {down, up}


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_read_or_named_by_its_line(text: str) -> None:
    lines, faults = read_table(text, PLACES)
    assert faults or lines
    assert all(0 <= fault.line <= len(text.splitlines()) for fault in faults)


def test_the_table_of_the_examples_has_no_faults() -> None:
    assert read_table(TABLE, PLACES)[1] == []
