"""Walk through a running demo: sign in as each persona, follow the links that their pages show, and say what is wrong.

`python -m tests.e2e.walk_demo http://127.0.0.1:8000 PASSWORD`
"""

import re
import sys
import urllib.error
import urllib.request
from collections import deque
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

from config.sample.people import PERSONAS

MOST = 60
"""Pages per persona."""
ROOM = 62_000


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

    def walk(self, start: str) -> tuple[set[str], list[str]]:
        """Follow links from a page and return what was opened and what was wrong."""
        waiting, seen, wrong = deque([(start, "the start")]), {start}, []
        opened: set[str] = set()
        while waiting and len(opened) < MOST:
            url, source = waiting.popleft()
            status, landed, page = self.get(url)
            opened.add(url)
            if status != 200:
                wrong.append(f"{status} {url} from {source}")
            for link in self.links(landed, page) - seen:
                seen.add(link)
                waiting.append((link, url))
        return opened, wrong

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


def main(address: str, password: str) -> int:
    """Walk as a stranger and as every persona; return 1 if anything was wrong."""
    wrong: list[str] = []
    for name, email in [("stranger", None), *((persona.role, persona.person.email) for persona in PERSONAS)]:
        visitor = Visitor(address)
        if email and (failure := visitor.sign_in(email, password)):
            wrong.append(f"{name}: {failure}")
            continue
        opened, found = visitor.walk(urljoin(address, "/home/" if email else "/"))
        wrong += [f"{name}: {line}" for line in found]
        print(f"{name}: {len(opened)} pages opened, {len(found)} wrong", flush=True)
    print(*wrong, sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
