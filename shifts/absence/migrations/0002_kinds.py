"""The kinds of absence that a contact centre begins with; the administrator changes them."""

from django.db import migrations

KINDS = (
    # code, українською, in English, somebody must agree, days to bring the certificate
    ("sick", "лікарняний", "sick leave", False, 5),
    ("vacation", "відпустка", "vacation", True, None),
    ("unpaid", "відпустка без збереження зарплати", "unpaid leave", True, None),
    ("study", "навчальна відпустка", "study leave", True, None),
    ("other", "інша поважна причина", "another good reason", True, None),
)


def seed(apps, _schema_editor):
    model = apps.get_model("absence", "AbsenceKind")
    for position, (code, name_uk, name_en, to_agree, days) in enumerate(KINDS, 1):
        model.objects.get_or_create(
            code=code,
            defaults={
                "name_uk": name_uk, "name_en": name_en, "position": position, "to_agree": to_agree,
                "certificate_days": days,
            },
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("absence", "0001_absences")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
