"""Every table as it stands, made at once: the migrations that it replaces go when no database needs them."""

import core.clock
import core.money
import core.people.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("reviews", "0001_initial"),
        ("reviews", "0002_countries_and_wishes"),
        ("reviews", "0003_funding_rules_draws_and_bases"),
        ("reviews", "0004_feedback_and_questions_about_decisions"),
        ("reviews", "0005_reviewers_are_reminded"),
        ("reviews", "0006_what_members_can_review"),
        ("reviews", "0007_panel_terms_and_interests"),
        ("reviews", "0008_panel_meetings"),
        ("reviews", "0009_reserves_move_up"),
        ("reviews", "0010_calibration"),
        ("reviews", "0011_runs_over_one_application"),
        ("reviews", "0012_language_of_letters"),
    ]

    initial = True

    dependencies = [
        ("applications", "0001_squashed_0013_version_knows_its_team_rows"),
        ("core", "0001_squashed_0006_language_of_letters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("fund", "0001_squashed_0007_paper_of_the_fund"),
    ]

    operations = [
        migrations.CreateModel(
            name="Calibration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_required", models.BooleanField(default=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="calibration", to="fund.call"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CalibrationCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("remarks", models.TextField(blank=True)),
                (
                    "calibration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="cases", to="reviews.calibration"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("calibration", "position"), name="calibration_case_place")
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("fund", "Fund"), ("reserve", "Reserve"), ("decline", "Do not fund")], max_length=8
                    ),
                ),
                ("amount", core.money.MoneyField(blank=True, decimal_places=3, max_digits=18, null=True)),
                ("rationale", models.TextField()),
                ("special_conditions", models.TextField(blank=True)),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("fr", "Français"), ("es", "Español"), ("ar", "العربية")],
                        default="en",
                        max_length=5,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("approved", "Approved"),
                            ("released", "Released"),
                            ("superseded", "Superseded"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("basis", models.JSONField(default=dict)),
                ("prepared_at", models.DateTimeField(default=core.clock.now)),
                ("approved_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="applications.application",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "award",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="fund.award"
                    ),
                ),
                (
                    "fills",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="fund.award"
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state"], name="reviews_dec_state_705e9f_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "approved"])),
                        fields=("application",),
                        name="decision_one_waiting",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "superseded"), _negated=True),
                        fields=("fills",),
                        name="decision_place_taken_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("prepared_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "fund"), _negated=True), ("amount__gt", 0), _connector="OR"
                        ),
                        name="decision_to_fund_has_amount",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionBasis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("frozen_at", models.DateTimeField()),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="approved_on", to="reviews.decision"
                    ),
                ),
                (
                    "frozen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "decision bases",
            },
        ),
        migrations.CreateModel(
            name="DecisionInquiry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("question", "A question"), ("complaint", "A complaint")], max_length=9),
                ),
                ("text", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
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
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decision_inquiries",
                        to="applications.application",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "decision inquiries",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("application",),
                        name="decision_inquiry_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="decision_inquiry_answer_has_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Feedback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("parts", models.JSONField(default=list)),
                ("edited_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feedback",
                        to="applications.application",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "feedback",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("edited_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="feedback_two_people",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FundingRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "budget",
                    models.CharField(
                        choices=[("line", "Stop there"), ("skip", "Pass it over, and go on to the next that fits")],
                        default="line",
                        max_length=4,
                    ),
                ),
                (
                    "draw",
                    models.CharField(
                        choices=[
                            ("none", "None: the panel discusses those that cross the line"),
                            ("tie", "Those that cross the funding line, after the ones surely above it are funded"),
                            ("threshold", "All with a weighted mean of at least a threshold"),
                        ],
                        default="none",
                        max_length=9,
                    ),
                ),
                ("threshold", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="funding_rule", to="fund.call"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("draw", "threshold"), ("threshold__isnull", False)),
                            models.Q(models.Q(("draw", "threshold"), _negated=True), ("threshold", None)),
                            _connector="OR",
                        ),
                        name="funding_rule_threshold",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InterestDeclaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("declared_at", models.DateTimeField(default=core.clock.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interest_declarations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "declared_at"], name="reviews_int_person__2836e0_idx")],
            },
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("work", "I work for it, or did within three years"),
                            ("money", "It pays me, or I own part of it"),
                            ("office", "I sit on its board or advise it"),
                            ("family", "Somebody close to me works for it or owns part of it"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.organisation"
                    ),
                ),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interests",
                        to="reviews.interestdeclaration",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MatchingRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("objective", models.BigIntegerField()),
                ("is_proved", models.BooleanField()),
                ("unfilled", models.JSONField(default=list)),
                ("made_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="matching_runs",
                        to="applications.application",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="matching_runs", to="fund.call"
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
            ],
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("open", "Open"), ("closed", "Closed")],
                        default="planned",
                        max_length=8,
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("place", models.CharField(blank=True, max_length=300)),
                ("quorum", models.PositiveSmallIntegerField()),
                ("least_groups", models.PositiveSmallIntegerField(default=2)),
                ("minutes_each", models.PositiveSmallIntegerField(default=10)),
                ("departures", models.PositiveSmallIntegerField(default=0)),
                ("is_least", models.BooleanField(default=False)),
                ("minutes", models.TextField(blank=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="fund.call"
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "minutes_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MeetingItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("absent", models.JSONField(default=list)),
                ("present", models.JSONField(default=list)),
                ("started_at", models.DateTimeField(null=True)),
                ("voting_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("fund", "Fund"),
                            ("conditions", "Fund with conditions"),
                            ("reserve", "Reserve"),
                            ("decline", "Do not fund"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting_items",
                        to="applications.application",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="reviews.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("meeting", "application"), name="meeting_item_once")],
            },
        ),
        migrations.CreateModel(
            name="PanelMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("survivors", "Survivor advocacy"),
                            ("research", "Research"),
                            ("government", "Government"),
                            ("ngo", "NGOs, hotlines"),
                            ("police", "Law enforcement"),
                            ("industry", "Industry"),
                        ],
                        max_length=12,
                    ),
                ),
                ("country", models.CharField(max_length=2, validators=[core.people.models.check_country])),
                ("is_chair", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("invited", "Invited"), ("accepted", "Accepted"), ("declined", "Declined")],
                        default="invited",
                        max_length=10,
                    ),
                ),
                ("most_content_notes", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("statement", models.TextField(blank=True)),
                ("languages", models.JSONField(default=list)),
                ("least_load", models.PositiveSmallIntegerField(default=0)),
                ("most_load", models.PositiveSmallIntegerField(default=20)),
                ("invited_at", models.DateTimeField(default=core.clock.now)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("terms_version", models.PositiveSmallIntegerField(default=0)),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("avoids", models.ManyToManyField(blank=True, related_name="+", to="fund.theme")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="panel", to="fund.call"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="panels", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("themes", models.ManyToManyField(blank=True, related_name="+", to="fund.theme")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("call", "person"), name="panel_member_once"),
                    models.CheckConstraint(
                        condition=models.Q(("most_load__gte", models.F("least_load"))), name="panel_member_load"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalibrationScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scores", models.JSONField(default=dict)),
                ("overall", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("comment", models.TextField(blank=True)),
                ("saved_at", models.DateTimeField(default=core.clock.now)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="reviews.calibrationcase"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calibration_scores",
                        to="reviews.panelmember",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "member"), name="calibration_score_once")],
            },
        ),
        migrations.CreateModel(
            name="Bid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "word",
                    models.CharField(
                        choices=[("can", "I can review it"), ("not_my_field", "Not my field")], max_length=12
                    ),
                ),
                ("said_at", models.DateTimeField(default=core.clock.now)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bids", to="applications.application"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bids", to="reviews.panelmember"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("member", "application"), name="bid_once")],
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "advice",
                    models.CharField(
                        choices=[
                            ("fund", "Fund"),
                            ("conditions", "Fund with conditions"),
                            ("reserve", "Reserve"),
                            ("decline", "Do not fund"),
                            ("abstain", "Abstain"),
                        ],
                        max_length=10,
                    ),
                ),
                ("overall", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("cast_at", models.DateTimeField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ballots", to="reviews.meetingitem"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ballots", to="reviews.panelmember"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("item", "member"), name="ballot_once")],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("came_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(null=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attendance", to="reviews.meeting"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attended", to="reviews.panelmember"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("meeting", "member"), name="attendance_once")],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("released", "Released"),
                            ("accepted", "Accepted"),
                            ("in_progress", "In Progress"),
                            ("submitted", "Submitted"),
                            ("locked", "Locked"),
                            ("declined", "Declined"),
                            ("recused", "Recused"),
                        ],
                        default="proposed",
                        max_length=12,
                    ),
                ),
                ("affinity", models.PositiveSmallIntegerField(null=True)),
                ("why", models.JSONField(default=dict)),
                ("is_kept", models.BooleanField(default=False)),
                ("due_at", models.DateTimeField(null=True)),
                ("due_moved_at", models.DateTimeField(null=True)),
                ("proposed_at", models.DateTimeField(default=core.clock.now)),
                ("released_at", models.DateTimeField(null=True)),
                ("decline_reason", models.CharField(blank=True, max_length=300)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="applications.application",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="assignments",
                        to="reviews.matchingrun",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="reviews.panelmember",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["member", "state", "due_at"], name="reviews_ass_member__827bc7_idx"),
                    models.Index(fields=["application", "state"], name="reviews_ass_applica_76193c_idx"),
                ],
                "constraints": [models.UniqueConstraint(fields=("application", "member"), name="assignment_once")],
            },
        ),
        migrations.CreateModel(
            name="PanelSuggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(max_length=254)),
                ("country", models.CharField(max_length=2, validators=[core.people.models.check_country])),
                ("note", models.CharField(blank=True, max_length=500)),
                ("made_at", models.DateTimeField(default=core.clock.now)),
                (
                    "place",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="suggestion", to="reviews.panelmember"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RankingRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
                ("seed", models.PositiveBigIntegerField()),
                ("asked_at", models.DateTimeField(default=core.clock.now)),
                ("made_at", models.DateTimeField(null=True)),
                ("result", models.JSONField(null=True)),
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
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ranking_runs", to="fund.call"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("call", "digest"), name="ranking_run_once")],
            },
        ),
        migrations.CreateModel(
            name="Draw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("none", "None: the panel discusses those that cross the line"),
                            ("tie", "Those that cross the funding line, after the ones surely above it are funded"),
                            ("threshold", "All with a weighted mean of at least a threshold"),
                        ],
                        max_length=9,
                    ),
                ),
                ("skips", models.BooleanField()),
                ("pool", models.JSONField()),
                ("money", core.money.MoneyField(decimal_places=3, max_digits=18)),
                ("seed", models.CharField(max_length=100)),
                ("fixed_at", models.DateTimeField()),
                ("order", models.JSONField(default=list)),
                ("funded", models.JSONField(default=list)),
                ("drawn_at", models.DateTimeField(null=True)),
                ("annulled_at", models.DateTimeField(null=True)),
                ("annul_reason", models.CharField(blank=True, max_length=300)),
                (
                    "annulled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="draws", to="fund.call"
                    ),
                ),
                (
                    "drawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "fixed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reviews.rankingrun",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("annulled_at", None)), fields=("call",), name="draw_one_in_force"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("annul_reason", ""), ("annulled_at", None)),
                            models.Q(("annulled_at__isnull", False), models.Q(("annul_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="draw_annulled_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reassignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("price", models.PositiveSmallIntegerField()),
                ("is_proved", models.BooleanField()),
                ("chosen", models.JSONField(default=list)),
                ("removed", models.JSONField(default=list)),
                ("unfilled", models.JSONField(default=list)),
                ("ground", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(default=core.clock.now)),
                ("stored_at", models.DateTimeField(null=True)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reassignments", to="fund.call"
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
                    "stored_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("fund", "Fund"),
                            ("conditions", "Fund with conditions"),
                            ("reserve", "Reserve"),
                            ("decline", "Do not fund"),
                        ],
                        max_length=10,
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("amount", core.money.MoneyField(blank=True, decimal_places=3, max_digits=18, null=True)),
                ("rationale", models.TextField()),
                ("recorded_at", models.DateTimeField(default=core.clock.now)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendation",
                        to="applications.application",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("visible_at", models.DateTimeField()),
                ("released_at", models.DateTimeField()),
                (
                    "batch",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.batch"
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="fund.call"
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="decision",
            name="release",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="reviews.release"
            ),
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("overall", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("public_comment", models.TextField(blank=True)),
                ("private_comment", models.TextField(blank=True)),
                ("notes", models.TextField(blank=True)),
                ("started_at", models.DateTimeField(default=core.clock.now)),
                ("saved_at", models.DateTimeField(default=core.clock.now)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                (
                    "assignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="review", to="reviews.assignment"
                    ),
                ),
                (
                    "rubric",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="fund.rubric"),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="applications.applicationversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReviewReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("days", models.PositiveSmallIntegerField()),
                ("due_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(default=core.clock.now)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="reviews.assignment"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("assignment", "days", "due_at"), name="review_reminder_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.PositiveSmallIntegerField(null=True)),
                ("is_not_applicable", models.BooleanField(default=False)),
                ("comment", models.TextField(blank=True)),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="fund.criterion"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="reviews.review"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("review", "criterion"), name="score_once"),
                    models.CheckConstraint(
                        condition=models.Q(("is_not_applicable", False), ("value", None), _connector="OR"),
                        name="score_or_not_applicable",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Undertaking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("terms", "Terms of the panel"), ("closing", "Closing certificate")], max_length=8
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("given_at", models.DateTimeField(default=core.clock.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="undertakings",
                        to="reviews.panelmember",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("member", "kind", "version"), name="undertaking_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "released")), fields=("application",), name="decision_one_released"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "released"]), _negated=True),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="decision_approved_has_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "released"), _negated=True), ("release__isnull", False), _connector="OR"
                ),
                name="decision_released_has_release",
            ),
        ),
    ]
