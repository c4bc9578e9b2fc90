"""Why a place stayed open, or a least load unmet, in words for the administrator."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from reviews.matching.check import has_room_for, has_room_for_country, is_colleague
from reviews.matching.instance import Instance, OpenPlace, Pair, Reviewer, UnmetLoad

NAMED = 5  # people that a reason names

CONFLICT, AVOIDED, COMPATRIOT, COLLEAGUE = "conflict", "avoided", "compatriot", "colleague"
GROUP, COUNTRY, SPARED, FULL, FREE = "group", "country", "spared", "full", "free"
WORDS = {
    CONFLICT: "{n} cannot because of a conflict",
    AVOIDED: "{n} because they asked not to read on its theme",
    COMPATRIOT: "{n} because they are of its country",
    COLLEAGUE: "{n} because a colleague of theirs already reviews it",
    GROUP: "{n} because another group is needed here",
    COUNTRY: "{n} because another country is needed here",
    SPARED: "{n} because they have all that they take with a content note",
    FULL: "{n} because they have all the applications that they can take",
    FREE: "{n} could still take it",
}


def explain_unfilled(instance: Instance, assignments: Iterable[Pair]) -> tuple[OpenPlace, ...]:
    """List every open place with its reason: who could not take it and why, and what would fill it."""
    held = _Held.of(instance, assignments)
    places = []
    for proposal in instance.proposals:
        count = instance.k - len(held.present[proposal.id])
        if count > 0:
            places += [OpenPlace(proposal.id, _reason(instance, proposal.id, held))] * count
    return tuple(places)


def explain_unmet(instance: Instance, assignments: Iterable[Pair]) -> tuple[UnmetLoad, ...]:
    """List the reviewers below their least load, with the reason."""
    loads = _Held.of(instance, assignments).loads
    least = int(instance.min_loads.sum())
    places = instance.k * len(instance.proposals)
    if least > places:
        reason = f"The least loads add up to {least}, and there are {places} places: lower some least loads."
    else:
        reason = (
            "Every further application would break a rule or leave another place or least load open: "
            "lower this least load, or remove a conflict."
        )
    return tuple(
        UnmetLoad(reviewer.id, reviewer.min_load - loads[reviewer.id], reason)
        for reviewer in instance.reviewers
        if loads[reviewer.id] < reviewer.min_load
    )


def obstacle(instance: Instance, proposal: str, reviewer: Reviewer, held: "_Held") -> str:
    """Name the first thing that keeps a reviewer from a place beside those present."""
    row, column, present = instance.row[proposal], instance.column[reviewer.id], held.present[proposal]
    noted, cap = instance.noted[row], reviewer.most_content_notes
    found = {
        CONFLICT: (proposal, reviewer.id) in held.conflicts,
        AVOIDED: (proposal, reviewer.id) in held.avoided,
        COMPATRIOT: instance.compatriots[row, column],
        COLLEAGUE: is_colleague(instance, present, reviewer),
        GROUP: not has_room_for(instance, present, reviewer),
        COUNTRY: not has_room_for_country(instance, present, reviewer),
        SPARED: noted and cap is not None and held.noted[reviewer.id] >= cap,
        FULL: held.loads[reviewer.id] >= reviewer.max_load,
    }
    return next((kind for kind, stands in found.items() if stands), FREE)


@dataclass(frozen=True)
class _Held:
    """Who is present where, and how much each has, under some assignments."""

    present: dict[str, list[Reviewer]]
    loads: Counter[str]
    noted: Counter[str]
    conflicts: frozenset[Pair]
    avoided: frozenset[Pair]

    @classmethod
    def of(cls, instance: Instance, assignments: Iterable[Pair]) -> "_Held":
        held = cls(defaultdict(list), Counter(), Counter(), frozenset(instance.conflicts), frozenset(instance.avoided))
        for proposal, reviewer in assignments:
            held.present[proposal].append(instance.reviewers[instance.column[reviewer]])
            held.loads[reviewer] += 1
            held.noted[reviewer] += bool(instance.noted[instance.row[proposal]])
        return held


def _reason(instance: Instance, proposal: str, held: _Held) -> str:
    present = held.present[proposal]
    others = [reviewer for reviewer in instance.reviewers if reviewer not in present]
    found = {reviewer.id: obstacle(instance, proposal, reviewer, held) for reviewer in others}
    counts = Counter(found.values())
    parts = [words.format(n=counts[kind]) for kind, words in WORDS.items() if counts[kind]]
    whole = f"Of {len(others)} other reviewers " + (", ".join(parts) if parts else "none is left")
    return f"{whole}. {_remedy(instance, present, found)}"


def _remedy(instance: Instance, present: list[Reviewer], found: dict[str, str]) -> str:
    if full := [name for name, kind in found.items() if kind == FULL]:
        return f"It is filled if one more is given to {_some(full)}, or by inviting somebody new."
    if spared := [name for name, kind in found.items() if kind == SPARED]:
        return f"Ask {_some(spared)} for one more with a content note, or invite somebody new."
    groups, countries = {person.group for person in present}, {person.country for person in present}
    if len(present) - len(groups) >= instance.k - instance.min_groups and groups:
        return f"Invite somebody from another group than {', '.join(sorted(groups))}."
    if len(present) - len(countries) >= instance.k - instance.min_countries and countries:
        return f"Invite somebody from another country than {', '.join(sorted(countries))}."
    return "Invite somebody without a conflict and from another organisation."


def _some(names: list[str]) -> str:
    return ", ".join(names[:NAMED]) + (" or others" if len(names) > NAMED else "")
