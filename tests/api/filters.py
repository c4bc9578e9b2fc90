"""What every filter of the interface keeps of the world of tests/access."""

from typing import Any

LETTERS = "Letters of 2 decisions: Decided"
FILTERS: dict[tuple[str, str], dict[str, list[Any]]] = {
    ("calls", "slug"): {"state=draft": ["new"], "state=in_review": ["decided", "review"]},
    ("my/applications", "call"): {"call__slug=back": ["back"], "call__slug=new": []},
    ("assignments", "reviewer"): {
        "state=proposed": ["Tariq"], "state=submitted": [], "application__call__slug=review": ["Ruth", "Tariq"],
        "application__call__slug=decided": [],
    },
    ("reviews", "application"): {
        "assignment__application__call__slug=review": ["REVIEW-001"],
        "assignment__application__call__slug=decided": [],
        "assignment__application__reference=REVIEW-001": ["REVIEW-001"],
        "assignment__application__reference=REVIEW-002": [],
    },
    ("decisions", "application"): {
        "outcome=decline": ["REVIEW-001"], "state=released": ["DECIDED-001", "DECIDED-002"],
        "application__call__slug=review": ["REVIEW-001", "REVIEW-002"],
    },
    ("awards", "number"): {
        "state=offered": ["SORF-A-2026-001"], "call__slug=decided": ["SORF-A-2026-001", "SORF-A-2026-002"],
        "call__slug=review": [],
    },
    ("documents", "title"): {
        "kind=award-letter": ["Award letter SORF-A-2026-001: Loud study", "Award letter SORF-A-2026-002: Other study"],
        "q=for+DECIDED": ["Receipt for DECIDED-001, version 1", "Receipt for DECIDED-002, version 1"],
        "q=l-2026-0001": ["Award letter SORF-A-2026-001: Loud study"],
    },
    ("batches", "title"): {
        "title=1+summary+for+Ruth": ["1 summary for Ruth"], "title__icontains=letters": [LETTERS],
        "asked_at__gte=2100-01-01": [], "asked_at__lt=2100-01-01": ["1 summary for Ruth", LETTERS],
        "asked_at__gte=2000-01-01": ["1 summary for Ruth", LETTERS], "asked_at__lt=2000-01-01": [],
    },
    ("jobs", "kind"): {
        "kind=application-summary": ["application-summary"], "batch={batch}": ["award-letter", "award-letter"],
        "state=failed": [],
    },
    ("letters", "number"): {
        "state=held": ["HELD-L-2026-0001"], "q=DECIDED-001": ["SORF-L-2026-0001"], "kind=outcome-letter": [],
        "kind=award-letter": ["HELD-L-2026-0001", "SORF-L-2026-0001", "SORF-L-2026-0002"],
    },
    ("mails", "state"): {"state=failed": ["failed"], "q=BACK-001+and": ["sent"], "q=nobody@example": []},
    ("meetings", "call"): {
        "state=open": ["review"], "state=planned": [], "call__slug=review": ["review"], "call__slug=back": [],
    },
    ("bids", "member"): {
        "word=can": ["Ruth"], "word=not_my_field": [], "application__reference=REVIEW-002": ["Ruth"],
        "application__reference=REVIEW-001": [], "application__call__slug=review": ["Ruth"],
        "application__call__slug=back": [],
    },
    ("calibration-cases", "title"): {"calibration__call__slug=review": ["One", "Two"], "calibration__call__slug=back": []},
    ("panel", "person"): {"call__slug=elsewhere": ["Rosa", "Ruth"], "group=police": ["Busy"], "state=invited": ["Ruth"]},
    ("pool", "name"): {"q=tariq": ["Tariq"], "group=industry": ["Rosa"]},
    ("suggestions", "name"): {"place__call__slug=review": ["Nadia"], "place__call__slug=back": []},
    ("reassignments", "call"): {"call__slug=review": ["review"], "call__slug=back": []},
    ("draws", "call"): {"call__slug=review": ["review"], "call__slug=back": []},
    ("drafts", "owner"): {"call__slug=open": ["Ada", "Amir"], "call__slug=back": ["Ada"]},
    ("invitations", "name"): {"call__slug=invited": ["Ada"], "call__slug=back": []},
    ("inquiries", "question"): {
        "application={submitted}": ["Which year?", "Who keeps the key?"], "application={returned}": ["Who signs?"],
    },
    ("feedback", "reference"): {"application={submitted}": ["REVIEW-001"], "application={returned}": []},
    ("decision-inquiries", "reference"): {
        "application={submitted}": [], "application={decided}": ["DECIDED-002"], "kind=complaint": ["DECIDED-002"],
        "kind=question": [],
    },
}  # fmt: skip
"""What each filter keeps of the world, by the list and what names its rows."""
ELSEWHERE = {"applications"}
"""Whose filters are those of the page, and tested with them."""
WHOSE = {"my/applications": "ada", "reviews": "ruth"}
