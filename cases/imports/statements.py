"""The work of one bucket as statements over sets: no row of a list is asked for by itself.

Named parameters: `batch`, `bucket`, `insurer`, `day` (the list's date), `uuids` (`buckets.uuids`). Lines of one policy
number lie in one bucket, so two buckets written at once touch no row together. Who ends is in `endings`, what is taken
back in `restoring`.
"""

from __future__ import annotations

HERE = "l.batch_id = %(batch)s AND l.bucket = %(bucket)s"

FAULT = 'INSERT INTO imports_fault (batch_id, row, "column", code, value, kept, number_key)'

_MORE = f"""number_key IN (
            SELECT l.number_key FROM imports_line AS l WHERE {HERE} GROUP BY l.number_key HAVING count(*) > 1
        )"""
"""Lines whose number stands in other lines too: of most numbers there is one."""

REPEATED = f"""
    WITH seen AS (
        SELECT row, first_value(row) OVER same AS first_row FROM imports_line AS l WHERE {HERE} AND {_MORE}
        WINDOW same AS (PARTITION BY number_key, valid_from, surname_key, given_key, birth_date ORDER BY row)
    ), gone AS (
        DELETE FROM imports_line AS l USING seen
        WHERE {HERE} AND l.row = seen.row AND seen.row <> seen.first_row
        RETURNING l.row, l.number_key, seen.first_row
    )
    {FAULT} SELECT %(batch)s, row, 'number', 'again', first_row::text, false, number_key FROM gone
"""
"""The same person with the same policy a second time in one list."""

CONTRADICTING = f"""
    WITH seen AS (
        SELECT row, first_value(row) OVER same AS first_row,
            (valid_to, programme_id, territory_id, currency_id, insured_sum) IS DISTINCT FROM (
                first_value(valid_to) OVER same, first_value(programme_id) OVER same,
                first_value(territory_id) OVER same, first_value(currency_id) OVER same,
                first_value(insured_sum) OVER same
            ) AS differs,
            first_value(row) OVER number AS number_row,
            valid_from < max(LEAST(valid_to, ended_on)) OVER (
                PARTITION BY number_key ORDER BY valid_from RANGE UNBOUNDED PRECEDING EXCLUDE GROUP
            ) AS overlaps
        FROM imports_line AS l WHERE {HERE} AND {_MORE}
        WINDOW same AS (PARTITION BY number_key, valid_from ORDER BY row),
            number AS (PARTITION BY number_key ORDER BY valid_from, row)
    ), gone AS (
        DELETE FROM imports_line AS l USING seen
        WHERE {HERE} AND l.row = seen.row AND (seen.differs OR seen.overlaps)
        RETURNING l.row, l.number_key, CASE WHEN seen.differs THEN seen.first_row ELSE seen.number_row END AS other
    )
    {FAULT} SELECT %(batch)s, row, 'number', 'terms_differ', other::text, false, number_key FROM gone
"""
"""One policy with two different terms, or with two that share more than the day on which one follows the other, or
follows what had ended early. Its people may leave on different days."""

TERMS = ("valid_from", "valid_to", "programme_id", "territory_id", "currency_id", "insured_sum", "ended_on")
WORDS = (
    "surname", "given_name", "patronymic", "surname_latin", "given_name_latin", "gender", "phone", "email", "language",
    "city",
)  # fmt: skip
PERSON = ("surname_key", "given_key", "birth_date")


def listed(prefix: str, names: tuple[str, ...]) -> str:
    """Columns, as a statement lists them."""
    return ", ".join(f"{prefix}{name}" for name in names)


def _said(name: str) -> str:
    """An empty cell erases nothing."""
    return f"COALESCE(NULLIF(l.{name}, ''), q.{name})"


_ENDS = "CASE WHEN bool_and(l.ended_on IS NOT NULL) OVER its THEN max(l.ended_on) OVER its END"
_LINES = f"""(
        SELECT l.row, l.number, l.number_key, {listed("l.", TERMS[:-1])}, {_ENDS} AS ended_on,
            {listed("l.", WORDS)}, {listed("l.", PERSON)}, NULLIF(l.ended_on, {_ENDS}) AS leaves_on
        FROM imports_line AS l WHERE {HERE} WINDOW its AS (PARTITION BY l.number_key, l.valid_from)
    )"""
"""A policy ends with the last of its lines, when there is no line without an end; who ends before leaves it."""

# `+ 0` keeps the planner from the index by insurer, by which it would walk all policies of a large one; `OFFSET 0` from
# those by name, by which it would walk all namesakes: where nobody is named, a list calls thousands by one word.
MATCHED = f"""
    CREATE TEMP TABLE imports_matched ON COMMIT DROP AS
    SELECT l.row, l.number, l.number_key, {listed("l.", TERMS)}, {listed("l.", WORDS)}, {listed("l.", PERSON)},
        l.leaves_on, p.id AS policy_id, p.valid_from AS policy_from, p.ended_on AS policy_ended,
        q.id AS person_id, q.insured_by, q.left_on, k.known,
        COALESCE(q.insured_by = p.id, false) AS linked,
        COALESCE(q.insured_by = p.id, false) AND q.left_on IS DISTINCT FROM l.leaves_on AS link_changed,
        p.id IS NOT NULL AND ({listed("p.", TERMS)}) IS DISTINCT FROM ({listed("l.", TERMS)}) AS policy_changed,
        ({listed("p.", TERMS[:-1])}) IS DISTINCT FROM ({listed("l.", TERMS[:-1])}) AS terms_changed,
        q.id IS NOT NULL AND ({listed("q.", WORDS)}) IS DISTINCT FROM ({", ".join(map(_said, WORDS))})
            AND row_number() OVER (PARTITION BY q.id ORDER BY l.valid_from DESC, l.row) = 1 AS person_changed
    FROM {_LINES} AS l
    CROSS JOIN LATERAL (
        SELECT EXISTS (SELECT 1 FROM insurance_policy AS o WHERE o.number_key = l.number_key) AS known OFFSET 0
    ) AS k
    LEFT JOIN LATERAL (
        SELECT o.* FROM insurance_policy AS o
        WHERE k.known AND o.insurer_id + 0 = %(insurer)s AND o.number_key = l.number_key
            AND (
                o.valid_from = l.valid_from
                OR o.valid_from < l.valid_to AND LEAST(o.valid_to, o.ended_on) > l.valid_from
            )
        ORDER BY o.valid_from = l.valid_from DESC, o.valid_from DESC, o.id LIMIT 1
    ) AS p ON true
    LEFT JOIN LATERAL (
        SELECT i.*, o.id AS insured_by, n.ended_on AS left_on FROM (
            SELECT o.id FROM insurance_policy AS o
            WHERE k.known AND o.insurer_id + 0 = %(insurer)s AND o.number_key = l.number_key OFFSET 0
        ) AS o
        CROSS JOIN LATERAL (SELECT n.* FROM insurance_policyperson AS n WHERE n.policy_id = o.id OFFSET 0) AS n
        CROSS JOIN LATERAL (SELECT i.* FROM insurance_insuredperson AS i WHERE i.id = n.person_id OFFSET 0) AS i
        WHERE i.surname_key = l.surname_key AND i.given_key = l.given_key
            AND i.birth_date IS NOT DISTINCT FROM l.birth_date
        ORDER BY o.id = p.id DESC NULLS LAST, i.id LIMIT 1
    ) AS q ON true
"""
"""Of most lines of a new list the number is `known` to nobody, and that is asked once. Each line with its policy (the
same number, and the same beginning or a term that shares more than the day on which one follows the other; of one that
had ended early what is left of it) and its person (the number, the keys of the name, the date of birth) as they are
now. Of several lines of a person the one with the latest term speaks: were each heard, the same list would change the
person each time. Somebody may have changed them since: what is written is compared again."""

APART = """
    UPDATE imports_matched AS m SET policy_id = NULL, linked = false, link_changed = false, policy_changed = false
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
        count(*) FILTER (WHERE linked AND (policy_changed OR person_changed OR link_changed)),
        count(*) FILTER (WHERE linked AND NOT (policy_changed OR person_changed OR link_changed))
    FROM imports_matched
"""

KNOWN = f"""
    SELECT count(*), count(*) FILTER (
        WHERE EXISTS (SELECT 1 FROM insurance_policy AS p WHERE p.number_key = l.number_key OFFSET 0)
    ), count(l.ended_on) FROM imports_line AS l WHERE {HERE}
"""
"""How many lines there are, of how many the number is in use, how many end early: of a new list, none."""

_PLACED = f"""
    CREATE TEMP TABLE imports_placed ON COMMIT DROP AS
    SELECT row, number, number_key, {listed("", TERMS)}, {listed("", WORDS)}, {listed("", PERSON)},
        leaves_on, policy_id IS NULL AS policy_new, person_id IS NULL AS person_new,
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
        person AS (PARTITION BY number_key, {listed("", PERSON)} ORDER BY valid_from DESC, row)
"""
PLACED = _PLACED.format(whom="imports_matched WHERE NOT linked")
ALL_PLACED = _PLACED.format(
    whom=f"""(
            SELECT l.*, NULL::bigint AS policy_id, NULL::bigint AS person_id, NULL::date AS leaves_on
            FROM imports_line AS l WHERE {HERE}
        ) AS l"""
)
"""Whom a policy does not insure yet, with the keys that new policies and persons will have; of several lines of a
policy the first writes it, of a person the one with the latest term."""


def _uuid(key: str) -> str:
    return f"(%(uuids)s || lpad(to_hex({key}), 12, '0'))::uuid"


NEW_POLICIES = f"""
    INSERT INTO insurance_policy (id, uuid, number, insurer_id, {listed("", TERMS)})
    SELECT policy_id, {_uuid("policy_id")}, number, %(insurer)s, {listed("", TERMS)}
    FROM imports_placed WHERE policy_first
"""

NEW_PERSONS = f"""
    INSERT INTO insurance_insuredperson (id, uuid, {listed("", WORDS)}, {listed("", PERSON)})
    SELECT person_id, {_uuid("person_id")}, {listed("", WORDS)}, {listed("", PERSON)}
    FROM imports_placed WHERE person_first ORDER BY birth_date, surname_key
"""
"""In an order in which neighbours stand on the same pages of two indexes."""

LINKS = """
    INSERT INTO insurance_policyperson (policy_id, person_id, ended_on)
    SELECT policy_id, person_id, leaves_on FROM imports_placed WHERE policy_new
"""
KNOWN_LINKS = """
    INSERT INTO insurance_policyperson (policy_id, person_id, ended_on)
    SELECT policy_id, person_id, leaves_on FROM imports_placed WHERE NOT policy_new ON CONFLICT DO NOTHING
"""
"""The policy was there: two lines may insure a person by it, or somebody else does so at this moment."""

JOURNAL_OF_NEW = """
    INSERT INTO imports_entry (batch_id, bucket, policy_id, person_id, policy_new, person_new)
    SELECT %(batch)s, %(bucket)s, policy_id, person_id, policy_new, person_new FROM imports_placed
"""


def before(prefix: str, names: tuple[str, ...]) -> str:
    """These columns as the journal keeps them."""
    return "jsonb_build_object(" + ", ".join(f"'{name}', {prefix}{name}" for name in names) + ")"


def changed(was: str, became: str) -> str:
    """Of two rows as `before` keeps them what differs: its values as they were, and in `written` as they became."""
    return f"""(
        SELECT COALESCE(jsonb_object_agg(b.key, b.value), '{{}}') || jsonb_build_object(
            'written', COALESCE(jsonb_object_agg(b.key, {became} -> b.key), '{{}}')
        ) FROM jsonb_each({was}) AS b WHERE b.value <> {became} -> b.key
    )"""


CHANGED_POLICIES = f"""
    WITH said AS MATERIALIZED (
        SELECT DISTINCT ON (policy_id) policy_id, {listed("", TERMS)}
        FROM imports_matched WHERE policy_changed ORDER BY policy_id, row
    ), now AS (
        SELECT p.id, {before("p.", TERMS)} AS before, {listed("said.", TERMS)}
        FROM said JOIN insurance_policy AS p ON p.id = said.policy_id ORDER BY p.id FOR NO KEY UPDATE OF p
    ), written AS (
        UPDATE insurance_policy AS p SET ({listed("", TERMS)}) = ROW({listed("now.", TERMS)})
        FROM now WHERE p.id = now.id RETURNING p.id, now.before, {before("p.", TERMS)} AS after
    )
    INSERT INTO imports_entry (batch_id, bucket, policy_id, policy_new, person_new, policy_before)
    SELECT %(batch)s, %(bucket)s, id, false, false, {changed("before", "after")} FROM written
"""

CHANGED_PERSONS = f"""
    WITH said AS MATERIALIZED (
        SELECT person_id, COALESCE(policy_id, insured_by) AS policy_id, {listed("", WORDS)}
        FROM imports_matched WHERE person_changed
    ), now AS (
        SELECT q.id, said.policy_id, {before("q.", WORDS)} AS before, {listed("said.", WORDS)}
        FROM said JOIN insurance_insuredperson AS q ON q.id = said.person_id ORDER BY q.id FOR NO KEY UPDATE OF q
    ), written AS (
        UPDATE insurance_insuredperson AS q SET ({listed("", WORDS)}) = ROW({", ".join(map(_said, WORDS))})
        FROM now AS l WHERE q.id = l.id RETURNING q.id, l.policy_id, l.before, {before("q.", WORDS)} AS after
    )
    INSERT INTO imports_entry (batch_id, bucket, policy_id, person_id, policy_new, person_new, person_before)
    SELECT %(batch)s, %(bucket)s, policy_id, id, false, false, {changed("before", "after")} FROM written
"""
"""The keys of a name stay: by them the person was recognised."""
