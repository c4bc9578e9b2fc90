"""What templates may hold: nothing that the content policy blocks, nothing that trusts what people wrote."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(ROOT.glob("*/templates/**/*.html"))
MAILS = sorted(ROOT.glob("*/templates/*/mail/*.txt"))
PYTHON = sorted(path for app in ("config", "core", "fund", "applications", "reviews", "reports")
                for path in (ROOT / app).rglob("*.py"))  # fmt: skip


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


class Parts(HTMLParser):
    """Collects what a strict content policy blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.blocked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in names):
            self.blocked.append(f"line {self.getpos()[0]}: <{tag}>")
        for name, value in attrs:
            if name == "style" or re.fullmatch(r"on[a-z]+", name) or (value or "").strip().startswith("javascript:"):
                self.blocked.append(f"line {self.getpos()[0]}: {name}")
            if name in {"src", "srcset"} or (name == "href" and tag == "link"):
                self.blocked += [f"line {self.getpos()[0]}: {value}"] if re.match(r"(https?:)?//", value or "") else []


def blocked_in(text: str) -> list[str]:
    parser = Parts()
    parser.feed(re.sub(r"{#.*?#}|{%.*?%}", "", text, flags=re.DOTALL))
    return parser.blocked


def test_the_search_finds_what_the_policy_blocks() -> None:
    bad = '<p style="x"><a onclick="y()" href="javascript:z"><script>1</script><style>a</style><img src="//cdn/x.png">'
    assert len(blocked_in(bad)) == 6


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_has_nothing_that_the_policy_blocks(path: Path) -> None:
    assert blocked_in(path.read_text()) == []


def _trusting() -> Iterator[str]:
    for path in TEMPLATES:
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            if re.search(r"\|\s*safe(seq)?\b|autoescape off", line):
                yield f"{named(path)}:{number}"
    for path in PYTHON:
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            if re.search(r"\bmark_safe\((?!\s*[\"'])", line):
                yield f"{named(path)}:{number}"


def test_nothing_that_people_wrote_is_taken_for_markup() -> None:
    assert list(_trusting()) == []


def test_there_are_mails() -> None:
    assert len(MAILS) >= 10


@pytest.mark.parametrize("path", MAILS, ids=named)
def test_a_mail_begins_with_its_subject(path: Path) -> None:
    first, _, rest = path.read_text().partition("\n")
    assert first.strip()
    assert not first.startswith("{% comment")
    assert rest.strip()
    assert len(first) <= 200
