"""What left the house stays written down (E2): the application's role may add disclosures and read them."""

from django.db import migrations

CREATE = """
DO $$
DECLARE
  role text;
BEGIN
  FOR role IN
    SELECT DISTINCT grantee FROM information_schema.role_table_grants
    WHERE table_schema = current_schema() AND table_name = 'privacy_disclosure' AND grantee <> current_user
  LOOP
    IF role = 'PUBLIC' THEN
      REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON privacy_disclosure FROM PUBLIC;
    ELSE
      EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON privacy_disclosure FROM %I', role);
    END IF;
  END LOOP;
END $$;

CREATE TRIGGER disclosures_only_grow BEFORE UPDATE OR DELETE ON privacy_disclosure
  FOR EACH ROW EXECUTE FUNCTION privacy_refuse_change();
CREATE TRIGGER disclosures_are_never_emptied BEFORE TRUNCATE ON privacy_disclosure
  FOR EACH STATEMENT EXECUTE FUNCTION privacy_refuse_change();
"""

DROP = """
DROP TRIGGER disclosures_are_never_emptied ON privacy_disclosure;
DROP TRIGGER disclosures_only_grow ON privacy_disclosure;
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0006_disclosures")]
    operations = [migrations.RunSQL(CREATE, DROP)]
