"""What was published stays as it was: its text is final, the days apart; acknowledgements are added, never changed."""

from django.db import migrations

CREATE = """
CREATE FUNCTION knowledge_refuse(fault text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'knowledge: %', fault USING ERRCODE = '23514', CONSTRAINT = fault;
END $$;

CREATE FUNCTION knowledge_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.published_at IS NULL THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' THEN
    PERFORM knowledge_refuse('article_version_is_kept');
  END IF;
  IF (OLD.article_id, OLD.number, OLD.title, OLD.body, OLD.changes, OLD.programmes, OLD.clauses, OLD.services,
      OLD.countries, OLD.published_at, OLD.published_by_id, OLD.since) IS DISTINCT FROM
     (NEW.article_id, NEW.number, NEW.title, NEW.body, NEW.changes, NEW.programmes, NEW.clauses, NEW.services,
      NEW.countries, NEW.published_at, NEW.published_by_id, NEW.since)
  THEN
    PERFORM knowledge_refuse('article_text_is_final');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION knowledge_keep_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM knowledge_refuse('article_receipt_is_final');
  RETURN NULL;
END $$;

CREATE TRIGGER article_version_is_kept BEFORE UPDATE OR DELETE ON knowledge_articleversion
  FOR EACH ROW EXECUTE FUNCTION knowledge_keep_version();
CREATE TRIGGER article_receipt_is_kept BEFORE UPDATE OR DELETE ON knowledge_receipt
  FOR EACH ROW EXECUTE FUNCTION knowledge_keep_receipt();
"""

DROP = """
DROP TRIGGER article_receipt_is_kept ON knowledge_receipt;
DROP TRIGGER article_version_is_kept ON knowledge_articleversion;
DROP FUNCTION knowledge_keep_receipt();
DROP FUNCTION knowledge_keep_version();
DROP FUNCTION knowledge_refuse(text);
"""


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0001_articles")]
    operations = [migrations.RunSQL(CREATE, DROP)]
