"""Recusal leaks nothing: two databases that differ only in what a person may not know give them the same bytes.

The first is the world of the table of answers, with a few people more. The second is the same world in which Ada's
application has another text, other reviewers, scores and comments, a vote, a recommendation, feedback, and a decision
that is released and not visible yet. Both stand one after the other in one database, at one moment.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from applications.actions import desk
from applications.models import Application, ApplicationVersion
from applications.search import texts
from core import clock
from core.jobs.work import run_all
from core.people import actions as people
from core.people.models import Role, User
from fund.models import Call
from reviews.actions import conflicts, deciding, discussing, reviewing
from reviews.actions import feedback as telling
from reviews.models import Assignment, Feedback, MatchingRun, MeetingItem, PanelMember, Review, Score
from tests import factories
from tests.access import twins
from tests.access import world as making
from tests.access.test_table import undone
from tests.access.world import World
from tests.browser import new_browser
from tests.reviews import panels

pytestmark = pytest.mark.django_db
WORD = "Zaffre"
"""It stands in all that nobody may know, and nowhere else."""
SHUT_OUT = ("ragna", "rosa", "mona")
"""Recused from Ada's application: an administrator, the second chair, and a member who declared it after reviewing it."""
LIKE: dict[str, tuple[str, ...]] = {
    "ragna": ("ragna",), "rosa": ("chandra", "manage:", "review:"), "mona": ("ruth", "review:", "reports:", "home", "api:"),
    "audun": ("audrey",), "ada": ("ada",), "amir": ("amir",),
}  # fmt: skip
"""Whose answers of the table they get, so that only what is open to them is asked for; and under which names."""
APPLYING = ("ada",)
WITH_A_RIGHT = ("helena", "chandra")
"""An administrator and the chair, who have no tie to it."""
TELLING = (
    "/manage/calls/review/", "/manage/calls/review/applications/", "/manage/calls/review/applications/REVIEW-001/",
    "/manage/calls/review/applications/?q=zaffre", "/manage/calls/review/ranking/", "/manage/calls/review/progress/",
    "/manage/calls/review/assignment/", "/api/v1/reviews/",
    "/api/v1/applications/", "/api/v1/rankings/review/",
)  # fmt: skip
"""Where who is not recused reads of it, besides the meeting."""


def read_by_others(world: World) -> list[str]:
    return [*TELLING, reverse("manage:meeting", args=["review", world.subjects["meeting"]["pk"]])]


@pytest.fixture(scope="module")
def made(shared: None) -> Iterator[World]:
    """Make the world, and stop the clock at the moment at which everything is asked for."""
    with clock.at(factories.NOON):
        world = making.build()
        _add_people(world)
        yield world


def _secret(world: World) -> Application:
    return Application.objects.get(pk=world.subjects["submitted"]["pk"])


def _add_people(world: World) -> None:
    """Add two applications, reviewers who have submitted, and the people who are recused from Ada's application."""
    secret = _secret(world)
    others = _add_applications(world, secret.call)
    omar, nils = (panels.make_member(secret.call, name, "ngo") for name in ("Omar", "Nils"))
    mona = panels.make_member(secret.call, "Mona", "industry")
    chair = PanelMember.objects.get(call=secret.call, person=world.chandra)
    for number, application in enumerate([secret, *others]):
        for place, member in enumerate([omar, mona, chair]):
            panels.submit(panels.assign(application, member), 2 + (number + place) % 4, 3 + place)
    panels.assign(others[0], nils)
    world.people |= {"omar": omar.person, "nils": nils.person, "mona": mona.person}
    world.people["audun"] = factories.make_user("Audun", Role.AUDITOR)
    _recuse(world, secret)
    run_all()
    MatchingRun.objects.create(
        call=secret.call, objective=1, is_proved=True, made_at=clock.now(),
        unfilled=[{"proposal": str(others[0].reference), "reason": "few"}],
    )  # fmt: skip


def _add_applications(world: World, call: Call) -> list[Application]:
    was = {"state": call.state, "closes_at": call.closes_at}
    Call.objects.filter(pk=call.pk).update(state=Call.State.PUBLISHED, closes_at=clock.now() + timedelta(days=1))
    call.refresh_from_db()
    made = [panels.make_application(call, number) for number in (8, 9)]
    Call.objects.filter(pk=call.pk).update(**was)
    return [Application.objects.get(reference=world.subjects["approved"]["reference"]), *made]


def _recuse(world: World, secret: Application) -> None:
    """Recuse a second chair and an auditor, and have Mona declare a tie after she submitted."""
    people.give_role(user=world.rosa, role=Role.CHAIR, reason="Chairs too", by=None)
    panels.make_member(secret.call, world.rosa, "industry", is_chair=True)
    late = Assignment.objects.get(application=secret, member__person=world.mona)
    conflicts.declare(assignment=late, has_interest=True, kinds=["personal"], by=world.mona)
    for name in ("rosa", "audun"):
        making.recuse(world.people[name], secret)


def write_another_text(world: World) -> None:
    """Change what Ada wrote, but for what a declaration of conflicts shows: title, investigator, host, partners."""
    secret = _secret(world)
    Application.objects.filter(pk=secret.pk).update(
        summary=f"{WORD} summary.", amount=Decimal(199_000), months=30, starts_on=None,
        theme=secret.call.themes.get(slug="detection"), country="KE",
    )  # fmt: skip
    version = ApplicationVersion.objects.get(pk=secret.current_id)
    content = deepcopy(version.content)
    content["columns"] |= {"summary": f"{WORD} summary."}
    for section in content["sections"]:
        for answer in section["answers"]:
            if answer["key"] == "summary":
                answer["words"] = f"{WORD} summary."
    ApplicationVersion.objects.filter(pk=version.pk).update(content=content, sha256="0" * 64, has_content_note=True)
    secret.answers.filter(key="summary").update(value=f"{WORD} summary.")
    secret.budget_lines.update(description=f"{WORD} line")
    secret.attachments.update(name=f"{WORD}.pdf")
    texts.keep(secret, texts.texts_of(content, version.form.definition))


def judge_otherwise(world: World) -> None:
    """Give Ada's application other reviewers, scores, comments, notes and votes, and an outcome that is not out yet."""
    secret = _secret(world)
    _review_otherwise(world, secret)
    desk.note(application=secret, audience="panel", text=f"{WORD} note.", by=world.oluchi)
    desk.put_label(application=secret, kind="tag", word=WORD, by=world.oluchi)
    run = MatchingRun.objects.get(call=secret.call)
    run.unfilled.append({"proposal": secret.reference, "reason": "few"})
    run.save()
    item = MeetingItem.objects.get(application=secret)
    discussing.cast(item=item, advice="fund", overall=5, by=world.ruth)
    MeetingItem.objects.filter(pk=item.pk).update(note=f"{WORD} was said.", kind="fund")
    deciding.recommend(
        application=secret, kind="fund", rationale=f"{WORD} rationale.", amount=Decimal(90_000), by=world.oluchi
    )  # fmt: skip
    [written] = Feedback.objects.filter(application=secret)
    telling.approve(
        feedback=telling.edit(feedback=written, texts={0: f"{WORD} feedback."}, by=world.oluchi), by=world.helena
    )
    panels.name_signatory(secret)
    decision = deciding.prepare(
        application=secret, outcome="fund", amount=Decimal(90_000), rationale=f"{WORD} decision.", by=world.oluchi
    )  # fmt: skip
    decision = deciding.approve(decision=decision, by=world.helena)
    later = clock.now() + timedelta(days=3)
    deciding.release(call=secret.call, decisions=[decision], visible_at=later, by=world.helena)
    run_all()


def _review_otherwise(world: World, secret: Application) -> None:
    reviewing.submit(assignment=Assignment.objects.get(application=secret, member__person=world.ruth), by=world.ruth)
    nils = PanelMember.objects.get(call=secret.call, person=world.nils)
    given = Assignment.objects.filter(application=secret)
    given.filter(member__person=world.omar).update(
        member=nils, due_at=clock.now() - timedelta(days=2), affinity=900, why={"topics": [WORD]}
    )  # fmt: skip
    given.filter(member=PanelMember.objects.get(pk=world.subjects["member"]["pk"])).update(
        state="declined", decline_reason=f"{WORD} reason."
    )  # fmt: skip
    score_otherwise(given.exclude(member__person=world.mona))


def score_otherwise(assignments: QuerySet[Assignment]) -> None:
    """Change the scores and the words of reviews."""
    Review.objects.filter(assignment__in=assignments).update(
        overall=6,
        public_comment=f"{WORD} to all.",
        private_comment=f"{WORD} to the panel.",
        notes=f"{WORD} to oneself.",
    )
    Score.objects.filter(review__assignment__in=assignments).update(value=6, comment=f"{WORD} why.")


@pytest.fixture(scope="module")
def browsers(made: World) -> dict[str, Client]:
    """Sign everybody in once, which is noted down."""
    return {name: browser_of(person) for name, person in made.people.items()}


def browser_of(person: User) -> Client:
    browser = new_browser()
    browser.force_login(User.objects.get(pk=person.pk))
    return browser


@dataclass
class Asking:
    """Who asks for what."""

    world: World
    browsers: dict[str, Client]
    is_full: bool = False

    def everything(self, name: str) -> twins.Answers:
        """Ask for all that is open to a person, and order the files that they can have."""
        asked = twins.addresses(self.world, *LIKE[name], is_full=self.is_full)
        found = twins.answers(self.browsers[name], asked)
        if name == "ragna" or (self.is_full and name in ("rosa", "audun")):
            found |= twins.orders(self.browsers[name], self.world.people[name], is_full=self.is_full)
        return found

    def differences(self, shut_out: Iterable[str], applying: Iterable[str]) -> dict[str, dict[str, str]]:
        """Ask in both databases, and return what differs for each person; for who has a right in the second, all."""
        before = {name: self.everything(name) for name in (*shut_out, *applying)}
        before |= {name: twins.answers(self.browsers[name], read_by_others(self.world)) for name in WITH_A_RIGHT}
        with undone():
            judge_otherwise(self.world)
            after = {name: self.everything(name) for name in applying}
            write_another_text(self.world)
            after |= {name: self.everything(name) for name in shut_out}
            after |= {name: twins.answers(self.browsers[name], read_by_others(self.world)) for name in WITH_A_RIGHT}
        return {name: twins.differences(before[name], after[name]) for name in before}


@pytest.fixture(scope="module")
def differences(made: World, browsers: dict[str, Client]) -> dict[str, dict[str, str]]:
    """Ask for all that the table opens in both databases."""
    return Asking(made, browsers).differences(SHUT_OUT, APPLYING)


@pytest.mark.parametrize("name", SHUT_OUT)
def test_who_is_recused_gets_the_same_bytes_whatever_the_application_says_and_comes_to(
    name: str, differences: dict[str, dict[str, str]]
) -> None:
    assert differences[name] == {}


def test_an_applicant_gets_the_same_bytes_whatever_is_done_before_the_release(
    differences: dict[str, dict[str, str]],
) -> None:
    assert differences["ada"] == {}


@pytest.mark.parametrize("name", WITH_A_RIGHT)
def test_who_is_not_recused_finds_all_of_it_elsewhere(
    name: str, made: World, differences: dict[str, dict[str, str]]
) -> None:
    assert set(differences[name]) == set(read_by_others(made))


@pytest.mark.soak
def test_so_do_all_searches_sorts_and_documents(made: World, browsers: dict[str, Client]) -> None:
    found = Asking(made, browsers, is_full=True).differences((*SHUT_OUT, "audun"), (*APPLYING, "amir"))
    for name in WITH_A_RIGHT:
        found.pop(name)
    assert {name: each for name, each in found.items() if each} == {}


@pytest.mark.parametrize(
    ("has_all_roles", "places"),
    [(False, [("ruth", "review:", "reports:", "home", "api:")]), (True, [("helena", "manage:")])],
)
def test_before_ones_own_submission_nothing_shows_what_another_reviewer_wrote(
    has_all_roles: bool, places: list[tuple[str, ...]], made: World, browsers: dict[str, Client]
) -> None:
    """The same bytes whatever Omar scored and wrote; for Ruth as she is, and with every role and the chair besides."""
    _before_and_after(
        made, browsers["ruth"], [url for place in places for url in twins.addresses(made, *place)], has_all_roles
    )


@pytest.mark.soak
def test_nor_does_anything_else(made: World, browsers: dict[str, Client]) -> None:
    everybody = ("ruth", "chandra", "helena", "felix", "audrey")
    asked = dict.fromkeys(url for name in everybody for url in twins.addresses(made, name, is_full=True))
    for has_all_roles in (False, True):
        _before_and_after(made, browsers["ruth"], list(asked), has_all_roles)


def _before_and_after(world: World, browser: Client, asked: list[str], has_all_roles: bool) -> None:
    own = Assignment.objects.get(application=_secret(world), member__person=world.ruth)
    with undone():
        if has_all_roles:
            _give_all_roles(world.ruth)
        before = twins.answers(browser, asked)
        score_otherwise(Assignment.objects.filter(application=_secret(world), member__person=world.omar))
        during = twins.answers(browser, asked)
        reviewing.submit(assignment=own, by=world.ruth)
        after = twins.answers(browser, [f"/review/{own.pk}/", "/api/v1/reviews/"])
    assert twins.differences(before, during) == {}
    assert not [url for url, found in during.items() if WORD.encode() in found]
    assert all(WORD.encode() in found for found in after.values())


def _give_all_roles(person: User) -> None:
    for role in (Role.CHAIR, Role.ADMINISTRATOR, Role.FINANCE, Role.AUDITOR):
        people.give_role(user=person, role=role, reason="All at once", by=None)
    PanelMember.objects.filter(person=person).update(is_chair=True)
