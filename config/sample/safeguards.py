"""Write the ethics and safeguarding answers, in the shape of ECPAT's guidelines of 2019."""

import re
from collections.abc import Mapping

from config.sample.casting import Casting
from config.sample.shapes import Ethics
from config.sample.wording import Chooser, compose, corpus

AGE_BANDS = {"under 10": (0, 9), "10 to 12": (10, 12), "13 to 15": (13, 15), "16 to 17": (16, 17)}

ON_PAPER = ("computational", "documents")
"""Kinds of study in which nobody is approached: other questions of consent and power arise."""


def safeguards(casting: Casting, *, chooser: Chooser, slots: Mapping[str, object], months: int) -> Ethics:
    passages = corpus("passages")
    children = casting.design.children

    def write(options: list[str]) -> str:
        return compose(chooser.one(options), by=chooser, slots=slots)

    opening = write(passages["ethics"][children])
    count = chooser.whole(1, 4)
    on_paper = casting.design.kind in ON_PAPER
    considered = passages["ethics_extra"][1:5] if on_paper else passages["ethics_extra"]
    extras = [compose(text, by=chooser, slots=slots) for text in chooser.some(considered, count)]
    consent = passages["consent"][children]
    if children == "none":
        consent = consent[-1:] if on_paper else consent[:-1]
    status = chooser.one(["approved", "approved", "applied", "applied", "planned"])
    decided = chooser.whole(12, 160) if status == "approved" else None
    return Ethics(
        children=children,
        age_bands=age_bands(children, str(slots.get("age", "")), chooser),
        decision=opening,
        harms=" ".join(extras),
        benefits=compose(
            chooser.aside("benefits").one(passages["benefits"][children]), by=chooser.aside("words"), slots=slots
        ),
        consent=write(consent),
        disclosure_plan=write(passages["disclosure"]),
        referral_service=write(passages["referrals"]),
        illegal_material=write(passages["illegal"]),
        offender_data=write(
            passages["offender"][1:] if casting.design.theme == "offending" else passages["offender"][:1]
        ),
        researcher_wellbeing=write(passages["wellbeing"]),
        data_protection=write(passages["protection"]),
        safeguarding_lead=safeguarding_lead(casting, chooser),
        committee_name=write(passages["committees"]),
        committee_reference=f"SAMPLE-{chooser.whole(100, 999)}/{chooser.whole(10, 99)}" if status != "planned" else "",
        committee_status=status,
        committee_decided=decided,
        committee_expires=months * 30 + chooser.whole(150, 330) if status == "approved" else None,
    )


def age_bands(children: str, ages: str, chooser: Chooser) -> tuple[str, ...]:
    """Return the bands that the study's own ages fall into ("12 to 14"), or likely ones if it names none."""
    if children == "none":
        return ()
    limits = [int(number) for number in re.findall(r"\d+", ages)]
    if len(limits) == 2:
        return tuple(band for band, (low, high) in AGE_BANDS.items() if low <= limits[1] and limits[0] <= high)
    first = chooser.whole(1, 2)
    return tuple(AGE_BANDS)[first : first + chooser.whole(1, 2)]


def safeguarding_lead(casting: Casting, chooser: Chooser) -> str:
    """Name somebody who is not the principal investigator."""
    if casting.colleagues:
        return chooser.one(casting.colleagues).latin_name
    return f"The safeguarding officer of {casting.partners[0].name}"
