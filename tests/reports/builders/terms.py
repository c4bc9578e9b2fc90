"""Terms of made-up documents, complete, for tests to change one thing at a time."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from core.charts import Chart, Dot, Group, Growth, Label, Line
from reports.builders.application_copy import ApplicationCopyTerms, Enclosure
from reports.builders.application_summary import BudgetCategory, Copy, Flag, SummaryTerms
from reports.builders.award_letter import AwardLetterTerms, Instalment, ReportDue
from reports.builders.feedback import FeedbackTerms
from reports.builders.issue import Issue, Signatory
from reports.builders.judgement import Judgement, Opinion, Point, Quote
from reports.builders.minutes import Discussed, MinutesTerms
from reports.builders.outcome_letter import CriterionFeedback, NextCall, OutcomeLetterTerms
from reports.builders.own_reviews import OwnReview, OwnReviewsTerms, ScoreGiven
from reports.builders.panel_book import PanelBookTerms, RankedSummary
from reports.builders.payment_schedule import Payment, ScheduleTerms
from reports.builders.programme import Field, GroupWork, ProgrammeTerms
from reports.builders.questions import CallTerms, QuestionTerms, SectionTerms
from reports.builders.ranking_report import RankingReportTerms, Standing
from reports.builders.receipt import Attachment, ReceiptTerms
from reports.builders.register import RegisteredAward, RegisterTerms
from reports.builders.score_grid import CriterionScores, GroupMean, Reviewer, ScoreGrid
from reports.builders.submitted import Answer, BudgetLine, Section, TeamMember

TITLE = "Teachers as first listeners: a cluster trial of a one-day course on hearing and acting on disclosure"
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

COPY = Copy(7, "Dr Amal Haddad", datetime(2026, 12, 8, 9, 14, tzinfo=UTC))


def issue(**changes: Any) -> Issue:
    given = {
        "fund": "Safe Online Research Fund",
        "number": "2026-0412",
        "verify_address": "safe.example/verify/7KQ4-M2XD",
        "verify_link": "https://safe.example/verify/7KQ4-M2XD",
    }
    return Issue(**{**given, **changes})


def award(**changes: Any) -> AwardLetterTerms:
    given = {
        "issue": issue(),
        "award_number": "SORF-A-2026-001",
        "written_on": date(2026, 12, 16),
        "decided_on": date(2026, 12, 15),
        "grantee": "Rift Lakes University",
        "address": ("Office of Research Grants", "14 Acacia Way, Nakuvale, Kenya"),
        "grantee_signatory": Signatory("Prof. Daudi Otiende", "Deputy Vice-Chancellor"),
        "principal_investigator": "Dr Wanjiru Kamande",
        "title": TITLE,
        "purpose": "To find out whether a one-day course helps teachers to hear a disclosure and to act on it.",
        "amount": Decimal("158700.00"),
        "currency": "USD",
        "starts_on": date(2027, 6, 1),
        "ends_on": date(2028, 11, 30),
        "instalments": (
            Instalment("First", date(2027, 6, 1), Decimal(63480), "the agreement is signed by both"),
            Instalment("Second", date(2028, 1, 15), Decimal(63480), "the first report is accepted"),
            Instalment("Last", date(2029, 1, 31), Decimal(31740), "the final report is accepted"),
        ),
        "reports": (
            ReportDue("First progress report", date(2027, 12, 15), "1 June to 30 November 2027"),
            ReportDue("Final report", date(2029, 1, 31)),
        ),
        "accept_by": datetime(2027, 1, 29, 17, 0, tzinfo=UTC),
        "fund_signatory": Signatory("Paulo Teixeira", "Director"),
        "governing_law": "England and Wales",
        "courts": "London",
        "conditions": ("Work with children begins when the ethics committee’s approval is on file",),
        "panel_view": "The panel found the question pressing",
        "accept_address": "safe.example/awards/SORF-A-2026-001",
    }
    return AwardLetterTerms(**{**given, **changes})


def outcome(**changes: Any) -> OutcomeLetterTerms:
    given = {
        "issue": issue(number="2026-0413"),
        "reference": "SORF-2026-0042",
        "written_on": date(2026, 12, 16),
        "decided_on": date(2026, 12, 15),
        "recipient": "Dr Lena Hartwig",
        "address": ("Institute for Digital Childhood", "Hafenstraße 12, Nordhafen"),
        "title": TITLE,
        "call": "Open call 2026",
        "outcome": "decline",
        "rationale": "The panel valued the corpus.\n\nIt was not persuaded that product teams can apply the scheme.",
        "signatory": Signatory("Paulo Teixeira", "Director"),
        "criteria": (
            CriterionFeedback("Relevance", "Say earlier who will use the scheme."),
            CriterionFeedback("Method", "A sound design with a realistic sample."),
        ),
        "applied": 126,
        "funded": 8,
        "next_call": NextCall("Prevention and deterrence 2027", date(2027, 2, 4), "safe.example/calls"),
        "questions_to": "grants@safe.example",
    }
    return OutcomeLetterTerms(**{**given, **changes})


def grid(**changes: Any) -> ScoreGrid:
    given = {
        "scale": "1 to 6, 6 is best",
        "reviewers": (Reviewer("Dr Haddad", "Survivors"), Reviewer("Ms Ito", "Law enforcement"), Reviewer("Mr Osei")),
        "criteria": (
            CriterionScores(
                "Relevance", Decimal(60), (Decimal(6), Decimal(5), None), Decimal("5.5"), Decimal("0.7071")
            ),
            CriterionScores(
                "Method", Decimal(40), (Decimal(5), Decimal("4.5"), Decimal(3)), Decimal("4.1667"), Decimal("1.0408")
            ),
        ),
        "totals": (Decimal("5.6"), Decimal("4.8"), None),
        "mean": Decimal("5.195"),
        "spread": None,
        "groups": (GroupMean("Survivors", 1, Decimal("5.6")), GroupMean("Hotlines", 0, None)),
    }
    return ScoreGrid(**{**given, **changes})


def summary(**changes: Any) -> SummaryTerms:
    given = {
        "issue": issue(number="2026-0500"),
        "copy": COPY,
        "reference": "SORF-2026-0017",
        "call": "Open call 2026",
        "title": TITLE,
        "host": "Rift Lakes University",
        "country": "Kenya",
        "principal_investigator": "Dr Wanjiru Kamande",
        "amount": Decimal(158700),
        "currency": "USD",
        "duration_months": 18,
        "lay_summary": "Children who are abused online most often tell a teacher first.",
        "theme": "Prevention",
        "partners": ("Nakuvale Teachers’ Union", "Childline Lakeside"),
        "budget": (
            BudgetCategory("Staff", Decimal(128700)),
            BudgetCategory("Equipment", Decimal(9000), Decimal(8000)),
            BudgetCategory("Indirect costs", Decimal(21000), Decimal(21000)),
        ),
        "flags": (Flag("Children", "Direct participation, ages 11 to 15."),),
        "eligibility": ("All seven rules met.",),
        "checklist": (("Can the host receive a grant?", "Yes"),),
        "due_diligence": (("Host", "University, ROR 02n415q13"), ("Flag", "Accounts of 2025 to come")),
        "notes": ("The partner joined after the call closed.",),
        "asked": (("Who keeps the recordings?", "The university, on its own servers."),),
    }
    own = {name: changes.pop(name) for name in Judgement.__slots__ if name in changes}
    return SummaryTerms(**{"judgement": judgement(**own), **given, **changes})


def judgement(**changes: Any) -> Judgement:
    given = {
        "scores": grid(),
        "merits": (("6 Outstanding", 1), ("4 Good", 2)),
        "votes": (("Fund", 2), ("Do not fund", 1)),
        "advice": "Fund with conditions, USD\u00a0150,000.00",
        "strengths": (
            Point("Relevance", Decimal("5.5"), (Quote("Dr Haddad", "A question that practice has asked for years."),)),
        ),
        "weaknesses": (Point("Method", Decimal(3), (Quote("Mr Osei", "Follow-up after twelve months only."),)),),
        "divided": ("The scores for Method go from 2 to 5. What divides the reviewers?",),
        "questions": (Quote("Ms Ito", "May the first payment leave before the ethics approval?"),),
    }
    return Judgement(**{**given, **changes})


def receipt(**changes: Any) -> ReceiptTerms:
    given = {
        "issue": issue(number="2026-0917", verify_address=""),
        "reference": "SORF-2026-0017",
        "title": TITLE,
        "call": "Open call 2026",
        "received_at": datetime(2026, 10, 12, 16, 58, tzinfo=UTC),
        "version": 2,
        "version_hash": HASH,
        "next_steps": ("We check whether the application is eligible", "The panel reads and meets in December"),
        "submitted_by": "Dr Wanjiru Kamande",
        "sections": (
            Section(
                "The project",
                (Answer("What is the question?", "Does it work?\n\nFor whom?"), Answer("Offender data", " ")),
            ),
        ),
        "currency": "USD",
        "budget": (
            BudgetLine("Staff", "Research fellow", Decimal(128700)),
            BudgetLine("Indirect", "15 %", Decimal(30000)),
        ),
        "team": (TeamMember("Dr Wanjiru Kamande", "Principal investigator", "Rift Lakes University"),),
        "attachments": (Attachment("consent.pdf", HASH, 182044),),
    }
    return ReceiptTerms(**{**given, **changes})


def minutes(title: str = TITLE, **changes: Any) -> MinutesTerms:
    given = {
        "issue": issue(number="2026-0601"),
        "copy": COPY,
        "call": "Open call 2026",
        "place": "Online, in one room",
        "opened_at": datetime(2026, 12, 9, 9, 0, tzinfo=UTC),
        "closed_at": datetime(2026, 12, 9, 17, 30, tzinfo=UTC),
        "approved_by": "Oluchi Eze",
        "present": ("Dr Amal Haddad", "Ms Rin Ito", "Mr Kofi Osei"),
        "text": "The panel met in full.\n\nIt took the applications in the order of its agenda.",
        "items": (
            Discussed(
                1, "SORF-2026-0017", title, advice="Fund", votes=(("Fund", 2), ("Reserve", 1)), out=("Mr Kofi Osei",),
                before="5.20", after="5.50", note="Agreed once the ethics approval is a condition.",
            ),
            Discussed(2, "SORF-2026-0042", "A corpus of grooming conversations in four languages", is_shut=True),
        ),
    }  # fmt: skip
    return MinutesTerms(**{**given, **changes})


def standing(title: str = TITLE, **changes: Any) -> Standing:
    given = {
        "rank": "1", "reference": "SORF-2026-0017", "title": title, "mean": "5.20", "spread": "0.71", "merit": "5.50",
        "calibrated": "5.31", "expected": "1.4", "interval": "1 to 2", "amount": Decimal(150000),
        "against": "above the line", "groups": ("5.60", "4.80"), "asked": Decimal(158700),
    }  # fmt: skip
    return Standing(**{**given, **changes})


def chart(title: str = TITLE) -> Chart:
    """Two applications with the range of their ranks, and the line between them."""
    rows = [
        Group(
            kind, (Label(0, y + 4, label, "is-label"), Line("range", low, y, high, y), Dot("dot", (low + high) / 2, y))
        )
        for kind, y, label, low, high in (("in", 44, title[:36], 262, 330), ("maybe", 70, "A corpus", 300, 520))
    ]
    axis = [Line("axis", x, 26, x, 90) for x in (262, 476, 690)]
    return Chart(
        "ranks",
        "Expected rank",
        "The first is above the line.",
        (*axis, *rows, Line("line", 400, 22, 400, 90)),
        720,
        116,
    )


def ranking(title: str = TITLE, **changes: Any) -> RankingReportTerms:
    given = {
        "issue": issue(number="2026-0602"),
        "copy": COPY,
        "call": "Open call 2026",
        "currency": "USD",
        "budget": Decimal(800000),
        "when_over": "Stop there",
        "drawn": "Nothing",
        "is_limited": True,
        "rows": (
            standing(title),
            standing(
                "A corpus of grooming conversations in four languages", rank="2", reference="SORF-2026-0042",
                amount=None, asked=None, against="crosses the line", disagree=True,
            ),
        ),
        "groups": ("Survivors", "Law enforcement"),
        "sentences": ("The order of the first two is sure.", "The reviewers agree more than by chance."),
        "chart": chart(title),
        "method": "Model 1, seed 7, scores 9f86d081884c7d65.",
    }  # fmt: skip
    return RankingReportTerms(**{**given, **changes})


def questions(**changes: Any) -> CallTerms:
    given = {
        "issue": issue(number="2026-0603"),
        "title": TITLE,
        "summary": "Research that helps companies and policy makers to understand and stop abuse online.",
        "address": "safe.example/calls/open-2026",
        "form": "Form 3",
        "dated": date(2026, 9, 1),
        "dates": (("Opens", "1 September 2026, 09:00 UTC"), ("Closes", "12 October 2026, 17:00 UTC")),
        "money": (("Grants", "USD 20,000 to 250,000"), ("Length", "12 to 24 months")),
        "eligibility": "Any university or charity.",
        "quiz": (("Is the host a university or a charity?", ("Yes", "No")),),
        "criteria": (("Relevance", "Will product teams use it?", "60"), ("Method", "Can it answer the question?", "40")),
        "scale": "Each is scored from 1 to 6.",
        "sections": (
            SectionTerms(
                "1. The project", "What you want to find out.",
                (
                    QuestionTerms("1.1", "What is the question?", "up to 300 words", is_required=True, help="One is best."),
                    QuestionTerms("1.2", "Theme", "one of these", is_required=False, choices=("Prevention", "Detection")),
                ),
            ),
        ),
    }  # fmt: skip
    return CallTerms(**{**given, **changes})


def book(title: str = TITLE, **changes: Any) -> PanelBookTerms:
    wrote = Opinion(
        Reviewer("Dr Haddad", "Survivors"), (("Method", "Sound."),), "Say who will use it.", "Ask about consent."
    )
    other = "A corpus of grooming conversations in four languages"
    given = {
        "issue": issue(number="2026-0604"),
        "copy": COPY,
        "call": "Open call 2026",
        "currency": "USD",
        "order": "the agenda of the meeting",
        "is_limited": True,
        "standings": (
            RankedSummary("1", "SORF-2026-0017", title, "5.20", "0.40", "5.0", "3 of 3", Decimal(158700)),
            RankedSummary("—", "SORF-2026-0042", other, "—", "—", "—", "0 of 3", None),
        ),
        "summaries": (
            summary(title=title, opinions=(wrote,)),
            summary(title=other, reference="SORF-2026-0042", scores=None),
        ),
        "meets": "15 December 2026, 09:00 UTC, Oslo",
    }
    return PanelBookTerms(**{**given, **changes})


def schedule(**changes: Any) -> ScheduleTerms:
    given = {
        "issue": issue(number="2026-0604"),
        "award_number": "SORF-A-2026-001",
        "title": TITLE,
        "grantee": "Rift Lakes University",
        "principal_investigator": "Dr Wanjiru Kamande",
        "state": "Active",
        "amount": Decimal(158700),
        "currency": "USD",
        "starts_on": date(2027, 6, 1),
        "ends_on": date(2028, 11, 30),
        "made_at": datetime(2027, 7, 1, 9, 0, tzinfo=UTC),
        "payments": (
            Payment(1, date(2027, 6, 1), Decimal(63480), "the agreement is signed by both", "Paid", is_paid=True),
            Payment(2, date(2028, 1, 15), Decimal(63480), "the first report is accepted", "Scheduled"),
            Payment(3, date(2029, 1, 31), Decimal(31740), "the final report is accepted", "Held"),
        ),
        "conditions": ("The ethics committee’s approval is on file (before instalment 2)",),
    }
    return ScheduleTerms(**{**given, **changes})


def feedback(**changes: Any) -> FeedbackTerms:
    given = {
        "issue": issue(number="2026-0605"),
        "reference": "SORF-2026-0042",
        "call": "Open call 2026",
        "title": TITLE,
        "outcome": "Not funded",
        "decided_on": date(2026, 12, 15),
        "made_at": datetime(2026, 12, 17, 9, 0, tzinfo=UTC),
        "rationale": "The panel valued the corpus.\n\nIt was not persuaded that product teams can apply the scheme.",
        "criteria": (
            CriterionFeedback("Relevance", "Say earlier who will use the scheme."),
            CriterionFeedback("Method", "A sound design with a realistic sample."),
        ),
    }
    return FeedbackTerms(**{**given, **changes})


def own_reviews(title: str = TITLE, **changes: Any) -> OwnReviewsTerms:
    given = {
        "issue": issue(number="2026-0606"),
        "copy": COPY,
        "call": "Open call 2026",
        "scale": "1 to 6",
        "reviews": (
            OwnReview(
                "SORF-2026-0017", title, datetime(2026, 11, 20, 8, 30, tzinfo=UTC), 2,
                (
                    ScoreGiven("Relevance", "6", "Practice has asked for this for years."),
                    ScoreGiven("Method", "n/a", "Not my field."),
                ),
                "5", "A question that practice has asked for years.", "The follow-up is short.",
            ),
            OwnReview(
                "SORF-2026-0042", "A corpus of grooming conversations", datetime(2026, 11, 21, 8, 30, tzinfo=UTC), 1,
                (ScoreGiven("Relevance", "4"), ScoreGiven("Method", "5", "A realistic sample.")),
            ),
        ),
    }  # fmt: skip
    return OwnReviewsTerms(**{**given, **changes})


def application(**changes: Any) -> ApplicationCopyTerms:
    answers = (
        Answer("What is the question?", "Does it work?\n\nFor whom?"),
        Answer("What was done to children?", "A hard text.", has_content_note=True),
    )
    given = {
        "issue": issue(number="2026-0605"),
        "copy": COPY,
        "reference": "SORF-2026-0017",
        "call": "Open call 2026",
        "title": TITLE,
        "received_at": datetime(2026, 10, 12, 16, 58, tzinfo=UTC),
        "version": 2,
        "version_hash": HASH,
        "amount": Decimal(158700),
        "currency": "USD",
        "duration_months": 18,
        "theme": "Prevention",
        "host": "Rift Lakes University",
        "country": "Kenya",
        "principal_investigator": "Dr Wanjiru Kamande",
        "declared_by": "Prof. Daudi Otiende, Deputy Vice-Chancellor",
        "declaration": "All of this is true.",
        "sections": (Section("The project", answers),),
        "budget": (BudgetLine("Staff", "Research fellow", Decimal(158700)),),
        "team": (TeamMember("Dr Wanjiru Kamande", "Principal investigator", cv=(("New ideas", "A course."),)),),
        "enclosures": (Enclosure("letter.pdf", why="It cannot be read."), Enclosure("", why="It is closed.")),
    }
    return ApplicationCopyTerms(**{**given, **changes})


def programme(title: str = TITLE, **changes: Any) -> ProgrammeTerms:
    came = [date(2026, 9, 3)] * 4 + [date(2026, 9, 20)] * 20 + [date(2026, 10, 11)] * 60 + [date(2026, 10, 12)] * 42
    given = {
        "issue": issue(number="2026-0607"),
        "copy": COPY,
        "title": title,
        "currency": "USD",
        "is_limited": True,
        "total": Field("All", 126, 8, Decimal("18900000.00"), Decimal("982400.00")),
        "states": (("Not eligible", 9), ("In review", 4), ("Decided", 113)),
        "timeline": (("Opened", "1 September 2026"), ("Closed", "12 October 2026")),
        "themes": (
            Field("Prevention and deterrence", 61, 4, Decimal(9150000), Decimal(502400)),
            Field("Detection and reporting", 42, 3, Decimal(6300000), Decimal(360000)),
            Field("Response and support for survivors and their families", 23, 1, Decimal(3450000), Decimal(120000)),
        ),
        "countries": (
            Field("Kenya", 70, 5, Decimal(10500000), Decimal(600000)),
            Field("Norway", 56, 3, Decimal(8400000), Decimal(382400)),
        ),
        "groups": (GroupWork("Survivor advocacy", 6, 54), GroupWork("Law enforcement", 5, 40)),
        "growth": Growth.of(came, total=126, start=date(2026, 9, 1), today=date(2026, 10, 12)),
    }
    return ProgrammeTerms(**{**given, **changes})


def register(title: str = TITLE, **changes: Any) -> RegisterTerms:
    given = {
        "issue": issue(number="2026-0608"),
        "made_at": datetime(2026, 12, 20, 9, 0, tzinfo=UTC),
        "currency": "USD",
        "awards": (
            RegisteredAward(
                "SORF-A-2026-001", date(2026, 12, 15), Decimal(158700), title, "Rift Lakes University", "Kenya",
                "Prevention",
            ),
            RegisteredAward("SORF-A-2026-002", date(2026, 12, 15), Decimal(120000), withheld="Safety of researchers"),
        ),
        "countries": 1,
        "address": "safe.example/awards",
    }  # fmt: skip
    return RegisterTerms(**{**given, **changes})
