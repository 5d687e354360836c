"""What people call a country stands with it, where the administrator edits it: it stood in code."""

import csv
from pathlib import Path

from django.db import migrations, models

CALLED = Path(__file__).resolve().parent.parent / "reference" / "called.csv"


def load(apps, schema_editor):
    model = apps.get_model("insurance", "Country")
    with CALLED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            model.objects.filter(code=row["code"]).update(also_called=row["also_called"])


class Migration(migrations.Migration):
    dependencies = [("insurance", "0019_past_lists_of_territories")]

    operations = [
        migrations.AddField(
            model_name="country",
            name="also_called",
            field=models.CharField(
                blank=True, default="", max_length=300, verbose_name="what else people call it"
            ),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
