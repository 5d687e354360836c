"""Every currency of ISO 4217 that is money somewhere: one without a rate counts as above the threshold."""

import csv
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).resolve().parent.parent / "reference" / "currencies.csv"


def load(apps, schema_editor):
    model = apps.get_model("insurance", "Currency")
    with FILE.open(encoding="utf-8", newline="") as file:
        model.objects.bulk_create(
            [model(code=row["code"]) for row in csv.DictReader(file)], ignore_conflicts=True
        )


class Migration(migrations.Migration):
    dependencies = [("insurance", "0003_reference_data")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
