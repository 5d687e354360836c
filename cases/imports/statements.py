"""The work of one bucket as statements over sets: no row of a list is asked for by itself.

Named parameters: `batch`, `bucket`, `insurer`, `day` (the list's date), `uuids` (`buckets.uuids`). Lines of one policy
number lie in one bucket, so two buckets written at once touch no row together.
"""

from __future__ import annotations

_HERE = "l.batch_id = %(batch)s AND l.bucket = %(bucket)s"

_FAULT = 'INSERT INTO imports_fault (batch_id, row, "column", code, value, kept, number_key)'

_MORE = f"""number_key IN (
            SELECT l.number_key FROM imports_line AS l WHERE {_HERE} GROUP BY l.number_key HAVING count(*) > 1
        )"""
"""Lines whose number stands in other lines too: of most numbers there is one."""

REPEATED = f"""
    WITH seen AS (
        SELECT row, first_value(row) OVER same AS first_row FROM imports_line AS l WHERE {_HERE} AND {_MORE}
        WINDOW same AS (PARTITION BY number_key, valid_from, surname_key, given_key, birth_date ORDER BY row)
    ), gone AS (
        DELETE FROM imports_line AS l USING seen
        WHERE {_HERE} AND l.row = seen.row AND seen.row <> seen.first_row
        RETURNING l.row, l.number_key, seen.first_row
    )
    {_FAULT} SELECT %(batch)s, row, 'number', 'again', first_row::text, false, number_key FROM gone
"""
"""The same person with the same policy a second time in one list."""

CONTRADICTING = f"""
    WITH seen AS (
        SELECT row, first_value(row) OVER same AS first_row,
            (valid_to, programme_id, territory_id, currency_id, insured_sum, ended_on) IS DISTINCT FROM (
                first_value(valid_to) OVER same, first_value(programme_id) OVER same,
                first_value(territory_id) OVER same, first_value(currency_id) OVER same,
                first_value(insured_sum) OVER same, first_value(ended_on) OVER same
            ) AS differs,
            first_value(row) OVER number AS number_row,
            valid_from <= max(valid_to) OVER (
                PARTITION BY number_key ORDER BY valid_from RANGE UNBOUNDED PRECEDING EXCLUDE GROUP
            ) AS overlaps
        FROM imports_line AS l WHERE {_HERE} AND {_MORE}
        WINDOW same AS (PARTITION BY number_key, valid_from ORDER BY row),
            number AS (PARTITION BY number_key ORDER BY valid_from, row)
    ), gone AS (
        DELETE FROM imports_line AS l USING seen
        WHERE {_HERE} AND l.row = seen.row AND (seen.differs OR seen.overlaps)
        RETURNING l.row, l.number_key, CASE WHEN seen.differs THEN seen.first_row ELSE seen.number_row END AS other
    )
    {_FAULT} SELECT %(batch)s, row, 'number', 'terms_differ', other::text, false, number_key FROM gone
"""
"""One policy with two different terms, or with two that overlap."""

_TERMS = ("valid_from", "valid_to", "programme_id", "territory_id", "currency_id", "insured_sum", "ended_on")
_WORDS = (
    "surname", "given_name", "patronymic", "surname_latin", "given_name_latin", "gender", "phone", "email", "language",
)  # fmt: skip
_PERSON = ("surname_key", "given_key", "birth_date")


def _list(prefix: str, names: tuple[str, ...]) -> str:
    return ", ".join(f"{prefix}{name}" for name in names)


def _said(name: str) -> str:
    """An empty cell erases nothing."""
    return f"COALESCE(NULLIF(l.{name}, ''), q.{name})"


# `+ 0` keeps the planner from the index by insurer, by which it would walk all policies of a large one.
MATCHED = f"""
    CREATE TEMP TABLE imports_matched ON COMMIT DROP AS
    SELECT l.row, l.number, l.number_key, {_list("l.", _TERMS)}, {_list("l.", _WORDS)}, {_list("l.", _PERSON)},
        p.id AS policy_id, p.valid_from AS policy_from, q.id AS person_id, q.insured_by,
        COALESCE(q.insured_by = p.id, false) AS linked,
        COALESCE(q.insured_by = p.id, false) AND q.left_on IS NOT NULL AS returned,
        p.id IS NOT NULL AND ({_list("p.", _TERMS)}) IS DISTINCT FROM ({_list("l.", _TERMS)}) AS policy_changed,
        q.id IS NOT NULL AND ({_list("q.", _WORDS)}) IS DISTINCT FROM ({", ".join(map(_said, _WORDS))})
            AS person_changed
    FROM imports_line AS l
    CROSS JOIN LATERAL (
        SELECT EXISTS (SELECT 1 FROM insurance_policy AS o WHERE o.number_key = l.number_key) AS known OFFSET 0
    ) AS k
    LEFT JOIN LATERAL (
        SELECT o.* FROM insurance_policy AS o
        WHERE k.known AND o.insurer_id + 0 = %(insurer)s AND o.number_key = l.number_key
            AND o.valid_from <= l.valid_to AND o.valid_to >= l.valid_from
        ORDER BY o.valid_from = l.valid_from DESC, o.valid_from DESC, o.id LIMIT 1
    ) AS p ON true
    LEFT JOIN LATERAL (
        SELECT i.*, o.id AS insured_by, n.ended_on AS left_on FROM insurance_policy AS o
        JOIN insurance_policyperson AS n ON n.policy_id = o.id
        JOIN insurance_insuredperson AS i ON i.id = n.person_id
        WHERE k.known AND o.insurer_id + 0 = %(insurer)s AND o.number_key = l.number_key
            AND i.surname_key = l.surname_key AND i.given_key = l.given_key
            AND i.birth_date IS NOT DISTINCT FROM l.birth_date
        ORDER BY o.id = p.id DESC NULLS LAST, i.id LIMIT 1
    ) AS q ON true
    WHERE {_HERE}
"""
"""Of most lines of a new list the number is `known` to nobody, and that is asked once. Each line with its policy (the
same number, a term that overlaps) and its person (the number, the keys of the name,
the date of birth) as they are now. Somebody may have changed them since: what is written is compared again."""

APART = """
    UPDATE imports_matched AS m SET policy_id = NULL, linked = false, returned = false, policy_changed = false
    FROM (
        SELECT DISTINCT ON (policy_id) policy_id, valid_from FROM imports_matched
        WHERE policy_id IN (
            SELECT policy_id FROM imports_matched GROUP BY policy_id HAVING min(valid_from) <> max(valid_from)
        ) ORDER BY policy_id, policy_from = valid_from DESC, row
    ) AS its
    WHERE m.policy_id = its.policy_id AND m.valid_from <> its.valid_from
"""
"""Of several terms within one policy it becomes the one that begins when it does, or the first; the others are policies
of their own."""

COUNTED = """
    SELECT count(*) FILTER (WHERE NOT linked),
        count(*) FILTER (WHERE linked AND (policy_changed OR person_changed OR returned)),
        count(*) FILTER (WHERE linked AND NOT (policy_changed OR person_changed OR returned))
    FROM imports_matched
"""

KNOWN = f"""
    SELECT count(*), count(*) FILTER (
        WHERE EXISTS (SELECT 1 FROM insurance_policy AS p WHERE p.number_key = l.number_key OFFSET 0)
    ) FROM imports_line AS l WHERE {_HERE}
"""
"""How many lines there are, and of how many the number is in use: of a new list, none."""

_PLACED = f"""
    CREATE TEMP TABLE imports_placed ON COMMIT DROP AS
    SELECT row, number, number_key, {_list("", _TERMS)}, {_list("", _WORDS)}, {_list("", _PERSON)},
        policy_id IS NULL AS policy_new, person_id IS NULL AS person_new,
        policy_id IS NULL AND row_number() OVER policy = 1 AS policy_first,
        person_id IS NULL AND row_number() OVER person = 1 AS person_first,
        COALESCE(policy_id, first_value(policy_next) OVER policy) AS policy_id,
        COALESCE(person_id, first_value(person_next) OVER person) AS person_id
    FROM (
        SELECT *, CASE WHEN policy_id IS NULL THEN nextval('insurance_policy_id_seq'::regclass) END AS policy_next,
            CASE WHEN person_id IS NULL THEN nextval('insurance_insuredperson_id_seq'::regclass) END AS person_next
        FROM {{whom}}
    ) AS one
    WINDOW policy AS (PARTITION BY number_key, valid_from ORDER BY row),
        person AS (PARTITION BY number_key, {_list("", _PERSON)} ORDER BY row)
"""
PLACED = _PLACED.format(whom="imports_matched WHERE NOT linked")
ALL_PLACED = _PLACED.format(
    whom=f"(SELECT l.*, NULL::bigint AS policy_id, NULL::bigint AS person_id FROM imports_line AS l WHERE {_HERE}) AS l"
)
"""Whom a policy does not insure yet, with the keys that new policies and persons will have; of several lines of one
of them the first writes it."""


def _uuid(key: str) -> str:
    return f"(%(uuids)s || lpad(to_hex({key}), 12, '0'))::uuid"


NEW_POLICIES = f"""
    INSERT INTO insurance_policy (id, uuid, number, insurer_id, {_list("", _TERMS)})
    SELECT policy_id, {_uuid("policy_id")}, number, %(insurer)s, {_list("", _TERMS)}
    FROM imports_placed WHERE policy_first
"""

NEW_PERSONS = f"""
    INSERT INTO insurance_insuredperson (id, uuid, {_list("", _WORDS)}, {_list("", _PERSON)})
    SELECT person_id, {_uuid("person_id")}, {_list("", _WORDS)}, {_list("", _PERSON)}
    FROM imports_placed WHERE person_first ORDER BY birth_date, surname_key
"""
"""In an order in which neighbours stand on the same pages of two indexes."""

LINKS = """
    INSERT INTO insurance_policyperson (policy_id, person_id) SELECT policy_id, person_id FROM imports_placed
    WHERE policy_new
"""
KNOWN_LINKS = """
    INSERT INTO insurance_policyperson (policy_id, person_id) SELECT policy_id, person_id FROM imports_placed
    WHERE NOT policy_new ON CONFLICT DO NOTHING
"""
"""The policy was there: two lines may insure a person by it, or somebody else does so at this moment."""

JOURNAL_OF_NEW = """
    INSERT INTO imports_entry (batch_id, bucket, policy_id, person_id, policy_new, person_new)
    SELECT %(batch)s, %(bucket)s, policy_id, person_id, policy_new, person_new FROM imports_placed
"""


def _before(prefix: str, names: tuple[str, ...]) -> str:
    return "jsonb_build_object(" + ", ".join(f"'{name}', {prefix}{name}" for name in names) + ")"


CHANGED_POLICIES = f"""
    WITH said AS MATERIALIZED (
        SELECT DISTINCT ON (policy_id) policy_id, {_list("", _TERMS)}
        FROM imports_matched WHERE policy_changed ORDER BY policy_id, row
    ), now AS (
        SELECT p.id, {_before("p.", _TERMS)} AS before, {_list("said.", _TERMS)}
        FROM said JOIN insurance_policy AS p ON p.id = said.policy_id ORDER BY p.id FOR NO KEY UPDATE OF p
    ), written AS (
        UPDATE insurance_policy AS p SET ({_list("", _TERMS)}) = ROW({_list("now.", _TERMS)})
        FROM now WHERE p.id = now.id RETURNING p.id, now.before
    )
    INSERT INTO imports_entry (batch_id, bucket, policy_id, policy_new, person_new, policy_before)
    SELECT %(batch)s, %(bucket)s, id, false, false, before FROM written
"""

CHANGED_PERSONS = f"""
    WITH said AS MATERIALIZED (
        SELECT DISTINCT ON (person_id) person_id, COALESCE(policy_id, insured_by) AS policy_id, {_list("", _WORDS)}
        FROM imports_matched WHERE person_changed ORDER BY person_id, row
    ), now AS (
        SELECT q.id, said.policy_id, {_before("q.", _WORDS)} AS before, {_list("said.", _WORDS)}
        FROM said JOIN insurance_insuredperson AS q ON q.id = said.person_id ORDER BY q.id FOR NO KEY UPDATE OF q
    ), written AS (
        UPDATE insurance_insuredperson AS q SET ({_list("", _WORDS)}) = ROW({", ".join(map(_said, _WORDS))})
        FROM now AS l WHERE q.id = l.id RETURNING q.id, l.policy_id, l.before
    )
    INSERT INTO imports_entry (batch_id, bucket, policy_id, person_id, policy_new, person_new, person_before)
    SELECT %(batch)s, %(bucket)s, policy_id, id, false, false, before FROM written
"""
"""The keys of a name stay: by them the person was recognised."""

_LINK_ENDS = """
    ), now AS (
        SELECT n.id, jsonb_build_object('ended_on', n.ended_on) AS before, said.day
        FROM said JOIN insurance_policyperson AS n ON n.policy_id = said.policy_id AND n.person_id = said.person_id
        ORDER BY n.id FOR NO KEY UPDATE OF n
    ), written AS (
        UPDATE insurance_policyperson AS n SET ended_on = now.day FROM now WHERE n.id = now.id
        RETURNING n.policy_id, n.person_id, now.before
    )
    INSERT INTO imports_entry (batch_id, bucket, policy_id, person_id, policy_new, person_new, link_before)
    SELECT %(batch)s, %(bucket)s, policy_id, person_id, false, false, before FROM written
"""

RETURNED = f"""
    WITH said AS MATERIALIZED (
        SELECT DISTINCT policy_id, person_id, NULL::date AS day FROM imports_matched WHERE returned
    {_LINK_ENDS}
"""
"""Whom a list names again is insured again."""

_LEFT = """
    FROM (SELECT DISTINCT policy_id FROM imports_matched WHERE policy_id IS NOT NULL) AS listed
    JOIN insurance_policy AS p ON p.id = listed.policy_id
    JOIN insurance_policyperson AS n ON n.policy_id = p.id
    WHERE p.valid_from <= %(day)s AND p.valid_to >= %(day)s AND (p.ended_on IS NULL OR p.ended_on > %(day)s)
        AND (n.ended_on IS NULL OR n.ended_on > %(day)s)
        AND (n.policy_id, n.person_id) NOT IN (
            SELECT policy_id, person_id FROM imports_matched WHERE policy_id IS NOT NULL AND person_id IS NOT NULL
        ) AND NOT EXISTS (SELECT 1 FROM imports_fault AS f
            WHERE f.batch_id = %(batch)s AND NOT f.kept AND f.number_key = p.number_key)
"""

COUNTED_LEFT = f"SELECT count(*) {_LEFT}"
LEFT = f"""
    WITH said AS MATERIALIZED (SELECT n.policy_id, n.person_id, %(day)s::date AS day {_LEFT}
    {_LINK_ENDS}
"""
"""Who is missing in a full list from a policy that it names; whoever is named wrongly is not missing."""

# --- Endings ------------------------------------------------------------------------------------------

_STILL = "p.valid_to >= {day} AND (p.ended_on IS NULL OR p.ended_on > {day})"
_IN_FORCE = f"p.insurer_id = %(insurer)s AND {_STILL}"

ENDING = f"""
    CREATE TEMP TABLE imports_matched ON COMMIT DROP AS
    SELECT l.row, l.number_key, l.surname_key <> '' AS named, COALESCE(l.ended_on, %(day)s) AS day, p.id AS policy_id,
        q.person_id, (
            SELECT count(*) FROM insurance_policyperson AS n
            WHERE n.policy_id = p.id AND (n.ended_on IS NULL OR n.ended_on > COALESCE(l.ended_on, %(day)s))
        ) AS insured,
        count(*) FILTER (WHERE l.surname_key <> '') OVER (PARTITION BY l.number_key) AS listed
    FROM imports_line AS l
    LEFT JOIN LATERAL (
        SELECT p.id FROM insurance_policy AS p
        WHERE p.number_key = l.number_key AND p.insurer_id + 0 = %(insurer)s
            AND {_STILL.format(day="COALESCE(l.ended_on, %(day)s)")}
        ORDER BY p.valid_from, p.id LIMIT 1
    ) AS p ON true
    LEFT JOIN LATERAL (
        SELECT i.id AS person_id FROM insurance_policyperson AS n
        JOIN insurance_insuredperson AS i ON i.id = n.person_id
        WHERE n.policy_id = p.id AND i.surname_key = l.surname_key AND (l.given_key = '' OR i.given_key = l.given_key)
            AND (l.birth_date IS NULL OR i.birth_date IS NOT DISTINCT FROM l.birth_date)
            AND (n.ended_on IS NULL OR n.ended_on > COALESCE(l.ended_on, %(day)s))
        ORDER BY i.id LIMIT 1
    ) AS q ON true
    WHERE {_HERE}
"""

NOT_IN_FORCE = f"""
    WITH gone AS (
        DELETE FROM imports_line AS l USING imports_matched AS m
        WHERE {_HERE} AND l.row = m.row AND (m.policy_id IS NULL OR (m.named AND m.person_id IS NULL))
        RETURNING l.row, l.number_key
    )
    {_FAULT} SELECT %(batch)s, row, 'number', 'unknown_policy', '', false, number_key FROM gone
"""

_OTHERS_STAY = "named AND insured > listed"
COUNTED_ENDING = f"""
    SELECT count(DISTINCT policy_id) FILTER (WHERE NOT ({_OTHERS_STAY}))
        + count(DISTINCT person_id) FILTER (WHERE {_OTHERS_STAY}) FROM imports_matched
"""

_ENDED = f"""
    ), now AS (
        SELECT p.id, {_before("p.", _TERMS)} AS before, said.day
        FROM insurance_policy AS p JOIN said ON said.policy_id = p.id ORDER BY p.id FOR NO KEY UPDATE OF p
    ), written AS (
        UPDATE insurance_policy AS p SET ended_on = now.day FROM now WHERE p.id = now.id RETURNING p.id, now.before
    )
    INSERT INTO imports_entry (batch_id, bucket, policy_id, policy_new, person_new, policy_before)
    SELECT %(batch)s, %(bucket)s, id, false, false, before FROM written
"""

ENDED = f"""
    WITH said AS (
        SELECT policy_id, min(day) AS day FROM imports_matched WHERE NOT ({_OTHERS_STAY}) GROUP BY policy_id
    {_ENDED}
"""
LINKS_ENDED = f"""
    WITH said AS MATERIALIZED (
        SELECT policy_id, person_id, min(day) AS day FROM imports_matched WHERE {_OTHERS_STAY}
        GROUP BY policy_id, person_id
    {_LINK_ENDS}
"""
"""Of several who are insured by a policy one leaves it; when all of them are named, the policy ends."""

_MISSING = f"""
    FROM insurance_policy AS p WHERE {_IN_FORCE.format(day="%(day)s")} AND p.valid_from <= %(day)s
        AND NOT EXISTS (SELECT 1 FROM imports_line AS l WHERE l.batch_id = %(batch)s AND l.number_key = p.number_key)
        AND NOT EXISTS (SELECT 1 FROM imports_fault AS f
            WHERE f.batch_id = %(batch)s AND NOT f.kept AND f.number_key = p.number_key)
"""

COUNTED_MISSING = f"SELECT count(*) {_MISSING}"
COUNTED_IN_FORCE = f"SELECT count(*) FROM insurance_policy AS p WHERE {_IN_FORCE.format(day='%(day)s')}"
MISSING_ENDED = f"""
    WITH said AS (SELECT p.id AS policy_id, %(day)s::date AS day {_MISSING}
    {_ENDED}
"""
"""Who is in force and not named in a full list; whoever is named wrongly is not missing. What begins after the list's
date does not end on it: it may have been sold since the list was made."""

# --- Undoing ------------------------------------------------------------------------------------------

LINKS_RESTORED = """
    UPDATE insurance_policyperson AS n SET ended_on = (e.link_before ->> 'ended_on')::date
    FROM (
        SELECT DISTINCT ON (policy_id, person_id) policy_id, person_id, link_before FROM imports_entry
        WHERE batch_id = %(batch)s AND bucket = %(bucket)s AND link_before IS NOT NULL
        ORDER BY policy_id, person_id, id
    ) AS e
    WHERE n.policy_id = e.policy_id AND n.person_id = e.person_id
"""

POLICIES_RESTORED = f"""
    UPDATE insurance_policy AS p SET ({_list("", _TERMS)}) = ROW({_list("b.", _TERMS)})
    FROM (
        SELECT DISTINCT ON (policy_id) policy_id, policy_before FROM imports_entry
        WHERE batch_id = %(batch)s AND bucket = %(bucket)s AND policy_before IS NOT NULL ORDER BY policy_id, id
    ) AS e, jsonb_populate_record(NULL::insurance_policy, e.policy_before) AS b
    WHERE p.id = e.policy_id
"""

PERSONS_RESTORED = f"""
    UPDATE insurance_insuredperson AS q SET ({_list("", _WORDS)}) = ROW({_list("b.", _WORDS)})
    FROM (
        SELECT DISTINCT ON (person_id) person_id, person_before FROM imports_entry
        WHERE batch_id = %(batch)s AND bucket = %(bucket)s AND person_before IS NOT NULL ORDER BY person_id, id
    ) AS e, jsonb_populate_record(NULL::insurance_insuredperson, e.person_before) AS b
    WHERE q.id = e.person_id
"""
