"""Makes people, calls and applications for the tests, through the product's own actions where there is one."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.db import connection
from pypdf import PdfWriter

from applications.actions import drafts, submission
from applications.models import Application
from core import clock
from core.forms.models import FormVersion
from core.people import actions as people
from core.people.models import Organisation, User
from fund.budget_plan import uncapped
from fund.models import Call, Criterion, Fund, Rubric, Theme

FORM: dict[str, Any] = {
    "sections": [
        {
            "key": "project",
            "title": "The project",
            "questions": [
                {
                    "key": "title", "kind": "short_text", "label": "Title", "role": "title",
                    "help": "At most 140 characters.", "required": True, "max_chars": 140,
                },
                {
                    "key": "summary", "kind": "long_text", "label": "Summary for the public", "role": "summary",
                    "help": "For readers outside your field. At most 50 words.", "required": True, "max_words": 50,
                },
                {"key": "theme", "kind": "theme", "label": "Theme", "role": "theme", "required": True},
                {
                    "key": "months", "kind": "number", "label": "Length in months", "role": "months",
                    "required": True, "least": "1", "most": "60",
                },
                {"key": "starts_on", "kind": "date", "label": "Earliest start", "role": "starts_on"},
                {
                    "key": "host", "kind": "organisation", "label": "Host organisation", "role": "host",
                    "required": True,
                },
                {
                    "key": "country", "kind": "country", "label": "Country of the host", "role": "country",
                    "required": True,
                },
            ],
        },
        {
            "key": "safety",
            "title": "Ethics and safeguarding",
            "intro": "Reviewers read this part first.",
            "questions": [
                {
                    "key": "children", "kind": "choice", "label": "Do children take part in the research?",
                    "required": True,
                    "choices": [["none", "No children"], ["data", "Data only"], ["direct", "Children take part"]],
                },
                {
                    "key": "consent", "kind": "long_text", "label": "Consent and assent", "required": True,
                    "help": "How does each child agree? At most 20 words.", "max_words": 20,
                    "shown_if": {"question": "children", "values": ["direct"]},
                },
                {
                    "key": "ages", "kind": "choices", "label": "Age groups",
                    "choices": [["10-12", "10 to 12"], ["13-17", "13 to 17"]],
                    "shown_if": {"question": "children", "values": ["data", "direct"]},
                },
                {
                    "key": "risks", "kind": "long_text", "label": "Risks", "max_words": 100, "content_note": True,
                },
                {"key": "approved", "kind": "yes_no", "label": "Has a committee agreed?", "required": True},
                {"key": "true", "kind": "declaration", "label": "All this is true.", "required": True},
            ],
        },
        {"key": "team", "title": "Team", "questions": [{"key": "team", "kind": "team", "label": "Team"}]},
        {"key": "budget", "title": "Budget", "questions": [{"key": "budget", "kind": "budget", "label": "Budget"}]},
        {
            "key": "files",
            "title": "Attachments",
            "questions": [{"key": "letter", "kind": "file", "label": "Letter of support"}],
        },
    ]
}  # fmt: skip

ANSWERS: dict[str, str | list[str]] = {
    "title": "First warnings: what a nudge at the right second can prevent",
    "summary": "A field experiment on messages that are shown before a harmful search goes on.",
    "theme": "prevention",
    "months": "18",
    "starts_on": "2027-06-01",
    "host": "Northmere University",
    "country": "NO",
    "children": "none",
    "approved": "yes",
    "true": "yes",
}

CATEGORIES = uncapped(
    {"staff": "Staff", "fieldwork": "Fieldwork", "sharing": "Sharing results", "indirect": "Indirect costs"}
)

LINES: list[dict[str, Any]] = [
    {"category": "staff", "description": "Postdoctoral researcher", "year": 1, "amount": Decimal(60000)},
    {"category": "staff", "description": "Postdoctoral researcher", "year": 2, "amount": Decimal(30000)},
    {"category": "fieldwork", "description": "Sessions at three sites", "year": 1, "amount": Decimal(10000)},
    {"category": "indirect", "description": "Overheads", "year": 1, "amount": Decimal(10000)},
]


def make_user(name: str, *roles: str, organisation: Organisation | None = None, **fields: Any) -> User:
    """Add a person with an address after their name, the password “secret”, and these roles."""
    email = fields.pop("email", f"{name.lower().replace(' ', '.')}@example.org")
    user = User.objects.create_user(email=email, password="secret", name=name, organisation=organisation, **fields)
    for role in roles:
        people.give_role(user=user, role=role, reason="Needed for the tests", by=None)
    return user


def make_organisation(name: str = "Northmere University", country: str = "NO", **fields: Any) -> Organisation:
    """Return the organisation of a name, made if it is new."""
    fields.setdefault("kind", Organisation.Kind.UNIVERSITY)
    fields.setdefault("address", f"1 Long Street\n0150 {name}")
    return Organisation.objects.get_or_create(name=name, defaults={"country": country, **fields})[0]


def make_fund(slug: str = "sorf", **fields: Any) -> Fund:
    """Return the fund of a short name, made if it is new."""
    return Fund.objects.get_or_create(
        slug=slug, defaults={"name": "Safe Online Research Fund", "signatory": "Paulo Teixeira", **fields}
    )[0]


def make_form(content: dict[str, Any] | None = None) -> FormVersion:
    """Add a version of a form."""
    return FormVersion.objects.create(title="Application", content=content or FORM, made_at=clock.now())


def make_rubric() -> Rubric:
    """Add a rubric of three criteria on the six-point scale."""
    rubric = Rubric.objects.create(title="Panel review")
    for position, (key, label, weight) in enumerate(
        [("quality", "Quality", 40), ("usefulness", "Usefulness", 40), ("safety", "Safeguarding", 20)], start=1
    ):
        question = f"How good is it in {label.lower()}?"
        Criterion.objects.create(
            rubric=rubric, key=key, label=label, question=question, weight=weight, position=position
        )
    return rubric


def make_call(slug: str = "prevention-first", *, state: str = Call.State.PUBLISHED, **fields: Any) -> Call:
    """Add a call that is open from yesterday for 30 days, unless the fields say otherwise; `closes_at` may be past."""
    now = clock.now()
    closes_at = fields.pop("closes_at", now + timedelta(days=30))
    given = {
        "fund": fields.pop("fund", None) or make_fund(),
        "title": slug.replace("-", " ").capitalize(),
        "prefix": slug.upper(),
        "summary": "Research for safer platforms.",
        "text": "We ask for research that a product team can act on.",
        "opens_at": min(now, closes_at) - timedelta(days=30),
        "closes_at": closes_at,
        "reviews_due_at": closes_at + timedelta(days=60),
        "decision_at": closes_at + timedelta(days=90),
        "budget": Decimal(1_000_000),
        "least_amount": Decimal(20_000),
        "most_amount": Decimal(250_000),
        "budget_categories": CATEGORIES,
        "form": fields.pop("form", None) or make_form(),
        "rubric": fields.pop("rubric", None) or make_rubric(),
        "declaration": "",
    }
    call = Call.objects.create(slug=slug, state=state, **(given | fields))
    for position, name in enumerate(["Prevention", "Detection", "Response"]):
        Theme.objects.create(call=call, slug=name.lower(), name=name, position=position)
    return call


def close(call: Call, ago: timedelta = timedelta(hours=1)) -> Call:
    """Let the call's deadline have passed."""
    call.closes_at = clock.now() - ago
    call.save(update_fields=["closes_at"])
    return call


def make_draft(
    call: Call, by: User, *, answers: dict[str, Any] | None = None, lines: list[dict[str, Any]] | None = None
) -> Application:
    """Start a draft in an open call and fill it in, ready to submit unless the answers or lines say otherwise."""
    at = _moment(call)
    make_organisation()
    application = drafts.start(call=call, by=by, at=at)
    drafts.save_answers(application=application, values=ANSWERS | (answers or {}), by=by, at=at)
    drafts.save_budget(application=application, lines=LINES if lines is None else lines, by=by, at=at)
    return Application.objects.get(pk=application.pk)


def make_submitted(call: Call, by: User, **parts: Any) -> Application:
    """Fill in an application and submit it; in a closed call, an hour before its deadline."""
    application = make_draft(call, by, **parts)
    return submission.submit(application=application, by=by, at=_moment(call))


def _moment(call: Call) -> datetime:
    """Return a moment at which the call is open: now, or an hour before it closed."""
    return min(clock.now(), call.closes_at - timedelta(hours=1))


def make_pdf(pages: int = 1) -> bytes:
    """Return a small PDF."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=100, height=100)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


NOON = datetime(2026, 12, 22, 12, 0, tzinfo=UTC)
"""A moment for tests that stop the clock."""


def count_rows() -> None:
    """Tell PostgreSQL how many rows its tables have, as it finds out by itself once a transaction is committed.

    Without that it plans for empty tables, and a query over some hundred rows can take a minute.
    """
    if connection.vendor == "postgresql":
        # Named, since what all databases of the server have in common would stay locked until this world ends.
        tables = connection.introspection.table_names()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE " + ", ".join(map(connection.ops.quote_name, tables)))
