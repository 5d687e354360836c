import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insurance", "0010_first_editions")]

    operations = [
        migrations.RemoveConstraint(
            model_name="cover",
            name="cover_once_in_a_programme",
        ),
        migrations.RemoveField(
            model_name="cover",
            name="programme",
        ),
        migrations.AlterField(
            model_name="cover",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="covers", to="insurance.edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="cover",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("age_from", None),
                    ("age_to", None),
                    ("age_to__gte", models.F("age_from")),
                    _connector="OR",
                ),
                expressions=[
                    ("edition", "="),
                    ("service", "="),
                    (
                        models.Func(
                            models.F("age_from"),
                            models.F("age_to"),
                            models.Value("[]"),
                            function="int4range",
                            output_field=django.contrib.postgres.fields.ranges.IntegerRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="cover_once_for_an_age",
            ),
        ),
    ]
