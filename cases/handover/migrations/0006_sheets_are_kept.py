"""A signed hand-over sheet stays as it was signed: its fingerprint is true, nobody changes or removes it (ADR 0017).

The application's role has no right to change a row; the triggers stop everybody else.
"""

from django.db import migrations

CREATE = """
DO $$
DECLARE
  role text;
BEGIN
  FOR role IN
    SELECT DISTINCT grantee FROM information_schema.role_table_grants
    WHERE table_schema = current_schema() AND table_name = 'handover_signedsheet' AND grantee <> current_user
  LOOP
    IF role = 'PUBLIC' THEN
      REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON handover_signedsheet FROM PUBLIC;
    ELSE
      EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON handover_signedsheet FROM %I', role);
    END IF;
  END LOOP;
END $$;

ALTER TABLE handover_signedsheet ADD CONSTRAINT sheet_fingerprint_is_true CHECK (
  content_hash = encode(sha256(convert_to(text, 'UTF8')), 'hex')
);

CREATE FUNCTION handover_keep_sheet() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'handover: sheet_is_final' USING ERRCODE = '23514', CONSTRAINT = 'sheet_is_final';
END $$;

CREATE TRIGGER sheet_is_kept BEFORE UPDATE OR DELETE ON handover_signedsheet
  FOR EACH ROW EXECUTE FUNCTION handover_keep_sheet();
CREATE TRIGGER sheets_are_never_emptied BEFORE TRUNCATE ON handover_signedsheet
  FOR EACH STATEMENT EXECUTE FUNCTION handover_keep_sheet();
"""

DROP = """
DROP TRIGGER sheets_are_never_emptied ON handover_signedsheet;
DROP TRIGGER sheet_is_kept ON handover_signedsheet;
DROP FUNCTION handover_keep_sheet();
ALTER TABLE handover_signedsheet DROP CONSTRAINT sheet_fingerprint_is_true;
"""


class Migration(migrations.Migration):
    dependencies = [("handover", "0005_signed_sheets")]
    operations = [migrations.RunSQL(CREATE, DROP)]
