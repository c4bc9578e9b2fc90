"""A submitted version keeps the keys of the rows whose people it names."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0012_owner_changes"),
    ]

    operations = [
        migrations.AddField(
            model_name="applicationversion",
            name="team_rows",
            field=models.JSONField(default=list),
        ),
    ]
