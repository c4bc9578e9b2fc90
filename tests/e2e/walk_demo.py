"""Walk through a running demo: sign in as each persona, follow the links that their pages show, and say what is wrong.

`python -m tests.e2e.walk_demo http://127.0.0.1:8000 PASSWORD`
"""

import re
import sys
import time
import urllib.error
import urllib.request
from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit

from config.sample.people import PERSONAS

OF_A_KIND = 2
"""So many pages of each kind are opened, and one of each kind with a query: the next application is like these."""
MOST = 1_200
"""Pages per persona; if more wait, not every kind was seen, and that is wrong."""
ROOM = 60_000
"""Bytes of a page, the texts of its people included: the sample's are short enough for that."""
HERE = "This copy runs on this machine only (127.0.0.1)."
AT_ONCE = 2
"""Personas who walk beside each other."""


class Links(HTMLParser):
    """Collects where the links, styles, scripts and pictures of a page lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a link."""
        wanted = {"a": "href", "link": "href", "script": "src", "img": "src"}.get(tag)
        self.found += [value for name, value in attrs if name == wanted and value]


class Visitor:
    """One browser without script."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, url: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Return the status, the address after redirects and the text of a page."""
        body = urlencode(form).encode() if form else None
        request = urllib.request.Request(urljoin(self.address, url), body, {"Referer": self.address})
        try:
            with self.opener.open(request, timeout=30) as answer:
                kind = answer.headers.get_content_type()
                content = answer.read()
                return answer.status, answer.url, content.decode() if kind == "text/html" else ""
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.url, ""

    def sign_in(self, email: str, password: str) -> str:
        """Sign in through the form, as a person does, and return what went wrong."""
        _, url, page = self.get("/account/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        form = {"csrfmiddlewaretoken": token[1] if token else "", "login": email, "password": password}
        status, landed, _ = self.get(url, form)
        return "" if status == 200 and "login" not in landed else f"signing in ends with {status} at {landed}"

    def walk(self, start: str) -> tuple[int, list[str]]:
        """Follow links from a page and return how many pages were opened and what was wrong."""
        waiting, seen, wrong = deque([(start, "the start")]), {start}, []
        kinds: Counter[str] = Counter()
        opened = 0
        while waiting and opened < MOST:
            url, source = waiting.popleft()
            status, landed, page = self.get(url)
            opened += 1
            wrong += [f"{fault}: {url} from {source}" for fault in faults_of(status, page)]
            for link in sorted(self.links(landed, page) - seen):
                seen.add(link)
                kinds[kind_of(link)] += 1
                if kinds[kind_of(link)] <= (1 if urlsplit(link).query else OF_A_KIND):
                    waiting.append((link, url))
        return opened, wrong + [f"{len(waiting)} pages are left of more than {MOST}"] * bool(waiting)

    def links(self, base: str, page: str) -> set[str]:
        """Return the addresses of this site that a page leads to, without signing out.

        The outbox shows everyone's mail, with links that are not for everyone.
        """
        if urlsplit(base).path.startswith("/home/outbox/"):
            return set()
        parser = Links()
        parser.feed(page)
        urls = {urldefrag(urljoin(base, link)).url for link in parser.found}
        here = urlsplit(self.address).netloc
        return {url for url in urls if urlsplit(url).netloc == here and "logout" not in url}


def kind_of(url: str) -> str:
    """Return the address without what numbers, references and codes stand in it, and without the values of its query."""
    parts = urlsplit(url)
    path = "/".join("*" if re.search(r"[\dA-Z]", each) else each for each in parts.path.split("/"))
    return "&".join([path, *sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})])


def faults_of(status: int, page: str) -> list[str]:
    """Return what is wrong with an answer; `page` is empty if it is no page."""
    size = len(page.encode())
    faults = {
        str(status): status != 200,
        f"{size} bytes": size > ROOM,
        "does not say where this copy runs": bool(page) and HERE not in page,
    }
    return [words for words, is_so in faults.items() if is_so]


def walk_as(name: str, email: str, address: str, password: str) -> list[str]:
    """Walk as one persona, or as a stranger if there is no e-mail address, and return what was wrong."""
    visitor, began = Visitor(address), time.monotonic()
    if email and (failure := visitor.sign_in(email, password)):
        return [f"{name}: {failure}"]
    opened, wrong = visitor.walk(urljoin(address, "/home/" if email else "/"))
    print(f"{name}: {opened} pages opened in {time.monotonic() - began:.0f} s, {len(wrong)} wrong", flush=True)
    return [f"{name}: {line}" for line in wrong]


def main(address: str, password: str) -> int:
    """Walk as a stranger and as every persona; return 1 if anything was wrong."""
    walkers = [("stranger", ""), *((persona.role, persona.person.email) for persona in PERSONAS)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = [pool.submit(walk_as, *walker, address, password) for walker in walkers]
    wrong = [line for each in done for line in each.result()]
    print(*wrong, sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
