"""A list of 20,000 applications: as many queries as for 200, by indexes, in about the same time."""

import pytest

from tests.bench import long_list

pytestmark = [pytest.mark.django_db, pytest.mark.soak, pytest.mark.postgres]


def test_a_list_of_20000_costs_what_a_list_of_200_does() -> None:
    browser = long_list.browser_of_staff()
    short, long = long_list.fill(long_list.FEW, "short"), long_list.fill(long_list.MANY, "long")
    for name, query in long_list.PAGES.items():
        few, many = long_list.queries(browser, short, query), long_list.queries(browser, long, query)
        ratio = long_list.seconds(browser, long, query) / long_list.seconds(browser, short, query)
        found = long_list.plan(many)
        print(f"{name}: {len(many)} queries, {ratio:.2f} times the time\n{found}")

        assert (name, len(many), len(many) <= 15) == (name, len(few), True)
        assert all(part in found for part in long_list.INDEXES.get(name, ())), found
        assert ratio < 2 * long_list.GOAL
