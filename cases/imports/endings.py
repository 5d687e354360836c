"""Who ends by a list, as statements over sets: who is missing in a full list, who is named in a list of endings.

Parameters are those of `statements`.
"""

from __future__ import annotations

from cases.imports.statements import FAULT, HERE, TERMS, before

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
    WHERE {HERE}
"""

NOT_IN_FORCE = f"""
    WITH gone AS (
        DELETE FROM imports_line AS l USING imports_matched AS m
        WHERE {HERE} AND l.row = m.row AND (m.policy_id IS NULL OR (m.named AND m.person_id IS NULL))
        RETURNING l.row, l.number_key
    )
    {FAULT} SELECT %(batch)s, row, 'number', 'unknown_policy', '', false, number_key FROM gone
"""

_OTHERS_STAY = "named AND insured > listed"
COUNTED_ENDING = f"""
    SELECT count(DISTINCT policy_id) FILTER (WHERE NOT ({_OTHERS_STAY}))
        + count(DISTINCT person_id) FILTER (WHERE {_OTHERS_STAY}) FROM imports_matched
"""

_ENDED = f"""
    ), now AS (
        SELECT p.id, {before("p.", TERMS)} AS before, said.day
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
