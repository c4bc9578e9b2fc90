"""Give reasons: for a decision, a criterion, an exclusion, a withdrawal."""

from collections.abc import Mapping

from config.sample.reviews import CRITERIA, level, slots_of
from config.sample.shapes import Proposal, Rationale
from config.sample.wording import Chooser, compose, corpus

QUESTION = "May the fees of the survivors’ advisory group be paid from the second instalment?"
"""What an applicant asks after the decision."""
OUTCOMES = ("fund", "fund-with-conditions", "reserve", "do-not-fund")


def rationale_for(proposal: Proposal, outcome: str, scores: Mapping[str, float] | None = None) -> Rationale:
    """Return why an application was funded or not, in words about its own study.

    `scores` are the mean marks by criterion; without them the application's intended quality is used.
    """
    chooser = Chooser("rationale", proposal.key, outcome)
    slots = slots_of(proposal) | points_of(proposal, chooser)
    marks = scores or {one["key"]: proposal.quality for one in CRITERIA}
    reasons = corpus("decisions")["per_criterion"]
    return Rationale(
        outcome=outcome,
        text=compose(chooser.one(corpus("decisions")[outcome]), by=chooser, slots=slots),
        per_criterion={
            key: compose(chooser.one(reasons[key][level(round(mark))]), by=chooser, slots=slots)
            for key, mark in marks.items()
        },
        conditions=conditions_for(proposal, chooser, slots) if outcome == "fund-with-conditions" else (),
    )


def points_of(proposal: Proposal, chooser: Chooser) -> dict[str, str]:
    praise, doubts = chooser.shuffled(proposal.praise), chooser.shuffled(proposal.doubts)
    return {
        "praise": praise[0],
        "praise_one": praise[0],
        "praise_two": praise[-1],
        "doubt": doubts[0],
        "doubt_one": doubts[0],
        "doubt_two": doubts[-1],
    }


def conditions_for(proposal: Proposal, chooser: Chooser, slots: Mapping[str, object]) -> tuple[str, ...]:
    approval, *others = corpus("decisions")["conditions"]
    chosen = [chooser.one(others)]
    if proposal.ethics.committee_status != "approved":
        chosen.insert(0, approval)
    return tuple(compose(text, by=chooser, slots=slots) for text in chosen)


def reason_for(proposal: Proposal, story: str) -> str:
    """Return why an application is "ineligible" or was "withdrawn", or the words of a declared "conflicts"."""
    return Chooser("reason", proposal.key, story).one(corpus("decisions")[story])
