"""Many persons, policies, cases and looks, set by set, as the owner of the tables.

Copies of the demonstration data: what may not be told twice is told apart. Triggers are off while it runs (they would
check each row for what these statements make true by themselves); those of the access log stay, they number its rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

QUIET = (
    "insurance_insuredperson", "insurance_policy", "insurance_policyperson", "casework_case", "casework_responsibility",
)  # fmt: skip


@dataclass(frozen=True)
class Scale:
    """How much of everything."""

    persons: int
    cases: int
    looks: int
    """Rows of the access log that are verified."""


SCALES = {
    "smoke": Scale(persons=50_000, cases=20_000, looks=100_000),
    "std": Scale(persons=5_000_000, cases=2_000_000, looks=1_000_000),
}
OPEN_CASES = 700
"""Of all; the rest is closed."""


def _columns(cursor: Any, table: str) -> list[str]:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND table_schema = current_schema()"
        " AND is_identity = 'NO' AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return [row[0] for row in cursor.fetchall()]


def _copies(cursor: Any, table: str, source: str, **values: str) -> None:
    """Rows of the table as `source` (a FROM clause in which the sample is `b`) gives them; `values` in their place."""
    names = _columns(cursor, table)
    picked = ", ".join(values.get(name, f'b."{name}"') for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    cursor.execute(f"INSERT INTO {table} ({quoted}) SELECT {picked} FROM {source}")


def fill(connection: Any, scale: Scale) -> None:
    """Everything but the looks."""
    with connection.cursor() as cursor:
        for table in QUIET:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        _persons(cursor, scale)
        _cases(cursor, scale)
        connection.commit()  # foreign keys are checked here
        for table in QUIET:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    connection.commit()
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connection.autocommit = False


def _persons(cursor: Any, scale: Scale) -> None:
    cursor.execute("SELECT count(*), max(id) FROM insurance_insuredperson")
    samples, last = cursor.fetchone()
    source = f"insurance_insuredperson AS b, generate_series(1, {scale.persons // samples}) AS n WHERE b.id <= {last}"
    _copies(
        cursor, "insurance_insuredperson", source,
        uuid="gen_random_uuid()", phone="'+38050' || lpad(((b.id * 7919 + n * 104729) % 10000000)::text, 7, '0')",
    )  # fmt: skip
    sample = "(SELECT * FROM insurance_policy ORDER BY id LIMIT 1) AS b"
    base = f"{sample}, insurance_insuredperson AS p WHERE p.id > {last}"
    _copies(cursor, "insurance_policy", base, uuid="gen_random_uuid()", number="'BN-' || p.id")
    cursor.execute(
        "INSERT INTO insurance_policyperson (policy_id, person_id)"
        " SELECT id, substr(number, 4)::bigint FROM insurance_policy WHERE number LIKE 'BN-%'"
    )


def _cases(cursor: Any, scale: Scale) -> None:
    """Copies of one closed case, each of another person; now and then one that is open, of an operator on duty."""
    every = max(1, scale.cases // OPEN_CASES)
    cursor.execute(
        "SELECT array_agg(id ORDER BY id) FROM employees_employee WHERE username IN ('operator', 'operator2')"
    )
    one, two = cursor.fetchone()[0]
    people = (
        "(SELECT row_number() OVER (ORDER BY p.id) AS n, p.id AS policy, p.insurer_id,"
        " substr(p.number, 4)::bigint AS person"
        f" FROM insurance_policy AS p WHERE p.number LIKE 'BN-%' ORDER BY p.id LIMIT {scale.cases}) AS x"
    )
    sample = "(SELECT * FROM casework_case WHERE status = 'closed' AND policy_id IS NOT NULL ORDER BY id LIMIT 1) AS b"
    _copies(
        cursor, "casework_case", f"{sample}, {people}",
        uuid="gen_random_uuid()", token="NULL", policy_id="x.policy", insurer_id="x.insurer_id", person_id="x.person",
        number="(10 + x.n / 1000000) || '-' || lpad((x.n % 1000000)::text, 6, '0')",
        status=f"CASE WHEN x.n % {every} = 0 THEN 'reported' ELSE 'closed' END",
        responsible_id=f"CASE WHEN x.n % 2 = 0 THEN {one} ELSE {two} END",
    )  # fmt: skip
    chain = "(SELECT * FROM casework_responsibility ORDER BY id LIMIT 1) AS b, casework_case AS c WHERE c.number < '26'"
    _copies(
        cursor, "casework_responsibility", chain,
        case_id="c.id", employee_id="c.responsible_id", since="c.opened_at", until="NULL",
    )  # fmt: skip


def look(connection: Any, rows: int) -> None:
    """So many rows of the access log, written as the log writes them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, username FROM employees_employee WHERE username = 'operator'")
        employee, username = cursor.fetchone()
        cursor.execute(
            "INSERT INTO privacy_accesslog (id, at, employee, username, address, action, kind, objects_seen, persons,"
            " part, ground, reference, route)"
            " SELECT 0, now(), %s, %s, '127.0.0.1', 'view', 'case', ARRAY[gen_random_uuid()], ARRAY[gen_random_uuid()],"
            " 'medical', 'project', '', 'api:case' FROM generate_series(1, %s)",
            [employee, username, rows],
        )
    connection.commit()
