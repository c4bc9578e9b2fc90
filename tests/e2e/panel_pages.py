"""What an administrator, a chair and the members of a panel do on its pages, from the assignment to the minutes."""

import re
from collections.abc import Iterator
from datetime import timedelta

from playwright.sync_api import expect

from core import clock
from tests.e2e.keys import Keyboard
from tests.e2e.letters import wait_for_work
from tests.e2e.site import Visitor
from tests.e2e.stage import REFERENCE, STREAMING

CALL = f"/manage/calls/{STREAMING}/"
SCORES = "345n26"
COMMENT = "The design is sound; say more about how families are found."
TIE = "We wrote a report together last year."
NOTE = "Ask for the protocol first."


def begin_the_review(person: Visitor) -> None:
    person.go(CALL + "setup/")
    person.follow("Start the review")
    person.press(re.compile("Start the review"))


def propose_and_release(person: Visitor, number: int) -> None:
    """Release so many proposals; where none waits yet, ask for them first."""
    page = person.go(CALL + "assignment/")
    waiting = page.get_by_role("link", name=re.compile(r"^Release \d+ proposals?$"))
    if not waiting.count():
        person.press(re.compile("^Propose"))
        wait_for_work(person)
        page = person.go(CALL + "assignment/")
    assert waiting.inner_text() in (f"Release {number} proposals", f"Release {number} proposal")
    person.click(waiting)
    due = clock.now() + timedelta(days=3)
    page.get_by_label("Reviews are due").fill(f"{due:%Y-%m-%dT%H:%M}")
    person.press(re.compile(f"^Release {number} assignment"))


class Member:
    """A member of the panel with a keyboard."""

    def __init__(self, person: Visitor) -> None:
        self.person, self.page, self.keys = person, person.page, Keyboard(person)
        self.submitted = 0

    def declare_all(self, tied_to: str = "") -> Iterator[None]:
        """Say of each application that there is no tie, or which there is to the one that is named."""
        while self._is_at("/declare/") or self._starts("Declare"):
            is_tied = bool(tied_to) and tied_to in self._crumbs()
            answers = (
                {"has_interest": "yes", "kinds": ["collaborator"], "note": TIE} if is_tied else {"has_interest": "no"}
            )
            self.keys.skip()
            self.keys.answer(answers, "Declare")
            yield

    def review_all(self) -> Iterator[None]:
        """Score everything in the queue and submit it; the first is left once half done, and found again."""
        is_first = True
        while self._starts("Go on with", "Start with"):
            if is_first and self.person.page.get_by_role("button", name="Save and next").count():
                self._save_and_next()
                yield
            is_first = False
            while self._is_at("/review/") and self.page.locator("form#review").count():
                self._score(SCORES, "Submit")
                assert "is submitted" in self.person.text()
                self.submitted += 1
                yield

    def _is_at(self, kind: str) -> bool:
        """Whether a page of this kind is open, about an application to this call: some members serve on others too."""
        return kind in self.page.url and REFERENCE in self._crumbs()

    def _crumbs(self) -> str:
        return self.page.locator(".crumbs").first.inner_text()

    def _starts(self, *names: str) -> bool:
        """Open what the queue says comes next, if it begins so."""
        self.person.go("/review/")
        words = self.page.locator("main a.button").first
        label = words.inner_text() if words.count() else ""
        if not label.startswith(tuple(f"{name} {REFERENCE}" for name in names)):
            return False
        self.keys.skip()
        self.keys.enter(label)
        return True

    def _save_and_next(self) -> None:
        before = self.page.url
        self._score(SCORES[:2], "Save and next")
        assert "is saved" in self.person.text()
        assert self.page.url != before

    def _score(self, scores: str, last: str) -> None:
        """Go to the form by the list of parts, type the scores and a comment, and press the button that is named."""
        names = self.page.locator("fieldset.criterion input[type=radio]").evaluate_all("all => all.map(x => x.name)")
        marks = dict(zip(dict.fromkeys(names), scores, strict=False))
        if "overall" in marks:
            marks["overall"] = marks["overall"].replace("n", "4")
        if not self.page.url.endswith("#review"):  # the next one opens where the last one was left
            self.keys.skip()
            self.keys.reach("Your review")
            self.page.keyboard.press("Enter")
        self.keys.score(marks, {"public_comment": COMMENT}, last)

    def go_to_meeting(self) -> None:
        self.person.go("/home/")
        self.person.follow("Go to it")
        assert self.person.heading() == "Panel meeting"

    def vote_if_asked(self, reference: str, advice: str) -> bool:
        """Wait until the page asks for a vote on it, or to leave the room; return whether they voted."""
        live = self.page.locator("#live section").first
        expect(live).to_contain_text(reference)
        expect(live.locator("#vote, .notice.is-yours")).to_be_visible()
        if not live.locator("#vote").count():
            return False
        self.person.click(self.page.locator("#vote"))
        self.page.get_by_label(advice, exact=True).check()
        self.page.locator('[name="overall"][value="5"]').check()
        self.person.press("Vote")
        assert f"You voted: {advice}" in self.person.text()
        return True


class Chair:
    """The chair, who leads the meeting."""

    def __init__(self, person: Visitor) -> None:
        self.person, self.page = person, person.page

    def plan(self, quorum: int) -> int:
        """Plan the meeting for today, and return its number."""
        self.person.go(CALL + "meetings/")
        starts = clock.now() + timedelta(minutes=5)
        self.page.get_by_label("It begins").fill(f"{starts:%Y-%m-%dT%H:%M}")
        self.page.get_by_label("Where").fill("By video")
        self.page.get_by_label("Quorum").fill(str(quorum))
        self.person.press("Plan it, and tell the panel")
        assert "The meeting is planned" in self.person.text()
        return int(re.findall(r"/meetings/(\d+)/", self.page.url)[0])

    def open(self) -> None:
        """Open the meeting, with all who are on the panel."""
        self.person.press("Open the meeting")
        for box in self.page.locator('[name="member"]').all():
            box.check()
        self.person.press("Record who is here")
        assert "Who is here is recorded." in self.person.text()

    def begin(self) -> tuple[int, str]:
        """Take up what comes next, and return its key and reference."""
        button = self.page.get_by_role("button", name=re.compile("^Begin with"))
        key = self.page.locator('[name="item"]').input_value()
        reference = button.inner_text().removeprefix("Begin with ")
        self.person.click(button)
        assert f"{reference} is under discussion." in self.person.text()
        return int(key), reference

    def call_vote(self, reference: str) -> None:
        self.person.press("Call the vote")
        assert f"The vote on {reference} is open." in self.person.text()

    def conclude(self, reference: str, advice: str, amount: str = "") -> str:
        """Record what the panel recommends, and return how many votes were in."""
        self.person.follow(f"Conclude {reference}")
        votes = re.search(r"(\d+ of \d+) votes are in", self.person.text())
        assert votes
        self.page.get_by_label(advice, exact=True).check()
        self.page.locator('[name="amount"]').fill(amount)
        self.page.locator('[name="rationale"]').fill(f"What the panel said of {reference}.")
        self.page.locator('[name="note"]').fill(f"{reference}: {NOTE}")
        self.person.press("Conclude, and record the recommendation")
        assert f"{reference} is concluded." in self.person.text()
        return votes[1]

    def write_minutes(self) -> None:
        self.person.follow("Minutes")
        self.person.press("Save the minutes")
        assert "Somebody else approves them." in self.person.text()
