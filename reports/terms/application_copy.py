"""What the copy of a submitted application says to one recipient: what their page of it shows."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import translation

from applications.content import names_its_applicant
from applications.models import ApplicationVersion, Attachment, Incident
from core.files import joined
from core.files.kinds import Kind
from core.people import cv
from core.people.models import country_name
from reports.builders.application_copy import ApplicationCopyTerms, Enclosure
from reports.builders.application_summary import Copy
from reports.builders.submitted import Answer, BudgetLine, Section, TeamMember
from reports.terms.issuing import issue_of

HIDDEN = "Hidden until your review is submitted"
CLOSED = "This attachment is closed, and is part of no copy."
WAITS = "It is not in this copy: the virus scanner has not looked at it yet."
GONE = "It is not in this copy: it was taken off the application after this version."
NO_PDF = "It is not in this copy, because it is no PDF. It can be downloaded from the page of the application."
UNREADABLE = "It cannot be read, so that it is not in this copy. What was uploaded is on the page of the application."


class Attached(NamedTuple):
    """An attached file as a copy has it, and where its pages are if they are appended."""

    enclosure: Enclosure
    path: str | None = None
    sha256: str = ""


@translation.override(settings.LANGUAGE_CODE)
def application_copy_terms(
    version: ApplicationVersion, *, copy: Copy, is_hidden: bool, attached: list[Attached]
) -> ApplicationCopyTerms:
    """Gather what was submitted; `is_hidden` leaves out who applies, and all that they attached."""
    application, content = version.application, version.content
    columns, declared = content["columns"], {} if is_hidden else content.get("declaration", {})
    budget = content["budget"]
    return ApplicationCopyTerms(
        issue=issue_of(application.call.fund),
        copy=copy,
        reference=application.reference or "",
        call=application.call.title,
        title=columns["title"],
        received_at=version.submitted_at,
        version=version.number,
        version_hash=version.sha256,
        amount=Decimal(budget["total"]),
        currency=budget["currency"],
        duration_months=columns["months"] or 0,
        theme=columns["theme_name"],
        host=HIDDEN if is_hidden else columns["host"],
        country=HIDDEN if is_hidden else country_name(columns["country"]),
        principal_investigator=HIDDEN if is_hidden else columns["investigator"],
        declared_by=f"{declared['name']}, {declared['capacity']}" if declared else "",
        declaration=declared.get("text", ""),
        sections=tuple(_sections(version, is_hidden=is_hidden)),
        budget=tuple(
            BudgetLine(each["category_label"], each["description"], Decimal(each["amount"])) for each in budget["lines"]
        ),
        team=() if is_hidden else tuple(_member(each) for each in content["team"]),
        enclosures=tuple(each.enclosure for each in attached),
        left_out=_why_left_out(content["attachments"], is_hidden=is_hidden),
    )


def _sections(version: ApplicationVersion, *, is_hidden: bool) -> Iterator[Section]:
    form = version.form.definition
    for section in version.content["sections"]:
        answers = (
            Answer(
                each["label"],
                HIDDEN if is_hidden and names_its_applicant(each, form) else each["words"],
                bool(each.get("content_note") and each["words"]),
            )
            for each in section["answers"]
        )
        if found := tuple(answers):
            yield Section(section["title"], found)


def _member(member: dict[str, Any]) -> TeamMember:
    modules = tuple((each["label"], each["words"]) for each in cv.in_words(member.get("cv") or {}))
    return TeamMember(member["name"], member["part_label"], member["organisation"], modules)


def _why_left_out(files: list[Any], *, is_hidden: bool) -> str:
    if not files:
        return "Nothing was attached."
    if is_hidden:
        return "What was attached is left out: it may say who applies, which is hidden until your review is submitted."
    return ""


def attached_to(version: ApplicationVersion, *, is_hidden: bool) -> list[Attached]:
    """Return what was attached to a version, with how many pages of each file can be appended."""
    files = [] if is_hidden else version.content["attachments"]
    hashes = [each["sha256"] for each in files]
    rows = Attachment.objects.filter(application=version.application_id, sha256__in=hashes)
    why = {each.sha256: WAITS for each in rows.filter(state=Attachment.State.CHECKING)}
    why |= {each.sha256: CLOSED for each in rows.filter(state=Attachment.State.QUARANTINED)}
    why |= {each.sha256: CLOSED for each in Incident.objects.standing().filter(sha256__in=hashes)}
    paths = {each.sha256: each.path for each in rows.open()}
    read = [
        each["sha256"] for each in files if each["kind"] == Kind.PDF and each["sha256"] in paths.keys() - why.keys()
    ]
    pages = dict(zip(read, joined.pages_of([paths[each] for each in read]), strict=True))
    return [_attached(each, paths, pages, why) for each in files]


def _attached(
    file: dict[str, Any], paths: dict[str, str], pages: dict[str, int | None], why: dict[str, str]
) -> Attached:
    sha256, name = file["sha256"], file["name"]
    if sha256 in why:
        return Attached(Enclosure("" if why[sha256] == CLOSED else name, why=why[sha256]))
    if sha256 not in paths:
        return Attached(Enclosure(name, why=GONE))
    if file["kind"] != Kind.PDF:
        return Attached(Enclosure(name, why=NO_PDF))
    if (count := pages[sha256]) is None:
        return Attached(Enclosure(name, why=UNREADABLE))
    return Attached(Enclosure(name, count), paths[sha256], sha256)
