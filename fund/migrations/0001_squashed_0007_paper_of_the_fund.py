"""Every table as it stands, made at once: the migrations that it replaces go when no database needs them."""

import core.clock
import core.money
import django.db.models.deletion
import fund.budget_plan
import fund.models.calls
import fund.quiz
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("fund", "0001_initial"),
        ("fund", "0002_quiz_and_budget_caps"),
        ("fund", "0003_grace_declaration_and_stages"),
        ("fund", "0004_form_changes_and_public_questions"),
        ("fund", "0005_countries_and_wishes"),
        ("fund", "0006_panel_terms_and_interests"),
        ("fund", "0007_paper_of_the_fund"),
    ]

    initial = True

    dependencies = [
        ("core", "0001_squashed_0006_language_of_letters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, unique=True)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Fund",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("slug", models.SlugField(unique=True)),
                ("prefix", models.CharField(default="SORF", max_length=12, unique=True)),
                ("currency", core.money.CurrencyField(default="USD", max_length=3)),
                ("about", models.TextField(blank=True)),
                ("signatory", models.CharField(blank=True, max_length=200)),
                ("signatory_role", models.CharField(blank=True, max_length=200)),
                ("governing_law", models.CharField(default="England and Wales", max_length=120)),
                ("courts", models.CharField(default="London", max_length=120)),
                (
                    "paper",
                    models.CharField(choices=[("A4", "A4"), ("Letter", "US Letter")], default="A4", max_length=6),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("slug", models.SlugField(unique=True)),
                ("prefix", models.CharField(max_length=20, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Published"),
                            ("in_review", "In Review"),
                            ("decided", "Decided"),
                            ("archived", "Archived"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("summary", models.TextField()),
                ("text", models.TextField()),
                ("eligibility", models.TextField(blank=True)),
                ("opens_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                ("zone", models.CharField(default="UTC", max_length=60, validators=[fund.models.calls.check_zone])),
                ("reviews_due_at", models.DateTimeField(blank=True, null=True)),
                ("decision_at", models.DateTimeField(blank=True, null=True)),
                ("budget", core.money.MoneyField(decimal_places=3, max_digits=18)),
                ("least_amount", core.money.MoneyField(decimal_places=3, max_digits=18)),
                ("most_amount", core.money.MoneyField(decimal_places=3, max_digits=18)),
                ("least_months", models.PositiveSmallIntegerField(default=6)),
                ("most_months", models.PositiveSmallIntegerField(default=24)),
                ("indirect_cap", models.DecimalField(decimal_places=2, default=Decimal("15"), max_digits=5)),
                ("most_per_pi", models.PositiveSmallIntegerField(default=1)),
                ("reviews_each", models.PositiveSmallIntegerField(default=3)),
                ("least_groups", models.PositiveSmallIntegerField(default=2)),
                ("least_countries", models.PositiveSmallIntegerField(default=1)),
                ("excludes_own_country", models.BooleanField(default=False)),
                ("most_content_notes", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("panel_terms", models.TextField(default=fund.models.calls.standard_panel_terms)),
                ("panel_terms_version", models.PositiveSmallIntegerField(default=1)),
                ("reviewers_see_names", models.BooleanField(default=True)),
                ("applicants_hidden", models.BooleanField(default=False)),
                (
                    "budget_categories",
                    models.JSONField(blank=True, default=list, validators=[fund.budget_plan.check_categories]),
                ),
                ("quiz", models.JSONField(blank=True, default=list, validators=[fund.quiz.check_quiz])),
                ("grace_minutes", models.PositiveSmallIntegerField(default=0)),
                ("declaration", models.TextField(blank=True, default=fund.models.calls.standard_declaration)),
                ("needs_signatory", models.BooleanField(default=False)),
                ("invited_only", models.BooleanField(default=False)),
                ("cancel_reason", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField(default=core.clock.now)),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="fund.call",
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="core.formversion"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "next_form",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.formversion",
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="fund.fund"
                    ),
                ),
            ],
            options={
                "ordering": ["-closes_at", "-pk"],
                "indexes": [models.Index(fields=["state", "closes_at"], name="fund_call_state_857a74_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                        name="call_closes_after_it_opens",
                        violation_error_message="The call closes before it opens. Set a later closing time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("budget__gte", models.F("least_amount")),
                            ("least_amount__gte", 0),
                            ("most_amount__gte", models.F("least_amount")),
                        ),
                        name="call_amounts",
                        violation_error_message="The amounts do not fit together. The largest grant is at least the smallest one, and the money in all pays for at least one grant.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("least_months__gte", 1), ("most_months__gte", models.F("least_months"))),
                        name="call_months",
                        violation_error_message="The longest grant is shorter than the shortest one. Change one of the two.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("indirect_cap__gte", 0), ("indirect_cap__lte", 100)),
                        name="call_indirect_cap",
                        violation_error_message="Indirect costs are a share between 0 and 100 per cent of the direct ones.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grace_minutes__lte", 1440)),
                        name="call_grace",
                        violation_error_message="The grace period is at most a day. Write 1440 minutes or fewer.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("follows", models.F("id")), _negated=True),
                        name="call_follows_another",
                        violation_error_message="A call cannot follow itself. Choose the call for expressions of interest.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("note", models.CharField(max_length=300)),
                ("changed_at", models.DateTimeField()),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="form_changes", to="fund.call"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "new",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.formversion"
                    ),
                ),
                (
                    "old",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.formversion"
                    ),
                ),
            ],
            options={
                "ordering": ["changed_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pledged", core.money.MoneyField(decimal_places=3, max_digits=18)),
                ("pledged_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="core.organisation",
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contributions", to="fund.fund"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pledged__gt", 0)), name="contribution_pledged")
                ],
            },
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=30, unique=True)),
                ("source_key", models.BigIntegerField(null=True, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "Offered"),
                            ("accepted", "Accepted"),
                            ("signed", "Signed"),
                            ("active", "Active"),
                            ("suspended", "Suspended"),
                            ("completed", "Completed"),
                            ("closed", "Closed"),
                            ("declined", "Declined"),
                            ("lapsed", "Lapsed"),
                            ("terminated", "Terminated"),
                        ],
                        default="offered",
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("public_summary", models.TextField(blank=True)),
                ("grantee_name", models.CharField(max_length=300)),
                ("grantee_address", models.TextField(blank=True)),
                ("investigator_name", models.CharField(max_length=200)),
                ("signatory", models.CharField(blank=True, max_length=200)),
                ("currency", core.money.CurrencyField(default="USD", max_length=3)),
                ("offered_amount", core.money.MoneyField(decimal_places=3, max_digits=18)),
                ("amount", core.money.MoneyField(decimal_places=3, max_digits=18)),
                ("decided_at", models.DateTimeField()),
                ("offered_at", models.DateTimeField()),
                ("answer_by", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("decline_reason", models.CharField(blank=True, max_length=300)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("special_conditions", models.TextField(blank=True)),
                ("signed_on", models.DateField(null=True)),
                ("is_withheld", models.BooleanField(default=False)),
                ("withheld_reason", models.CharField(blank=True, max_length=300)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "grantee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="awards", to="core.organisation"
                    ),
                ),
                ("holders", models.ManyToManyField(related_name="held_awards", to=settings.AUTH_USER_MODEL)),
                (
                    "investigator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="awards", to="fund.call"
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="awards", to="fund.fund"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "indexes": [
                    models.Index(fields=["state", "answer_by"], name="fund_award_state_fb31f0_idx"),
                    models.Index(fields=["call", "state"], name="fund_award_call_id_e278ca_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0), ("offered_amount__gt", 0)), name="award_amounts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["declined", "lapsed"]), _negated=True),
                            ("amount", 0),
                            _connector="OR",
                        ),
                        name="award_refused_holds_no_money",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["signed", "active", "suspended", "completed", "closed"]), _negated=True
                            ),
                            ("signed_on__isnull", False),
                            _connector="OR",
                        ),
                        name="award_signed_has_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_withheld", False), ("withheld_reason", "")),
                            models.Q(("is_withheld", True), models.Q(("withheld_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="award_withheld_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="award_ends_after_it_starts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("answered_by", None)),
                            ("answered_at__isnull", False),
                            _connector="OR",
                        ),
                        name="award_answer_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Instalment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("due_on", models.DateField()),
                ("amount", core.money.MoneyField(decimal_places=3, max_digits=18)),
                ("condition", models.CharField(max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("scheduled", "Scheduled"),
                            ("due", "Due"),
                            ("paid", "Paid"),
                            ("held", "Held"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="scheduled",
                        max_length=10,
                    ),
                ),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="instalments", to="fund.award"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("award", "number"), name="instalment_number_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", Decimal("0"))), name="instalment_amount"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("returned", "Returned by a grantee"),
                            ("given_back", "Given back to a contributor"),
                            ("fee", "Fee"),
                            ("exchange", "Exchange difference"),
                            ("committed", "Committed"),
                            ("decommitted", "Decommitted"),
                        ],
                        max_length=12,
                    ),
                ),
                ("amount", core.money.MoneyField(decimal_places=3, max_digits=18)),
                ("entered_at", models.DateTimeField()),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "award",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="fund.award"
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="fund.contribution",
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
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="fund.fund"
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversal",
                        to="fund.ledgerentry",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "ledger entries",
                "indexes": [models.Index(fields=["fund", "entered_at"], name="fund_ledger_fund_id_45e652_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True), name="ledger_amount_not_zero"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reverses__isnull", False),
                            ("kind", "exchange"),
                            models.Q(("amount__gt", 0), ("kind__in", ["received", "returned", "decommitted"])),
                            models.Q(("amount__lt", 0), ("kind__in", ["given_back", "fee", "committed"])),
                            _connector="OR",
                        ),
                        name="ledger_sign_fits_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["committed", "decommitted"]), _negated=True),
                            ("award__isnull", False),
                            _connector="OR",
                        ),
                        name="ledger_commitment_has_award",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "received"), _negated=True),
                            ("contribution__isnull", False),
                            _connector="OR",
                        ),
                        name="ledger_receipt_has_contribution",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgressReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=120)),
                ("due_on", models.DateField()),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="progress_reports", to="fund.award"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("award", "number"), name="progress_report_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.TextField()),
                ("answer", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("declined_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="fund.call"
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("declined_at", None), ("reason", "")),
                            models.Q(("declined_at__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="question_declined_with_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Rubric",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("number", models.PositiveIntegerField(default=1)),
                ("least", models.PositiveSmallIntegerField(default=1)),
                ("most", models.PositiveSmallIntegerField(default=6)),
                ("anchors", models.JSONField(default=dict)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("most__gt", models.F("least"))), name="rubric_scale")
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=40)),
                ("label", models.CharField(max_length=120)),
                ("question", models.CharField(max_length=300)),
                ("weight", models.PositiveSmallIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "rubric",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="fund.rubric"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "criteria",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("rubric", "key"), name="criterion_key_once"),
                    models.CheckConstraint(condition=models.Q(("weight__gt", 0)), name="criterion_weighs"),
                ],
            },
        ),
        migrations.AddField(
            model_name="call",
            name="rubric",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="fund.rubric"
            ),
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="themes", to="fund.call"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [models.UniqueConstraint(fields=("call", "slug"), name="theme_slug_once")],
            },
        ),
        migrations.AddField(
            model_name="award",
            name="theme",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="awards", to="fund.theme"
            ),
        ),
        migrations.CreateModel(
            name="AwardCondition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=500)),
                (
                    "blocks",
                    models.CharField(
                        choices=[
                            ("signature", "The signature"),
                            ("instalment", "One instalment"),
                            ("all", "Everything"),
                        ],
                        default="signature",
                        max_length=10,
                    ),
                ),
                ("instalment", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("met", "Met"), ("waived", "Waived")], default="open", max_length=8
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="conditions", to="fund.award"
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
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("settled_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="condition_settled_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "waived"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="condition_waived_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("blocks", "instalment"), _negated=True),
                            ("instalment__isnull", False),
                            _connector="OR",
                        ),
                        name="condition_names_instalment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeadlineChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("old", models.DateTimeField()),
                ("new", models.DateTimeField()),
                ("reason", models.CharField(max_length=300)),
                ("changed_at", models.DateTimeField()),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deadline_changes", to="fund.call"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["changed_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("new__gt", models.F("old"))), name="deadline_only_moves_later"
                    )
                ],
            },
        ),
    ]
