"""What can be checked of a submitted application by its figures alone; the rest is for a person to judge."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.utils.translation import gettext as _

from applications.models import Application
from core import money
from core.states import Shape
from core.web import moments
from fund.models import Call
from fund.quiz import Effect


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at: what is there, what the call asks, and whether it fits."""

    label: str
    words: str
    is_met: bool

    @property
    def wording(self) -> tuple[str, Shape]:
        """The result in a word, with its shape."""
        return (_("As the call asks"), Shape.DONE) if self.is_met else (_("Look at this"), Shape.YOURS)


def checks_of(application: Application, call: Call, content: dict[str, Any]) -> list[Check]:
    """Return the checks of a version against the rules of its call."""
    return [
        _amount(application, call), *_budget(content.get("budget") or {}, call), _length(application, call),
        host_check(application), _time(application, call), *_quiz(application, call),
    ]  # fmt: skip


def _amount(application: Application, call: Call) -> Check:
    asked = application.amount if application.amount is not None else Decimal(0)
    words = _("%(currency)s %(asked)s; the call gives %(least)s to %(most)s") % {
        "currency": call.currency,
        "asked": money.figures(asked, call.currency),
        "least": money.figures(call.least_amount, call.currency),
        "most": money.figures(call.most_amount, call.currency),
    }
    return Check(_("Amount"), words, call.least_amount <= asked <= call.most_amount)


def _budget(budget: dict[str, Any], call: Call) -> Iterator[Check]:
    """Yield whether indirect costs keep to the cap; without a budget there is nothing to say."""
    if not budget:
        return
    direct, indirect = Decimal(budget["direct"]), Decimal(budget["indirect"])
    share = (100 * indirect / direct).quantize(Decimal("0.1"), ROUND_DOWN) if direct else None
    words = (
        _("%(share)s %% of direct costs; at most %(normalize)s %%")
        % {"share": f"{share:f}", "normalize": f"{call.indirect_cap.normalize():f}"}
        if direct
        else _("No direct costs")
    )
    yield Check(_("Indirect costs"), words, bool(direct) and 100 * indirect <= call.indirect_cap * direct)


def _length(application: Application, call: Call) -> Check:
    months = application.months or 0
    words = _("%(months)s months; the call asks for %(least_months)s to %(most_months)s") % {
        "months": months,
        "least_months": call.least_months,
        "most_months": call.most_months,
    }
    return Check(_("Length"), words, call.least_months <= months <= call.most_months)


def host_check(application: Application) -> Check:
    """Return what the register of organisations says of the host."""
    host = application.host
    if host is None:
        return Check(_("Host"), _("Written by hand; not in the register of organisations"), is_met=False)
    kind = host.get_kind_display()
    words = _("%(kind)s, ROR %(ror)s") if host.ror else _("%(kind)s, no ROR id")
    words %= {"kind": kind, "ror": host.ror}
    return Check(_("Host"), words, bool(host.ror))


def _time(application: Application, call: Call) -> Check:
    at = application.submitted_at
    words = f"{moments.full(at, call.zone)}" if at else _("Not submitted")
    return Check(_("Submitted"), words, at is not None and at <= application.grace_until())


def _quiz(application: Application, call: Call) -> Iterator[Check]:
    """Yield what was answered before the start; an answer with a warning is one to look at."""
    for question in call.eligibility_quiz.questions:
        answer = question.answer(application.quiz_answers.get(question.key))
        if answer is not None:
            yield Check(question.question, answer.label, answer.effect == Effect.PASS)
