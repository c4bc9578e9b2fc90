"""The two stages of one call: ideas, of which two are invited to the full application and one is to be corrected."""

from collections.abc import Callable
from dataclasses import replace
from itertools import islice

from applications.actions import drafts, inviting, ownership, screening
from applications.models import Application
from config.loading import applications, people
from config.loading.applications import Entry
from config.loading.calls import make_call
from config.loading.forms import make_form
from config.loading.moments import from_today
from config.sample.proposals import proposals
from config.sample.shapes import Proposal
from core import clock
from core.forms.models import FormVersion
from core.people.models import User
from fund.models import Call, Fund, Rubric

IDEAS = 4
SPARE = 40
"""So many proposals of the closed call stand there already; the ideas are taken from the others."""
BRIEF = frozenset({"summary", "team", "budget"})
"""The sections of the whole form that an expression of interest has."""
TO_CORRECT = {
    "summary": "Say in a sentence for how many years you would follow people, and when you would first report.",
    "duration_months": "Is this the length of the first grant, or of the whole study?",
}
FORMAL = "Your idea is within the scope of the call. Two answers leave us in doubt; please make them clearer."


def tell(
    *, fund: Fund, whole: FormVersion, rubric: Rubric, by: User, applicant: User, tick: Callable[[], None]
) -> None:
    """Tell of both stages; the applicant leads an idea that is taken up, and edits one that is to be corrected."""
    form = make_form(title="Expression of interest", sections=BRIEF)
    first = make_call("ideas", fund=fund, form=form, rubric=rubric, by=by)
    mine, *others = applications.submit_all(first, _ideas(), tick=tick, guest=applicant)
    shared = max(others, key=lambda entry: entry.proposal.quality)
    taken, *_left = [entry for entry in others if entry is not shared]
    with clock.at(from_today(-9)):
        for entry in (mine, taken):
            screening.screen(application=entry.application, outcome="eligible", by=by)
    _return(shared, by=by)
    second = make_call("invited", fund=fund, form=whole, rubric=rubric, by=by, follows=first)
    _invite(second, [mine, taken], by=by)


def _ideas() -> list[Proposal]:
    """Return the ideas: first the one of the applicant who can sign in."""
    lead = people.person_of("applicant")
    free = (each for each in proposals("closed")[SPARE:] if lead not in [one.person for one in each.team])
    spare = list(islice(free, IDEAS))
    own = replace(spare[0], team=(replace(spare[0].team[0], person=lead), *spare[0].team[1:]))
    return [own, *spare[1:]]


def _return(entry: Entry, *, by: User) -> None:
    """Return an idea for correction; its owner lets editors submit, so that the applicant can finish it."""
    with clock.at(from_today(-2)):
        screening.screen(
            application=entry.application, outcome="returned", text=FORMAL, asked=TO_CORRECT, until=from_today(6, 17), by=by
        )  # fmt: skip
    with clock.at(from_today(-1)):
        owner = people.user(entry.proposal.pi)
        ownership.let_editors_submit(application=entry.application, allowed=True, by=owner)


def _invite(call: Call, entries: list[Entry], *, by: User) -> None:
    """Invite the owners of ideas to the second stage; the last one begins at once."""
    taken = [Application.objects.get(pk=entry.application.pk) for entry in entries]
    with clock.at(from_today(-2)):
        inviting.invite(call=call, guests=inviting.owners_of(taken), by=by)
    at = from_today(-1)
    with clock.at(at):
        drafts.start(call=call, by=people.user(entries[-1].proposal.pi), at=at)
