"""Quarantine has a record, and the pages of PDFs have pictures."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def open_incidents(apps: Any, schema_editor: Any) -> None:
    """Give what was in quarantine before there was a record its incident."""
    Attachment = apps.get_model("applications", "Attachment")
    Incident = apps.get_model("applications", "Incident")
    for attachment in Attachment.objects.filter(state="quarantined", incident=None):
        incident, _ = Incident.objects.get_or_create(
            sha256=attachment.sha256,
            defaults={"seen": "Put in quarantine before there was a record.", "opened_at": attachment.added_at},
        )
        attachment.incident = incident
        attachment.save(update_fields=["incident"])


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0007_staff_ask_applicants_answer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="pictured_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="AttachmentPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("path", models.CharField(max_length=200)),
                ("width", models.PositiveSmallIntegerField()),
                ("height", models.PositiveSmallIntegerField()),
                ("text", models.TextField(blank=True)),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="applications.attachment",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("handed_over", "Handed Over"),
                            ("closed", "Closed"),
                            ("released", "Released"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("seen", models.TextField()),
                ("is_by_scanner", models.BooleanField(default=False)),
                ("opened_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_because", models.TextField(blank=True)),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recipient", models.CharField(max_length=200)),
                ("handed_on", models.DateField()),
                ("reference", models.CharField(blank=True, max_length=100)),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="applications.incident",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="attachment",
            name="incident",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="files",
                to="applications.incident",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachmentpage",
            constraint=models.UniqueConstraint(fields=("attachment", "number"), name="attachment_page_once"),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "released"), _negated=True),
                fields=("sha256",),
                name="incident_once_standing",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_by_scanner", False), ("opened_by", None), _connector="OR"),
                name="incident_opened_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["open", "handed_over"]), ("settled_at__isnull", False), _connector="OR"
                ),
                name="incident_settled_has_time",
            ),
        ),
        migrations.RunPython(open_incidents, migrations.RunPython.noop),
    ]
