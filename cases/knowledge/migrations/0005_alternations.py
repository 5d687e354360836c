from importlib import import_module

from django.db import migrations

INDEX_ANEW = import_module("cases.knowledge.migrations.0004_more_forms").index_anew
"""Words are found by still more forms («дні» by «день», «походу» by «похід»)."""


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0004_more_forms"),
    ]

    operations = [
        migrations.RunPython(INDEX_ANEW, migrations.RunPython.noop),
    ]
