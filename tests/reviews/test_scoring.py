"""What scores come to, exactly; and the two figures of reliability against worked examples."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.scoring import (
    Outcome,
    Scale,
    disagreeing,
    group_means,
    krippendorff_alpha,
    mean,
    outcome,
    ranks,
    reliability_of_mean,
    shown,
    spread,
    weighted_score,
)

WEIGHTS = {"relevance": 40, "method": 35, "safety": 25}


def test_a_weighted_score_weighs_each_criterion():
    assert weighted_score({"relevance": 5, "method": 4, "safety": 2}, WEIGHTS) == Decimal("3.9")


def test_not_applicable_drops_out_and_is_no_zero():
    assert weighted_score({"relevance": 6, "method": None, "safety": 6}, WEIGHTS) == 6
    assert shown(weighted_score({"relevance": 5, "method": None, "safety": 1}, WEIGHTS), 4) == Decimal("3.4615")


def test_a_zero_counts():
    assert weighted_score({"relevance": 0, "safety": 4}, {"relevance": 1, "safety": 1}) == 2


def test_nothing_answered_has_no_score():
    assert weighted_score({"relevance": None}, WEIGHTS) is None
    assert weighted_score({}, WEIGHTS) is None


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 100)), min_size=1, max_size=8))
def test_a_weighted_score_is_the_fraction_to_the_last_displayed_digit(pairs):
    scores = {number: score for number, (score, _) in enumerate(pairs)}
    weights = {number: weight for number, (_, weight) in enumerate(pairs)}
    exact = Fraction(sum(score * weight for score, weight in pairs), sum(weight for _, weight in pairs))

    assert abs(Fraction(weighted_score(scores, weights)) - exact) < Fraction(1, 10**40)


def test_an_outcome_sums_up_the_reviews_that_scored():
    found = outcome([Decimal(2), None, Decimal(4), Decimal(6)])

    assert found == Outcome(mean=Decimal(4), spread=Decimal(2), range=Decimal(4), count=3)
    assert outcome([Decimal(3)]) == Outcome(Decimal(3), None, None, 1)
    assert outcome([None]) == Outcome(None, None, None, 0)
    assert (mean([]), spread([Decimal(1)])) == (None, None)


@pytest.mark.parametrize(
    ("value", "places", "display"),
    [("3.125", 2, "3.13"), ("3.135", 2, "3.14"), ("2.5", 0, "3"), ("-0.125", 2, "-0.13"), ("4", 2, "4.00")],
)
def test_a_score_is_rounded_half_up_at_display(value, places, display):
    assert str(shown(Decimal(value), places)) == display


def test_nothing_is_shown_of_nothing():
    assert shown(None) is None


def test_equal_means_share_a_rank_and_the_next_is_skipped():
    assert ranks({"a": Decimal(4), "b": Decimal(5), "c": Decimal(4), "d": None, "e": Decimal(1)}) == {
        "a": 2, "b": 1, "c": 2, "d": None, "e": 4,
    }  # fmt: skip


def test_means_that_differ_by_the_rounding_of_thirds_are_equal():
    thirds = [weighted_score({1: score}, {1: 3}) / 3 for score in (1, 1, 1)]

    assert ranks({"thirds": sum(thirds), "whole": Decimal(1)}) == {"thirds": 1, "whole": 1}
    assert ranks({"rounded": Decimal("3.334"), "not": Decimal("3.333")}) == {"rounded": 1, "not": 2}


def test_reviewers_disagree_over_half_the_scale_or_in_the_top_tenth_of_spreads():
    calm = {number: outcome([Decimal(3), Decimal("3.1")]) for number in range(9)}
    scale = Scale(1, 5)

    assert disagreeing({**calm, "wide": outcome([Decimal(2), Decimal(4)])}, scale) == {"wide"}
    assert disagreeing({**calm, "spread": outcome([Decimal(3), Decimal("3.5")])}, scale) == {"spread"}
    assert disagreeing(dict(list(calm.items())[:5]), scale) == set()
    assert disagreeing({number: outcome([Decimal(3), Decimal(3)]) for number in range(10)}, scale) == set()


def test_group_means_are_per_group_and_leave_out_who_scored_nothing():
    scores = [("research", Decimal(4)), ("research", Decimal(5)), ("ngo_hotline", Decimal(2)), ("government", None)]

    assert group_means(scores) == {"ngo_hotline": Decimal(2), "research": Decimal("4.5")}


def test_interval_alpha_of_krippendorffs_own_example():
    """Four observers, twelve units, values missing: 0.849 in Krippendorff (2011), Computing Alpha-Reliability."""
    units = [
        [1, 1, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
        [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [5, 5, 5], [1, 1], [3],
    ]  # fmt: skip

    assert round(krippendorff_alpha(units), 3) == 0.849


def test_reliability_of_the_mean_of_a_published_example():
    """Shrout and Fleiss (1979), table 2: ICC(1,1) = 0.17, so ICC(1,4) = 0.44."""
    units = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]

    assert round(reliability_of_mean(units), 2) == 0.44


def test_reliability_takes_the_harmonic_mean_of_unequal_numbers_of_reviews():
    """The same by hand, in fractions; k is 12/5 by either mean here."""
    found = reliability_of_mean([[1, 2], [6, 5, 6]])

    between = Fraction(2) * (Fraction(3, 2) - 4) ** 2 + 3 * (Fraction(17, 3) - 4) ** 2
    within = (Fraction(1, 2) + Fraction(2, 3)) / 3
    variance = (between - within) / Fraction(12, 5)
    assert found == pytest.approx(float(variance / (variance + within / Fraction(12, 5))), abs=1e-12)


@pytest.mark.parametrize("units", [[], [[3]], [[3], [4]], [[3, 3], [3, 3]]])
def test_reliability_is_undefined_without_variation_or_second_reviews(units):
    assert krippendorff_alpha(units) is None
    assert reliability_of_mean(units) is None
