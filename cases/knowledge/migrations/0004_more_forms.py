from django.contrib.postgres.search import SearchVector
from django.db import migrations
from django.db.models import Value

from fregat.lib import wordforms


def index_anew(apps, schema_editor):
    """Words are found by more forms: what is published and prepared is found by them too."""
    versions = apps.get_model("knowledge", "ArticleVersion").objects
    for pk, title, clauses, body in versions.values_list("pk", "title", "clauses", "body").iterator(200):
        parts = {"A": title, "B": " ".join(clauses), "C": body}
        vectors = [
            SearchVector(Value(wordforms.indexed(part)), weight=weight, config="simple")
            for weight, part in parts.items()
        ]
        versions.filter(pk=pk).update(words=vectors[0] + vectors[1] + vectors[2])


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0003_reminders"),
    ]

    operations = [
        migrations.RunPython(index_anew, migrations.RunPython.noop),
    ]
