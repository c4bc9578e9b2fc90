"""The story of the calls, in the order in which it happened."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from config.loading import applications, attachments, calibrating, conversation, outcomes, panels, people, two_stages
from config.loading.applications import Entry
from config.loading.calls import make_call
from config.loading.forms import make_form, make_rubric
from config.loading.moments import from_today
from config.sample.proposals import proposals
from config.sample.shapes import Proposal
from core import clock
from core.audit.seal import seal_waiting
from core.forms.models import FormVersion
from core.jobs import work
from core.people.models import User
from fund.actions import calls, questions
from fund.models import Call, Fund, Rubric
from reviews.actions import drawing

COUNTS = {"2021": 126, "decided": 24, "closed": 40, "open": 12}
"""How many applications each call of the demonstration has."""
FEW = {"2021": 12, "decided": 4, "closed": 12, "open": 3}
"""The same story with few applications, for tests in the browser."""
REVIEWS_OF = 3
HALF = 0.6
SEEN = ("ARABIC", "THAI", "DEVANAGARI")
STRONG = 5.4
"""Quality on the six-point scale of the sample's reviews."""


class Progress:
    """Counts the steps of the story for the bar."""

    def __init__(self, total: int, tick: Callable[[int, int, str], None]) -> None:
        self.done, self.total, self.tick, self.what = 0, total, tick, ""

    def step(self) -> None:
        """Count one step."""
        self.done = min(self.done + 1, self.total)
        self.tick(self.done, self.total, self.what)


@dataclass(frozen=True)
class Stage:
    """What every call of the story needs."""

    fund: Fund
    form: FormVersion
    rubric: Rubric
    helena: User
    paulo: User
    counts: dict[str, int]
    progress: Progress

    def call(self, key: str) -> Call:
        """Make one of the calls."""
        return make_call(key, fund=self.fund, form=self.form, rubric=self.rubric, by=self.helena)

    def submitted(self, call: Call, key: str, guest: User | None = None) -> list[Entry]:
        """Submit the proposals of a call, and screen them."""
        self.progress.what = f"Applications to {call.prefix}"
        chosen = _chosen(key, self.counts[key])
        files = attachments.TURNS if key == "2021" else ()
        entries = applications.submit_all(call, chosen, tick=self.progress.step, guest=guest, files=files)
        return applications.screen_all(entries, by=self.helena, at=call.closes_at + timedelta(days=6))


def _chosen(key: str, count: int) -> list[Proposal]:
    """Return the proposals of a call; if they are few, the persona's and those with names in other scripts first.

    In the call that the demonstration releases, names in Arabic, Thai and Devanagari are among the best.
    """
    every = proposals(key, COUNTS[key])
    if key == "closed":
        every = [_strong(each) if _script(each) in SEEN else each for each in every]
    if count == len(every):
        return every
    return sorted(every, key=lambda each: ("persona" not in each.tags, _script(each) == "LATIN"))[:count]


def _script(proposal: Proposal) -> str:
    return unicodedata.name(proposal.pi.name[0]).split()[0]


def _strong(proposal: Proposal) -> Proposal:
    return replace(proposal, quality=max(proposal.quality, STRONG))


def tell(tick: Callable[[int, int, str], None], *, counts: dict[str, int] = COUNTS) -> None:
    """Tell the whole story; `tick` gets steps done, steps in all, and what is being done."""
    total = sum(counts.values()) * (1 + REVIEWS_OF) - counts["open"] * REVIEWS_OF + two_stages.IDEAS
    people.make_staff()
    conversation.describe(people.persona("applicant"))
    stage = Stage(
        fund=people.make_fund(), form=make_form(), rubric=make_rubric(), helena=people.persona("administrator"),
        paulo=people.fresh(people.SECOND), counts=counts, progress=Progress(total, tick),
    )  # fmt: skip
    _in_review(stage)
    _decided(stage)
    _ready_to_release(stage)
    _open(stage)
    _two_stages(stage)
    while seal_waiting() == 2000:
        continue
    stage.progress.what = "Done"
    stage.progress.done = total - 1
    stage.progress.step()


def _in_review(stage: Stage) -> None:
    """Tell of the 2021 call with its real dates; its reviews are under way on the day of loading."""
    call = stage.call("2021")
    entries = stage.submitted(call, "2021")
    attachments.close_one(entries[2].application, by=stage.helena, at=from_today(-48))
    panels.convene(call, by=stage.helena, at=from_today(-50))
    calibrating.calibrate(call, by=stage.helena, at=from_today(-49))
    panels.let_one_decline(call, by=stage.helena, at=from_today(-49))
    panels.bid_some(call, at=from_today(-44))
    drawing.set_rule(call=call, budget="line", draw="tie", by=stage.helena)
    panels.assign(call, by=stage.helena, at=from_today(-39), due_at=from_today(15, 17))
    stage.progress.what = "Reviews of SORF-2021"
    start, end = from_today(-38), from_today(-1, 18)
    panels.review_all(call, entries, start=start, end=end, share=0.86, tick=stage.progress.step)
    panels.declare_some_conflicts(call, at=from_today(-1, 19))
    panels.plan_meeting(call, starts_at=from_today(22, 13), by=stage.helena, at=from_today(-1, 20))
    conversation.ask_some(
        call, applicant=people.persona("applicant"), by=stage.helena, at=from_today(-2), due_at=from_today(6, 17)
    )  # fmt: skip


def _decided(stage: Stage) -> None:
    """Tell of a decided call whose letters the worker's own code has made, with most offers answered."""
    call = stage.call("decided")
    entries = stage.submitted(call, "decided", guest=people.persona("applicant"))
    _review_whole(stage, call, entries)
    made = outcomes.decide_all(
        call, entries, share=0.8, by=stage.helena, approver=stage.paulo, at=call.closes_at + timedelta(days=80)
    )  # fmt: skip
    release = outcomes.release_all(call, made, by=stage.helena, at=from_today(-20))
    calls.mark_decided(call=call, by=stage.helena)
    stage.progress.what = "Letters"
    work.run_all()
    outcomes.send_letters(release, by=stage.helena, at=from_today(-19))
    work.run_all()
    outcomes.answer_offers(call, left_by=people.persona("applicant"), at=from_today(-6))
    outcomes.ask_about(call, by=people.persona("applicant"), at=from_today(-4))


def _ready_to_release(stage: Stage) -> None:
    """Tell of a closed call with its decisions approved, which the administrator releases in the demonstration."""
    call = stage.call("closed")
    entries = stage.submitted(call, "closed")
    _review_whole(stage, call, entries)
    made = outcomes.decide_all(call, entries, share=0.9, by=stage.paulo, approver=stage.helena, at=from_today(-3))
    last = [each for each in made if each.outcome != outcomes.FUND][-2:]
    outcomes.give_feedback(last, by=stage.paulo, approver=stage.helena, at=from_today(-2))


def _review_whole(stage: Stage, call: Call, entries: list[Entry]) -> None:
    closed = call.closes_at
    panels.convene(call, by=stage.helena, at=closed + timedelta(days=7))
    panels.assign(call, by=stage.helena, at=closed + timedelta(days=8), due_at=closed + timedelta(days=50))
    stage.progress.what = f"Reviews of {call.prefix}"
    start, end = closed + timedelta(days=9), closed + timedelta(days=48)
    panels.review_all(call, entries, start=start, end=end, share=1.0, tick=stage.progress.step)


def _open(stage: Stage) -> None:
    """Tell of an open call with drafts, among them the applicant's, who has asked a question about it."""
    call = stage.call("open")
    with clock.at(clock.now() - timedelta(days=1, hours=3)):
        words = "May the grant pay for an advisory group of survivors?"
        questions.ask(call=call, question=words, by=people.persona("applicant"))
    stage.progress.what = "Drafts"
    for number, proposal in enumerate(_chosen("open", stage.counts["open"])):
        share = HALF if "persona" in proposal.tags else (HALF, 0.3, 1.0)[number % 3]
        at = clock.now() - timedelta(days=number % 9, hours=2)
        files = attachments.DRAFTED if "persona" in proposal.tags else ()
        applications.write_draft(call, proposal, at=at, share=share, files=files)
        stage.progress.step()


def _two_stages(stage: Stage) -> None:
    """Tell of ideas that were taken up, and of one to correct."""
    stage.progress.what = "Two stages"
    two_stages.tell(
        fund=stage.fund, whole=stage.form, rubric=stage.rubric, by=stage.helena, applicant=people.persona("applicant"),
        tick=stage.progress.step,
    )  # fmt: skip
