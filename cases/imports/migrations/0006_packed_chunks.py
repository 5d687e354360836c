import zlib

from django.db import migrations

# What is packed already is not packed again by the database.
PLAIN = "ALTER TABLE {} ALTER COLUMN data SET STORAGE EXTERNAL"
PACKED = "ALTER TABLE {} ALTER COLUMN data SET STORAGE EXTENDED"
TABLES = ("imports_chunk", "imports_piece")


def pack(apps, schema_editor):
    """Files that came in a moment ago."""
    chunks = apps.get_model("imports", "Chunk").objects
    for key in list(chunks.values_list("pk", flat=True)):
        data = bytes(chunks.values_list("data", flat=True).get(pk=key))
        chunks.filter(pk=key).update(data=zlib.compress(data, 1))


def unpack(apps, schema_editor):
    chunks = apps.get_model("imports", "Chunk").objects
    for key in list(chunks.values_list("pk", flat=True)):
        data = bytes(chunks.values_list("data", flat=True).get(pk=key))
        chunks.filter(pk=key).update(data=zlib.decompress(data))


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0005_delimiter_of_pieces"),
    ]

    operations = [
        *(migrations.RunSQL(PLAIN.format(name), PACKED.format(name)) for name in TABLES),
        migrations.RunPython(pack, unpack),
    ]
