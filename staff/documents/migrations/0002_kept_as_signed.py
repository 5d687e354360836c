"""What was ordered, signed or published stays as it was (A4, A5).

- a version that is ordered keeps its text, its title and whom it concerns, and is never deleted;
- its fingerprint is that of its text, and a signature holds the fingerprint of the version that it is under;
- signatures and acknowledgements are added and never changed: the application's role has no right to, and
  triggers stop everybody else.
"""

from django.db import migrations

CREATE = """
DO $$
DECLARE
  role text;
  name text;
BEGIN
  FOR role, name IN
    SELECT DISTINCT grantee, table_name FROM information_schema.role_table_grants
    WHERE table_schema = current_schema()
      AND table_name IN ('documents_signature', 'documents_acknowledgement') AND grantee <> current_user
  LOOP
    IF role = 'PUBLIC' THEN
      EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON %I FROM PUBLIC', name);
    ELSE
      EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON %I FROM %I', name, role);
    END IF;
  END LOOP;
END $$;

ALTER TABLE documents_documentversion
  ADD CONSTRAINT version_concerns_somebody CHECK (
    state = 'draft' OR cardinality(roles) + cardinality(departments) + cardinality(people) > 0
  ),
  ADD CONSTRAINT version_fingerprint_is_true CHECK (
    content_hash = CASE WHEN state = 'draft' THEN ''
      ELSE encode(sha256(convert_to(title || E'\\n\\n' || body || E'\\n', 'UTF8')), 'hex') END
  ),
  ADD CONSTRAINT version_with_its_fingerprint UNIQUE (id, content_hash);
ALTER TABLE documents_signature
  ADD CONSTRAINT signature_is_of_this_text FOREIGN KEY (version_id, content_hash)
    REFERENCES documents_documentversion (id, content_hash);
ALTER TABLE documents_decision
  ADD CONSTRAINT decision_concerns_somebody CHECK (
    cardinality(roles) + cardinality(departments) + cardinality(people) > 0
  );

CREATE FUNCTION documents_refuse(fault text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'documents: %', fault USING ERRCODE = '23514', CONSTRAINT = fault;
END $$;

CREATE FUNCTION documents_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'draft' THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' THEN
    PERFORM documents_refuse('version_is_kept');
  END IF;
  IF (OLD.document_id, OLD.number, OLD.title, OLD.body, OLD.changes, OLD.content_hash, OLD.roles, OLD.departments,
      OLD.people) IS DISTINCT FROM
     (NEW.document_id, NEW.number, NEW.title, NEW.body, NEW.changes, NEW.content_hash, NEW.roles, NEW.departments,
      NEW.people) OR NEW.state = 'draft'
  THEN
    PERFORM documents_refuse('version_text_is_final');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION documents_keep_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL OR
     (OLD.kind, OLD.title, OLD.body, OLD.published_by_id, OLD.published_at, OLD.roles, OLD.departments, OLD.people)
     IS DISTINCT FROM
     (NEW.kind, NEW.title, NEW.body, NEW.published_by_id, NEW.published_at, NEW.roles, NEW.departments, NEW.people)
  THEN
    PERFORM documents_refuse('decision_text_is_final');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION documents_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM documents_refuse('signature_is_final');
  RETURN NULL;
END $$;

CREATE TRIGGER version_is_kept BEFORE UPDATE OR DELETE ON documents_documentversion
  FOR EACH ROW EXECUTE FUNCTION documents_keep_version();
CREATE TRIGGER decision_is_kept BEFORE UPDATE OR DELETE ON documents_decision
  FOR EACH ROW EXECUTE FUNCTION documents_keep_decision();
CREATE TRIGGER signature_is_kept BEFORE UPDATE OR DELETE ON documents_signature
  FOR EACH ROW EXECUTE FUNCTION documents_refuse_change();
CREATE TRIGGER signatures_are_never_emptied BEFORE TRUNCATE ON documents_signature
  FOR EACH STATEMENT EXECUTE FUNCTION documents_refuse_change();
CREATE TRIGGER acknowledgement_is_kept BEFORE UPDATE OR DELETE ON documents_acknowledgement
  FOR EACH ROW EXECUTE FUNCTION documents_refuse_change();
CREATE TRIGGER acknowledgements_are_never_emptied BEFORE TRUNCATE ON documents_acknowledgement
  FOR EACH STATEMENT EXECUTE FUNCTION documents_refuse_change();
"""

DROP = """
DROP TRIGGER acknowledgements_are_never_emptied ON documents_acknowledgement;
DROP TRIGGER acknowledgement_is_kept ON documents_acknowledgement;
DROP TRIGGER signatures_are_never_emptied ON documents_signature;
DROP TRIGGER signature_is_kept ON documents_signature;
DROP TRIGGER decision_is_kept ON documents_decision;
DROP TRIGGER version_is_kept ON documents_documentversion;
DROP FUNCTION documents_refuse_change();
DROP FUNCTION documents_keep_decision();
DROP FUNCTION documents_keep_version();
DROP FUNCTION documents_refuse(text);
ALTER TABLE documents_decision DROP CONSTRAINT decision_concerns_somebody;
ALTER TABLE documents_signature DROP CONSTRAINT signature_is_of_this_text;
ALTER TABLE documents_documentversion
  DROP CONSTRAINT version_with_its_fingerprint,
  DROP CONSTRAINT version_fingerprint_is_true,
  DROP CONSTRAINT version_concerns_somebody;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
