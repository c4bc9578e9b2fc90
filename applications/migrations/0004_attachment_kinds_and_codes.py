"""Attachments get their kind, a note, and an address that cannot be guessed."""

from typing import Any

from django.db import migrations, models

import core.documents.models


def give_codes(apps: Any, schema_editor: Any) -> None:
    Attachment = apps.get_model("applications", "Attachment")
    for attachment in Attachment.objects.filter(code=None).iterator():
        attachment.code = core.documents.models.new_code()
        attachment.save(update_fields=["code"])


class Migration(migrations.Migration):
    dependencies = [("applications", "0003_ready_invitations_and_reminders")]

    operations = [
        migrations.AddField("attachment", "code", models.CharField(max_length=20, null=True)),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        migrations.AlterField(
            "attachment",
            "code",
            models.CharField(default=core.documents.models.new_code, max_length=20, unique=True),
        ),
        migrations.AddField(
            "attachment",
            "kind",
            models.CharField(
                choices=[("pdf", "PDF"), ("docx", "DOCX"), ("xlsx", "XLSX"), ("csv", "CSV")],
                default="pdf",
                max_length=4,
            ),
        ),
        migrations.AddField("attachment", "note", models.CharField(blank=True, max_length=20)),
        migrations.AlterField("attachment", "pages", models.PositiveIntegerField(default=0)),
        migrations.AlterField("attachment", "sha256", models.CharField(db_index=True, max_length=64)),
        migrations.AlterField(
            "attachment",
            "state",
            models.CharField(
                choices=[
                    ("kept", "Not scanned"),
                    ("checking", "Being checked"),
                    ("clean", "Scanned"),
                    ("cleared", "Looked at by the fund"),
                    ("quarantined", "Closed"),
                ],
                default="kept",
                max_length=12,
            ),
        ),
    ]
