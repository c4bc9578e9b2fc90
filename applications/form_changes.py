"""What a changed form means for those who are writing: they are told, and no answer of theirs is lost."""

from collections.abc import Iterator
from dataclasses import dataclass

from applications.actions.writing import take_back_ready
from applications.checks import answers_of
from applications.content import canonical, in_words
from applications.models import Application, TeamMember
from core import jobs, mail
from core.forms.definition import Question
from core.jobs import Claim
from core.language import lazy
from fund.building.differences import Differences, between
from fund.models import FormChange


@jobs.handles("form-changed", lazy("News of a changed form"))
def tell_of_form(claim: Claim) -> None:
    """Write to the owner of every draft what changed in the form; who had called it ready looks at it again."""
    change = FormChange.objects.select_related("call", "old", "new").get(pk=claim.payload["change"])
    differences = between(change.old.content, change.new.content)
    told = 0
    with claim.filing() as result:
        drafts = Application.objects.filter(call=change.call, state=Application.State.DRAFT)
        for pk in drafts.order_by("pk").values_list("pk", flat=True):
            told += _tell(Application.objects.for_writing(pk), change, differences)
        result["told"] = told


def _tell(draft: Application, change: FormChange, differences: Differences) -> int:
    if draft.ready_at is not None and draft.ready_at <= change.changed_at:  # else it was called ready with the new form
        take_back_ready(draft, by=None)
    owner = draft.team.filter(access=TeamMember.Access.OWNER).select_related("user").first()
    if owner is None or owner.user is None:
        return 0
    mail.queue(
        "applications/mail/form-changed.txt",
        to=owner.user, change=change, call=change.call, application=draft, differences=differences,
    )  # fmt: skip
    return 1


@dataclass(frozen=True, slots=True)
class News:
    """One change of the form since a draft was begun."""

    change: FormChange
    differences: Differences


@dataclass(frozen=True, slots=True)
class OldAnswer:
    """An answer to a question that the form asks no longer."""

    label: str
    words: str


def news_of(application: Application) -> list[News]:
    """Return what changed in the form since the draft was begun, the latest first; what was submitted keeps its form."""
    if application.current is not None:
        return []
    changes = application.call.form_changes.filter(changed_at__gte=application.started_at)
    return [
        News(each, between(each.old.content, each.new.content))
        for each in changes.select_related("old", "new").order_by("-changed_at", "-pk")
    ]


def no_longer_asked(application: Application, news: list[News]) -> Iterator[OldAnswer]:
    """Yield the answers whose questions are gone, in the words of the form that asked them."""
    asked = {question.key for question in application.form.definition.questions()}
    gone: dict[str, Question] = {}
    for each in news:
        gone |= {old.key: old for old in each.change.old.definition.questions() if old.key not in asked}
    answers = answers_of(application)
    themes = {theme.slug: theme.name for theme in application.call.themes.all()} if gone else {}
    for key, question in gone.items():
        if answers.get(key):
            written = canonical(question, answers[key], application.call.currency)
            yield OldAnswer(question.label, in_words(question, written, themes))
