"""An order is never deleted, and what was signed stays as it was signed (A3).

The application's role has no right to delete or empty the table; triggers stop everybody else. A signed
order moves only forward through its states; of its facts only those of its effect are written later.
"""

from django.db import migrations

CREATE = """
DO $$
DECLARE
  role text;
BEGIN
  FOR role IN
    SELECT DISTINCT grantee FROM information_schema.role_table_grants
    WHERE table_schema = current_schema() AND table_name = 'employees_order' AND grantee <> current_user
  LOOP
    IF role = 'PUBLIC' THEN
      REVOKE DELETE, TRUNCATE, REFERENCES, TRIGGER ON employees_order FROM PUBLIC;
    ELSE
      EXECUTE format('REVOKE DELETE, TRUNCATE, REFERENCES, TRIGGER ON employees_order FROM %I', role);
    END IF;
  END LOOP;
END $$;

CREATE FUNCTION employees_keep_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  fault text;
BEGIN
  fault := CASE
    WHEN TG_OP <> 'UPDATE' THEN 'order_is_not_deleted'
    WHEN OLD.state <> NEW.state AND NOT (OLD.state, NEW.state) IN (
      ('proposed', 'waiting'), ('proposed', 'declined'), ('proposed', 'withdrawn'),
      ('waiting', 'in_force'), ('waiting', 'revoked'), ('in_force', 'revoked')
    ) THEN 'order_moves_forward'
    WHEN OLD.kind <> NEW.kind OR OLD.revokes_id IS DISTINCT FROM NEW.revokes_id
      OR OLD.proposed_by_id IS DISTINCT FROM NEW.proposed_by_id
      OR OLD.employee_id IS NOT NULL AND OLD.employee_id IS DISTINCT FROM NEW.employee_id
      THEN 'order_is_not_rewritten'
    WHEN OLD.number <> '' AND (
      OLD.number, OLD.signed_on, OLD.subject, OLD.values, OLD.note, OLD.effective_at, OLD.issued_by_id,
      OLD.issued_at, OLD.wording
    ) IS DISTINCT FROM (
      NEW.number, NEW.signed_on, NEW.subject, NEW.values, NEW.note, NEW.effective_at, NEW.issued_by_id,
      NEW.issued_at, NEW.wording
    ) THEN 'order_is_not_rewritten'
  END;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'order: %', fault USING ERRCODE = '23514', CONSTRAINT = fault;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER order_is_kept BEFORE UPDATE OR DELETE ON employees_order
  FOR EACH ROW EXECUTE FUNCTION employees_keep_order();
CREATE TRIGGER orders_are_never_emptied BEFORE TRUNCATE ON employees_order
  FOR EACH STATEMENT EXECUTE FUNCTION employees_keep_order();
"""

DROP = """
DROP TRIGGER orders_are_never_emptied ON employees_order;
DROP TRIGGER order_is_kept ON employees_order;
DROP FUNCTION employees_keep_order();
"""


class Migration(migrations.Migration):
    dependencies = [("employees", "0004_orders")]
    operations = [migrations.RunSQL(CREATE, DROP)]
