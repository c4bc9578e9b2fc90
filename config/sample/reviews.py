"""Review the sample's applications: marks round their quality, words about their study."""

from collections.abc import Mapping

from config.sample.shapes import PanelMember, Proposal, SampleReview
from config.sample.wording import Chooser, compose, corpus, phrase

CRITERIA: tuple[dict, ...] = tuple(corpus("reviews")["criteria"])
"""Key, label, weight and question of each criterion of the sample rubric."""

NOISE = 0.75
"""Spread of one reviewer's mark round their own view, in points; about what panels show."""

TILT = 0.45
"""How far an application's strength differs between criteria."""

RECOMMENDATIONS = ((4.9, "fund"), (4.2, "fund-with-conditions"), (3.5, "reserve"))


def review_of(proposal: Proposal, reviewer: PanelMember, rng: Chooser | None = None) -> SampleReview:
    """Return what this reviewer writes about this application: always the same, unless given another stream."""
    chooser = rng or Chooser("review", proposal.key, proposal.title, reviewer.person.key)
    view = proposal.quality + reviewer.leniency + 0.5 * chooser.bell()
    marks = {one["key"]: view + tilt(proposal, one["key"]) + NOISE * chooser.bell() for one in CRITERIA}
    scores = {key: whole_mark(mark) for key, mark in marks.items()}
    merit = weighted_mean(scores) + 0.35 * chooser.bell()
    slots = slots_of(proposal)
    return SampleReview(
        scores=scores,
        overall=whole_mark(merit),
        comments=comments_of(scores, proposal, chooser, slots),
        public_comment=public_comment(merit, proposal, reviewer, chooser, slots),
        private_comment=remark("private", level(whole_mark(merit)), proposal, chooser, slots),
        recommendation=recommendation_of(merit),
    )


def comments_of(
    scores: Mapping[str, int], proposal: Proposal, chooser: Chooser, slots: Mapping[str, object]
) -> dict[str, str]:
    """Comment on each criterion without making the same point twice."""
    praise, doubts = chooser.shuffled(proposal.praise), chooser.shuffled(proposal.doubts)
    comments = {}
    for number, (key, score) in enumerate(scores.items()):
        points = {"praise": praise[number % len(praise)], "doubt": doubts[number % len(doubts)]}
        text = chooser.one(corpus("reviews")[key][level(score)])
        comments[key] = compose(text, by=chooser, slots={**slots, **points})
    return comments


def public_comment(
    merit: float, proposal: Proposal, reviewer: PanelMember, chooser: Chooser, slots: Mapping[str, object]
) -> str:
    """Write what the applicant reads: a verdict, a point for, a point against, a word from the reviewer's side."""
    verdict = remark("overall", level(whole_mark(merit)), proposal, chooser, slots)
    strength = f"[What stands out is|I was taken by|Its strength is] {chooser.one(proposal.praise)}."
    weakness = f"[However,|My main question:|To improve:] {chooser.one(proposal.doubts)}."
    advice = chooser.one(corpus("reviews")["perspective"][reviewer.group])
    parts = [strength, weakness, advice] if chooser.chance(0.6) else [strength, weakness]
    return " ".join([verdict, *(compose(part, by=chooser, slots=slots) for part in parts)])


def remark(part: str, degree: str, proposal: Proposal, chooser: Chooser, slots: Mapping[str, object]) -> str:
    points = {"praise": chooser.one(proposal.praise), "doubt": chooser.one(proposal.doubts)}
    return compose(chooser.one(corpus("reviews")[part][degree]), by=chooser, slots={**slots, **points})


def slots_of(proposal: Proposal) -> dict[str, object]:
    return {
        "subject": proposal.subject,
        "subject_capital": phrase(proposal.subject),
        "partner": proposal.partners[0].name,
        "host": proposal.host.name,
        "pi": proposal.pi.latin_name,
        "city": proposal.host.city,
        "country": proposal.host.address.splitlines()[-1],
        "months": proposal.duration_months,
        "committee": proposal.ethics.committee_name,
    }


def tilt(proposal: Proposal, criterion: str) -> float:
    """Return how much better or worse this application is on one criterion than on all."""
    ethics_penalty = 0.5 if criterion == "ethics" and proposal.ethics.committee_status == "planned" else 0.0
    return TILT * Chooser("tilt", proposal.key, criterion).bell() - ethics_penalty


def weighted_mean(scores: Mapping[str, int]) -> float:
    return sum(one["weight"] * scores[one["key"]] for one in CRITERIA) / sum(one["weight"] for one in CRITERIA)


def whole_mark(mark: float) -> int:
    return max(1, min(6, int(mark + 0.5)))


def level(score: int) -> str:
    return "high" if score >= 5 else "mid" if score >= 3 else "low"


def recommendation_of(merit: float) -> str:
    return next((outcome for least, outcome in RECOMMENDATIONS if merit >= least), "do-not-fund")
