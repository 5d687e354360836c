"""Countries, kinds of help, currencies: see `cases/insurance/reference/README.md` for the sources."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import migrations

REFERENCE = Path(__file__).resolve().parent.parent / "reference"
RATES_ON = date(2026, 11, 20)


def rows(name):
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load(apps, schema_editor):
    model = apps.get_model("insurance", "Country")
    model.objects.bulk_create(model(**row, told=bool(row["told_source"])) for row in rows("countries"))
    model = apps.get_model("insurance", "ServiceKind")
    model.objects.bulk_create(
        model(**{**row, "abroad_only": row["abroad_only"] == "yes"}, position=10 * place)
        for place, row in enumerate(rows("services"), start=1)
    )
    model = apps.get_model("insurance", "Currency")
    model.objects.bulk_create(
        model(code=row["code"], rate_uah=Decimal(row["rate_uah"]), rate_on=RATES_ON)
        if row["rate_uah"]
        else model(code=row["code"])
        for row in rows("currencies")
    )


class Migration(migrations.Migration):
    dependencies = [("insurance", "0002_number_keys")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
