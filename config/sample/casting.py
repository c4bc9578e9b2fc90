"""Decide who applies to which call, from where, with which study and whom beside them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from config.sample.designs import Design, designs, designs_for
from config.sample.people import applicants, organisations_by_key
from config.sample.shapes import Organisation, Person
from config.sample.wording import Chooser, corpus

SIZES = {"2021": 126, "closed": 60, "decided": 24, "open": 12}
"""How many applications each call has at most."""

COUNTRIES_IN_2021 = 40

WITHDRAWN_IN_2021 = 5
INELIGIBLE_IN_2021 = 6


@dataclass(frozen=True)
class Casting:
    call: str
    number: int
    design: Design
    use: int
    """How many castings used the design before: picks other variants each time."""
    pi: Person
    country: dict
    colleagues: tuple[Person, ...]
    partners: tuple[Organisation, ...]
    pin: dict
    tags: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.call}-{self.number:03d}"


def countries_of(call: str) -> list[dict]:
    countries = corpus("countries")
    return countries[:COUNTRIES_IN_2021] if call == "2021" else countries


def principal_investigators(call: str, seed: int) -> list[Person]:
    """Return the call's applicants: each country's first, then others by lot; a person applies once."""
    chooser = Chooser("applicants", call, seed)
    pinned = [pin["pi"] for pin in corpus("pins") if pin["call"] == call]
    by_country = [chooser.shuffled(applicants()[country["code"]]) for country in countries_of(call)]
    by_country = [sorted(people, key=lambda one: one.key not in pinned) for people in by_country]
    firsts = [people[0] for people in chooser.shuffled(by_country)]
    others = chooser.shuffled([one for people in by_country for one in people[1:]])
    chosen = sorted([*firsts, *others], key=lambda one: (one.key not in pinned, one not in firsts))[: SIZES[call]]
    return chooser.shuffled(chosen)


def designs_in_turn(call: str, seed: int) -> Iterator[Design]:
    """Yield the designs in random order, all of them once before any comes again."""
    turn = 0
    while True:
        yield from Chooser("designs", call, seed, turn).shuffled(designs_for(call))
        turn += 1


def colleagues_of(pi: Person, chooser: Chooser) -> tuple[Person, ...]:
    near = [one for one in applicants()[pi.organisation.country] if one != pi]
    far = chooser.some([one for people in applicants().values() for one in people if one != pi], 3)
    count = chooser.one([0, 1, 1, 2, 2, 2, 3, 3, 4])
    candidates = chooser.some(near, 2) + [one for one in far if one not in near]
    return tuple(candidates[:count])


def partners_of(pi: Person, colleagues: tuple[Person, ...], chooser: Chooser) -> tuple[Organisation, ...]:
    """Return one to three partners: a neighbour first; now and then a panel member's own organisation."""
    everywhere = list(organisations_by_key().values())
    own_country = next(one for one in corpus("countries") if one["code"] == pi.organisation.country)
    at_home = {entry[2] for entry in own_country["orgs"]} - {pi.organisation.key}
    home = [one for one in everywhere if one.key in at_home]
    practice = [one for one in everywhere if one.kind in ("ngo", "company") and one not in home]
    chosen = chooser.some(home, 1) or chooser.some(practice, 1)
    chosen += [one.organisation for one in colleagues if one.organisation.country != pi.organisation.country][:1]
    if chooser.chance(0.35):
        chosen += chooser.some(practice, 1)
    return tuple(dict.fromkeys(one for one in chosen if one != pi.organisation))


def story_tags(call: str, seed: int, pinned: set[int]) -> dict[int, tuple[str, ...]]:
    """Say which applications of the 2021 call are withdrawn or found ineligible."""
    if call != "2021":
        return {}
    free = [number for number in range(1, SIZES[call] + 1) if number not in pinned]
    drawn = Chooser("stories", call, seed).some(free, WITHDRAWN_IN_2021 + INELIGIBLE_IN_2021)
    stories = ["withdrawn"] * WITHDRAWN_IN_2021 + ["ineligible"] * INELIGIBLE_IN_2021
    return {number: (story,) for number, story in zip(drawn, stories, strict=True)}


@cache
def castings(seed: int) -> tuple[Casting, ...]:
    """Return the whole cast of all calls, so that no design is told the same way twice."""
    uses: dict[str, int] = {}
    cast: list[Casting] = []
    for call in SIZES:
        cast += cast_of(call, seed, uses)
    return tuple(cast)


def cast_of(call: str, seed: int, uses: dict[str, int]) -> list[Casting]:
    pins = {pin["pi"]: pin for pin in corpus("pins") if pin["call"] == call}
    people = principal_investigators(call, seed)
    pinned = {number for number, pi in enumerate(people, start=1) if pi.key in pins}
    stories = story_tags(call, seed, pinned)
    turns = designs_in_turn(call, seed)
    cast = []
    for number, pi in enumerate(people, start=1):
        pin = pins.get(pi.key, {})
        design = designs()[pin["design"]] if pin else next(turns)
        chooser = Chooser("cast", call, number, seed)
        colleagues = colleagues_of(pi, chooser)
        cast.append(
            Casting(
                call=call,
                number=number,
                design=design,
                use=uses.get(design.key, 0),
                pi=pi,
                country=next(one for one in corpus("countries") if one["code"] == pi.organisation.country),
                colleagues=colleagues,
                partners=partners_of(pi, colleagues, chooser),
                pin=pin,
                tags=tuple(pin.get("tags", ())) + stories.get(number, ()),
            )
        )
        uses[design.key] = uses.get(design.key, 0) + 1
    return cast
