"""Check any set of assignments against the rules, however it came about."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from reviews.matching.instance import Instance, Pair, Reviewer


def broken_rules(instance: Instance, assignments: Iterable[Pair]) -> list[str]:
    """List, one sentence each, the rules that these assignments break; open places and least loads are no breach."""
    pairs = list(assignments)
    return [*_broken_pairs(instance, pairs), *_broken_loads(instance, pairs), *_broken_spread(instance, pairs)]


def has_room_for(instance: Instance, present: Iterable[Reviewer], reviewer: Reviewer) -> bool:
    """Tell whether the group rule can still be met with this reviewer beside those present."""
    return can_reach([*(person.group for person in present), reviewer.group], instance.min_groups, instance.k)


def has_room_for_country(instance: Instance, present: Iterable[Reviewer], reviewer: Reviewer) -> bool:
    """Tell whether the rule of countries can still be met with this reviewer beside those present."""
    return can_reach([*(person.country for person in present), reviewer.country], instance.min_countries, instance.k)


def can_reach(labels: Sequence[str], least: int, places: int) -> bool:
    """Tell whether there are as many different labels, if each open place brings one of its own."""
    return len(set(labels)) + max(places - len(labels), 0) >= least


def is_colleague(instance: Instance, present: Iterable[Reviewer], reviewer: Reviewer) -> bool:
    """Tell whether as many of the reviewer's organisation are present as the rule allows."""
    same = sum(person.organisation == reviewer.organisation for person in present)
    return bool(reviewer.organisation) and same >= instance.max_per_organisation


def _broken_pairs(instance: Instance, pairs: list[Pair]) -> Iterator[str]:
    for (proposal, reviewer), count in Counter(pairs).items():
        if count > 1:
            yield f"{reviewer} has {proposal} {count} times."
    for proposal, reviewer in sorted(set(pairs) & set(instance.conflicts)):
        yield f"{reviewer} has a conflict with {proposal}."
    for proposal, reviewer in sorted(set(instance.locked) - set(pairs)):
        yield f"{reviewer} is locked to {proposal} and not assigned to it."
    avoided = set(instance.avoided)
    for proposal, reviewer in sorted(set(pairs) - set(instance.locked)):
        if (proposal, reviewer) in avoided:
            yield f"{reviewer} asked not to get {proposal}."
        if instance.compatriots[instance.row[proposal], instance.column[reviewer]]:
            yield f"{reviewer} is of the country of {proposal}."


def _broken_loads(instance: Instance, pairs: list[Pair]) -> Iterator[str]:
    loads = Counter(reviewer for _, reviewer in pairs)
    for reviewer in instance.reviewers:
        if loads[reviewer.id] > reviewer.max_load:
            yield f"{reviewer.id} has {loads[reviewer.id]} applications, the most is {reviewer.max_load}."
    noted = Counter(reviewer for proposal, reviewer in pairs if instance.noted[instance.row[proposal]])
    for reviewer in instance.reviewers:
        if reviewer.most_content_notes is not None and noted[reviewer.id] > reviewer.most_content_notes:
            yield (
                f"{reviewer.id} has {noted[reviewer.id]} applications with a content note, "
                f"the most is {reviewer.most_content_notes}."
            )


def _broken_spread(instance: Instance, pairs: list[Pair]) -> Iterator[str]:
    people: dict[str, list[Reviewer]] = defaultdict(list)
    for proposal, name in pairs:
        reviewer = instance.reviewers[instance.column[name]]
        present = people[proposal]
        if is_colleague(instance, present, reviewer):
            yield f"{proposal} has too many reviewers from {reviewer.organisation}."
        present.append(reviewer)
    for proposal, present in people.items():
        groups, countries = [person.group for person in present], [person.country for person in present]
        if len(present) > instance.k:
            yield f"{proposal} has {len(present)} reviewers for {instance.k} places."
        if not can_reach(groups, instance.min_groups, instance.k):
            yield f"{proposal} has reviewers of {len(set(groups))} groups, at least {instance.min_groups} are needed."
        if not can_reach(countries, instance.min_countries, instance.k):
            number = len(set(countries))
            yield f"{proposal} has reviewers of {number} countries, at least {instance.min_countries} are needed."
