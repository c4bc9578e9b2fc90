"""Who reviews what, on the pages: proposed by a job, adjusted by hand, released with one mail each."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse

from core import clock
from core.interests.models import Declaration
from core.jobs import work
from core.mail.models import Message
from core.people.models import User
from fund.models import Call
from reviews.actions import assigning, conflicts
from reviews.models import Assignment, PanelMember
from tests.reviews import panels
from tests.reviews.staff.conftest import World, recuse

Browser = Callable[[User], Client]


def at(call: Call, page: str, *more: object) -> str:
    """Return the address of a page of the call."""
    return reverse(f"manage:{page}", args=[call.slug, *more])


def test_a_proposal_is_asked_for_adjusted_and_released(sign_in: Browser, helena: User) -> None:
    call = panels.make_call_in_review(applications=3)
    members = panels.make_panel(call, 5)
    work.run_all()
    browser = sign_in(helena)
    batch = browser.post(at(call, "propose")).url
    assert browser.get(batch).status_code == 200
    assert browser.post(at(call, "propose")).url == batch
    assert browser.get(at(call, "assignment")).context["work"] is not None
    work.run_all()
    board = browser.get(at(call, "assignment")).context

    assert (board["count"].proposed, board["count"].open, board["work"]) == (9, 0, None)
    assert [row.held for row in board["rows"]] == [3, 3, 3]
    reference = board["rows"][0].application.reference
    one = browser.get(at(call, "assign_one", reference)).context
    chosen = one["matches"][0].assignment
    browser.post(at(call, "assign_one", reference), {"step": "keep", "assignment": chosen.pk})
    assert Assignment.objects.get(pk=chosen.pk).is_kept
    gone = one["matches"][1].assignment
    browser.post(at(call, "assign_one", reference), {"step": "remove", "assignment": gone.pk})
    other = next(each for each in members if each.pk not in {match.assignment.member_id for match in one["matches"]})
    browser.post(at(call, "assign_one", reference), {"step": "add", "member": other.pk})
    assert Assignment.objects.filter(application=chosen.application_id, member=other, is_kept=True).exists()
    check = browser.get(at(call, "release_assignments")).context
    assert (check["number"], check["applications"]) == (9, 3)
    due = (clock.now() + timedelta(days=20)).replace(second=0, microsecond=0)
    answer = browser.post(at(call, "release_assignments"), {"due_at": f"{due:%Y-%m-%dT%H:%M}"})

    assert answer.url == at(call, "assignment")
    assert set(Assignment.objects.values_list("state", "due_at")) == {("released", due)}
    told = Message.objects.filter(subject__contains="to review by").values_list("person", flat=True)
    assert sorted(told) == sorted({each.member.person_id for each in Assignment.objects.select_related("member")})


def test_the_reason_of_each_match_is_shown(world: World, sign_in: Browser, helena: User) -> None:
    why = {
        "topics": ["Prevention"],
        "words": ["nudge", "search"],
        "own_word": "can",
        "topic_share": 100,
        "text_percentile": 90,
    }
    chosen = Assignment.objects.get(application=world.voices, member=world.ngo)
    Assignment.objects.filter(pk=chosen.pk).update(why=why, affinity=960)
    matches = sign_in(helena).get(world.address("assign_one", world.voices.reference)).context["matches"]

    assert [match.why for match in matches] == [
        ["They said that they can review it.", "Theme shared: Prevention.", "Words shared: nudge, search.",
         "Text closer to their field than for 90 % of the panel."],
        ["Added by hand."],
    ]  # fmt: skip


def test_only_who_can_take_it_is_offered(world: World, sign_in: Browser, helena: User) -> None:
    free = panels.make_member(world.call, "Free Fiona", "industry")
    full = panels.make_member(world.call, "Full Farid", "industry", most_load=0)
    paused = panels.make_member(world.call, "Paused Pia", "industry")
    PanelMember.objects.filter(pk=paused.pk).update(paused_at=clock.now())
    tied = panels.make_member(world.call, "Tied Tom", "industry")
    recuse(tied.person, world.voices)
    possible = sign_in(helena).get(world.address("assign_one", world.voices.reference)).context["form"].fields["member"]
    offered = {key for key, _ in possible.choices if key}

    assert free.pk in offered
    assert offered.isdisjoint({full.pk, paused.pk, tied.pk, world.ngo.pk, world.police.pk})


def test_what_became_impossible_meanwhile_is_told(world: World, sign_in: Browser, helena: User) -> None:
    member = panels.make_member(world.call, "Free Fiona", "industry")
    recuse(member.person, world.voices)
    answer = sign_in(helena).post(
        world.address("assign_one", world.voices.reference), {"step": "add", "member": member.pk}
    )

    assert "This member cannot take this application any more. Choose somebody else." in answer.content.decode()
    assert not Assignment.objects.filter(member=member).exists()


def test_a_step_too_late_is_told_on_the_page(world: World, sign_in: Browser, helena: User) -> None:
    chosen = Assignment.objects.get(application=world.voices, member=world.ngo)
    browser, address = sign_in(helena), world.address("assign_one", world.voices.reference)
    answer = browser.post(address, {"step": "keep", "assignment": chosen.pk}, follow=True)

    assert "This assignment was released already, so it is no longer a proposal." in answer.content.decode()
    assert browser.post(address, {"step": "keep", "assignment": "x"}).status_code == 404
    assert browser.post(address, {"step": "dance", "assignment": chosen.pk}).status_code == 302


def test_an_owed_review_is_given_to_somebody_else(world: World, sign_in: Browser, helena: User) -> None:
    owed = Assignment.objects.get(application=world.warnings, member=world.police)
    browser = sign_in(helena)
    browser.post(world.address("assign_one", world.warnings.reference), {"step": "remove", "assignment": owed.pk})

    owed.refresh_from_db()
    assert (owed.state, owed.decline_reason) == ("declined", "Given to somebody else by the fund")


def test_what_cannot_be_filled_is_shown_with_the_reason(sign_in: Browser, helena: User) -> None:
    call = panels.make_call_in_review(applications=1)
    panels.make_panel(call, 2)
    assigning.propose(call=call, by=helena)
    board = sign_in(helena).get(at(call, "assignment") + "?places=open").context

    assert [(row.missing, bool(row.reason)) for row in board["rows"]] == [(1, True)]


def test_a_due_date_that_has_passed_is_refused_and_kept(sign_in: Browser, helena: User) -> None:
    call = panels.make_call_in_review(applications=1)
    panels.make_panel(call, 3)
    assigning.propose(call=call, by=helena)
    answer = sign_in(helena).post(at(call, "release_assignments"), {"due_at": "2020-01-01T12:00"})

    assert "This date has passed. Choose one that leaves time to review." in answer.content.decode()
    assert 'value="2020-01-01T12:00"' in answer.content.decode()
    assert set(Assignment.objects.values_list("state", flat=True)) == {"proposed"}


def test_a_chair_who_has_not_declared_sees_nothing_of_what_waits_for_them(
    world: World, sign_in: Browser, chandra: User
) -> None:
    mine = assigning.add(application=world.warnings, member=PanelMember.objects.get(person=chandra), by=None)
    assigning.release(call=world.call, due_at=clock.now() + timedelta(days=9), by=None)
    browser = sign_in(chandra)

    assert [row.application for row in browser.get(world.address("assignment")).context["rows"]] == [
        world.voices,
        world.lines,
    ]
    conflicts.declare(assignment=panels.fresh(mine), has_interest=False, by=chandra)
    assert Declaration.objects.filter(person=chandra).count() == 1
    assert len(browser.get(world.address("assignment")).context["rows"]) == 3
