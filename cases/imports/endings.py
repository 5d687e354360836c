"""Who ends by a list, as statements over sets: who is missing in a full list, who is named in a list of endings.

Parameters are those of `statements`.
"""

from __future__ import annotations

from cases.imports.signs import both, unlike
from cases.imports.statements import FAULT, HERE, before, changed

_END = ("ended_on",)

_LINK_ENDS = f"""
    ), now AS (
        SELECT n.id, {before("n.", _END)} AS before, said.day
        FROM said JOIN insurance_policyperson AS n ON n.policy_id = said.policy_id AND n.person_id = said.person_id
        ORDER BY n.id FOR NO KEY UPDATE OF n
    ), written AS (
        UPDATE insurance_policyperson AS n SET ended_on = now.day FROM now WHERE n.id = now.id
        RETURNING n.policy_id, n.person_id, now.before, {before("n.", _END)} AS after
    )
    INSERT INTO imports_entry (batch_id, bucket, policy_id, person_id, policy_new, person_new, link_before)
    SELECT %(batch)s, %(bucket)s, policy_id, person_id, false, false, {changed("before", "after")} FROM written
"""

LINKS_CHANGED = f"""
    WITH said AS MATERIALIZED (
        SELECT DISTINCT policy_id, person_id, leaves_on AS day FROM imports_matched WHERE link_changed
    {_LINK_ENDS}
"""
"""Whom a list names again is insured again; who leaves before the others leaves on the day that it says."""

_FAULTY = """SELECT 1 FROM imports_fault AS f
            WHERE f.batch_id = %(batch)s AND NOT f.kept AND f.code <> 'again' AND f.number_key = p.number_key"""
"""Of this policy there is a row that was refused; not one that was there twice: its first is taken."""

_NAMED = (
    "SELECT policy_id, person_id FROM imports_matched WHERE policy_id IS NOT NULL AND person_id IS NOT NULL"
)

STAYING = f"""
    UPDATE imports_matched AS m SET ended_on = its.policy_ended, leaves_on = COALESCE(m.leaves_on, m.ended_on),
        link_changed = m.linked AND m.left_on IS DISTINCT FROM COALESCE(m.leaves_on, m.ended_on),
        policy_changed = m.terms_changed
    FROM (
        SELECT DISTINCT policy_id, policy_ended, ended_on, CASE
            WHEN %(missing_end)s AND valid_from <= %(day)s AND valid_to >= %(day)s
                AND NOT EXISTS ({_FAULTY} OFFSET 0) THEN %(day)s::date
        END AS missing_on
        FROM imports_matched AS p WHERE policy_id IS NOT NULL AND ended_on IS NOT NULL
    ) AS its
    WHERE m.policy_id = its.policy_id AND EXISTS (
        SELECT 1 FROM insurance_policyperson AS n
        WHERE n.policy_id = its.policy_id
            AND COALESCE(LEAST(n.ended_on, its.policy_ended, its.missing_on), 'infinity') > its.ended_on
            AND (n.policy_id, n.person_id) NOT IN ({_NAMED})
        OFFSET 0
    )
"""
"""All lines of a policy have an end, and it insures others for longer whom the list does not name, or names wrongly:
those of the lines leave, each on their day, and the policy stays as it was."""

KEPT_OUT = f"""
    WITH said AS MATERIALIZED (
        SELECT n.policy_id, n.person_id, p.policy_ended AS day
        FROM (
            SELECT DISTINCT policy_id, policy_ended FROM imports_matched
            WHERE policy_changed AND policy_ended < COALESCE(ended_on, 'infinity')
        ) AS p
        CROSS JOIN LATERAL (SELECT o.* FROM insurance_policyperson AS o WHERE o.policy_id = p.policy_id OFFSET 0) AS n
        WHERE (n.ended_on IS NULL OR n.ended_on > p.policy_ended) AND (n.policy_id, n.person_id) NOT IN ({_NAMED})
    {_LINK_ENDS}
"""
"""A policy that had ended goes on for those whom the list names; for the others it has ended when it had."""

# `OFFSET 0`: each policy is asked for its people and faults, even if the planner believes that there are few policies.
_LEFT = f"""
    FROM (
        SELECT DISTINCT policy_id AS id, number_key, valid_from, valid_to, ended_on, policy_ended FROM imports_matched
        WHERE policy_id IS NOT NULL
    ) AS p
    CROSS JOIN LATERAL (SELECT o.* FROM insurance_policyperson AS o WHERE o.policy_id = p.id OFFSET 0) AS n
    WHERE p.valid_from <= %(day)s AND p.valid_to >= %(day)s AND (p.ended_on IS NULL OR p.ended_on > %(day)s)
        AND COALESCE(LEAST(n.ended_on, p.policy_ended), 'infinity') > %(day)s
        AND (n.policy_id, n.person_id) NOT IN ({_NAMED}) AND NOT EXISTS ({_FAULTY} OFFSET 0)
"""

COUNTED_LEFT = f"SELECT count(*) {_LEFT}"
LEFT = f"""
    WITH said AS MATERIALIZED (SELECT n.policy_id, n.person_id, %(day)s::date AS day {_LEFT}
    {_LINK_ENDS}
"""
"""Who is missing in a full list from a policy that it names, by the terms that the list gives it: as many are counted
before these are written as end afterwards. Whoever is named wrongly is not missing."""

AHEAD = """
    UPDATE imports_matched SET policy_changed = policy_changed AND policy_ended <= %(day)s,
        ended_on = CASE WHEN policy_ended > %(day)s THEN policy_ended END,
        link_changed = link_changed AND left_on <= %(day)s,
        leaves_on = CASE WHEN linked AND left_on > %(day)s THEN left_on END
    WHERE policy_id IS NOT NULL AND NOT terms_changed AND (policy_ended > %(day)s OR linked AND left_on > %(day)s)
"""
"""Of a list without a column of ends: one that lies ahead on its date was told in advance, and stays. One that has come
does not, nor one of a term that the list changes: whoever is named is insured again."""

_LAST = """
    SELECT l.row, o.id, o.ended_on FROM (
        SELECT row, number_key FROM imports_matched WHERE policy_id IS NULL AND known
    ) AS l
    CROSS JOIN LATERAL (
        SELECT o.id, o.ended_on FROM insurance_policy AS o
        WHERE o.number_key = l.number_key AND o.insurer_id + 0 = %(insurer)s ORDER BY o.valid_from DESC LIMIT 1
    ) AS o WHERE o.ended_on IS NOT NULL
"""
"""Of a term that is not there yet the last policy of its number, if that had ended."""
REOPENED = f"""
    SELECT DISTINCT policy_id, policy_ended FROM imports_matched
    WHERE policy_changed AND policy_ended < COALESCE(ended_on, 'infinity')
    UNION SELECT id, ended_on FROM ({_LAST}) AS o
"""
"""Policies that had ended and go on by the list, or by another term of their number."""
REFUSED_REOPENING = f"""
    WITH others AS MATERIALIZED ({_LAST}), gone AS (
        DELETE FROM imports_matched AS m
        WHERE m.policy_id = ANY(%(annulled)s) OR m.row IN (SELECT row FROM others WHERE id = ANY(%(annulled)s))
        RETURNING m.row, m.number_key,
            COALESCE(m.policy_ended, (SELECT o.ended_on FROM others AS o WHERE o.row = m.row)) AS day
    ), lines AS (
        DELETE FROM imports_line AS l USING gone WHERE {HERE} AND l.row = gone.row
    )
    {FAULT} SELECT %(batch)s, row, 'number', 'annulled', to_char(day, 'DD.MM.YYYY'), false, number_key FROM gone
"""
LEAVING = f"""
    SELECT DISTINCT m.policy_id, NULL::bigint, LEAST(m.ended_on, m.valid_to + 1)
    FROM imports_matched AS m JOIN insurance_policy AS p ON p.id = m.policy_id
    WHERE m.policy_changed AND LEAST(m.ended_on, m.valid_to + 1) < LEAST(p.ended_on, p.valid_to + 1)
    UNION ALL
    SELECT DISTINCT policy_id, person_id, leaves_on FROM imports_matched
    WHERE link_changed AND leaves_on < COALESCE(LEAST(left_on, policy_ended), 'infinity')
    UNION ALL
    SELECT n.policy_id, n.person_id, %(day)s::date {_LEFT} AND %(missing_end)s AND p.id = ANY(%(sold)s)
"""
LEAVING_SAID = "SELECT policy_id, person_id, day FROM imports_ends"
"""Which policies end by the list (without a person), or earlier than they did, by their terms, too; who leaves one; and
when."""

_STILL = "p.valid_to >= {day} AND (p.ended_on IS NULL OR p.ended_on > {day})"
_IN_FORCE = f"p.insurer_id = %(insurer)s AND {_STILL}"


def _too_early(day: str, first: str) -> str:
    """Does the day lie before the first day of a term? Of one that has begun by the list's date nobody ends then; one
    that has not is cancelled, and that is told within a quarter.
    """
    return f"{day} < {first} AND ({first} <= %(day)s OR {day} < %(day)s::date - 92)"


BEFORE_TERM = f"""
    WITH gone AS (
        DELETE FROM imports_line AS l WHERE {HERE} AND {_too_early("l.ended_on", "l.valid_from")} AND NOT EXISTS (
            SELECT 1 FROM insurance_policy AS o
            WHERE o.number_key = l.number_key AND o.insurer_id + 0 = %(insurer)s AND o.valid_from = l.valid_from
                AND o.ended_on = l.ended_on OFFSET 0
        )
        RETURNING l.row, l.number_key, to_char(l.valid_from, 'DD.MM.YYYY') AS told
    )
    {FAULT} SELECT %(batch)s, row, 'ended_on', 'before_term', told, false, number_key FROM gone
"""
"""An end before the beginning would void a term in which help may have been given: a year that is wrong, most likely.
What was cancelled before it began stays so in later lists."""

ENDING = f"""
    CREATE TEMP TABLE imports_matched ON COMMIT DROP AS
    SELECT l.row, l.number_key, l.named, COALESCE(l.ended_on, %(day)s) AS day, p.id AS policy_id,
        q.person_id, q.until, {both("l.number", "p.number")} AS told, p.valid_from AS first, CASE
            WHEN p.id IS NOT NULL AND q.fit > 1 THEN 'several_fit'
            WHEN p.id IS NULL THEN 'unknown_policy'
            WHEN {_too_early("COALESCE(l.ended_on, %(day)s)", "p.valid_from")} THEN 'before_term'
            WHEN l.named AND q.fit = 0 THEN 'unknown_person'
            WHEN l.named AND q.until <= COALESCE(l.ended_on, %(day)s) THEN 'left_already'
            WHEN NOT l.named AND {unlike("l.number", "p.number")} THEN 'signs'
        END AS fault
    FROM (
        SELECT *, surname_key <> '' OR given_key <> '' OR birth_date IS NOT NULL AS named
        FROM imports_line AS l WHERE {HERE}
    ) AS l
    LEFT JOIN LATERAL (
        SELECT p.id, p.number, p.valid_from FROM (
            SELECT o.* FROM insurance_policy AS o
            WHERE o.number_key = l.number_key AND o.insurer_id + 0 = %(insurer)s
                AND o.valid_to >= COALESCE(l.ended_on, %(day)s) AND (
                    l.valid_from IS NULL OR o.valid_from = l.valid_from
                    OR o.valid_from < COALESCE(l.valid_to, l.valid_from + 1) AND o.valid_to > l.valid_from
                )
            ORDER BY o.valid_from IS NOT DISTINCT FROM l.valid_from DESC,
                o.ended_on IS NOT DISTINCT FROM COALESCE(l.ended_on, %(day)s) DESC,
                o.valid_from > COALESCE(l.ended_on, %(day)s), abs(o.valid_from - COALESCE(l.ended_on, %(day)s))
            LIMIT 1
        ) AS p WHERE {_STILL.format(day="COALESCE(l.ended_on, %(day)s)")}
    ) AS p ON true
    CROSS JOIN LATERAL (
        SELECT count(*) AS fit, min(i.id) AS person_id, min(n.ended_on) AS until
        FROM insurance_policyperson AS n JOIN insurance_insuredperson AS i ON i.id = n.person_id
        WHERE n.policy_id = p.id AND l.named AND (l.surname_key = '' OR i.surname_key = l.surname_key)
            AND (l.given_key = '' OR i.given_key = l.given_key)
            AND (l.birth_date IS NULL OR i.birth_date IS NOT DISTINCT FROM l.birth_date)
    ) AS q
"""
"""Each line with its policy: the term that the line tells, else the one that has ended on the day (another may begin
on it), else the one that contains it, else the one that begins next. Who has left already, and a term that has ended
already, stand for themselves: were they passed over, the same list would end somebody else the second time. Whoever is
named by a part of it only is who fits that part."""

REFUSED_ENDING = f"""
    WITH gone AS (
        DELETE FROM imports_line AS l USING imports_matched AS m
        WHERE {HERE} AND l.row = m.row AND m.fault IS NOT NULL
        RETURNING l.row, l.number_key, m.fault, CASE m.fault
            WHEN 'signs' THEN m.told WHEN 'left_already' THEN to_char(m.until, 'DD.MM.YYYY')
            WHEN 'before_term' THEN to_char(m.first, 'DD.MM.YYYY') ELSE ''
        END AS told
    )
    {FAULT} SELECT %(batch)s, row, CASE
            WHEN fault IN ('unknown_policy', 'signs') THEN 'number' WHEN fault = 'before_term' THEN 'ended_on'
            ELSE 'surname'
        END, fault, told, false, number_key FROM gone
"""

ENDS = """
    CREATE TEMP TABLE imports_ends ON COMMIT DROP AS
    WITH whom AS (
        SELECT policy_id, CASE WHEN named THEN person_id END AS person_id, min(day) AS day, min(until) AS until
        FROM imports_matched WHERE fault IS NULL GROUP BY 1, 2
    ), said AS MATERIALIZED (
        SELECT *, min(day) FILTER (WHERE person_id IS NULL) OVER its AS whole,
            max(day) FILTER (WHERE person_id IS NOT NULL) OVER its AS last
        FROM whom WINDOW its AS (PARTITION BY policy_id)
    ), policies AS MATERIALIZED (
        SELECT policy_id, LEAST(whole, CASE WHEN count(person_id) FILTER (WHERE until IS NULL OR until > last) = (
            SELECT count(*) FROM insurance_policyperson AS n
            WHERE n.policy_id = said.policy_id AND (n.ended_on IS NULL OR n.ended_on > last)
        ) THEN last END) AS day
        FROM said GROUP BY policy_id, whole, last
    )
    SELECT policy_id, NULL::bigint AS person_id, day FROM policies WHERE day IS NOT NULL
    UNION ALL
    SELECT said.policy_id, said.person_id, said.day FROM said JOIN policies ON policies.policy_id = said.policy_id
    WHERE said.person_id IS NOT NULL AND (policies.day IS NULL OR said.day < policies.day)
"""
"""Who ends when, a policy as a whole without a person. Each of those named leaves on the day said of them; the policy
ends with the last of them when nobody else is insured by it then."""

COUNTED_ENDING = "SELECT count(*) FROM imports_ends"

_ENDED = f"""
    ), now AS (
        SELECT p.id, {before("p.", _END)} AS before, said.day
        FROM insurance_policy AS p JOIN said ON said.policy_id = p.id ORDER BY p.id FOR NO KEY UPDATE OF p
    ), written AS (
        UPDATE insurance_policy AS p SET ended_on = now.day FROM now WHERE p.id = now.id
        RETURNING p.id, now.before, {before("p.", _END)} AS after
    )
    INSERT INTO imports_entry (batch_id, bucket, policy_id, policy_new, person_new, policy_before)
    SELECT %(batch)s, %(bucket)s, id, false, false, {changed("before", "after")} FROM written
"""

ENDED = f"""
    WITH said AS (
        SELECT policy_id, day FROM imports_ends WHERE person_id IS NULL
    {_ENDED}
"""
LINKS_ENDED = f"""
    WITH said AS MATERIALIZED (
        SELECT policy_id, person_id, day FROM imports_ends WHERE person_id IS NOT NULL
    {_LINK_ENDS}
"""

_MISSING = f"""
    FROM insurance_policy AS p WHERE {_IN_FORCE.format(day="%(day)s")} AND p.valid_from <= %(day)s
        AND NOT EXISTS (SELECT 1 FROM imports_line AS l WHERE l.batch_id = %(batch)s AND l.number_key = p.number_key)
        AND NOT EXISTS ({_FAULTY})
"""

MISSING = f"""
    CREATE TEMP TABLE imports_missing ON COMMIT DROP AS SELECT p.id AS policy_id, p.number, p.number_key {_MISSING}
"""
SPARED = f"""
    WITH ours AS (
        DELETE FROM imports_missing WHERE policy_id = ANY(%(sold)s) RETURNING number, number_key
    )
    {FAULT} SELECT %(batch)s, %(nowhere)s, 'number', 'unnamed', number, true, number_key FROM ours ORDER BY number
"""
"""What the house has sold itself does not end by silence: the insurer may not have it in its list yet."""

COUNTED_MISSING = "SELECT count(*) FROM imports_missing"
COUNTED_IN_FORCE = f"""
    SELECT count(*) FROM (
        SELECT FROM insurance_policy AS p WHERE {_IN_FORCE.format(day="%(day)s")} LIMIT %(enough)s
    ) AS p
"""
MISSING_ENDED = f"""
    WITH said AS (SELECT policy_id, %(day)s::date AS day FROM imports_missing
    {_ENDED}
"""
"""Who is in force and not named in a full list; whoever is named wrongly is not missing. What begins after the list's
date does not end on it: it may have been sold since the list was made."""
