"""Which kinds of help say nothing of a person's health (design: security, «person: health data»)."""

from django.db import migrations, models

NOT_MEDICAL = ("interpreter", "legal", "documents", "luggage", "roadside")


def mark(apps, schema_editor):
    apps.get_model("insurance", "ServiceKind").objects.filter(code__in=NOT_MEDICAL).update(medical=False)


class Migration(migrations.Migration):
    dependencies = [("insurance", "0004_all_currencies")]
    operations = [
        migrations.AddField("servicekind", "medical", models.BooleanField(default=True)),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
