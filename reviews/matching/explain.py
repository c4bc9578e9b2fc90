"""Why a place stayed open, or a least load unmet, in words for the administrator."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from reviews.matching.check import has_room_for, is_colleague
from reviews.matching.instance import Instance, OpenPlace, Pair, Reviewer, UnmetLoad

NAMED = 5  # people that a reason names

CONFLICT, COLLEAGUE, GROUP, FULL, FREE = "conflict", "colleague", "group", "full", "free"
WORDS = {
    CONFLICT: "{n} cannot because of a conflict",
    COLLEAGUE: "{n} because a colleague of theirs already reviews it",
    GROUP: "{n} because another group is needed here",
    FULL: "{n} because they have all the applications that they can take",
    FREE: "{n} could still take it",
}


def explain_unfilled(instance: Instance, assignments: Iterable[Pair]) -> tuple[OpenPlace, ...]:
    """List every open place with its reason: who could not take it and why, and what would fill it."""
    present, loads = _by_proposal(instance, assignments)
    places = []
    for proposal in instance.proposals:
        count = instance.k - len(present[proposal.id])
        if count > 0:
            places += [OpenPlace(proposal.id, _reason(instance, proposal.id, present[proposal.id], loads))] * count
    return tuple(places)


def explain_unmet(instance: Instance, assignments: Iterable[Pair]) -> tuple[UnmetLoad, ...]:
    """List the reviewers below their least load, with the reason."""
    _, loads = _by_proposal(instance, assignments)
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


def obstacle(instance: Instance, proposal: str, reviewer: Reviewer, present: list[Reviewer], load: int) -> str:
    """Name the first thing that keeps a reviewer from a place beside those present."""
    if instance.forbidden[instance.row[proposal], instance.column[reviewer.id]]:
        return CONFLICT
    if is_colleague(instance, present, reviewer):
        return COLLEAGUE
    if not has_room_for(instance, present, reviewer):
        return GROUP
    return FULL if load >= reviewer.max_load else FREE


def _by_proposal(instance: Instance, assignments: Iterable[Pair]) -> tuple[dict[str, list[Reviewer]], Counter[str]]:
    present: dict[str, list[Reviewer]] = defaultdict(list)
    loads: Counter[str] = Counter()
    for proposal, reviewer in assignments:
        present[proposal].append(instance.reviewers[instance.column[reviewer]])
        loads[reviewer] += 1
    return present, loads


def _reason(instance: Instance, proposal: str, present: list[Reviewer], loads: Counter[str]) -> str:
    others = [reviewer for reviewer in instance.reviewers if reviewer not in present]
    found = {reviewer.id: obstacle(instance, proposal, reviewer, present, loads[reviewer.id]) for reviewer in others}
    counts = Counter(found.values())
    parts = [words.format(n=counts[kind]) for kind, words in WORDS.items() if counts[kind]]
    whole = f"Of {len(others)} other reviewers " + (", ".join(parts) if parts else "none is left")
    return f"{whole}. {_remedy(instance, present, [name for name, kind in found.items() if kind == FULL])}"


def _remedy(instance: Instance, present: list[Reviewer], full: list[str]) -> str:
    if full:
        names = ", ".join(full[:NAMED]) + (" or others" if len(full) > NAMED else "")
        return f"It is filled if one more is given to {names}, or by inviting somebody new."
    groups = {person.group for person in present}
    if len(present) - len(groups) >= instance.k - instance.min_groups and groups:
        return f"Invite somebody from another group than {', '.join(sorted(groups))}."
    return "Invite somebody without a conflict and from another organisation."
