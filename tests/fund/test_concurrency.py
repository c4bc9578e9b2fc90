"""Many writers at the same moment: money is never promised twice, numbers have no gap, an answer is given once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from core import clock
from core.states import WrongState
from fund.actions import awards
from fund.models import Award, LedgerEntry
from tests.fund.conftest import NOW

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def at_once(number: int, act: Callable[[int], Any]) -> list[Any]:
    """Do the same in many threads that start together, and return what came of each: a result or a refusal."""
    start = Barrier(number)

    def run(place: int) -> Any:
        try:
            start.wait()
            with clock.at(NOW):
                return act(place)
        except (ValidationError, WrongState) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


def test_the_fund_is_never_promised_twice(terms, pot):
    call = terms.call
    call.budget = Decimal(9_000_000)
    call.save()

    def offer(place: int) -> Award:
        # A year each, so that no two wait for the same counter: only the fund's own lock is between them.
        decided_at = NOW.replace(year=2010 + place)
        return awards.offer(
            terms=replace(terms, source_key=place, amount=Decimal(240_000), decided_at=decided_at), by=None
        )

    results = at_once(8, offer)

    made = [each for each in results if isinstance(each, Award)]
    assert len(made) == 4
    assert all(isinstance(each, ValidationError) for each in results if each not in made)
    assert pot.available() == Decimal(40_000)


def test_numbers_have_no_gap_and_no_double(terms):
    results = at_once(
        8, lambda place: awards.offer(terms=replace(terms, source_key=place, amount=Decimal(20_000)), by=None)
    )

    assert sorted(each.number for each in results) == [f"SORF-A-2026-00{number}" for number in range(1, 9)]


def test_of_many_answers_one_counts(award, ada, pot):
    def answer(place: int) -> Award:
        if place % 2:
            return awards.accept(award=award, signatory="Linnea", by=ada)
        return awards.decline(award=award, reason="", by=ada)

    results = at_once(6, answer)

    assert sum(isinstance(each, Award) for each in results) == 1
    award.refresh_from_db()
    promised = -sum(LedgerEntry.objects.filter(award=award).values_list("amount", flat=True))
    assert promised == award.amount
    assert pot.available() + promised == 1_000_000
