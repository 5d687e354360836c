"""A published edition of the rules stays as it was, with its tables: another one follows it.

Whoever writes an edition and its tables in one transaction is not disturbed: nobody else has read it yet.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION insurance_refuse(fault text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'insurance: %', fault USING ERRCODE = '23514', CONSTRAINT = fault;
END $$;

-- Published by another transaction: of our own, savepoints included, the writing is still in progress.
-- The row is held meanwhile, so that nobody publishes it in between.
CREATE FUNCTION insurance_is_final(edition bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  ours bigint := pg_current_xact_id()::text::bigint;
  published boolean;
  written bigint;
BEGIN
  SELECT published_at IS NOT NULL, xmin::text::bigint INTO published, written
  FROM insurance_edition WHERE id = edition FOR SHARE;
  IF published IS NOT TRUE THEN
    RETURN false;
  END IF;
  -- xmin has 32 bits of the number: the others are those of ours.
  RETURN pg_xact_status(((ours & ~4294967295) | written)::text::xid8) IS DISTINCT FROM 'in progress';
EXCEPTION WHEN invalid_parameter_value THEN
  RETURN true;  -- a number of the epoch before, which seems to lie ahead
END $$;

CREATE FUNCTION insurance_keep_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.published_at IS NOT NULL AND insurance_is_final(OLD.id) THEN
    PERFORM insurance_refuse('edition_is_final');
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION insurance_keep_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND insurance_is_final(OLD.edition_id)
     OR TG_OP <> 'DELETE' AND insurance_is_final(NEW.edition_id)
  THEN
    PERFORM insurance_refuse('edition_is_final');
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER edition_is_kept BEFORE UPDATE OR DELETE ON insurance_edition
  FOR EACH ROW EXECUTE FUNCTION insurance_keep_edition();
CREATE TRIGGER cover_is_kept BEFORE INSERT OR UPDATE OR DELETE ON insurance_cover
  FOR EACH ROW EXECUTE FUNCTION insurance_keep_lines();
CREATE TRIGGER exclusion_is_kept BEFORE INSERT OR UPDATE OR DELETE ON insurance_exclusion
  FOR EACH ROW EXECUTE FUNCTION insurance_keep_lines();
"""

DROP = """
DROP TRIGGER exclusion_is_kept ON insurance_exclusion;
DROP TRIGGER cover_is_kept ON insurance_cover;
DROP TRIGGER edition_is_kept ON insurance_edition;
DROP FUNCTION insurance_keep_lines();
DROP FUNCTION insurance_keep_edition();
DROP FUNCTION insurance_is_final(bigint);
DROP FUNCTION insurance_refuse(text);
"""


class Migration(migrations.Migration):
    dependencies = [("insurance", "0012_fewer_indexes")]
    operations = [migrations.RunSQL(CREATE, DROP)]
