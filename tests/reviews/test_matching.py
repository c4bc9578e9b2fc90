"""The assignment against brute force on small panels, and rule by rule."""

from collections import Counter
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews.matching import Instance, InstanceError, Proposal, Reviewer, broken_rules, explain_unfilled, solve

GROUPS = ("research", "survivor_advocacy", "ngo_hotline")


def panel(affinity, *, groups=None, organisations=None, least=0, most=9, k=2, **rules):
    """A panel whose reviewers are told apart by nothing that the test does not name."""
    height, width = np.shape(affinity)
    groups = groups or ["research"] * width
    organisations = organisations or [f"org {number}" for number in range(width)]
    reviewers = tuple(
        Reviewer(f"R{number + 1}", groups[number], organisations[number], "GB", least, most) for number in range(width)
    )
    proposals = tuple(Proposal(f"P{number + 1}") for number in range(height))
    return Instance(proposals, reviewers, np.array(affinity), k, **{"min_groups": 1, **rules})


@st.composite
def instances(draw):
    height, width = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    k = draw(st.integers(1, 3))
    reviewers = []
    for number in range(width):
        most = draw(st.integers(0, 3))
        least = draw(st.integers(0, most))
        organisation = draw(st.sampled_from(["", "alpha", "beta", "gamma"]))
        country, notes = draw(st.sampled_from(["GB", "KE", ""])), draw(st.sampled_from([None, None, 0, 1]))
        group = draw(st.sampled_from(GROUPS))
        reviewers.append(Reviewer(f"R{number}", group, organisation, country, least, most, notes))
    proposals = tuple(
        Proposal(f"P{number}", "", draw(st.sampled_from(["GB", "KE"])), draw(st.booleans())) for number in range(height)
    )
    pairs = [(proposal.id, reviewer.id) for proposal in proposals for reviewer in reviewers]
    conflicts = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=5))
    locked = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=2))
    affinity = draw(st.lists(st.integers(0, 1000), min_size=len(pairs), max_size=len(pairs)))
    rules = {
        "min_groups": draw(st.integers(1, k)), "max_per_organisation": draw(st.integers(1, 2)),
        "min_countries": draw(st.integers(1, min(k, 2))), "excludes_own_country": draw(st.booleans()),
        "avoided": tuple(draw(st.lists(st.sampled_from(pairs), unique=True, max_size=2))),
    }  # fmt: skip
    size = (tuple(proposals), tuple(reviewers), np.array(affinity).reshape(height, width), k)
    try:
        return Instance(*size, **rules, conflicts=tuple(conflicts), locked=tuple(locked))
    except InstanceError:
        return Instance(*size, **rules, conflicts=tuple(conflicts))


def fitting_teams(instance, proposal):
    """Every set of reviewers that one proposal may have, also the incomplete ones that others could complete."""
    locked = {reviewer for name, reviewer in instance.locked if name == proposal.id}
    free = [person for person in instance.reviewers if may_have(instance, proposal, person, locked)]
    for size in range(min(instance.k, len(free)) + 1):
        for team in combinations(free, size):
            colleagues = Counter(person.organisation for person in team if person.organisation)
            missing = max(
                instance.min_groups - len({person.group for person in team}),
                instance.min_countries - len({person.country for person in team}),
            )
            if (
                locked <= {person.id for person in team}
                and max(colleagues.values(), default=0) <= instance.max_per_organisation
                and missing <= instance.k - size
            ):
                yield tuple(person.id for person in team)


def may_have(instance, proposal, person, locked):
    """Whether a person may have a proposal at all; a lock stands above a wish and the rule of countries."""
    pair = (proposal.id, person.id)
    is_kept_out = pair in instance.avoided or (instance.excludes_own_country and person.country == proposal.country)
    return pair not in instance.conflicts and (person.id in locked or not is_kept_out)


def every_answer(instance):
    """Every way to give each proposal a fitting team within the loads, and within what each takes with a note."""
    most = {person.id: person.max_load for person in instance.reviewers}
    caps = {
        person.id: 9 if person.most_content_notes is None else person.most_content_notes
        for person in instance.reviewers
    }

    def extend(number, pairs, loads, notes):
        if number == len(instance.proposals):
            yield pairs, loads
            return
        proposal = instance.proposals[number]
        for team in fitting_teams(instance, proposal):
            after, noted = loads + Counter(team), notes + Counter(team if proposal.has_content_note else ())
            if all(after[name] <= most[name] and noted[name] <= caps[name] for name in team):
                yield from extend(number + 1, [*pairs, *((proposal.id, name) for name in team)], after, noted)

    yield from extend(0, [], Counter(), Counter())


def lowest_total(instance, pairs):
    """The lowest total of a proposal that could be filled if it were the only one; 0 if there is none."""

    def can_take(person, proposal):
        return person.max_load and not (proposal.has_content_note and person.most_content_notes == 0)

    return min(
        (
            instance.total(pair for pair in pairs if pair[0] == proposal.id)
            for proposal in instance.proposals
            if any(
                len(team) == instance.k
                and all(can_take(instance.reviewers[instance.column[name]], proposal) for name in team)
                for team in fitting_teams(instance, proposal)
            )
        ),
        default=0,
    )


def rank_of(instance, pairs, loads, *, floor):
    """What is better comes first: fewer open places, fewer unmet loads, a higher floor, a higher total."""
    opened = len(instance.proposals) * instance.k - len(pairs)
    unmet = sum(max(person.min_load - loads[person.id], 0) for person in instance.reviewers)
    return opened, unmet, -lowest_total(instance, pairs) if floor else 0, -instance.total(pairs)


@settings(max_examples=100, deadline=None)
@given(instance=instances(), floor=st.booleans())
def test_the_answer_is_the_best_of_all_answers_and_breaks_no_rule(instance, floor):
    solution = solve(instance, floor=floor)

    loads = Counter(reviewer for _, reviewer in solution.assignments)
    best = min(rank_of(instance, pairs, counts, floor=floor) for pairs, counts in every_answer(instance))
    assert rank_of(instance, solution.assignments, loads, floor=floor) == best
    assert (len(solution.unfilled), sum(load.short for load in solution.unmet)) == best[:2]
    assert solution.objective == solution.bound == -best[3]
    assert solution.proved
    assert broken_rules(instance, solution.assignments) == []
    assert set(instance.locked) <= set(solution.assignments)
    if floor:
        assert solution.floor == solution.floor_bound == -best[2]


def test_the_floor_may_be_higher_with_an_open_place_than_with_colleagues_who_fill_it() -> None:
    groups = (("ngo_hotline", "beta", 1), ("ngo_hotline", "", 1), ("research", "beta", 2))
    instance = Instance(
        proposals=tuple(Proposal(id=f"P{number}", organisation="", country="") for number in range(4)),
        reviewers=tuple(
            Reviewer(id=f"R{at}", group=group, organisation=organisation, country="", min_load=0, max_load=load)
            for at, (group, organisation, load) in enumerate(groups)
        ),
        affinity=np.array([[0, 1, 1], [1, 0, 0], [0, 0, 1], [0, 1, 1]], dtype=np.int32),
        k=2, min_groups=2, max_per_organisation=1, conflicts=(), locked=(), released=(), removal_price=0,
    )  # fmt: skip

    solution = solve(instance, floor=True)

    assert (solution.floor, solution.floor_bound, solution.proved) == (1, 1, True)


@settings(max_examples=60, deadline=None)
@given(instance=instances())
def test_an_open_place_is_open_to_nobody(instance):
    solution = solve(instance)

    for place in solution.unfilled:
        for reviewer in instance.reviewers:
            pair = (place.proposal, reviewer.id)
            assert pair in solution.assignments or broken_rules(instance, [*solution.assignments, pair])


@settings(max_examples=60, deadline=None)
@given(instance=instances())
def test_a_reviewer_whom_the_reason_names_would_fill_the_place(instance):
    solution = solve(instance)

    for place in solution.unfilled:
        _, found, names = place.reason.partition("if one more is given to ")
        assert bool(found) == ("they have all the applications that they can take" in place.reason)
        for name in names.split(", or by")[0].removesuffix(" or others").split(", ") if found else []:
            people = tuple(
                replace(person, max_load=person.max_load + (person.id == name)) for person in instance.reviewers
            )
            larger = replace(instance, reviewers=people)
            assert broken_rules(larger, [*solution.assignments, (place.proposal, name)]) == []


def test_the_best_total_wins_over_the_best_single_pairs():
    instance = panel([[900, 800], [850, 100]], k=1, most=1)

    solution = solve(instance)

    assert solution.assignments == (("P1", "R2"), ("P2", "R1"))
    assert (solution.objective, solution.proved) == (1650, True)


def test_the_floor_lifts_the_worst_served_at_the_least_cost():
    instance = panel([[900, 500], [900, 100]], k=1, most=1)
    assert solve(instance).assignments == (("P1", "R2"), ("P2", "R1"))

    instance = panel([[1000, 300], [600, 200]], k=1, most=1)
    assert (solve(instance).objective, solve(instance).floor) == (1200, None)
    fair = solve(instance, floor=True)
    assert (fair.objective, fair.floor, fair.assignments) == (900, 300, (("P1", "R2"), ("P2", "R1")))


def test_a_conflict_is_never_crossed_even_if_a_place_stays_open():
    instance = panel([[900, 10]], k=2, conflicts=(("P1", "R1"),))

    solution = solve(instance)

    assert solution.assignments == (("P1", "R2"),)
    assert [place.proposal for place in solution.unfilled] == ["P1"]
    assert solution.unfilled[0].reason.startswith("Of 1 other reviewers 1 cannot because of a conflict.")


def test_a_lock_is_kept_however_bad():
    instance = panel([[900, 0, 800]], k=1, locked=(("P1", "R2"),))

    assert solve(instance).assignments == (("P1", "R2"),)


def test_at_least_two_groups_are_seated():
    instance = panel([[900, 800, 10]], groups=["research", "research", "ngo_hotline"], min_groups=2)

    assert solve(instance).assignments == (("P1", "R1"), ("P1", "R3"))


def test_one_reviewer_of_an_organisation_is_enough():
    instance = panel([[900, 800, 10]], organisations=["alpha", "alpha", "beta"])

    assert solve(instance).assignments == (("P1", "R1"), ("P1", "R3"))


def test_who_has_no_organisation_is_nobodys_colleague():
    instance = panel([[900, 800, 10]], organisations=["", "", ""])

    assert solve(instance).assignments == (("P1", "R1"), ("P1", "R2"))


def test_more_places_than_capacity_leaves_the_fewest_open_and_says_who_would_fill_them():
    instance = panel([[900, 800], [700, 600]], k=2, most=1)

    solution = solve(instance)

    assert len(solution.assignments) == 2
    assert solution.objective == 1700
    assert len(solution.unfilled) == 2
    reason = (
        "Of 2 other reviewers 2 because they have all the applications that they can take. "
        "It is filled if one more is given to R1, R2, or by inviting somebody new."
    )
    assert [place.reason for place in solution.unfilled] == [reason, reason]


def with_countries(instance, reviewers, proposals):
    """The same with countries; an asterisk is a content note, and a reviewer who takes none with one."""
    return replace(
        instance,
        reviewers=tuple(
            replace(person, country=code.strip("*"), most_content_notes=0 if "*" in code else None)
            for person, code in zip(instance.reviewers, reviewers, strict=True)
        ),
        proposals=tuple(
            replace(proposal, country=code.strip("*"), has_content_note="*" in code)
            for proposal, code in zip(instance.proposals, proposals, strict=True)
        ),
    )


def test_at_least_two_countries_are_seated():
    instance = with_countries(panel([[900, 800, 10]]), ["GB", "GB", "KE"], ["IN"])

    assert solve(replace(instance, min_countries=2)).assignments == (("P1", "R1"), ("P1", "R3"))
    assert solve(instance).assignments == (("P1", "R1"), ("P1", "R2"))


def test_nobody_gets_an_application_of_their_own_country_but_where_it_is_locked():
    instance = with_countries(panel([[900, 800, 10]]), ["GB", "KE", "IN"], ["GB"])
    instance = replace(instance, excludes_own_country=True)

    assert solve(instance).assignments == (("P1", "R2"), ("P1", "R3"))
    assert solve(replace(instance, locked=(("P1", "R1"),))).assignments == (("P1", "R1"), ("P1", "R2"))


def test_who_asked_not_to_get_an_application_does_not_get_it_even_if_a_place_stays_open():
    instance = panel([[900, 800]], avoided=(("P1", "R1"),))
    solution = solve(instance)

    assert solution.assignments == (("P1", "R2"),)
    assert "1 because they asked not to read on its theme" in solution.unfilled[0].reason


def test_nobody_gets_more_with_a_content_note_than_they_take():
    instance = with_countries(panel([[900, 100], [900, 100]], k=1), ["GB*", "GB"], ["KE*", "KE"])

    assert solve(instance).assignments == (("P1", "R2"), ("P2", "R1"))

    alone = replace(instance, reviewers=instance.reviewers[:1], affinity=np.array([[900], [900]]))
    solution = solve(alone)
    assert solution.assignments == (("P2", "R1"),)
    assert (
        "1 because they have all that they take with a content note. Ask R1 for one more" in solution.unfilled[0].reason
    )


def test_a_released_pair_moves_only_for_more_than_its_price():
    instance = panel([[500, 700]], k=1, released=(("P1", "R1"),))

    assert solve(replace(instance, removal_price=199)).assignments == (("P1", "R2"),)
    assert solve(replace(instance, removal_price=201)).assignments == (("P1", "R1"),)
    assert solve(replace(instance, removal_price=201)).objective == 500


def test_least_loads_above_the_places_are_named():
    solution = solve(panel([[900, 800, 700]], k=2, least=1))

    assert [(load.reviewer, load.short) for load in solution.unmet] == [("R3", 1)]
    assert solution.unmet[0].reason == "The least loads add up to 3, and there are 2 places: lower some least loads."


def test_a_released_pair_gives_way_only_for_more_than_its_price():
    instance = panel([[900, 850]], k=1, released=(("P1", "R2"),))

    assert solve(replace(instance, removal_price=51)).assignments == (("P1", "R2"),)
    assert solve(replace(instance, removal_price=51)).objective == 850
    assert solve(replace(instance, removal_price=49)).assignments == (("P1", "R1"),)


@pytest.mark.parametrize(("height", "width", "opened"), [(0, 3, 0), (2, 0, 4), (0, 0, 0)])
def test_an_empty_panel_has_an_empty_answer(height, width, opened):
    solution = solve(panel(np.zeros((height, width), dtype=int)), floor=True)

    assert (solution.assignments, solution.objective, len(solution.unfilled)) == ((), 0, opened)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"conflicts": (("P1", "R1"),), "locked": (("P1", "R1"),)}, "R1 is locked to P1 and in conflict with it"),
        ({"locked": (("P1", "R1"), ("P1", "R2"), ("P1", "R3"))}, "P1 has 3 locked reviewers and 2 places"),
        ({"locked": (("P1", "R1"), ("P1", "R2")), "min_groups": 2}, "leave no room for 2 groups"),
        ({"locked": (("P1", "R2"), ("P1", "R3"))}, "2 locked reviewers of P1 are from beta"),
        ({"conflicts": (("P7", "R1"),)}, "names the proposal P7, which is not in the list"),
        ({"locked": (("P1", "R1"), ("P1", "R2")), "min_countries": 2}, "leave no room for 2 countries"),
        ({"min_countries": 3}, "3 countries cannot be reached with 2 reviewers"),
        ({"avoided": (("P1", "R9"),)}, "names the reviewer R9, who is not in the list"),
        ({"min_groups": 3}, "3 groups cannot be reached with 2 reviewers"),
        ({"affinity": np.array([[1, 2, 1001]])}, "An affinity lies outside 0 to 1000"),
        ({"affinity": np.array([[1, 2]])}, "The affinity needs 1 rows of 3 numbers"),
    ],
)
def test_a_problem_that_contradicts_itself_is_refused_with_what_to_change(change, sentence):
    instance = panel([[1, 2, 3]], organisations=["alpha", "beta", "beta"])

    with pytest.raises(InstanceError, match=sentence):
        replace(instance, **change)


def test_every_breach_is_told():
    instance = panel(
        [[1, 2, 3], [1, 2, 3]],
        groups=["research", "research", "ngo_hotline"],
        organisations=["alpha", "alpha", "beta"],
        min_groups=2,
        most=1,
        conflicts=(("P1", "R1"),),
        locked=(("P2", "R3"),),
    )

    instance = replace(instance, min_countries=2, avoided=(("P2", "R2"),), excludes_own_country=True)
    instance = with_countries(instance, ["GB", "GB*", "KE"], ["GB", "IN*"])

    assert broken_rules(instance, [("P1", "R1"), ("P1", "R2"), ("P2", "R2"), ("P2", "R2")]) == [
        "R2 has P2 2 times.",
        "R1 has a conflict with P1.",
        "R3 is locked to P2 and not assigned to it.",
        "R1 is of the country of P1.",
        "R2 is of the country of P1.",
        "R2 asked not to get P2.",
        "R2 has 3 applications, the most is 1.",
        "R2 has 2 applications with a content note, the most is 0.",
        "P1 has too many reviewers from alpha.",
        "P2 has too many reviewers from alpha.",
        "P1 has reviewers of 1 groups, at least 2 are needed.",
        "P1 has reviewers of 1 countries, at least 2 are needed.",
        "P2 has reviewers of 1 groups, at least 2 are needed.",
        "P2 has reviewers of 1 countries, at least 2 are needed.",
    ]


def test_the_reasons_count_each_reviewer_once():
    instance = panel(
        [[5, 5, 5, 5, 5]],
        groups=["research", "research", "research", "ngo_hotline", "ngo_hotline"],
        organisations=["alpha", "alpha", "beta", "gamma", "gamma"],
        min_groups=2,
        conflicts=(("P1", "R4"),),
    )

    assert explain_unfilled(instance, [("P1", "R1")])[0].reason == (
        "Of 4 other reviewers 1 cannot because of a conflict, 1 because a colleague of theirs already reviews it, "
        "1 because another group is needed here, 1 could still take it. "
        "Invite somebody from another group than research."
    )
