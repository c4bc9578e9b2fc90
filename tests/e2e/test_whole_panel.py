"""A whole panel, from the assignment to the approved minutes: some members and the chair in the browser at the same time,
the others through the interface. 120 applications and a panel of 24 by hand: `make soak TESTS=tests/e2e/test_whole_panel.py`.

That the queue asks the database as often for fifty rows as for three is seen in `tests/access/test_queries.py`.
"""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_string
from email.message import Message
from http import HTTPStatus
from itertools import zip_longest
from pathlib import Path

import pytest
from playwright.sync_api import Response, expect

from tests import services
from tests.e2e.barriers import BOTH, Look, barriers_on
from tests.e2e.conftest import set_stage
from tests.e2e.panel_pages import CALL, NOTE, Chair, Member, begin_the_review, propose_and_release
from tests.e2e.panellists import ADVICE, Panellist, at_once, panellists_of
from tests.e2e.site import EMAILS, Site, Visitor
from tests.e2e.stage import REFERENCE, STREAMING

pytestmark = [pytest.mark.more, pytest.mark.usefixtures("at_work")]
EACH = 3
"""Reviews of each application."""


@dataclass(frozen=True)
class Size:
    """How many there are; every so many votes are also given in the browser."""

    applications: int
    members: int
    at_screens: tuple[str, ...]
    every: int
    looks: tuple[Look, ...]


SMALL = Size(4, 6, ("reviewer", "third reviewer"), 4, ())
WHOLE = Size(120, 24, ("reviewer", "second reviewer", "third reviewer"), 6, BOTH)


@pytest.fixture(
    scope="module",
    params=[SMALL, pytest.param(WHOLE, marks=pytest.mark.soak)],
    ids=["4 applications", "120 applications"],
)
def size(request: pytest.FixtureRequest) -> Size:
    return request.param


@pytest.fixture(scope="module")
def site(size: Size, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Run the product on a call whose applications are with nobody yet."""
    if size is SMALL:
        stage: Path = request.getfixturevalue("stage")
    else:
        request.getfixturevalue("chromium")
        stage = tmp_path_factory.mktemp("panel") / "stage"
        set_stage(stage, "--panel")
    with Site.on_copy_of(stage, tmp_path_factory.mktemp("site")) as running:
        yield running


@dataclass
class Panel:
    """Everybody who takes part, and what is counted on the way."""

    size: Size
    site: Site
    staff: Visitor
    chair: Visitor
    members: list[Member]
    others: list[Panellist]
    requests: Counter[str] = field(default_factory=Counter)
    barriers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for person in self.visitors:
            person.page.on("response", self._count)

    @property
    def visitors(self) -> list[Visitor]:
        return [self.staff, self.chair, *(each.person for each in self.members)]

    def _count(self, response: Response) -> None:
        is_poll = "x-poll" in response.request.headers
        self.requests[
            "polls not changed" if is_poll and response.status == 304 else "polls" if is_poll else "others"
        ] += 1

    def look_at(self, person: Visitor, what: str) -> None:
        """Look for barriers, and leave the window as it was."""
        self.barriers += [f"{what}: {fault}" for fault in barriers_on(person.page, self.size.looks)]
        person.page.emulate_media(color_scheme="light")
        person.page.set_viewport_size({"width": 1280, "height": 900})

    @contextmanager
    def working(self) -> Iterator[None]:
        """Let those with a program do all of their work meanwhile."""
        with ThreadPoolExecutor(len(self.others)) as pool:
            doing = [pool.submit(each.work, STREAMING) for each in self.others]
            yield
        for done in doing:
            done.result()

    @contextmanager
    def timed(self, what: str) -> Iterator[None]:
        started = time.monotonic()
        yield
        print(f"{what}: {time.monotonic() - started:.1f} s")


@pytest.fixture
def panel(size: Size, site: Site, visitor: Callable[..., Visitor]) -> Panel:
    windows = [visitor(each) for each in ("administrator", "chair", *size.at_screens)]
    others = panellists_of(site, without=[EMAILS[each] for each in size.at_screens])
    return Panel(size, site, windows[0], windows[1], [Member(each) for each in windows[2:]], others)


def test_a_panel_is_assigned_reviews_meets_and_recommends(panel: Panel) -> None:
    with panel.timed("Assigned and released"):
        begin_the_review(panel.staff)
        propose_and_release(panel.staff, EACH * panel.size.applications)
        services.wait_until(
            lambda: len(told_of_reviews(panel.site)) == panel.size.members, what="all are told", seconds=240
        )
        assert told_of_reviews(panel.site) == dict.fromkeys(emails_of(panel), 1)
    with panel.timed("Declared, scored and submitted"):
        tied = review(panel)
    with panel.timed("A tie ruled upon, and another reviewer found"):
        replace_the_tied(panel, tied)
    assert_all_is_in(panel)
    with panel.timed("The meeting"):
        concluded = meet(panel, tied)
    approve_the_minutes(panel, tied)
    assert_it_is_ranked(panel, concluded)
    assert sum(told_of_reviews(panel.site).values()) == panel.size.members + 1
    assert panel.barriers == []
    by_status = sum((each.answers for each in panel.others), Counter())
    print(
        f"Requests of {len(panel.others)} programs by status {dict(by_status)}, of the browser {dict(panel.requests)}"
    )


def emails_of(panel: Panel) -> list[str]:
    return [*(EMAILS[each] for each in panel.size.at_screens), *(each.email for each in panel.others)]


def told_of_reviews(site: Site) -> Counter[str]:
    """Return how many mails about reviews of this call went to whom."""
    files = [each.read_text() for each in (site.folder / "mail").iterdir()]
    mails = [
        message_from_string(part.lstrip()) for text in files for part in re.split(r"^-{79}$", text, flags=re.MULTILINE)
    ]
    mine = [mail for mail in mails if "to review by" in str(mail["Subject"]) and f"Safer {STREAMING}" in body_of(mail)]
    return Counter(str(mail["To"]) for mail in mine)


def body_of(mail: Message) -> str:
    """Return what a mail without attachments says: where its titles need it, it is sent in another form than text."""
    content = mail.get_payload(decode=True)
    return content.decode() if isinstance(content, bytes) else ""


def review(panel: Panel) -> str:
    """Let all of them work at once; the last one in the browser has a tie. Return the application that it is to."""
    last = panel.members[-1]
    for member in panel.members:
        member.person.go("/review/")
    panel.look_at(panel.members[0].person, "queue")
    tied = last.page.locator("tbody tr td", has_text=REFERENCE).first.inner_text()
    works = [
        work(panel, member, tied if member is last else "", is_seen=number == 0)
        for number, member in enumerate(panel.members)
    ]
    with panel.working():
        panel.chair.go(CALL + "progress/")
        for __ in zip_longest(*works):
            continue
    return tied


def work(panel: Panel, member: Member, tied: str = "", *, is_seen: bool = False) -> Iterator[None]:
    """Do all that a member has to do, with a pause after each page."""
    yield from member.declare_all(tied)
    if is_seen:
        member.person.follow(re.compile(f"^(Start|Go on) with {REFERENCE}"))
        panel.look_at(member.person, "desk")
    yield from member.review_all()


def replace_the_tied(panel: Panel, tied: str) -> None:
    """Rule that the member is recused, find somebody else, and let them review."""
    page = panel.chair.go(CALL + "panel/")
    panel.chair.click(page.get_by_role("button", name=re.compile(f"^Recused.*{tied}")))
    propose_and_release(panel.staff, 1)
    for member in panel.members:
        for __ in work(panel, member):
            pass
    at_once(lambda each: each.review_all(STREAMING), panel.others)


def assert_all_is_in(panel: Panel) -> None:
    number = EACH * panel.size.applications
    text = panel.staff.go(CALL + "progress/").locator("main").inner_text()
    assert re.search(rf"Reviews in\s+{number}\s+of {number}", text, re.IGNORECASE), text
    assert "Every application with the panel has its reviews." in text
    assert panel.members[0].submitted
    assert sum(each.submitted for each in (*panel.members, *panel.others)) == number


def meet(panel: Panel, tied: str) -> dict[str, str]:
    """Take up every application, and return what is recommended on each."""
    chair = Chair(panel.chair)
    meeting = chair.plan(quorum=panel.size.members // 2)
    chair.open()
    for member in panel.members:
        member.go_to_meeting()
    concluded = {}
    for number in range(panel.size.applications):
        item, reference = chair.begin()
        if reference == tied:
            assert_only_told_to_leave(panel.members[-1], meeting, item, reference)
        chair.call_vote(reference)
        if number == 0:
            panel.look_at(panel.chair, "meeting led")
            panel.look_at(panel.members[0].person, "meeting followed")
        is_seen = number % panel.size.every == 0 or reference == tied
        votes = cast(panel, meeting, item, reference, tied, is_seen=is_seen)
        concluded[reference] = "Fund" if number < 2 else "Do not fund"
        told = chair.conclude(reference, concluded[reference], amount="45,000" if number < 2 else "")
        assert int(told.split()[0]) == votes, (reference, told)
        if reference == tied:
            assert_told_nothing(panel.members[-1], reference)
    return concluded


def cast(panel: Panel, meeting: int, item: int, reference: str, tied: str, *, is_seen: bool) -> int:
    """Let everybody in the room vote, and return how many did."""
    answers = at_once(lambda each: each.vote(meeting, item, ADVICE[len(each.email) % len(ADVICE)]), panel.others)
    assert set(answers) <= {HTTPStatus.NO_CONTENT, HTTPStatus.FORBIDDEN}, Counter(answers)
    votes = answers.count(HTTPStatus.NO_CONTENT)
    for member in panel.members if is_seen else []:
        if reference != tied or member is not panel.members[-1]:
            votes += member.vote_if_asked(reference, "Fund")
    return votes


def assert_only_told_to_leave(member: Member, meeting: int, item: int, reference: str) -> None:
    live = member.page.locator("#live section").first
    expect(live).to_contain_text("Please leave the room")
    expect(live).to_contain_text(reference)
    expect(member.page.locator("#vote")).to_have_count(0)
    answer = member.person.context.request.get(
        f"{member.person.site.address}/review/meetings/{meeting}/items/{item}/vote/"
    )
    assert answer.status == HTTPStatus.FORBIDDEN


def assert_told_nothing(member: Member, reference: str) -> None:
    row = member.page.locator("#live tbody tr", has_text=reference)
    expect(row).to_contain_text("Discussed")
    assert row.locator("td").last.inner_text() == "—"
    assert "Please leave the room" not in member.page.locator("#live section").first.inner_text()


def approve_the_minutes(panel: Panel, tied: str) -> None:
    """Let the chair write the minutes and an administrator approve them; the tied member reads nothing of the one."""
    Chair(panel.chair).write_minutes()
    assert not panel.chair.page.get_by_role("button", name="Approve the minutes").count()
    panel.staff.go(panel.chair.page.url)
    panel.staff.press("Approve the minutes")
    assert "the meeting is closed" in panel.staff.text()
    for member in panel.members:
        expect(member.page.locator("#live")).to_contain_text("The meeting is closed")
        member.page.reload()
        minutes = member.page.locator("section", has=member.page.locator("#minutes-h")).inner_text()
        assert minutes.count(NOTE) == panel.size.applications - minutes.count("You were out of the room.")
        assert (f"{tied}: {NOTE}" not in minutes) == (member is panel.members[-1])


def assert_it_is_ranked(panel: Panel, concluded: dict[str, str]) -> None:
    page = panel.chair.go(CALL + "ranking/")
    panel.chair.press("Compute the ranking")
    expect(page.locator("main")).to_contain_text("How to read this", timeout=60_000)
    rows = page.locator("section[aria-labelledby=rk] tbody tr")
    assert rows.count() == min(50, panel.size.applications)
    assert len(concluded) == panel.size.applications
