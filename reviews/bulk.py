"""Doing one thing to many applications: what will happen to each, before it does, and what was refused."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.actions import asking, desk, screening
from applications.models import Application, Label
from applications.search.folding import key_of
from core.states import WrongState
from fund.models import Call

MOST = 500
CHOICES = (
    ("eligible", gettext_lazy("Find eligible")), ("start_review", gettext_lazy("Start the review")),
    ("tag", gettext_lazy("Tag")), ("flag", gettext_lazy("Flag")), ("ask", gettext_lazy("Ask")),
)  # fmt: skip
NEEDS_WORD = {"tag", "flag"}
STEPS = {"eligible": "find_eligible", "start_review": "start_review"}


@dataclass(frozen=True)
class Given:
    """What is written once, for all of them: the word of a label, or a question with its date."""

    word: str = ""
    question: str = ""
    due_at: datetime | None = None


NOTHING = Given()


@dataclass(frozen=True)
class Line:
    """What will happen to one application, or why nothing will."""

    application: Application
    words: str
    is_refused: bool = False


def preview(action: str, applications: Iterable[Application], *, call: Call, word: str = "") -> list[Line]:
    """Say what an action will do to each application of a list that holds none of the person's own; nothing changes."""
    return [_line(action, each, call, word) for each in applications]


def carry_out(action: str, applications: Iterable[Application], *, by: Any, given: Given = NOTHING) -> list[Line]:
    """Do it to each, in a transaction of its own, and return what happened."""
    done: list[Line] = []
    for each in applications:
        try:
            _DO[action](each, by, given)
        except (WrongState, PermissionDenied) as refusal:
            done.append(Line(each, str(refusal), is_refused=True))
        except ValidationError as error:
            done.append(Line(each, " ".join(error.messages), is_refused=True))
        else:
            done.append(Line(each, _("Done")))
    return done


def _line(action: str, application: Application, call: Call, word: str) -> Line:
    if action in NEEDS_WORD:
        return _label_line(action, application, word)
    if action == "ask":
        return _ask_line(application)
    step = Application.TABLE.transitions[STEPS[action]]
    now = application.wording.staff
    if action == "start_review" and call.state != Call.State.IN_REVIEW:
        return Line(application, _("The review of this call has not begun. Start it on its settings page."), True)
    if application.state not in step.sources:
        return Line(application, _("Stays as it is: it is at “%(now)s”.") % {"now": now}, is_refused=True)
    after = Application.TABLE.wordings[step.target].staff
    return Line(application, _("From “%(now)s” to “%(after)s”") % {"now": now, "after": after})


def _label_line(kind: str, application: Application, word: str) -> Line:
    key = key_of(word)
    if key and any(each.label.kind == kind and each.label.key == key for each in application.labellings.all()):
        return Line(application, _("Has it already"))
    if not key:
        return Line(application, _("Gets the word that you write below"))
    return Line(application, _("Gets “%(word)s”") % {"word": word})


def _ask_line(application: Application) -> Line:
    try:
        asking.check_askable(application)
    except WrongState as refusal:
        return Line(application, str(refusal), is_refused=True)
    return Line(application, _("The owner gets the question that you write below"))


def _eligible(application: Application, by: Any, given: Given) -> None:
    screening.screen(application=application, outcome="eligible", by=by)


def _start_review(application: Application, by: Any, given: Given) -> None:
    if application.call.state != Call.State.IN_REVIEW:
        raise WrongState(_("The review of this call has not begun. Start it on its settings page."))
    screening.start_review(application=application, by=by)


def _labelled(kind: str) -> Callable[[Application, Any, Given], None]:
    def put(application: Application, by: Any, given: Given) -> None:
        desk.put_label(application=application, kind=kind, word=given.word, by=by)

    return put


def _ask(application: Application, by: Any, given: Given) -> None:
    if given.due_at is None:
        raise ValidationError(_("Choose a day that is still to come."))
    asking.ask(application=application, question=given.question, due_at=given.due_at, by=by)


_DO: Mapping[str, Callable[[Application, Any, Given], None]] = {
    "eligible": _eligible,
    "start_review": _start_review,
    "tag": _labelled(Label.Kind.TAG),
    "flag": _labelled(Label.Kind.FLAG),
    "ask": _ask,
}
