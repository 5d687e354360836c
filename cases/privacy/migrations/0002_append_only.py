"""The access log only grows (E1): the application's role may add and read, and triggers refuse everybody else.

Rights are taken from every role but the owner, whatever the application's role is called. The triggers
stop the owner too, until the owner switches them off on purpose (which is a change of the schema).
"""

from django.db import migrations

CREATE = """
DO $$
DECLARE
  role text;
BEGIN
  FOR role IN
    SELECT DISTINCT grantee FROM information_schema.role_table_grants
    WHERE table_schema = current_schema() AND table_name = 'privacy_accesslog' AND grantee <> current_user
  LOOP
    IF role = 'PUBLIC' THEN
      REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON privacy_accesslog FROM PUBLIC;
    ELSE
      EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON privacy_accesslog FROM %I', role);
    END IF;
  END LOOP;
END $$;

CREATE FUNCTION privacy_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the access log only grows: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER access_log_only_grows BEFORE UPDATE OR DELETE ON privacy_accesslog
  FOR EACH ROW EXECUTE FUNCTION privacy_refuse_change();
CREATE TRIGGER access_log_is_never_emptied BEFORE TRUNCATE ON privacy_accesslog
  FOR EACH STATEMENT EXECUTE FUNCTION privacy_refuse_change();
"""

DROP = """
DROP TRIGGER access_log_is_never_emptied ON privacy_accesslog;
DROP TRIGGER access_log_only_grows ON privacy_accesslog;
DROP FUNCTION privacy_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
