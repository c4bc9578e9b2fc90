"""The order of a meeting's applications: checked against every order there is, and at the size of a real panel."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews.agenda import EXACT, Out, arrange, departures_of

OUT = st.frozensets(st.integers(0, 4), max_size=3)


def in_order(absent: list[Out]) -> list[Out]:
    return [absent[place] for place in arrange(absent).order]


@settings(deadline=None)
@given(st.lists(OUT, max_size=6))
def test_no_other_order_has_fewer_departures(absent: list[Out]) -> None:
    found = arrange(absent)
    assert found.departures == departures_of(in_order(absent))
    assert found.departures == min(map(departures_of, permutations(absent)))
    assert found.is_least


@settings(deadline=None)
@given(st.lists(st.frozensets(st.integers(0, 9), max_size=4), max_size=40))
def test_every_application_is_on_the_agenda_once(absent: list[Out]) -> None:
    found = arrange(absent)
    assert sorted(found.order) == list(range(len(absent)))
    assert found.departures == departures_of(in_order(absent)) <= departures_of(absent)
    if found.is_least:
        assert found.departures >= len(frozenset[int]().union(*absent))


def test_applications_that_nobody_leaves_for_keep_their_order() -> None:
    nobody: Out = frozenset()
    assert arrange([nobody, frozenset({1}), nobody, frozenset({1})]).order in ((0, 2, 1, 3), (1, 3, 0, 2))


def test_many_different_groups_are_improved_and_a_bound_that_is_met_is_a_proof() -> None:
    chain = [frozenset({number, number + 1}) for number in range(EXACT + 5)]
    shuffled = sorted(chain, key=lambda out: hash(min(out)) * 7919 % 17)
    found = arrange(shuffled)
    assert found.departures == len(frozenset[int]().union(*chain))
    assert found.is_least


def test_a_panel_of_120_applications_is_arranged() -> None:
    absent = [frozenset({number % 24, number * 7 % 24}) if number % 3 else frozenset[int]() for number in range(120)]
    assert arrange(absent).departures < departures_of(absent) / 2


@pytest.mark.parametrize(("absent", "count"), [([], 0), ([frozenset()], 0), ([frozenset({1, 2})], 2)])
def test_few_applications(absent: list[Out], count: int) -> None:
    assert arrange(absent).departures == count
