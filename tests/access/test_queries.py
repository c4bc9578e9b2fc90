"""What a page costs: as many queries with fifty rows as with three, at most 15, and at most 60 kB for fifty rows.

Every page and list of the table of answers is asked for, by each kind of person to whom it is open; and the long ones
by what one may search, filter and sort in them.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

from tests.access.growth import grow
from tests.access.table import ROWS, Row
from tests.access.test_table import ask, undone
from tests.access.world import PERSONAS, World
from tests.factories import count_rows

pytestmark = pytest.mark.django_db
FEW, PAGEFUL = 3, 52
MOST_QUERIES, MOST_BYTES = 15, 60_000


KINDS = {"anonymous", "ada", "ruth", "chandra", "helena", "felix", "audrey"}
QUERIES: dict[str, tuple[str, ...]] = {
    "manage:applications": (
        "?sort=-score", "?sort=-missing", "?q=study", "?q=score:%3E3", "?q=study+score:%3E3&sort=-score",
        "?state=in_review", "?theme=detection", "?reviews=complete", "?country=NO", "?columns=labels&columns=score",
        "?q=tag:pilot", "?q=reviewer:@me", "?page=3",
    ),
}  # fmt: skip
"""What is asked of a page by its address, as its own links and forms do."""


def _visitors(row: Row) -> set[str]:
    """Return one person of each kind to whom the address is open."""
    return KINDS & {name for name, answer in zip(PERSONAS, row.answers, strict=True) if answer == 200}


FOR_ALL = {"home", "documents:list", "jobs:batches", "api:application-list", "api:assignment-list", "search"}
"""What is another page for each kind of person."""
OWNERS = {
    "apply:": "ada", "before:": "ada", "awards:": "ada", "api:my-": "ada", "api:draft": "ada", "api:call-inv": "ada",
    "review:": "ruth", "api:place": "ruth", "api:bid": "ruth",
}  # fmt: skip
"""Whose pages they are, by how their names begin; of all others it is the administrators' who see most."""


def _is_more(row: Row, name: str, query: str) -> bool:
    """Whether a page is asked for by somebody for whom it is the same page as for another person.

    Of whoever searches it is the chair who asks most of the database: for what is open to her, and what is shut.
    """
    if query and "chandra" in _visitors(row):
        return name != "chandra"
    there = _visitors(row)
    owner = next((owner for start, owner in OWNERS.items() if row.route.startswith(start) and owner in there), "")
    most = "helena" if "helena" in there else max(there, key=PERSONAS.index)
    return name != (owner or most) and row.route not in FOR_ALL


Page = tuple[Row, str, str]
PAGES = [
    pytest.param(row, name, query, marks=pytest.mark.more if _is_more(row, name, query) else ())
    for row in ROWS
    for name in sorted(_visitors(row))
    for query in ("", *QUERIES.get(row.route, ()))
    if row.method == "GET"
]


@dataclass(frozen=True)
class Cost:
    """What one page costs."""

    queries: tuple[str, ...]
    size: int
    kind: str


def cost(world: World, row: Row, name: str, query: str) -> Cost:
    reset_queries()  # the log has an end, and keeps what was asked for before
    with undone(), CaptureQueriesContext(connection) as captured:
        response = ask(world.browser(name), "GET", row, world, query)
    assert response.status_code == 200
    statements = tuple(each["sql"] for each in captured if "SAVEPOINT" not in each["sql"])
    size = 0 if response.streaming else len(response.content)
    return Cost(statements, size, response["Content-Type"].split(";")[0])


Costs = dict[Page, Cost]


@pytest.fixture(scope="module")
def costs(world: World, request: pytest.FixtureRequest) -> dict[int, Costs]:
    """Ask for every page that is tested with few rows, and with more than one page of a list."""
    here = [item for item in request.session.items if item.path == request.path and hasattr(item, "callspec")]
    parts = ("row", "name", "query")
    asked: list[Page] = list(dict.fromkeys(tuple(each.callspec.params[part] for part in parts) for each in here))
    found: dict[int, Costs] = {}
    so_far = 0
    for number in (FEW, PAGEFUL):
        grow(world, so_far, number)
        connection.check_constraints()
        count_rows()
        so_far = number
        found[number] = {page: cost(world, *page) for page in asked}
    return found


def _named(value: Any) -> str:
    return str(value)


@pytest.mark.parametrize(("row", "name", "query"), PAGES, ids=_named)
def test_a_page_costs_the_same_for_three_rows_and_for_fifty(
    row: Row, name: str, query: str, costs: dict[int, Costs]
) -> None:
    few, many = (costs[number][row, name, query].queries for number in (FEW, PAGEFUL))
    assert (len(many), _repeated(many)) == (len(few), _repeated(few))
    assert len(many) <= MOST_QUERIES, "\n".join(many)


def _repeated(queries: tuple[str, ...]) -> list[str]:
    """Return what is asked more than twice in other words."""
    shapes = ["".join("?" if letter.isdigit() else letter for letter in query)[:160] for query in queries]
    return sorted({shape for shape in shapes if shapes.count(shape) > 2})


@pytest.mark.parametrize(("row", "name", "query"), PAGES, ids=_named)
def test_a_page_stays_small(row: Row, name: str, query: str, costs: dict[int, Costs]) -> None:
    found = costs[PAGEFUL][row, name, query]
    if found.kind == "text/html":
        assert found.size <= MOST_BYTES


def test_lists_are_long_enough_to_mean_something(costs: dict[int, Costs], world: World) -> None:
    applications = world.browser("helena").get("/manage/calls/review/applications/").context["page"]
    assert applications.paginator.count > 3 * PAGEFUL
    assert len(applications) == 50
