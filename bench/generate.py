"""Many persons, policies, cases and looks, set by set, as the owner of the tables.

Copies of the demonstration data: what may not be told twice is told apart. Triggers are off while it runs (they would
check each row for what these statements make true by themselves); those of the access log stay, they number its rows.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bench import names

QUIET = (
    "insurance_insuredperson", "insurance_policy", "insurance_policyperson", "casework_case", "casework_responsibility",
)  # fmt: skip


@dataclass(frozen=True)
class Scale:
    """How much of everything."""

    persons: int
    surnames: int
    """Different ones among them."""
    cases: int
    open: int
    """Of the cases; the rest is closed."""
    looks: int
    """Rows of the access log that are verified."""
    csv_rows: int
    """Of a list of an insurer as CSV."""
    xlsx_rows: int
    """Of one of Excel."""


SCALES = {
    "smoke": Scale(
        persons=50_000,
        surnames=12_000,
        cases=20_000,
        open=700,
        looks=100_000,
        csv_rows=100_000,
        xlsx_rows=100_000,
    ),
    "std": Scale(
        persons=5_000_000,
        surnames=105_000,
        cases=2_000_000,
        open=70_000,
        looks=1_000_000,
        csv_rows=1_000_000,
        xlsx_rows=100_000,
    ),
}


def columns(cursor: Any, table: str) -> list[str]:
    """Those that are written: neither counted nor computed by the database."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND table_schema = current_schema()"
        " AND is_identity = 'NO' AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return [row[0] for row in cursor.fetchall()]


def _copies(cursor: Any, table: str, source: str, **values: str) -> None:
    """Rows of the table as `source` (a FROM clause in which the sample is `b`) gives them; `values` in their place."""
    names = columns(cursor, table)
    picked = ", ".join(values.get(name, f'b."{name}"') for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    cursor.execute(f"INSERT INTO {table} ({quoted}) SELECT {picked} FROM {source}")


def fill_persons(connection: Any, persons: int, surnames: int) -> None:
    """So many more people, each with a policy; of so many surnames."""
    _fill(connection, lambda cursor: _persons(cursor, persons, surnames))


def fill_cases(connection: Any, scale: Scale) -> None:
    """Cases of those people."""
    _fill(connection, lambda cursor: _cases(cursor, scale))


def _fill(connection: Any, rows: Callable[[Any], None]) -> None:
    with connection.cursor() as cursor:
        for table in QUIET:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        rows(cursor)
        connection.commit()  # foreign keys are checked here
        for table in QUIET:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    connection.commit()
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connection.autocommit = False


def _persons(cursor: Any, persons: int, surnames: int) -> None:
    """People with a policy each: few surnames are borne by many, most by a few dozen."""
    cursor.execute("SELECT max(id) FROM insurance_insuredperson")
    (last,) = cursor.fetchone()
    _pool(cursor, "pool_surname", names.surnames(surnames))
    _pool(cursor, "pool_given", names.given_names())
    cursor.execute("SELECT setseed(%s)", [last % 1000 / 1000])  # others each time
    cursor.execute(
        "INSERT INTO insurance_insuredperson (uuid, surname, given_name, patronymic, surname_latin, given_name_latin,"
        " birth_date, gender, phone, email, language, surname_key, given_key)"
        " SELECT gen_random_uuid(), s.name, g.name, '', s.latin, g.latin,"
        "  DATE '1940-01-01' + (random() * 29000)::int, '', '+38050' || lpad((random() * 9999999)::int::text, 7, '0'),"
        "  '', 'uk', s.key, g.key"
        " FROM (SELECT 1 + (power(random(), 2.5) * (%s - 1))::int AS surname, 1 + (random() * 19)::int AS given"
        "  FROM generate_series(1, %s)) AS n"
        " JOIN pool_surname AS s ON s.id = n.surname JOIN pool_given AS g ON g.id = n.given",
        [surnames, persons],
    )
    # Triggers are off: the dictionary is filled in one step.
    cursor.execute(
        "INSERT INTO insurance_surname (key) SELECT DISTINCT surname_key FROM insurance_insuredperson"
        " WHERE surname_key <> '' ORDER BY 1 ON CONFLICT DO NOTHING"
    )
    sample = "(SELECT * FROM insurance_policy ORDER BY id LIMIT 1) AS b"
    base = f"{sample}, insurance_insuredperson AS p WHERE p.id > {last}"
    _copies(cursor, "insurance_policy", base, uuid="gen_random_uuid()", number="'BN-' || p.id")
    cursor.execute(
        "INSERT INTO insurance_policyperson (policy_id, person_id)"
        " SELECT id, substr(number, 4)::bigint FROM insurance_policy"
        " WHERE number LIKE 'BN-%%' AND substr(number, 4)::bigint > %s",
        [last],
    )


def _pool(cursor: Any, table: str, rows: Iterable[tuple[str, str, str]]) -> None:
    """A table of names for as long as the connection lives."""
    cursor.execute(f"DROP TABLE IF EXISTS {table}")
    cursor.execute(f"CREATE TEMP TABLE {table} (id serial PRIMARY KEY, name text, latin text, key text)")
    text = io.StringIO("".join("\t".join(row) + "\n" for row in rows))
    cursor.copy_expert(f"COPY {table} (name, latin, key) FROM STDIN", text)


def _cases(cursor: Any, scale: Scale) -> None:
    """Copies of one closed case, each of another person; now and then one that is open, of an operator on duty."""
    every = max(1, scale.cases // scale.open)
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
