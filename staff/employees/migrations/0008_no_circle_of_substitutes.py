"""No circle of substitutes at any moment (A2): the database's own guard, whoever writes.

The lock makes two writers wait for each other; the question that follows it sees what the other has saved.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION employees_no_circle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  closed boolean;
BEGIN
  PERFORM pg_advisory_xact_lock(7110212);
  WITH RECURSIVE chain (person, since, until) AS (
    SELECT NEW.substitute_id, NEW.since, NEW.until
    UNION
    SELECT s.substitute_id, greatest(c.since, s.since), least(c.until, s.until)
    FROM chain c JOIN employees_substitution s ON s.senior_id = c.person AND s.id <> NEW.id
    WHERE c.person <> NEW.senior_id AND s.since < c.until AND c.since < s.until
  )
  SELECT EXISTS (SELECT FROM chain WHERE person = NEW.senior_id) INTO closed;
  IF closed THEN
    RAISE EXCEPTION 'substitution %: substitution_circle', NEW.id
      USING ERRCODE = '23514', CONSTRAINT = 'substitution_circle';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER substitution_closes_no_circle AFTER INSERT ON employees_substitution
  FOR EACH ROW EXECUTE FUNCTION employees_no_circle();
CREATE TRIGGER substitution_grows_into_no_circle AFTER UPDATE ON employees_substitution
  FOR EACH ROW WHEN (
    NEW.since < OLD.since OR NEW.until > OLD.until
    OR NEW.senior_id <> OLD.senior_id OR NEW.substitute_id <> OLD.substitute_id
  ) EXECUTE FUNCTION employees_no_circle();
"""

DROP = """
DROP TRIGGER substitution_grows_into_no_circle ON employees_substitution;
DROP TRIGGER substitution_closes_no_circle ON employees_substitution;
DROP FUNCTION employees_no_circle();
"""


class Migration(migrations.Migration):
    dependencies = [("employees", "0007_photograph")]
    operations = [migrations.RunSQL(CREATE, DROP)]
