"""The Ukrainian sort function: needed before the first table that uses it."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations

CREATE = """
CREATE FUNCTION uk_key(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT translate(
    lower(t COLLATE "pg_c_utf8"),
    'абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэъё''’ʼ',
    'ꀀꀁꀂꀃꀄꀅꀆꀇꀈꀉꀊꀋꀌꀍꀎꀏꀐꀑꀒꀓꀔꀕꀖꀗꀘꀙꀚꀛꀜꀝꀞꀟꀠꀡꀢꀣꀤ'
  ) COLLATE "C"
$$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(CREATE, "DROP FUNCTION uk_key(text)"),
    ]
