"""The paper with all questions of a call, made in the background and kept until something in it changes."""

import hashlib
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from core import documents, jobs
from core.documents.models import Document
from core.jobs import Claim
from core.jobs.models import Job
from core.language import lazy
from fund.models import Call
from reports.builders.questions import CallTerms, build_questions_pdf
from reports.builders.questions_docx import build_questions_docx
from reports.terms.questions import question_terms

LAYOUT = "1"
"""To be raised with every change of how the papers look: then they are made again."""
FORMATS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def kind_of(extension: str) -> str:
    """Return the kind of document of a format."""
    return f"call-questions-{extension}"


def papers_of(call: Call) -> dict[str, Document]:
    """Return the papers that say what the call says now, by their format."""
    kinds = {kind_of(each): each for each in FORMATS}
    rows = Document.objects.about(call).current().filter(kind__in=kinds, template=fingerprint(question_terms(call)))
    return {kinds[each.kind]: each for each in rows}


def fingerprint(terms: CallTerms) -> str:
    """Return what changes with the content of the papers and their look."""
    return hashlib.sha256(f"{LAYOUT} {terms!r}".encode()).hexdigest()[:40]


def _key(call: Call) -> str:
    """Name the making of the papers of what the call says now, apart from when it said the same, or failed, before."""
    before = Document.objects.about(call).filter(kind=kind_of("pdf")).count()
    failed = Job.objects.filter(kind="call-questions", state=Job.State.FAILED, payload__call=call.pk).count()
    return f"questions-{call.pk}-{before}-{failed}-{fingerprint(question_terms(call))}"


@transaction.atomic
def ask_for_papers(call: Call) -> None:
    """Put the making of a call's papers in the queue, once for what it says now."""
    jobs.put("call-questions", priority=jobs.Priority.URGENT, key=_key(call), call=call.pk)


def are_asked_for(call: Call) -> bool:
    """Whether the papers of what the call says now are being made."""
    return Job.objects.filter(key=_key(call), state__in=[Job.State.WAITING, Job.State.RUNNING]).exists()


@jobs.handles("call-published", lazy("Papers of a new call"))
def begin_with_papers(claim: Claim) -> None:
    """Have the papers of a call made as soon as it is published."""
    with claim.filing():
        ask_for_papers(_rows().get(pk=claim.payload["call"]))


def _rows() -> QuerySet[Call]:
    return Call.objects.select_related("fund", "form", "rubric")


@jobs.daily
def keep_papers() -> None:
    """Have the papers of all open and coming calls made before somebody asks for them."""
    for call in _rows().filter(state=Call.State.PUBLISHED):
        if len(papers_of(call)) < len(FORMATS):
            ask_for_papers(call)


@jobs.handles("call-questions", lazy("All questions of a call"))
def make_papers(claim: Claim) -> None:
    """Make the papers of one call and file them in the place of the former ones."""
    call = _rows().get(pk=claim.payload["call"])
    terms = question_terms(call)
    pdf, docx = build_questions_pdf(terms), build_questions_docx(terms)
    with claim.filing() as result:
        result["pdf"] = documents.file("call-questions-pdf", pdf, **_fields(call, terms, "pdf")).pk
        result["docx"] = documents.file("call-questions-docx", docx, **_fields(call, terms, "docx")).pk


def _fields(call: Call, terms: CallTerms, extension: str) -> dict[str, Any]:
    former = Document.objects.about(call).current().filter(kind=kind_of(extension)).first()
    return {
        "subject": call, "supersedes": former, "template": fingerprint(terms), "content_type": FORMATS[extension],
        "title": f"All questions: {call.title}", "name": f"{call.slug}-questions.{extension}",
    }  # fmt: skip


for kind in ("call-published", "call-questions"):
    jobs.concerns(kind, "call", lambda user: Call.objects.all(), page=Call.get_absolute_url)
