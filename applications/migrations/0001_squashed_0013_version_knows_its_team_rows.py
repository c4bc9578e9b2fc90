"""Every table as it stands, made at once: the migrations that it replaces go when no database needs them."""

import applications.models.search
import applications.postgres
import core.clock
import core.documents.models
import core.files.kinds
import core.money
import core.people.identifiers
import core.people.models
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("applications", "0001_initial"),
        ("applications", "0002_return_names_questions"),
        ("applications", "0003_ready_invitations_and_reminders"),
        ("applications", "0004_attachment_kinds_and_codes"),
        ("applications", "0005_field_history"),
        ("applications", "0006_search_texts_and_saved_views"),
        ("applications", "0007_staff_ask_applicants_answer"),
        ("applications", "0008_quarantine_and_page_pictures"),
        ("applications", "0009_quarantine_has_an_incident"),
        ("applications", "0010_screening_desk"),
        ("applications", "0011_teams_take_over_profiles"),
        ("applications", "0012_owner_changes"),
        ("applications", "0013_version_knows_its_team_rows"),
    ]

    initial = True

    dependencies = [
        ("core", "0001_squashed_0006_language_of_letters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("fund", "0001_squashed_0007_paper_of_the_fund"),
    ]

    operations = [
        migrations.RunPython(
            code=applications.postgres.configure,
            reverse_code=applications.postgres.unconfigure,
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("eligible", "Eligible"),
                            ("ineligible", "Ineligible"),
                            ("in_review", "In Review"),
                            ("recommended", "Recommended"),
                            ("decided", "Decided"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("reference", models.CharField(max_length=30, null=True, unique=True)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("summary", models.TextField(blank=True)),
                ("host_name", models.CharField(blank=True, max_length=300)),
                ("country", models.CharField(blank=True, max_length=2, validators=[core.people.models.check_country])),
                ("amount", core.money.MoneyField(blank=True, decimal_places=3, max_digits=18, null=True)),
                ("months", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("investigator_name", models.CharField(blank=True, max_length=200)),
                ("started_at", models.DateTimeField(default=core.clock.now)),
                ("changed_at", models.DateTimeField(default=core.clock.now)),
                ("ready_at", models.DateTimeField(blank=True, null=True)),
                ("quiz_answers", models.JSONField(blank=True, default=dict)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("open_questions", models.JSONField(blank=True, default=list)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawal_reason", models.TextField(blank=True)),
                ("editors_may_submit", models.BooleanField(default=False)),
                ("budget_revision", models.PositiveIntegerField(default=0)),
                ("outcome_released_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=10)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="fund.call"
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="applications.application",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="core.organisation",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="fund.theme",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["call", "state"], name="application_call_id_7f2f89_idx"),
                    models.Index(fields=["call", "-submitted_at"], name="application_call_id_52a86e_idx"),
                    models.Index(fields=["call", "theme"], name="application_call_id_33e8bc_idx"),
                    models.Index(fields=["call", "country"], name="application_call_id_844e1c_idx"),
                    models.Index(fields=["call", "amount"], name="application_call_id_6ea091_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("outcome_released_at", None)),
                            models.Q(models.Q(("outcome", ""), _negated=True), ("outcome_released_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="application_outcome_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount", None), ("amount__gte", 0), _connector="OR"),
                        name="application_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True),
                            ("withdrawn_at__isnull", False),
                            _connector="OR",
                        ),
                        name="application_withdrawn_has_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("call", "started_by"),
                        name="application_one_draft_each",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApplicationVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("content", models.JSONField()),
                ("team_rows", models.JSONField(default=list)),
                ("has_content_note", models.BooleanField(default=False)),
                ("sha256", models.CharField(max_length=64)),
                ("submitted_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="applications.application",
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.formversion"
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("application", "number"), name="version_number_once")],
            },
        ),
        migrations.AddField(
            model_name="application",
            name="current",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="applications.applicationversion",
            ),
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(default=core.documents.models.new_code, max_length=20, unique=True)),
                ("question", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[("pdf", "PDF"), ("docx", "DOCX"), ("xlsx", "XLSX"), ("csv", "CSV")],
                        default=core.files.kinds.Kind["PDF"],
                        max_length=4,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=20)),
                ("path", models.CharField(max_length=200)),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("pages", models.PositiveIntegerField(default=0)),
                ("attested", models.BooleanField(default=False)),
                (
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
                ("pictured_at", models.DateTimeField(blank=True, null=True)),
                ("added_at", models.DateTimeField(default=core.clock.now)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["application", "question"], name="application_applica_5b8312_idx")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("attested", True)), name="attachment_attested")
                ],
            },
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
                "constraints": [models.UniqueConstraint(fields=("attachment", "number"), name="attachment_page_once")],
            },
        ),
        migrations.CreateModel(
            name="BudgetLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("category", models.CharField(max_length=40)),
                ("description", models.CharField(max_length=300)),
                ("year", models.PositiveSmallIntegerField(default=1)),
                ("amount", core.money.MoneyField(decimal_places=3, max_digits=18)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="budget_lines",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "ordering": ["year", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="budget_line_amount"),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1), ("year__lte", 10)), name="budget_line_year"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallInvitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("invited_at", models.DateTimeField(default=core.clock.now)),
                ("declined_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations_on",
                        to="applications.application",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="fund.call"
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["email"], name="application_email_864112_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("call", "email"),
                        name="invitation_stands_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChecklistItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=200)),
                ("position", models.PositiveSmallIntegerField()),
                ("is_retired", models.BooleanField(default=False)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="checklist", to="fund.call"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [models.UniqueConstraint(fields=("call", "text"), name="checklist_text_once")],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField()),
                ("reason", models.CharField(max_length=300)),
                ("given_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extensions",
                        to="applications.application",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("given_at"))), name="extension_is_later"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HostSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("name", models.CharField(max_length=200)),
                ("capacity", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("signed_at", models.DateTimeField()),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signatures",
                        to="applications.application",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)), fields=("application",), name="signature_stands_once"
                    )
                ],
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "released"), _negated=True),
                        fields=("sha256",),
                        name="incident_once_standing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_by_scanner", False), ("opened_by", None), _connector="OR"),
                        name="incident_opened_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "handed_over"]), ("settled_at__isnull", False), _connector="OR"
                        ),
                        name="incident_settled_has_time",
                    ),
                ],
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
        migrations.CreateModel(
            name="Inquiry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.TextField()),
                ("due_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("shared_at", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inquiries",
                        to="applications.application",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "inquiries",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["application", "answered_at"], name="application_applica_0d2eaf_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="inquiry_answer_has_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Label",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("tag", "Tag"), ("flag", "Flag")], max_length=4)),
                ("word", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=60)),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="labels",
                        to="fund.call",
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="labels", to="fund.fund"
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "word"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("call__isnull", False)),
                        fields=("call", "kind", "key"),
                        name="label_of_call_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("call__isnull", True)),
                        fields=("fund", "kind", "key"),
                        name="label_of_fund_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Labelling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("put_at", models.DateTimeField(default=core.clock.now)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="labellings",
                        to="applications.application",
                    ),
                ),
                (
                    "label",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="labellings", to="applications.label"
                    ),
                ),
                (
                    "put_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["label__kind", "label__word"],
                "constraints": [models.UniqueConstraint(fields=("application", "label"), name="label_once")],
            },
        ),
        migrations.CreateModel(
            name="Likeness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("same_investigator", models.BooleanField(default=False)),
                ("same_title", models.BooleanField(default=False)),
                ("overlap", models.PositiveSmallIntegerField(default=0)),
                ("found_at", models.DateTimeField()),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="applications.application"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="applications.application"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "likenesses",
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="likeness_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="likeness_in_order"
                    ),
                    models.CheckConstraint(condition=models.Q(("overlap__lte", 100)), name="likeness_overlap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audience",
                    models.CharField(
                        choices=[("staff", "The fund’s staff"), ("panel", "The panel’s reviewers of it, and staff")],
                        max_length=8,
                    ),
                ),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField(default=core.clock.now)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="applications.application"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["written_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="OwnerChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="owner_changes",
                        to="applications.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "former",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("days", models.PositiveSmallIntegerField()),
                ("deadline", models.DateTimeField()),
                ("sent_at", models.DateTimeField(default=core.clock.now)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("application", "days", "deadline"), name="reminder_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("address", models.CharField(max_length=1500)),
                ("is_shared", models.BooleanField(default=False)),
                ("kept_at", models.DateTimeField(default=core.clock.now)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="saved_views", to="fund.call"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": [django.db.models.functions.text.Lower("name"), "pk"],
                "constraints": [models.UniqueConstraint(fields=("call", "owner", "name"), name="saved_view_name_once")],
            },
        ),
        migrations.CreateModel(
            name="Screening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("eligible", "Eligible"),
                            ("ineligible", "Not eligible"),
                            ("returned", "Returned for correction"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("scope", "Outside the scope of the call"),
                            ("organisation", "The organisation cannot receive a grant"),
                            ("amount", "The budget does not follow the rules"),
                            ("safeguarding", "No credible plan to keep people safe"),
                            ("illegal", "Plans to handle material that may not be handled"),
                            ("incomplete", "Essential parts are missing"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("asked", models.JSONField(blank=True, default=list)),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("screened_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="screenings",
                        to="applications.application",
                    ),
                ),
                (
                    "screened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("investigator", "Principal investigator"),
                            ("co_investigator", "Co-investigator"),
                            ("partner", "Project partner"),
                            ("signatory", "Signatory of the host organisation"),
                            ("other", "Other"),
                        ],
                        default="co_investigator",
                        max_length=16,
                    ),
                ),
                (
                    "access",
                    models.CharField(
                        choices=[
                            ("owner", "Owner: writes, invites and submits"),
                            ("editor", "Editor: writes"),
                            ("viewer", "Viewer: reads"),
                            ("signatory", "Signatory: reads, and signs for the host organisation"),
                            ("none", "Named only"),
                        ],
                        default="none",
                        max_length=9,
                    ),
                ),
                ("organisation_name", models.CharField(blank=True, max_length=300)),
                (
                    "orcid",
                    models.CharField(
                        blank=True,
                        max_length=19,
                        validators=[core.people.identifiers.check_orcid],
                        verbose_name="ORCID iD",
                    ),
                ),
                ("orcid_verified", models.BooleanField(default=False)),
                ("cv", models.JSONField(blank=True, default=dict)),
                ("invited_at", models.DateTimeField(blank=True, null=True)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="team", to="applications.application"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teams",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["user", "application"], name="application_user_id_64f68a_idx"),
                    models.Index(fields=["email"], name="application_email_d88e53_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("user__isnull", False)),
                        fields=("application", "user"),
                        name="team_person_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("access", "owner")), fields=("application",), name="team_one_owner"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("part", "investigator")),
                        fields=("application",),
                        name="team_one_investigator",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TextBand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.BigIntegerField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="applications.application"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["value"], name="application_value_afc6af_idx")],
            },
        ),
        migrations.CreateModel(
            name="Tick",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(
                        choices=[("met", "Yes"), ("not_met", "No"), ("not_applicable", "Not applicable")], max_length=14
                    ),
                ),
                ("ticked_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ticks", to="applications.application"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ticks",
                        to="applications.checklistitem",
                    ),
                ),
                (
                    "ticked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["item__position", "pk"],
                "constraints": [models.UniqueConstraint(fields=("application", "item"), name="tick_once")],
            },
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "application",
                    models.OneToOneField(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_text",
                        serialize=False,
                        to="applications.application",
                    ),
                ),
                ("open_text", models.TextField()),
                ("naming_text", models.TextField()),
                ("title_text", models.CharField(max_length=600)),
                ("investigator_text", models.CharField(max_length=400)),
                ("host_text", models.CharField(max_length=600)),
                (
                    "open_words",
                    models.GeneratedField(
                        db_persist=True,
                        expression=applications.models.search.Lexemes("open_text"),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "naming_words",
                    models.GeneratedField(
                        db_persist=True,
                        expression=applications.models.search.Lexemes("naming_text"),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["title_text"], name="application_title_t_fe5a27_idx")],
            },
        ),
        migrations.CreateModel(
            name="AnswerRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60)),
                ("revision", models.PositiveIntegerField()),
                ("value", models.JSONField(default=str)),
                ("begun_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answer_revisions",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "ordering": ["-revision"],
                "constraints": [
                    models.UniqueConstraint(fields=("application", "key", "revision"), name="answer_revision_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60)),
                ("value", models.JSONField(default=str)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField(default=core.clock.now)),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("application", "key"), name="answer_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    ("state", "withdrawn"),
                    models.Q(("current__isnull", False), ("reference__isnull", False), ("submitted_at__isnull", False)),
                    _connector="OR",
                ),
                name="application_submitted_has_reference",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "quarantined"), _negated=True), ("incident__isnull", False), _connector="OR"
                ),
                name="attachment_closed_by_incident",
            ),
        ),
        migrations.RunPython(
            code=applications.postgres.make_indexes,
            reverse_code=applications.postgres.drop_indexes,
        ),
    ]
