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

POLICIES_RESTORED = f"""
    UPDATE insurance_policy AS p SET ({listed("", TERMS)}) = ROW({listed("b.", TERMS)})
    FROM (
        SELECT DISTINCT ON (policy_id) policy_id, policy_before FROM imports_entry
        WHERE batch_id = %(batch)s AND bucket = %(bucket)s AND policy_before IS NOT NULL ORDER BY policy_id, id
    ) AS e, jsonb_populate_record(NULL::insurance_policy, e.policy_before) AS b
    WHERE p.id = e.policy_id
"""

PERSONS_RESTORED = f"""
    UPDATE insurance_insuredperson AS q SET ({listed("", WORDS)}) = ROW({listed("b.", WORDS)})
    FROM (
        SELECT DISTINCT ON (person_id) person_id, person_before FROM imports_entry
        WHERE batch_id = %(batch)s AND bucket = %(bucket)s AND person_before IS NOT NULL ORDER BY person_id, id
    ) AS e, jsonb_populate_record(NULL::insurance_insuredperson, e.person_before) AS b
    WHERE q.id = e.person_id
"""
