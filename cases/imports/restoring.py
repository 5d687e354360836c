"""What a list has changed becomes what it was, as statements over the journal. Parameters are those of `statements`."""

from __future__ import annotations

from cases.imports.statements import TERMS, WORDS, listed

LINKS_RESTORED = """
    UPDATE insurance_policyperson AS n SET ended_on = (e.link_before ->> 'ended_on')::date
    FROM (
        SELECT DISTINCT ON (policy_id, person_id) policy_id, person_id, link_before FROM imports_entry
        WHERE batch_id = %(batch)s AND bucket = %(bucket)s AND link_before IS NOT NULL
        ORDER BY policy_id, person_id, id
    ) AS e
    WHERE n.policy_id = e.policy_id AND n.person_id = e.person_id
"""

_POLICIES = """
    FROM (
        SELECT DISTINCT ON (policy_id) policy_id, policy_before FROM imports_entry
        WHERE batch_id = %(batch)s AND bucket = %(bucket)s AND policy_before IS NOT NULL ORDER BY policy_id, id
    ) AS e JOIN insurance_policy AS p ON p.id = e.policy_id
    CROSS JOIN LATERAL jsonb_populate_record(p, e.policy_before) AS b
"""
_STAYS = """(b.valid_from <> p.valid_from AND EXISTS (
        SELECT 1 FROM insurance_policy AS o
        WHERE o.number_key = p.number_key AND o.insurer_id = p.insurer_id AND o.valid_from = b.valid_from
    ))"""
"""Another policy has its number and its beginning by now: that of a later list, which a case refers to."""

COUNTED_STAYING = f"SELECT count(*) {_POLICIES} WHERE {_STAYS} AND NOT p.id = ANY(%(kept)s)"
POLICIES_RESTORED = f"""
    WITH was AS MATERIALIZED (
        SELECT p.id, {listed("b.", TERMS)} {_POLICIES} WHERE NOT {_STAYS} ORDER BY p.id FOR NO KEY UPDATE OF p
    )
    UPDATE insurance_policy AS p SET ({listed("", TERMS)}) = ROW({listed("was.", TERMS)}) FROM was WHERE p.id = was.id
"""

PERSONS_RESTORED = f"""
    UPDATE insurance_insuredperson AS q SET ({listed("", WORDS)}) = ROW({listed("b.", WORDS)})
    FROM (
        SELECT DISTINCT ON (person_id) person_id, person_before FROM imports_entry
        WHERE batch_id = %(batch)s AND bucket = %(bucket)s AND person_before IS NOT NULL ORDER BY person_id, id
    ) AS e, jsonb_populate_record(NULL::insurance_insuredperson, e.person_before) AS b
    WHERE q.id = e.person_id
"""
