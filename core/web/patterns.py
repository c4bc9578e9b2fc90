"""Sample content for the page of patterns, where every part can be seen and tested by itself."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest

from core import clock
from core.states import Shape, Wording
from core.web.forms import DateInput, FilesField, MoneyField, ScaleSelect
from core.web.pagination import paginate

CONSENT = (
    "Young people aged 13 to 17 see a one-minute film and a page of plain text before they decide. "
    "A card on the table says “stop”, “skip” or “talk to someone”, and showing it is enough."
)
ROWS = (
    ("2026-041", "Grooming patterns in voice chat: a mixed-methods study", "Northmere University", Decimal(184000)),
    ("2026-087", "Lời cảnh báo trẻ hiểu được: Warnings that children understand", "Sông Thu School", Decimal(88900)),
    ("2026-074", "أصوات الناجين: Survivor voices in platform policy", "Al-Rawda Centre", Decimal("120000.50")),
    ("2026-019", "ครอบครัวออนไลน์: Carers in closed groups", "Chao Phraya Institute", Decimal(97250)),
    ("2026-033", "बच्चों की सुरक्षा: Hotline triage under load", "Himavat Institute", Decimal(133000)),
)
WORDINGS = (
    Wording("Draft", "Draft", Shape.TO_COME),
    Wording("Internal review", "We are reading your application", Shape.MOVING),
    Wording("Approved", "Grant is running", Shape.DONE),
    Wording("Waits for an answer", "Answer by Fri 27 November", Shape.YOURS),
    Wording("Not eligible", "Not eligible", Shape.STOPPED),
)


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Title", max_length=140, help_text="At most 140 characters.")
    consent = forms.CharField(
        label="Consent and assent",
        help_text="How does each child agree, and how can they stop? At most 20 words.",
        widget=forms.Textarea(attrs={"rows": 4, "class": "is-reading", "data-limit-words": 20}),
    )
    taking_part = forms.ChoiceField(
        label="Do children take part in the research?",
        help_text="Choose the closest.",
        widget=forms.RadioSelect,
        choices=[("none", "No children"), ("data", "Data only"), ("direct", "Children take part directly")],
    )
    groups = forms.MultipleChoiceField(
        label="Age groups",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("u10", "Under 10"), ("10-12", "10 to 12"), ("13-17", "13 to 17")],
    )
    theme = forms.ChoiceField(label="Theme", choices=[("", "Choose one"), ("p", "Prevention"), ("d", "Detection")])
    until = forms.DateField(label="Ethics approval valid until", widget=DateInput)
    amount = MoneyField(label="Requested amount", help_text="Between USD 20,000 and 250,000.")
    score = forms.ChoiceField(
        label="Usefulness to practice",
        help_text="Who could act on the result, and how soon?",
        widget=ScaleSelect,
        choices=[*((str(number), str(number)) for number in range(1, 7)), ("na", "n/a")],
    )
    attachments = FilesField(
        label="Attachments", required=False, help_text="PDF, DOCX, XLSX or CSV, at most 20 MB each."
    )
    sure = forms.BooleanField(label="None of these files has an image or video of abuse.")


class SampleFilters(forms.Form):
    """Filters as above a list."""

    q = forms.CharField(label="Search", required=False, help_text="Words from title, team and text.")
    state = forms.ChoiceField(label="State", required=False, choices=[("", "All states"), ("r", "In review")])
    country = forms.ChoiceField(label="Country", required=False, choices=[("", "All countries"), ("no", "Norway")])
    least = forms.CharField(label="Least amount", required=False)


def context(request: HttpRequest) -> dict[str, Any]:
    """Return what the page of patterns shows."""
    wrong = {"title": "", "consent": CONSENT, "taking_part": "direct", "amount": "-5", "until": "2027-11-30"}
    unsure = clock.now() + timedelta(days=22, hours=3)
    return {
        "form": SampleForm(auto_id="plain_%s"),
        "wrong": SampleForm(wrong),
        "filters": SampleFilters(request.GET, auto_id="filter_%s"),
        "rows": ROWS,
        "wordings": WORDINGS,
        "soon": unsure,
        "page": paginate(request, range(1, 619)),
        "text": "First paragraph <b>escaped</b>.\nSecond line.\n\nنحن نسأل كيف تصل أصوات الناجين إلى من يضع القواعد.",
        "files": (
            {"name": "ethics-approval.pdf", "kind": "PDF", "size": 184_320, "url": "#file", "remove_url": "#remove"},
            {"name": "رسالة دعم.pdf", "kind": "PDF", "size": 91_000, "note": "Being checked"},
        ),
    }
