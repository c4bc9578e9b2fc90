"""The draw: the same seed gives the same order, every order is equally likely, and it stays within group and budget."""

import hashlib
import hmac
from collections import Counter
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews.ranking import Lot, Ranked, Ranking, draw, draw_order, fitting, funding_line, line_of, ticket

REFERENCES = ["SORF-2026-007", "SORF-2026-019", "SORF-2026-033", "SORF-2026-041"]
CRITICAL = 49.73  # of χ² with 23 degrees of freedom, at one in a thousand


def lots(**amounts: int) -> list[Lot]:
    return [Lot(reference, Decimal(amount)) for reference, amount in amounts.items()]


def test_anyone_can_compute_a_ticket_again() -> None:
    assert ticket("Key", "The reference") == hmac.new(b"Key", b"The reference", hashlib.sha256).hexdigest()
    assert ticket("Jefe", "what do ya want for nothing?") == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"  # RFC 4231, test case 2
    )
    assert draw_order("Jefe", REFERENCES) == tuple(sorted(REFERENCES, key=lambda each: ticket("Jefe", each)))


def test_over_ten_thousand_seeds_every_order_is_equally_likely() -> None:
    counts = Counter(draw_order(str(seed), REFERENCES) for seed in range(10_000))
    expected = 10_000 / 24

    assert set(counts) == set(permutations(REFERENCES))
    assert sum((count - expected) ** 2 / expected for count in counts.values()) < CRITICAL


@settings(max_examples=60, deadline=None)
@given(
    amounts=st.lists(st.integers(0, 90), min_size=1, max_size=9),
    money=st.integers(0, 300),
    seed=st.text(min_size=1, max_size=12),
    skips=st.booleans(),
)
def test_it_never_leaves_the_group_or_the_budget(amounts: list[int], money: int, seed: str, skips: bool) -> None:
    pool = [Lot(f"R-{number}", Decimal(amount)) for number, amount in enumerate(amounts)]
    found = draw(pool, seed=seed, money=Decimal(money), skips=skips)
    amount_of = {lot.reference: lot.amount for lot in pool}

    assert sorted(found.order) == sorted(amount_of)
    assert found == draw(pool[::-1], seed=seed, money=Decimal(money), skips=skips)
    assert set(found.funded) <= set(found.order)
    left = money - sum(amount_of[each] for each in found.funded)
    assert left >= 0
    out = [each for each in found.order if each not in found.funded]
    if skips:
        assert all(amount_of[each] > left for each in out)
    else:
        assert found.funded == found.order[: len(found.funded)]
        assert not out or amount_of[out[0]] > left


def test_the_first_that_does_not_fit_ends_it_or_is_passed_over() -> None:
    row = lots(a=60, b=50, c=40)

    assert fitting(row, Decimal(100), skips=False) == ("a",)
    assert fitting(row, Decimal(100), skips=True) == ("a", "c")
    assert fitting(row, Decimal(59), skips=True) == ("b",)


def ranked(application: str, expected: float, low: int, high: int) -> Ranked:
    return Ranked(application, 0, expected, 0, 0, 0, 0, 0, (low, high), (low, high), 3)


RANKING = Ranking(
    applications=(
        ranked("a", 1.2, 1, 1), ranked("b", 2.1, 2, 2), ranked("c", 3.2, 3, 4), ranked("d", 3.9, 3, 5),
        ranked("e", 5.1, 5, 6), ranked("f", 6.0, 6, 6),
    )
)  # fmt: skip


def test_the_group_is_what_crosses_the_line_after_the_last_that_fits() -> None:
    found = line_of(RANKING, fits=["a", "b", "c"])

    assert (found.line, found.fund, found.draw, found.reject) == (3.2, ("a", "b"), ("c", "d"), ("e", "f"))
    assert found == funding_line(RANKING, fundable=3)


@pytest.mark.parametrize(
    ("fits", "fund", "over"), [(["a", "c", "d"], ("a",), ("b",)), (["a", "b", "c", "d"], ("a", "b", "c", "d"), ())]
)
def test_what_is_passed_over_is_not_funded_and_a_group_that_fits_is(
    fits: list[str], fund: tuple[str, ...], over: tuple[str, ...]
) -> None:
    found = line_of(RANKING, fits=fits)

    assert (found.fund, found.over) == (fund, over)
    assert {*found.fund, *found.over, *found.draw, *found.reject} == set("abcdef")
