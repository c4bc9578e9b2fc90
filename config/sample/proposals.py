"""Compose the applications of the sample: who, where and which study, turned into answers."""

from collections.abc import Mapping
from functools import cache

from config.sample.budget import draw_up
from config.sample.casting import Casting, castings
from config.sample.designs import theme_of
from config.sample.safeguards import safeguards
from config.sample.shapes import Proposal, TeamMember
from config.sample.wording import Chooser, compose, corpus

SEED = 2021

SHORTEST_TITLE, LONGEST_TITLE = 20, 180
SUMMARY_WORDS = (80, 150)

WITH_ARTICLE = ("Netherlands", "Philippines", "Republic of Korea", "United Kingdom", "United States")

DURATIONS = (8, 9, 10, 12, 12, 12, 14, 15, 18, 18, 18, 20, 24, 24)

VARIANTS = ((0, 0, 0), (1, 1, 1), (0, 1, 0), (1, 0, 1), (0, 0, 1), (1, 1, 0), (0, 1, 1), (1, 0, 0))
"""Which text of summary, background and method the first, second, … use of a design takes."""


def proposals(call_key: str, count: int | None = None, seed: int = SEED) -> list[Proposal]:
    """Return the first `count` applications of a call: 2021, closed, decided or open.

    The same seed gives the same applications, letter for letter; a smaller count gives a part of them.
    """
    every = [one for one in library(seed) if one.call == call_key]
    if count is not None and count > len(every):
        raise ValueError(f"The call {call_key} has {len(every)} applications at most. Ask for fewer than {count}.")
    return every[:count]


@cache
def library(seed: int = SEED) -> tuple[Proposal, ...]:
    """Return every application of every call; no two share a title."""
    titles = {pin["title"] for pin in corpus("pins") if "title" in pin}
    composed = []
    for casting in castings(seed):
        proposal = proposal_of(casting, seed, titles)
        titles.add(proposal.title)
        composed.append(proposal)
    return tuple(composed)


def proposal_of(casting: Casting, seed: int, titles: set[str]) -> Proposal:
    chooser = Chooser("proposal", casting.key, seed)
    months = chooser.one(DURATIONS)
    slots = slots_of(casting, chooser, months)
    texts = study_texts(casting, chooser, slots)
    note = casting.design.note
    return Proposal(
        key=casting.key,
        call=casting.call,
        title=casting.pin.get("title") or new_title(casting, chooser, slots, titles),
        theme=theme_of(casting.design, casting.call),
        country=casting.country["code"],
        summary=texts["summary"],
        local_language=casting.pin.get("language", ""),
        local_summary=casting.pin.get("summary", ""),
        background=texts["background"],
        question=texts["question"],
        method=texts["method"],
        ethics=safeguards(casting, chooser=chooser, slots=slots, months=months),
        impact=texts["impact"],
        workplan=passage("workplan", chooser, slots),
        data_management=passage("data_management", chooser, slots),
        team_statement=passage("team", chooser, slots),
        content_note=note[1] if note else None,
        content_note_section=note[0] if note else None,
        keywords=casting.design.keywords,
        duration_months=months,
        start_on_offset=chooser.one([150, 165, 180, 180, 195, 210, 240]),
        budget=draw_up(kind=casting.design.kind, months=months, chooser=chooser, slots=slots),
        team=team_of(casting, chooser, slots),
        partners=casting.partners,
        quality=latent_quality(casting, chooser),
        praise=settled(casting.design.praise, chooser, slots),
        doubts=settled(casting.design.doubts, chooser, slots),
        subject=settled((casting.design.subject,), chooser, slots)[0],
        tags=casting.tags,
    )


def slots_of(casting: Casting, chooser: Chooser, months: int) -> dict[str, object]:
    country = casting.country
    name = country["name"]
    city = casting.pi.organisation.city if casting.use % 2 else chooser.one(country["cities"])
    fields = chooser.some(corpus("passages")["fields"], 2)
    slots: dict[str, object] = {
        "city": city,
        "country": f"the {name}" if name in WITH_ARTICLE else name,
        "language": country["language"],
        "host": casting.pi.organisation.name,
        "partner": casting.partners[0].name,
        "partner2": casting.partners[-1].name,
        "desk": desk_of(casting),
        "pi": casting.pi.latin_name,
        "coi": casting.colleagues[0].latin_name if casting.colleagues else "the project's statistician",
        "months": months,
        "mid": max(5, months * 2 // 3),
        "late": months - 1,
        "field_one": fields[0],
        "field_two": fields[1],
        "setting": chooser.one(country["setting"]).replace("{city}", city),
    }
    return slots | casting.design.values(casting.use)


def desk_of(casting: Casting) -> str:
    """Return who takes referrals: an organisation that works with children, where the team has one."""
    nearby = (*casting.partners, casting.pi.organisation)
    return next((one.name for one in nearby if one.kind == "ngo"), "the regional helpline")


def study_texts(casting: Casting, chooser: Chooser, slots: Mapping[str, object]) -> dict[str, str]:
    """Compose the answers that the design has texts for, tied to the place and the partners."""
    passages = corpus("passages")
    picks = dict(zip(("summary", "background", "method"), VARIANTS[casting.use % len(VARIANTS)], strict=True))
    texts = {}
    for section, options in casting.design.texts.items():
        text = options[picks.get(section, casting.use) % len(options)]
        texts[section] = compose(text, by=chooser, slots=slots)
    for ending in chooser.shuffled(passages["summary_close"]):
        if len(texts["summary"].split()) >= SUMMARY_WORDS[0] + 6:
            break
        texts["summary"] += " " + compose(ending, by=chooser, slots=slots)
    texts["background"] += "\n\n" + passage("background_close", chooser, slots)
    for standard in chooser.some(passages["kinds"][casting.design.kind], chooser.whole(1, 2)):
        texts["method"] += "\n\n" + compose(standard, by=chooser, slots=slots)
    return texts


def passage(name: str, chooser: Chooser, slots: Mapping[str, object]) -> str:
    return compose(chooser.one(corpus("passages")[name]), by=chooser, slots=slots)


def settled(texts: tuple[str, ...], chooser: Chooser, slots: Mapping[str, object]) -> tuple[str, ...]:
    """Compose clauses that will stand inside a sentence: they keep their small first letter."""
    composed = [compose(text, by=chooser, slots=slots) for text in texts]
    return tuple(
        one[0].lower() + one[1:] if text[0].islower() else one for text, one in zip(texts, composed, strict=True)
    )


def new_title(casting: Casting, chooser: Chooser, slots: Mapping[str, object], titles: set[str]) -> str:
    """Return a title that no application has yet: the design's own wordings first, then with the place added."""
    first = casting.use % len(casting.design.titles)
    options = casting.design.titles[first:] + casting.design.titles[:first]
    composed = [compose(text, by=chooser, slots=slots) for text in options]
    named = [title if len(title) >= SHORTEST_TITLE else placed(title, slots["city"]) for title in composed]
    named += [placed(title, slots["city"]) for title in composed]
    native = casting.pin.get("local_title")
    if native:
        named = [f"{native}: {title}" for title in named]
    return next(title for title in named if title not in titles and len(title) <= LONGEST_TITLE)


def placed(title: str, city: object) -> str:
    return f"{title} A study from {city}" if title[-1] in "?.…" else f"{title}: a study from {city}"


def team_of(casting: Casting, chooser: Chooser, slots: Mapping[str, object]) -> tuple[TeamMember, ...]:
    contributions = corpus("passages")["contributions"]
    lead = compose(chooser.one(contributions["pi"]), by=chooser, slots=slots)
    members = [TeamMember(casting.pi, "pi", chooser.whole(8, 20), lead)]
    tasks = chooser.some(contributions["co-investigator"], len(casting.colleagues))
    for colleague, task in zip(casting.colleagues, tasks, strict=True):
        text = compose(task, by=chooser, slots=slots)
        members.append(TeamMember(colleague, "co-investigator", chooser.whole(2, 12), text))
    return tuple(members)


def latent_quality(casting: Casting, chooser: Chooser) -> float:
    """Draw how good the application is: most are fair to good, few are excellent or poor."""
    drawn = 3.9 + 0.85 * chooser.bell()
    return casting.pin.get("quality") or round(max(1.6, min(5.8, drawn)), 2)
