"""Thousands of rows of everything, set by set: each is a copy of a sample, told apart where it must be.

Only what lists show is copied; one INSERT … SELECT for each table, whatever the number. `n` is the number of a copy.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, models

CASES = "casework_case AS c ON c.number BETWEEN '99-' || lpad('{first}', 6, '0') AND '99-' || lpad('{last}', 6, '0')"

PEOPLE = "employees_employee AS e ON e.username IN (SELECT 'crowd-' || n FROM generate_series({first}, {last}) AS n)"


def copy(row: models.Model, first: int, last: int, of: str = "", **columns: str) -> None:
    """Copies `first` to `last` of a row; `columns`: SQL in place of the sample's value.

    `of`: a copy for each row of another crowd instead (a JOIN, in which `{first}` and `{last}` are put).
    """
    fields = [
        field
        for field in row._meta.concrete_fields
        if not getattr(field, "generated", False)
        and (not isinstance(field, models.AutoField | models.BigAutoField) or field.column in columns)
    ]
    names = [f'"{field.column}"' for field in fields]
    values = [columns.get(field.column, f'b."{field.column}"') for field in fields]
    source = of.format(first=first, last=last) if of else f"generate_series({first}, {last}) AS n ON true"
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{row._meta.db_table}" ({", ".join(names)}) SELECT {", ".join(values)}'
            f' FROM "{row._meta.db_table}" AS b JOIN {source} WHERE b."{row._meta.pk.column}" = %s',
            [row.pk],
        )


def grow(sample: dict[str, Any], first: int, last: int) -> None:
    """Copies `first` to `last` of every sample; more of them later, from `last` + 1 on."""
    span = (first, last)
    _people(sample, span)
    _insured(sample, span)
    _cases(sample, span)
    _staff(sample, span)
    _log(sample, span)


def _people(sample: dict[str, Any], span: tuple[int, int]) -> None:
    copy(sample["employee"], *span, username="'crowd-' || n")
    copy(sample["subordination"], *span, of=PEOPLE, employee_id="e.id")
    copy(sample["assignment"], *span, of=PEOPLE, employee_id="e.id")
    copy(sample["shift"], *span, of=PEOPLE, employee_id="e.id", leads="false")
    shifts = PEOPLE + " JOIN roster_shift AS s ON s.employee_id = e.id"
    copy(sample["attendance"], *span, of=shifts, shift_id="s.id")


def _insured(sample: dict[str, Any], span: tuple[int, int]) -> None:
    copy(sample["insurer"], *span, code="'crowd-' || n")
    copy(sample["person"], *span, uuid="gen_random_uuid()", email="'crowd-' || n || '@x.example'")
    copy(sample["policy"], *span, uuid="gen_random_uuid()", number="'CROWD-' || n")
    pairs = (
        "insurance_policy AS p ON p.number IN (SELECT 'CROWD-' || n FROM generate_series({first}, {last}) AS n)"
        " JOIN insurance_insuredperson AS i ON i.email = 'crowd-' || split_part(p.number, '-', 2) || '@x.example'"
    )
    copy(sample["named"], *span, of=pairs, policy_id="p.id", person_id="i.id")


def _cases(sample: dict[str, Any], span: tuple[int, int]) -> None:
    copy(
        sample["case"], *span, uuid="gen_random_uuid()", number="'99-' || lpad(n::text, 6, '0')", token="NULL"
    )
    for name in ("responsibility", "task", "told", "service", "entry", "note"):
        copy(sample[name], *span, of=CASES, case_id="c.id")
    services = CASES + " JOIN casework_caseservice AS s ON s.case_id = c.id"
    copy(sample["told_of_service"], *span, of=services, case_id="c.id", subject="s.id::text")
    copy(sample["handover"], *span, of=CASES, case_id="c.id", shift_id="NULL")
    copy(
        sample["hop"],
        *span,
        of=CASES + " JOIN handover_handover AS h ON h.case_id = c.id",
        handover_id="h.id",
    )


def _staff(sample: dict[str, Any], span: tuple[int, int]) -> None:
    copy(sample["order"], *span, number="(1000 + n) || '/2026-К'")
    copy(sample["import"], *span)
    past = "b.since - interval '2 days'"
    copy(
        sample["substitution"],
        *span,
        of=PEOPLE,
        senior_id="e.id",
        since=past,
        until=f"{past} + interval '1 day'",
    )
    copy(sample["decision"], *span)
    copy(sample["instruction"], *span, token="gen_random_uuid()")
    given = (
        "tasks_instruction AS i ON i.id > b.instruction_id"
        " AND NOT EXISTS (SELECT FROM tasks_assignment AS a WHERE a.instruction_id = i.id)"
    )
    copy(sample["order_given"], *span, of=given, instruction_id="i.id")
    copy(sample["notice"], *span)
    copy(sample["session"], *span, session_key="'crowd-' || n")


def _log(sample: dict[str, Any], span: tuple[int, int]) -> None:
    copy(sample["look"], *span)
    copy(sample["finding"], *span, key="'crowd-' || n")
    copy(sample["glass"], *span)
    copy(sample["consent"], *span)
    copy(sample["request"], *span, case_uuid="gen_random_uuid()")
    copy(sample["disclosure"], *span)
