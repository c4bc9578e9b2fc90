"""The sample's calibration exercise: two cases that were written for it, and what each member gives them."""

from typing import Any

from config.sample.reviews import CRITERIA, NOISE, weighted_mean, whole_mark
from config.sample.shapes import PanelMember
from config.sample.wording import Chooser, corpus

CASES: tuple[dict[str, Any], ...] = tuple(corpus("calibration"))
"""Title, text in paragraphs, how good it is and by how much more or less on each criterion, what members say of each,
the chair's scores and remarks."""
TALKS = 0.4
"""How many members say why."""


def text_of(case: dict[str, Any]) -> str:
    """Return the text as it is typed: a heading goes with the paragraph under it."""
    return "\n\n".join(case["text"])


def scores_of(case: dict[str, Any], member: PanelMember) -> dict[str, Any]:
    """Return what a member gives a case: always the same."""
    chooser = Chooser("calibration", case["key"], member.person.key)
    view = case["quality"] + member.leniency + 0.5 * chooser.bell()
    tilts = zip(CRITERIA, case["tilt"], strict=True)
    scores = {each["key"]: whole_mark(view + tilt + NOISE * chooser.bell()) for each, tilt in tilts}
    worst = min(range(len(CRITERIA)), key=list(scores.values()).__getitem__)
    comment = case["comments"][worst] if chooser.chance(TALKS) else ""
    return {"scores": scores, "overall": whole_mark(weighted_mean(scores)), "comment": comment}


def scores_of_chair(case: dict[str, Any]) -> dict[str, Any]:
    """Return what the chair gives a case: what their remarks say."""
    scores = dict(zip((each["key"] for each in CRITERIA), case["chair"], strict=True))
    return {"scores": scores, "overall": whole_mark(weighted_mean(scores)), "comment": ""}
