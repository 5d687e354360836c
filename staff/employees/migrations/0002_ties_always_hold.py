"""An employed operator always has exactly one senior manager, who is one (JD I.5, A2).

Asked at the end of the transaction: an appointment writes the person first and the tie after.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION employees_tie_fault(who bigint) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN e.role = 'operator' AND e.dismissed_at IS NULL AND NOT EXISTS (
      SELECT FROM employees_subordination s WHERE s.employee_id = who AND s.until IS NULL
    ) THEN 'operator_has_a_senior'
    WHEN (e.role <> 'senior' OR e.dismissed_at IS NOT NULL) AND EXISTS (
      SELECT FROM employees_subordination s WHERE s.senior_id = who AND s.until IS NULL
    ) THEN 'team_has_a_senior'
    WHEN e.dismissed_at IS NOT NULL AND EXISTS (
      SELECT FROM employees_subordination s WHERE s.employee_id = who AND s.until IS NULL
    ) THEN 'dismissed_reports_to_nobody'
  END
  FROM employees_employee e WHERE e.id = who
$$;

CREATE FUNCTION employees_check_ties() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  who bigint;
  fault text;
BEGIN
  FOREACH who IN ARRAY CASE TG_TABLE_NAME
    WHEN 'employees_employee' THEN ARRAY[(to_jsonb(NEW) ->> 'id')::bigint]
    ELSE array_remove(ARRAY[
      (to_jsonb(NEW) ->> 'employee_id')::bigint, (to_jsonb(NEW) ->> 'senior_id')::bigint,
      (to_jsonb(OLD) ->> 'employee_id')::bigint, (to_jsonb(OLD) ->> 'senior_id')::bigint
    ], NULL)
  END LOOP
    fault := employees_tie_fault(who);
    IF fault IS NOT NULL THEN
      RAISE EXCEPTION 'employee %: %', who, fault USING ERRCODE = '23514', CONSTRAINT = fault;
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER employee_ties_hold AFTER INSERT OR UPDATE ON employees_employee
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION employees_check_ties();
CREATE CONSTRAINT TRIGGER subordination_ties_hold AFTER INSERT OR UPDATE OR DELETE ON employees_subordination
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION employees_check_ties();
"""

DROP = """
DROP TRIGGER subordination_ties_hold ON employees_subordination;
DROP TRIGGER employee_ties_hold ON employees_employee;
DROP FUNCTION employees_check_ties();
DROP FUNCTION employees_tie_fault(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("employees", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
