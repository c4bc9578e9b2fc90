"""Where the links lead on every page that somebody may open."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import resolve

from tests.access.table import ROWS, Row
from tests.access.test_table import address
from tests.access.world import PERSONAS, World


class Links(HTMLParser):
    """Collects where the links of a page lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and (place := dict(attrs).get("href")):
            self.found.append(place)


def links_of(page: Any) -> Iterator[str]:
    """Yield the addresses on this site to which a page links, without their fragments and queries."""
    found = Links()
    found.feed(page.content.decode())
    for place in found.found:
        parts = urlsplit(urljoin(page.request["PATH_INFO"], place))
        if not parts.netloc and not parts.scheme and not parts.path.startswith(("/static/", "/media/")):
            yield parts.path


def opened(client: Client, url: str) -> Any:
    """Get a page, and read to its end what comes in pieces."""
    page = client.get(url)
    if page.streaming:
        list(page.streaming_content)
    return page


def is_everybodys(row: Row) -> bool:
    """Whether a page is open to whoever is signed in."""
    return row.answers[PERSONAS.index("amir")] == 200


def pages_of(name: str, world: World, client: Client, *, everybodys: bool) -> Iterator[tuple[Row, Any]]:
    """Yield each page of the table that is open to a person, with its row: those that are open to all, or the others."""
    place = PERSONAS.index(name)
    for row in ROWS:
        is_page = row.method == "GET" and not row.route.startswith("api:") and is_everybodys(row) == everybodys
        if is_page and row.answers[place] == 200:
            page = opened(client, address(row, world))
            if not page.streaming and page.headers["Content-Type"].startswith("text/html"):
                yield row, page


def dead_ends(name: str, world: World, *, everybodys: bool = False) -> dict[tuple[str, str], int]:
    """Return each link that is refused to a person, with the page that it stands on: one of theirs, or everybody's.

    The table says what they get from its own addresses; of others, one of a kind is asked for each kind of page.
    """
    client, place = world.browser(name), PERSONAS.index(name)
    known = {address(row, world): row.answers[place] for row in ROWS if row.method == "GET"}
    places = {
        (row.route, link): resolve(link).view_name
        for row, page in pages_of(name, world, client, everybodys=everybodys)
        for link in links_of(page)
    }
    asked = {(route, kind): link for (route, link), kind in places.items() if link not in known}
    answers = known | {link: opened(client, link).status_code for link in set(asked.values())}
    return {(route, link): answers[link] for route, link in places if answers.get(link, 200) >= 400}
