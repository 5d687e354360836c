"""The queue of open cases among 200,000 closed ones."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0005_phones_with_an_extension")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("status__in", ("draft", "reported"))),
                fields=["-id"],
                name="case_open_latest",
            ),
        ),
    ]
