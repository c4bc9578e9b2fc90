"""Two databases that differ only in what somebody may not know, one after the other in one: what do people get of each?

Everything is asked for that the table of answers opens to a person, searches and filters besides, and the files that
they order. A new address of the table is asked for by itself.
"""

import re
from collections.abc import Iterable
from copy import deepcopy
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.test import Client
from django.urls import reverse

from core.documents.models import Document
from core.jobs.work import run_all
from core.people.models import User
from tests.access.table import ROWS
from tests.access.test_table import address, undone
from tests.access.world import PERSONAS, World

Answers = dict[str, bytes]
UNASKED = {
    "mailbox", "patterns", "api:schema", "api:docs", "api:resource", "public:form_schema", "help", "privacy",
    "accessibility",
}  # fmt: skip
"""What says the same to everybody; and the mail of a whole machine, which only one's own machine shows."""
PLAIN = (
    "account_", "papers:", "people:", "before:", "language", "manage_core:person", "manage_core:people",
    "manage_core:invite", "manage_fund:form_", "manage_fund:call_", "manage_apply:", "apply:preview", "api:call-",
)  # fmt: skip
"""Where nothing about applications that were submitted can stand."""
ELSEWHERE = {
    "draft", "open call", "new call", "invited call", "call invitation", "changed form", "form change", "form section",
    "form question", "award", "accepted award", "letter", "condition", "contribution", "entry", "person", "token",
    "administrator", "message", "closed file", "incident", "mailed link", "register", "held letter", "letter preview",
    "decided application", "decision inquiry",
    "panel invitation", "receipt", "summary", "batch", "job", "release", "released",
}  # fmt: skip
"""What is about another call, or about what is asked for in a list besides."""
MASKED = re.compile(rb'(?<=csrfmiddlewaretoken" value=")[^"]+|(?<=X-CSRFToken&quot;: &quot;)\w+')
CALL = "/manage/calls/review/"
SEARCHES = ("zaffre", "tag:zaffre", "score:>1", "reviews:complete", "reviewer:omar", "amount:>150000")
"""Asked of the list; “zaffre” is written wherever nobody may know."""
MORE_SEARCHES = (
    "state:recommended", "state:decided", "score:<2.5", "reviews:missing", "reviews:disagree", "months:30",
    "theme:detection", "country:NO", "reviewer:ruth", "tag:pilot", "flag:none", "quiet", "reference:001", "-zaffre",
)  # fmt: skip
MORE = (
    *(f"{CALL}applications/?q={each}" for each in MORE_SEARCHES),
    *(f"{CALL}applications/?sort={each}" for each in ("-score", "score", "-missing", "-amount", "amount")),
    f"{CALL}applications/?columns=score&columns=reviews&columns=amount",
    *(f"{CALL}ranking/?sort={each}" for each in ("-mean", "expected", "reference", "-reference")),
    f"{CALL}ranking/?show=groups",
    f"{CALL}assignment/?places=open",
    *(f"{CALL}decisions/?state={each}" for each in ("draft", "approved", "released", "superseded")),
    *(f"/manage/audit/?code={each}" for each in ("decision", "review", "meeting", "award", "ledger", "application")),
    "/review/?by=state", "/documents/?q=REVIEW", "/documents/?kind=award-letter",
    "/api/v1/decisions/?state=released", "/api/v1/decisions/?outcome=fund", "/api/v1/documents/?q=REVIEW",
    "/api/v1/reviews/?assignment__application__call__slug=review", "/api/v1/assignments/?state=submitted",
    "/api/v1/applications/?q=zaffre", "/api/v1/applications/?state=recommended", "/api/v1/applications/?state=decided",
    "/api/v1/jobs/?kind=award-letter", "/api/v1/my/applications/?state=decided",
)  # fmt: skip
Order = tuple[str, dict[str, Any]]
ORDERS: tuple[Order, ...] = (
    ("manage:ranking", {}),
    ("reports:reviews", {"kind": "csv", "who": "named"}),
    ("reports:book", {}),
    ("reports:export", {"kind": "csv", "address": "", "answers": ["summary"]}),
)
MORE_ORDERS: tuple[Order, ...] = (
    ("reports:ranking", {}),
    ("reports:export", {"kind": "csv", "address": "q=reviews:disagree"}),
    ("reports:summaries", {}),
    ("reports:programme", {"call": "review"}),
    ("reports:programme", {}),
)
OF_ALL = {"reports:programme"}
"""Orders that are of no call, or name it in what they carry."""


def addresses(world: World, persona: str, *under: str, is_full: bool = False) -> list[str]:
    """Return the address of every row of the table that a persona reads, and searches, each once.

    In full they are all; else those under some names, about what is neither another call nor before a submission.
    """
    place = PERSONAS.index(persona)
    rows = [row for row in ROWS if row.method == "GET" and row.answers[place] == 200 and row.route not in UNASKED]
    if not is_full:
        rows = [row for row in rows if row.subject not in ELSEWHERE and row.route.startswith(under or "")]
    known = [address(row, world) for row in rows if not row.route.startswith(PLAIN)]
    if f"{CALL}applications/" in known:
        known += [f"{CALL}applications/?q={each}" for each in SEARCHES]
    return list(dict.fromkeys([*known, *(MORE if is_full else ())]))


def answers(browser: Client, asked: Iterable[str]) -> Answers:
    """Ask for all addresses, and return what a person gets from each."""
    return {url: _answer(browser, url) for url in asked}


def _answer(browser: Client, url: str) -> bytes:
    with undone():
        response = browser.get(url)
        content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        content = _unpacked(content)
    head = f"{response.status_code} {response.get('Location', '')} {response.get('Content-Disposition', '')}\n"
    return head.encode() + MASKED.sub(b"", content)


def _unpacked(workbook: bytes) -> bytes:
    """Return what is in a spreadsheet, but for its own note of when it was made."""
    with ZipFile(BytesIO(workbook)) as parts:
        return b"\n".join(parts.read(name) for name in sorted(parts.namelist()) if name != "docProps/core.xml")


def orders(browser: Client, person: User, *, is_full: bool = False) -> Answers:
    """Order each file that a person can have, and return what is in it; the ranking is shown once it is worked out."""
    return dict(_order(browser, person, *each) for each in (*ORDERS, *(MORE_ORDERS if is_full else ())))


def _order(browser: Client, person: User, route: str, body: dict[str, Any]) -> tuple[str, bytes]:
    url = reverse(route, args=[] if route in OF_ALL else ["review"])
    cookies = deepcopy(browser.cookies)
    with undone():
        before = set(Document.objects.values_list("pk", flat=True))
        status = browser.post(url, body).status_code
        run_all()
        made = Document.objects.visible_to(person).exclude(pk__in=before).order_by("title", "kind")
        files = b"\n".join(each.title.encode() + each.read() for each in made)
        shown = _answer(browser, url) if route == "manage:ranking" else b""
    browser.cookies = cookies  # without the message that it is being made
    return f"POST {route} {body}", f"{status} {len(made)}\n".encode() + files + shown


def differences(one: Answers, other: Answers) -> dict[str, str]:
    """Return where two series of answers differ, and what stands there."""
    return {url: _around(one[url], other[url]) for url in one if one[url] != other[url]}


def _around(one: bytes, other: bytes) -> str:
    pairs = enumerate(zip(one, other, strict=False))
    place = next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))
    start = max(0, place - 120)
    return f"…{one[start : place + 160].decode(errors='replace')}… ≠ …{other[start : place + 160].decode(errors='replace')}…"
