"""Who gets what: for every address and method, the answer to each persona, as the table beside this file says it.

A new address without a row fails the suite. Whoever may use an address gets 405 for any method without a row.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.bodies import BODIES
from tests.access.table import ROWS, Row
from tests.access.world import PERSONAS, World
from tests.factories import make_pdf

pytestmark = pytest.mark.django_db

PAGE_METHODS = ("GET", "POST")
API_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
REFUSED = {302, 401, 403, 404, 405}
CHANGES = ("INSERT", "UPDATE", "DELETE")
FILES = {"api:offline-upload"}
"""Where the interface takes a form with a file."""
HERE = b"This copy runs on this machine only (127.0.0.1)."
UNCOUNTED = ("django_session", "core_cache")
"""What reading may write: the session that keeps a message, and the counts of the rate limits."""


def routes(patterns: list[Any] | None = None, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, set[str]]]:
    """Yield the name of every address with the names of its parts."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from routes(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield ":".join((*spaces, pattern.name or "")), set(pattern.pattern.regex.groupindex)


PARTS = dict(routes())


def address(row: Row, world: World) -> str:
    given = world.subjects[row.subject]
    missing = PARTS[row.route] - given.keys()
    assert not missing, f"The world does not say what {missing} of {row.route} is about “{row.subject}”."
    return reverse(row.route, kwargs={part: given[part] for part in PARTS[row.route]})


def ask(client: Client, method: str, row: Row, world: World, query: str = "") -> Any:
    url = address(row, world) + query
    body = BODIES.get((row.route, row.subject), BODIES.get(row.route, {}))
    body = body(world) if callable(body) else body
    if "question" in PARTS[row.route]:
        body = {"file": SimpleUploadedFile("letter.pdf", make_pdf(), "application/pdf"), "attested": "on"}
    if row.route in FILES and method == "POST":
        return client.post(url, body)
    if url.startswith("/api/"):
        given = {"data": json.dumps(body), "content_type": "application/json"} if method != "GET" else {}
        return client.generic(method, url, **given)
    if method == "POST":
        return client.post(url, body)
    response = client.generic(method, url)
    if response.streaming:
        list(response.streaming_content)
    return response


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever happens in the block."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def watching() -> Iterator[list[str]]:
    """Collect the statements of the block that change anything that counts."""
    found: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(CHANGES) and not any(table in sql for table in UNCOUNTED):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found


def contents() -> dict[str, list[Any]]:
    """Read the whole database, but for what reading may write."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table not in UNCOUNTED:
                cursor.execute(f'SELECT * FROM "{table}"')
                found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def changed(before: dict[str, list[Any]]) -> list[str]:
    after = contents()
    return [table for table in after if after[table] != before[table]]


def test_every_address_has_a_row() -> None:
    assert sorted(set(PARTS) - {row.route for row in ROWS}) == []


def test_no_row_is_about_an_address_that_is_gone() -> None:
    assert sorted({row.route for row in ROWS} - set(PARTS)) == []


def test_no_row_is_there_twice() -> None:
    places = [(row.route, row.subject, row.method) for row in ROWS]
    assert sorted({place for place in places if places.count(place) > 1}) == []


@pytest.fixture(scope="module")
def before(world: World) -> dict[str, list[Any]]:
    """What the database holds before any test."""
    return contents()


def admitted(row: Row) -> list[str]:
    """Return who may do it, in the order of the table."""
    answers = dict(zip(PERSONAS, row.answers, strict=True))
    return [name for name in PERSONAS if answers[name] < 400 and (name != "anonymous" or answers[name] != 302)]


def wrong_answers(row: Row, names: Iterable[str], world: World, before: dict[str, list[Any]]) -> dict[str, Any]:
    """Ask as each of them, and return who got another answer than the table's or a page that does not say where it runs.

    So is returned who left a trace by a refusal or a look.
    """
    expected, found = dict(zip(PERSONAS, row.answers, strict=True)), {}
    for name in names:
        with undone(), watching() as written:
            response = ask(world.browser(name), row.method, row, world)
            given = response.status_code
            traces = changed(before) if written and (row.method == "GET" or given >= 400) else []
        if given != expected[name] or traces or not says_where_it_runs(response):
            found[name] = (given, traces, says_where_it_runs(response))
    return found


def says_where_it_runs(response: Any) -> bool:
    """Whether an answer, if it is a whole page or the page of a refusal, says that this copy is on this machine only."""
    if response.streaming or b"<!doctype html>" not in response.content[:99]:
        return True
    return HERE in response.content


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_gets_the_answer_of_the_table(row: Row, world: World, before: dict[str, list[Any]]) -> None:
    """All who are refused, and one of those who are not."""
    assert wrong_answers(row, set(PERSONAS) - set(admitted(row)[1:]), world, before) == {}


@pytest.mark.more
@pytest.mark.parametrize("row", [row for row in ROWS if admitted(row)[1:]], ids=str)
def test_so_does_everybody_else_who_may(row: Row, world: World, before: dict[str, list[Any]]) -> None:
    assert wrong_answers(row, admitted(row)[1:], world, before) == {}


ALLOWED = defaultdict(set)
for _row in ROWS:
    ALLOWED[_row.route].add(_row.method)
FIRST = {row.route: row for row in reversed(ROWS)}


def wrong_refusals(route: str, names: Iterable[str], world: World) -> list[tuple[str, str, int]]:
    """Ask by each method without a row, and return what was answered otherwise than with 405."""
    methods = API_METHODS if route.startswith("api:") else PAGE_METHODS
    found = []
    for method in set(methods) - ALLOWED[route]:
        for name in names:
            with undone():
                given = ask(world.browser(name), method, FIRST[route], world).status_code
            if given != 405:
                found.append((name, method, given))
    return found


@pytest.mark.parametrize("route", sorted(FIRST))
def test_other_methods_are_refused(route: str, world: World) -> None:
    assert wrong_refusals(route, admitted(FIRST[route])[:1], world) == []


@pytest.mark.more
@pytest.mark.parametrize("route", [route for route in sorted(FIRST) if admitted(FIRST[route])[1:]])
def test_whoever_else_may_is_refused_them_too(route: str, world: World) -> None:
    assert wrong_refusals(route, admitted(FIRST[route])[1:], world) == []
