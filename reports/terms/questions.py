"""What the paper with all questions of a call says."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from core import money
from core.forms.definition import Kind, Question
from core.web import moments
from fund.models import Call
from fund.questions import answer_of
from reports.builders.questions import CallTerms, QuestionTerms, SectionTerms
from reports.terms.issuing import issue_of


def question_terms(call: Call) -> CallTerms:
    """Gather the call's dates, limits, criteria and questions, in words."""
    return CallTerms(
        issue=issue_of(call.fund), title=call.title, summary=call.summary,
        address=settings.SITE_URL + call.get_absolute_url(), form=str(call.form), dated=call.form.made_at.date(),
        dates=tuple(_dates(call)), money=tuple(_money(call)), eligibility=call.eligibility,
        quiz=tuple((each.question, tuple(answer.label for answer in each.answers)) for each in call.eligibility_quiz.questions),
        criteria=tuple((each.label, each.question, str(each.weight)) for each in call.rubric.criteria.all()),
        scale=_scale(call), sections=tuple(_sections(call)),
    )  # fmt: skip


def _dates(call: Call) -> Iterator[tuple[str, str]]:
    yield _("Opens"), moments.full(call.opens_at, call.zone)
    yield _("Closes"), moments.full(call.closes_at, call.zone)
    if call.zone != "UTC":
        yield _("Closes, in UTC"), moments.full(call.closes_at)
    if call.decision_at:
        yield _("Decisions by"), moments.full_day(call.decision_at)


def _money(call: Call) -> Iterator[tuple[str, str]]:
    least, most = (money.figures(each, call.currency) for each in (call.least_amount, call.most_amount))
    yield (
        _("Grants"),
        _("%(currency)s %(least)s to %(most)s") % {"currency": call.currency, "least": least, "most": most},
    )
    months = {"least": call.least_months, "most": call.most_months}
    yield _("Length"), _("%(least)s to %(most)s months") % months
    cap = {"cap": f"{call.indirect_cap.normalize():f}"}
    yield _("Indirect costs"), _("at most %(cap)s %% of the direct costs") % cap
    for category in call.categories:
        yield category.label, category.caps_in_words(call.currency) or _("no cap of its own")


def _scale(call: Call) -> str:
    rubric = call.rubric
    said = {"least": rubric.least, "most": rubric.most}
    words = _("Each is scored from %(least)s to %(most)s.") % said
    anchors = "; ".join(f"{score}, {meaning}" for score, meaning in sorted(rubric.anchors.items()))
    return f"{words} {anchors}." if anchors else words


def _sections(call: Call) -> Iterator[SectionTerms]:
    for number, section in enumerate(call.form.definition.sections, start=1):
        questions = tuple(
            _question(f"{number}.{place}", question, call) for place, question in enumerate(section.questions, start=1)
        )
        yield SectionTerms(f"{number}. {section.title}", str(section.intro), questions)


def _question(number: str, question: Question, call: Call) -> QuestionTerms:
    choices = [theme.name for theme in call.themes.all()] if question.kind == Kind.THEME else []
    choices += [label for _, label in question.choices]
    choices += [column.label for column in question.columns]
    return QuestionTerms(
        number=number, label=str(question.label), answer=str(answer_of(question)), is_required=question.required,
        help=str(question.help), condition=_condition(question, call), choices=tuple(map(str, choices)),
        heading=str(question.heading),
    )  # fmt: skip


def _condition(question: Question, call: Call) -> str:
    """Say when a question is asked; empty where it always is."""
    if question.shown_if is None:
        return ""
    asked = call.form.definition.question(question.shown_if.question)
    if asked is None:
        return ""
    labels = dict(asked.choices) or {"yes": _("Yes"), "no": _("No")}
    labels |= {theme.slug: theme.name for theme in call.themes.all()} if asked.kind == Kind.THEME else {}
    words = _(" or ").join(f"“{labels.get(each, each)}”" for each in question.shown_if.values)
    return _("Asked only if the answer to “%(question)s” is %(answers)s.") % {"question": asked.label, "answers": words}
