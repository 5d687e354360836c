"""The rules that each programme has had become its first edition, in force from the beginning."""

from datetime import UTC, datetime

from django.db import migrations

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def begin(apps, schema_editor):
    programme = apps.get_model("insurance", "Programme")
    edition = apps.get_model("insurance", "Edition")
    cover = apps.get_model("insurance", "Cover")
    for row in programme.objects.all():
        first = edition.objects.create(programme=row, number=1, begun_at=BEGINNING, published_at=BEGINNING)
        cover.objects.filter(programme=row).update(edition=first)


class Migration(migrations.Migration):
    dependencies = [("insurance", "0009_editions")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
