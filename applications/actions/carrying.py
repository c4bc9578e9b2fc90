"""What a full application takes over from its expression of interest: answers and files of the same keys, team, budget."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from applications.actions import history
from applications.actions.files import put_pages
from applications.columns import columns_for
from applications.models import Answer, Application, Attachment, BudgetLine, TeamMember
from core.forms.definition import OWN_TABLE, Kind
from core.people.models import User

CARRIED = ("title", "theme", "summary", "host", "host_name", "country", "months", "starts_on", "investigator_name")
MEMBER = (
    "name", "email", "part", "access", "organisation", "organisation_name", "orcid", "orcid_verified", "cv", "user",
    "invited_at",
)  # fmt: skip
FILE = ("question", "name", "kind", "note", "path", "sha256", "size", "pages", "attested", "state", "added_by")


def carry_over(draft: Application, source: Application, *, by: User, at: datetime) -> None:
    """Fill a new, locked draft from the application that it follows; what does not fit its form is left out."""
    draft.follows = source
    _answers(draft, source, by, at)
    _team(draft, source, by)
    _budget(draft, source)
    _files(draft, source, at)
    draft.save(update_fields=["follows", "amount", *CARRIED])


def _answers(draft: Application, source: Application, by: User, at: datetime) -> None:
    asked = {each.key: each for each in draft.form.definition.questions() if each.kind not in OWN_TABLE}
    former = {each.key: each.kind for each in source.form.definition.questions()}
    kept = [each for each in source.answers.all() if each.key in asked and former.get(each.key) == asked[each.key].kind]
    for answer in kept:
        for column, content in columns_for(asked[answer.key], answer.value, draft.call).items():
            setattr(draft, column, content)
    rows = [
        Answer(application=draft, key=each.key, value=each.value, revision=1, saved_at=at, saved_by=by) for each in kept
    ]
    Answer.objects.bulk_create(rows)
    history.record(draft, rows, by=by, at=at)


def _team(draft: Application, source: Application, by: User) -> None:
    """Take the team over as it was; whoever starts owns the new draft."""
    own: TeamMember | None = None
    members = []
    for each in source.team.all():
        fields: dict[str, Any] = {name: getattr(each, name) for name in MEMBER}
        if each.user_id == by.pk:
            own = TeamMember(application=draft, **fields | {"access": TeamMember.Access.OWNER})
            continue
        if fields["access"] == TeamMember.Access.OWNER:
            fields["access"] = TeamMember.Access.EDITOR
        members.append(TeamMember(application=draft, **fields))
    if own is None:
        return
    draft.team.all().delete()
    TeamMember.objects.bulk_create([own, *members])
    draft.investigator_name = next((each.name for each in [own, *members] if each.part == "investigator"), "")


def _budget(draft: Application, source: Application) -> None:
    known = {category.key for category in draft.call.categories}
    lines = [
        BudgetLine(
            application=draft, category=each.category, description=each.description, year=each.year, amount=each.amount
        )
        for each in source.budget_lines.all()
        if each.category in known
    ]
    BudgetLine.objects.bulk_create(lines)
    draft.amount = sum((line.amount for line in lines), Decimal(0)) if lines else None


def _files(draft: Application, source: Application, at: datetime) -> None:
    """Take over what may be read now, each as a file of its own with the content that is stored already."""
    asked = [each.key for each in draft.form.definition.questions() if each.kind == Kind.FILE]
    for each in source.attachments.open().filter(question__in=asked):
        fields: dict[str, Any] = {name: getattr(each, name) for name in FILE}
        put_pages(Attachment.objects.create(application=draft, added_at=at, **fields))
