"""What the summary of an application says to one recipient: nothing that their pages would not show."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from applications.budget import Budget, limits
from applications.content import names_its_applicant
from applications.models import Application, ApplicationVersion, Screening
from core.forms import ethics
from core.people.models import User, country_name
from reports.builders.application_summary import BudgetCategory, Copy, Flag, SummaryTerms
from reports.builders.judgement import Judgement
from reports.terms.diligence import Findings, findings
from reports.terms.issuing import issue_of
from reports.terms.judgement import judgements

ETHICS = ("ethics", "safeguarding")
SHORT = 400


def summaries(
    applications: Sequence[Application], *, recipient: User, copy: Copy, hidden: Collection[int]
) -> Iterator[SummaryTerms]:
    """Gather summaries from the submitted versions, what the fund found, and the judgements that the recipient may see.

    The queries are the same for one application and for many. Of those in `hidden` it is left out who applies.
    """
    found, judged = findings(applications, recipient, hidden), judgements(applications, recipient)
    for application in applications:
        key = application.pk
        yield _summary(application, found[key], judged[key], copy=copy, is_hidden=key in hidden)


def rows_for_summaries() -> QuerySet[Application]:
    """Return the rows with all that a summary reads of them."""
    rows = Application.objects.select_related("call__fund", "call__rubric", "current__form", "host")
    return rows.prefetch_related("screenings", "call__rubric__criteria")


def _summary(
    application: Application, found: Findings, judged: Judgement, *, copy: Copy, is_hidden: bool
) -> SummaryTerms:
    version = application.current
    content = version.content if version else {}
    columns = content["columns"]
    hidden = "Hidden until your review is submitted"
    return SummaryTerms(
        issue=issue_of(application.call.fund),
        copy=copy,
        reference=application.reference or "",
        call=application.call.title,
        title=columns["title"],
        host=hidden if is_hidden else columns["host"],
        country=hidden if is_hidden else country_name(columns["country"]),
        principal_investigator=hidden if is_hidden else columns["investigator"],
        amount=Decimal(content["budget"]["total"]),
        currency=content["budget"]["currency"],
        duration_months=columns["months"] or 0,
        lay_summary=columns["summary"],
        theme=columns["theme_name"],
        partners=() if is_hidden else _partners(content["team"]),
        budget=_budget(content["budget"], application),
        flags=_flags(version, is_hidden=is_hidden) if version else (),
        eligibility=tuple(_screened(each, is_hidden=is_hidden) for each in application.screenings.all()),
        checklist=found.checklist,
        due_diligence=found.due_diligence,
        notes=found.notes,
        asked=found.asked,
        judgement=judged,
    )


def _partners(team: list[dict[str, Any]]) -> tuple[str, ...]:
    others = [each for each in team if each["part"] != "investigator"]
    return tuple(f"{each['name']}, {each['organisation']}" if each["organisation"] else each["name"] for each in others)


def _budget(budget: Mapping[str, Any], application: Application) -> tuple[BudgetCategory, ...]:
    """Return what is asked for in each category, against what the call allows there."""
    most = limits(Budget.submitted(budget), application.call)
    return tuple(
        BudgetCategory(each["label"], Decimal(each["amount"]), most.get(each["category"]))
        for each in budget["by_category"]
        if Decimal(each["amount"])
    )


def _screened(screening: Screening, *, is_hidden: bool) -> str:
    """Return an outcome of the eligibility check; its text was written to the applicants, and may say who they are."""
    said = [str(screening.get_reason_display()) if screening.reason else "", "" if is_hidden else screening.text]
    reason = ". ".join(filter(None, said))
    return f"{screening}: {reason}" if reason else str(screening)


def _flags(version: ApplicationVersion, *, is_hidden: bool) -> tuple[Flag, ...]:
    """Return the short answers about ethics and safeguarding: what it is about, not the whole plan.

    They are those of a section that is named so, and of the built-in block wherever it stands.
    """
    form, keys = version.form, ethics.keys_in(version.form.content["sections"])
    answers = [
        each
        for section in version.content["sections"]
        for each in section["answers"]
        if section["key"].startswith(ETHICS) or each["key"] in keys
    ]
    return tuple(
        Flag(each["label"], each["words"])
        for each in answers
        if 0 < len(each["words"]) <= SHORT and not (is_hidden and names_its_applicant(each, form.definition))
    )
