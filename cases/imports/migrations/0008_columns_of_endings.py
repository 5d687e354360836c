from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0007_spared")]

    operations = [
        migrations.AddField(model_name="layout", name="endings", field=models.JSONField(default=dict)),
    ]
