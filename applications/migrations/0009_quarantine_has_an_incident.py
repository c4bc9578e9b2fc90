"""Ask that every file in quarantine has its incident."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0008_quarantine_and_page_pictures")]

    operations = [
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "quarantined"), _negated=True), ("incident__isnull", False), _connector="OR"
                ),
                name="attachment_closed_by_incident",
            ),
        ),
    ]
