from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0006_packed_chunks")]

    operations = [
        migrations.AddField(model_name="batch", name="spared", field=models.PositiveIntegerField(default=0)),
    ]
