"""What must never be false about a case, kept by the database itself.

`responsibility_complete` (deferred, so that an action may write row after row): every case has a chain of
responsibility that begins with the case, adjoins without a gap, has exactly one open row at its end, and
that row names the person on the case (B5). `case_told` (deferred): from its registration on, a case of a
country whose every case is told, of a place not known yet, of a displeased person, an unusual situation, a
hospital stay or transport has its escalation (C5); and escalations are never deleted.
"""

from django.db import migrations

RESPONSIBILITY = """
CREATE FUNCTION casework_check_responsibility(checked bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    the_case record;
    faults bigint;
BEGIN
    SELECT opened_at, responsible_id INTO the_case FROM casework_case WHERE id = checked;
    IF NOT FOUND THEN RETURN; END IF;
    SELECT count(*) INTO faults FROM (
        SELECT since, until, employee_id,
               lag(until) OVER w AS before, lead(since) OVER w AS after,
               row_number() OVER w AS place
        FROM casework_responsibility WHERE case_id = checked
        WINDOW w AS (ORDER BY since)
    ) AS chain
    WHERE (place = 1 AND since <> the_case.opened_at)
       OR (place > 1 AND before IS DISTINCT FROM since)
       OR (after IS NULL AND (until IS NOT NULL OR employee_id <> the_case.responsible_id));
    IF faults > 0 OR NOT EXISTS (SELECT 1 FROM casework_responsibility WHERE case_id = checked) THEN
        RAISE EXCEPTION 'case % has no complete chain of responsibility', checked
            USING ERRCODE = 'check_violation', CONSTRAINT = 'responsibility_complete';
    END IF;
END $$;

CREATE FUNCTION casework_case_responsible() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM casework_check_responsibility(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION casework_responsibility_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM casework_check_responsibility(OLD.case_id); END IF;
    IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.case_id <> OLD.case_id) THEN
        PERFORM casework_check_responsibility(NEW.case_id);
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER responsibility_complete_new AFTER INSERT ON casework_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casework_case_responsible();
CREATE CONSTRAINT TRIGGER responsibility_complete_case AFTER UPDATE OF responsible_id, opened_at ON casework_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casework_case_responsible();
CREATE CONSTRAINT TRIGGER responsibility_complete_row AFTER INSERT OR UPDATE OR DELETE ON casework_responsibility
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casework_responsibility_changed();
"""

TOLD = """
CREATE FUNCTION casework_check_told(checked bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    c record;
    missing text;
BEGIN
    SELECT a.id, a.status, a.country_id, a.displeased, a.unusual, coalesce(k.told, false) AS told
      INTO c FROM casework_case a LEFT JOIN insurance_country k ON k.code = a.country_id WHERE a.id = checked;
    IF NOT FOUND OR c.status IN ('draft', 'cancelled', 'declined', 'closed') THEN RETURN; END IF;
    SELECT wanted.reason INTO missing FROM (
        SELECT 'country' AS reason, c.country_id::text AS subject WHERE c.told
        UNION ALL SELECT 'unusual', 'place' WHERE c.country_id IS NULL
        UNION ALL SELECT 'complaint', 'displeased' WHERE c.displeased
        UNION ALL SELECT 'unusual', 'text:%' WHERE c.unusual <> ''
        UNION ALL SELECT k.escalation, s.id::text
            FROM casework_caseservice s JOIN insurance_servicekind k ON k.code = s.kind_id
            WHERE s.case_id = checked AND s.state <> 'cancelled' AND k.escalation <> ''
              AND (NOT k.abroad_only OR c.country_id IS DISTINCT FROM 'UA')
    ) AS wanted
    WHERE NOT EXISTS (
        SELECT 1 FROM casework_escalation e
        WHERE e.case_id = checked AND e.reason = wanted.reason AND e.subject LIKE wanted.subject
    ) LIMIT 1;
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'case % is not told: %', checked, missing
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_told';
    END IF;
END $$;

CREATE FUNCTION casework_case_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM casework_check_told(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION casework_service_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM casework_check_told(NEW.case_id);
    RETURN NULL;
END $$;

CREATE FUNCTION casework_escalation_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an escalation is never erased'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'escalation_stays';
END $$;

CREATE CONSTRAINT TRIGGER case_told_new AFTER INSERT ON casework_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casework_case_told();
CREATE CONSTRAINT TRIGGER case_told_case AFTER UPDATE OF status, country_id, displeased, unusual ON casework_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casework_case_told();
CREATE CONSTRAINT TRIGGER case_told_service AFTER INSERT OR UPDATE ON casework_caseservice
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casework_service_told();
CREATE TRIGGER escalation_stays BEFORE DELETE ON casework_escalation
    FOR EACH ROW EXECUTE FUNCTION casework_escalation_stays();
"""

UNDO = """
DROP TRIGGER responsibility_complete_new ON casework_case;
DROP TRIGGER responsibility_complete_case ON casework_case;
DROP TRIGGER responsibility_complete_row ON casework_responsibility;
DROP TRIGGER case_told_new ON casework_case;
DROP TRIGGER case_told_case ON casework_case;
DROP TRIGGER case_told_service ON casework_caseservice;
DROP TRIGGER escalation_stays ON casework_escalation;
DROP FUNCTION casework_case_responsible(), casework_responsibility_changed(), casework_case_told(),
    casework_service_told(), casework_escalation_stays(),
    casework_check_responsibility(bigint), casework_check_told(bigint);
"""


class Migration(migrations.Migration):
    """Triggers, after the tables."""

    dependencies = [("casework", "0002_relations")]

    operations = [migrations.RunSQL(RESPONSIBILITY + TOLD, UNDO)]
