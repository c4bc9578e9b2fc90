"""Every table as it stands, made at once: the migrations that it replaces go when no database needs them."""

import core.clock
import core.documents.models
import core.forms.models
import core.people.identifiers
import core.people.models
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("core", "0001_initial"),
        ("core", "0002_profiles_have_country_and_narrative_cv"),
        ("core", "0003_register_of_letters"),
        ("core", "0004_letters_leave_as_drafts"),
        ("core", "0005_letters_say_what_they_are_about"),
        ("core", "0006_language_of_letters"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("organisation_name", models.CharField(blank=True, max_length=300)),
                ("country", models.CharField(blank=True, max_length=2, validators=[core.people.models.check_country])),
                ("position", models.CharField(blank=True, max_length=200)),
                (
                    "orcid",
                    models.CharField(
                        blank=True,
                        max_length=19,
                        validators=[core.people.identifiers.check_orcid],
                        verbose_name="ORCID iD",
                    ),
                ),
                ("orcid_verified_at", models.DateTimeField(blank=True, null=True)),
                ("cv", models.JSONField(blank=True, default=dict)),
                ("time_zone", models.CharField(blank=True, max_length=60)),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[("en", "English"), ("fr", "Français"), ("es", "Español"), ("ar", "العربية")],
                        max_length=5,
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField(default=core.clock.now)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                        name="user_email_lower",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FormVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("number", models.PositiveIntegerField(default=1)),
                ("content", models.JSONField(validators=[core.forms.models.check_definition])),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("prefix", models.CharField(max_length=8)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tokens", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("actor", models.BigIntegerField(null=True)),
                ("subject_type", models.CharField(max_length=60)),
                ("subject", models.BigIntegerField()),
                ("root_type", models.CharField(max_length=60)),
                ("root", models.BigIntegerField()),
                ("data", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject_type", "subject", "id"], name="core_audite_subject_fe732c_idx"),
                    models.Index(fields=["root_type", "root", "id"], name="core_audite_root_ty_90a2c3_idx"),
                    models.Index(fields=["actor", "id"], name="core_audite_actor_a38c84_idx"),
                    models.Index(fields=["code", "id"], name="core_audite_code_1f57cf_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.BigIntegerField(unique=True)),
                ("digest", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField()),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seal", to="core.auditevent"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("subject_type", models.CharField(blank=True, max_length=60)),
                ("subject", models.BigIntegerField(null=True)),
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
                "verbose_name_plural": "batches",
                "indexes": [
                    models.Index(fields=["subject_type", "subject", "-id"], name="core_batch_subject_7e428a_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_type", models.CharField(max_length=60)),
                ("subject", models.BigIntegerField()),
                ("has_interest", models.BooleanField()),
                ("kinds", models.JSONField(default=list)),
                ("note", models.TextField(blank=True)),
                ("by_system", models.BooleanField(default=False)),
                ("declared_at", models.DateTimeField()),
                (
                    "ruling",
                    models.CharField(
                        blank=True,
                        choices=[("no_action", "No action"), ("observe", "May observe"), ("recused", "Recused")],
                        max_length=10,
                    ),
                ),
                ("ruled_at", models.DateTimeField(null=True)),
                ("ruling_note", models.TextField(blank=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="declarations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ruled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["subject_type", "subject"], name="core_declar_subject_cd28ff_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "subject_type", "subject"), name="declaration_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ruled_at", None), ("ruling", "")),
                            models.Q(models.Q(("ruling", ""), _negated=True), ("ruled_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="declaration_ruling_has_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(default=core.documents.models.new_code, max_length=20, unique=True)),
                ("kind", models.CharField(max_length=40)),
                ("subject_type", models.CharField(max_length=60)),
                ("subject", models.BigIntegerField()),
                ("number", models.CharField(blank=True, max_length=40)),
                ("title", models.CharField(max_length=300)),
                ("name", models.CharField(max_length=120)),
                ("content_type", models.CharField(default="application/pdf", max_length=100)),
                ("path", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("template", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="documents",
                        to="core.batch",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supersedes",
                        to="core.document",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject_type", "subject", "kind"], name="core_docume_subject_4e7718_idx"),
                    models.Index(fields=["kind", "-made_at"], name="core_docume_kind_1aa1d5_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("recipient", None), ("superseded_at", None)),
                        fields=("kind", "subject_type", "subject"),
                        name="document_one_current",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("kind", "subject_type", "subject", "recipient"),
                        name="document_one_current_copy",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(models.Q(("number", ""), _negated=True), ("superseded_at", None)),
                        fields=("number",),
                        name="document_number_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IssuedLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("series", models.CharField(max_length=24)),
                ("sequence", models.PositiveIntegerField()),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("code", models.CharField(max_length=9, unique=True)),
                ("kind", models.CharField(max_length=40)),
                ("subject_type", models.CharField(max_length=60)),
                ("subject", models.BigIntegerField()),
                ("root_type", models.CharField(max_length=60)),
                ("root", models.BigIntegerField()),
                ("about", models.CharField(blank=True, max_length=320)),
                ("cause", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("issued", "Issued"),
                            ("held", "Held"),
                            ("replaced", "Replaced"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("asked_because", models.TextField(blank=True)),
                ("entered_at", models.DateTimeField()),
                ("issued_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("sha256", models.CharField(blank=True, db_index=True, max_length=64)),
                ("template", models.CharField(blank=True, max_length=40)),
                ("is_signed", models.BooleanField(default=False)),
                (
                    "document",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter",
                        to="core.document",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state"], name="core_issued_state_894cbf_idx"),
                    models.Index(fields=["subject_type", "subject"], name="core_issued_subject_b3273e_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("series", "sequence", "version"), name="letter_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "held"])),
                        fields=("series", "sequence"),
                        name="letter_one_in_the_making",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "issued")),
                        fields=("series", "sequence"),
                        name="letter_one_version_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["issued", "replaced"]), _negated=True),
                            models.Q(models.Q(("sha256", ""), _negated=True), ("issued_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="letter_issued_has_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["held", "withdrawn"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="letter_held_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("payload", models.JSONField(default=dict)),
                ("key", models.CharField(max_length=120, null=True, unique=True)),
                ("priority", models.PositiveSmallIntegerField(default=50)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("put_at", models.DateTimeField()),
                ("attempt", models.PositiveIntegerField(default=0)),
                ("leased_until", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("error", models.TextField(blank=True)),
                ("result", models.JSONField(default=dict)),
                (
                    "batch",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="jobs", to="core.batch"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["priority", "due_at", "id"], name="job_ready"
                    ),
                    models.Index(condition=models.Q(("state", "running")), fields=["leased_until"], name="job_leased"),
                    models.Index(fields=["batch", "state"], name="core_job_batch_i_74b5d8_idx"),
                    models.Index(fields=["kind", "state"], name="core_job_kind_35854f_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "running"), _negated=True),
                            ("leased_until__isnull", False),
                            _connector="OR",
                        ),
                        name="job_running_has_lease",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mailing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sent_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mailings", to="core.batch"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "undone_by",
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
                        condition=models.Q(
                            models.Q(("undone_at", None), ("undone_by", None)),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="mailing_undone_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(max_length=254)),
                ("subject", models.CharField(max_length=300)),
                ("body", models.TextField()),
                ("message_id", models.CharField(max_length=120, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Waits for a look"),
                            ("left_out", "Left out"),
                            ("queued", "Waiting to be sent"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("failed", "Not sent"),
                            ("unknown", "Not known whether it was sent"),
                            ("bounced", "Came back"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("queued_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, max_length=300)),
                ("about_type", models.CharField(blank=True, max_length=60)),
                ("about", models.BigIntegerField(null=True)),
                ("not_before", models.DateTimeField(null=True)),
                ("round", models.PositiveSmallIntegerField(default=0)),
                (
                    "batch",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="core.batch"
                    ),
                ),
                ("documents", models.ManyToManyField(related_name="+", to="core.document")),
                (
                    "mailing",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="messages",
                        to="core.mailing",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "-queued_at"], name="core_messag_person__ae0df7_idx"),
                    models.Index(fields=["state"], name="core_messag_state_7d441f_idx"),
                    models.Index(fields=["batch", "state"], name="core_messag_batch_i_bbb644_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", False), _connector="OR"
                        ),
                        name="message_sent_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["draft", "left_out"]), _negated=True),
                            ("batch__isnull", False),
                            _connector="OR",
                        ),
                        name="message_draft_has_batch",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300)),
                (
                    "ror",
                    models.CharField(
                        blank=True,
                        max_length=9,
                        null=True,
                        unique=True,
                        validators=[core.people.identifiers.check_ror],
                        verbose_name="ROR id",
                    ),
                ),
                ("country", models.CharField(max_length=2, validators=[core.people.models.check_country])),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("university", "University"),
                            ("institute", "Research institute"),
                            ("nonprofit", "Non-profit organisation"),
                            ("hotline", "Hotline"),
                            ("government", "Government agency"),
                            ("police", "Law enforcement"),
                            ("company", "Company"),
                            ("international", "International organisation"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=15,
                    ),
                ),
                ("address", models.TextField(blank=True)),
                ("email_domain", models.CharField(blank=True, max_length=120)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="core.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(django.db.models.functions.text.Lower("name"), name="organisation_name")],
            },
        ),
        migrations.AddField(
            model_name="user",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="people",
                to="core.organisation",
            ),
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("panel", "Panel member"),
                            ("chair", "Panel chair"),
                            ("administrator", "Fund administrator"),
                            ("finance", "Finance officer"),
                            ("auditor", "Auditor"),
                        ],
                        max_length=15,
                    ),
                ),
                ("given_at", models.DateTimeField()),
                ("reason", models.CharField(max_length=300)),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.CharField(blank=True, max_length=300)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="grants", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("ended_at", None)), fields=["role"], name="role_in_force")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("user", "role"), name="role_once_in_force"
                    )
                ],
            },
        ),
    ]
