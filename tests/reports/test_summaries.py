"""The summary of an application: all that a panel needs of it, out of the database, and to each only what is theirs."""

from collections.abc import Collection
from copy import deepcopy
from datetime import timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.actions import asking, desk
from applications.models import Application, Likeness, Screening
from core import clock
from core.documents.models import Document
from core.jobs.work import run_all
from core.people.models import User
from fund.models import Call
from reports.builders.application_summary import Copy, SummaryTerms
from reports.builders.judgement import Quote
from reports.summaries import ask_for_summaries
from reports.terms.panel_book import rights_to
from reports.terms.summary import rows_for_summaries, summaries
from reviews.actions import conflicts, discussing, reviewing
from reviews.actions import meeting as meetings
from reviews.models import PanelMember, Recommendation
from tests.core.pdf.reading import words_of
from tests.reviews import panels

pytestmark = pytest.mark.django_db
CAPS = [
    {"key": "staff", "label": "Staff", "most_share": "", "most_amount": "80000"},
    {"key": "fieldwork", "label": "Fieldwork", "most_share": "20", "most_amount": ""},
    {"key": "sharing", "label": "Sharing results", "most_share": "", "most_amount": ""},
    {"key": "indirect", "label": "Indirect costs", "most_share": "", "most_amount": ""},
]


class World(NamedTuple):
    """Three applications; Nadia and Pavel reviewed the first, which Ruth still owes."""

    call: Call
    first: Application
    others: list[Application]
    nadia: PanelMember
    pavel: PanelMember
    ruth: PanelMember


@pytest.fixture(scope="module")
def made(shared: None) -> World:
    call = panels.make_call_in_review(applications=3, indirect_cap=Decimal(15))
    Call.objects.filter(pk=call.pk).update(budget_categories=CAPS)
    first, *others = Application.objects.filter(call=call).order_by("pk")
    nadia, pavel = panels.make_member(call, "Nadia Osei", "ngo"), panels.make_member(call, "Pavel Ruz", "police")
    review(first, nadia, {"quality": 6, "usefulness": 2, "safety": 5}, 5, {
        "usefulness": "Nobody could act on it. Who would want to?", "quality": "A design that answers. It is rare.",
    })  # fmt: skip
    review(first, pavel, {"quality": 5, "usefulness": 3, "safety": 2}, 2, {"quality": "Sound, e.g. the sample."},
           private_comment="I know the field. Does the partner still exist?")  # fmt: skip
    ruth = panels.make_member(call, "Ruth Lund", "research")
    panels.assign(first, ruth)
    look_into(first)
    Likeness.objects.create(first=first, second=others[0], same_title=True, found_at=clock.now())
    call.refresh_from_db()
    return World(call, first, others, nadia, pavel, ruth)


@pytest.fixture
def world(made: World, db: None) -> World:
    return deepcopy(made)


def review(
    application: Application, member: PanelMember, scores: dict[str, Any], overall: int, comments: dict[str, str],
    **texts: str,
) -> None:  # fmt: skip
    assignment = panels.assign(application, member)
    draft = reviewing.open(assignment=assignment, by=member.person)
    given = {"public_comment": "Would you publish it?", "private_comment": "No."} | texts
    reviewing.save(
        review=draft, scores=scores, overall=overall, comments=comments, revision=None, by=member.person, **given
    )
    reviewing.submit(assignment=assignment, by=member.person)


def look_into(application: Application) -> None:
    """Write down what staff find, ask the applicant twice, and release the first answer to the panel."""
    [item] = desk.set_checklist(call=application.call, items=["May the host receive a grant?"], by=None)
    desk.tick(application=application, answers={item.pk: "met"}, by=None)
    desk.note(application=application, audience="panel", text="The host is new to us.", by=None)
    desk.note(application=application, audience="staff", text="Between us.", by=None)
    desk.put_label(application=application, kind="flag", word="Accounts to come", by=None)
    desk.put_label(application=application, kind="tag", word="Pilot", by=None)
    Screening.objects.filter(application=application).update(text="Host 100 may apply.")
    until = clock.now() + timedelta(days=7)
    for question in ("Who keeps the data?", "Who pays the partner?"):
        asked = asking.ask(application=application, question=question, due_at=until, by=None)
        if question == "Who keeps the data?":
            asking.share(inquiry=asking.answer(inquiry=asked, text="The host.", by=None), by=None)


def meet(world: World) -> None:
    """Hold a meeting in which the first application is voted on, and concluded."""
    meeting = meetings.plan(call=world.call, starts_at=clock.now() + timedelta(days=1), quorum=2, by=None)
    meeting = meetings.open_meeting(meeting=meeting, by=None)
    meetings.mark_present(meeting=meeting, members=[world.nadia.pk, world.pavel.pk, world.ruth.pk], by=None)
    item = discussing.begin(item=meeting.items.get(application=world.first), by=None)
    discussing.call_vote(item=item, by=None)
    for member, advice in ((world.nadia, "fund"), (world.pavel, "decline")):
        discussing.cast(item=item, advice=advice, overall=4, by=member.person)
    discussing.conclude(item=item, kind="conditions", amount=Decimal(40_000), rationale="Needed.", by=None)


def gathered(applications: Collection[Application], recipient: User) -> list[SummaryTerms]:
    rows = rows_for_summaries().in_bulk([each.pk for each in applications])
    found = [rows[each.pk] for each in applications]
    hidden = rights_to(found[0].call, recipient).veiled
    return list(summaries(found, recipient=recipient, copy=Copy(1, recipient.name, clock.now()), hidden=hidden))


def summary_for(recipient: User, world: World) -> SummaryTerms:
    [found] = gathered([world.first], recipient)
    return found


def test_each_category_stands_against_its_own_limit_and_indirect_costs_against_that_of_the_call(world: World) -> None:
    limits = {each.category: (each.amount, each.limit) for each in summary_for(world.nadia.person, world).budget}

    assert limits == {
        "Staff": (Decimal(90000), Decimal(80000)), "Fieldwork": (Decimal(10000), Decimal(20000)),
        "Indirect costs": (Decimal(10000), Decimal(15000)),
    }  # fmt: skip


def test_a_member_reads_of_the_host_the_notes_to_the_panel_and_what_the_applicant_answered(world: World) -> None:
    found = summary_for(world.nadia.person, world)

    assert found.eligibility == ("Eligible: Host 100 may apply.",)
    assert found.due_diligence == (("Host", "University, no ROR id"),), "flags and likeness are on pages of staff only"
    assert found.notes == ("The host is new to us.",)
    assert found.asked == (("Who keeps the data?", "The host."),)
    assert found.checklist == ()


def test_staff_also_read_the_checklist_the_flags_what_is_much_alike_and_what_is_not_answered(
    world: World, helena: User
) -> None:
    found = summary_for(helena, world)

    assert found.checklist == (("May the host receive a grant?", "Yes"),)
    assert found.due_diligence[1:] == (
        ("Flag", "Accounts to come"),
        ("Much alike", f"{world.others[0].reference} {world.others[0].title}: the same title"),
    )
    assert found.notes == ("The host is new to us.",)
    assert [question for question, __ in found.asked] == ["Who keeps the data?", "Who pays the partner?"]
    assert found.asked[1][1].startswith("Not answered yet; the answer is due by")


def test_the_scores_by_reviewer_group_and_overall_merit_are_of_the_reviews_that_the_recipient_may_see(
    world: World,
) -> None:
    judged = summary_for(world.nadia.person, world).judgement

    assert judged.scores is not None
    assert [(each.label, each.group) for each in judged.scores.reviewers] == [
        ("Nadia Osei", "NGOs, hotlines"), ("Pavel Ruz", "Law enforcement"),
    ]  # fmt: skip
    assert [(row.criterion, row.weight, row.scores, row.mean) for row in judged.scores.criteria] == [
        ("Quality", 40, (6, 5), Decimal("5.50")), ("Usefulness", 40, (2, 3), Decimal("2.50")),
        ("Safeguarding", 20, (5, 2), Decimal("3.50")),
    ]  # fmt: skip
    assert [(each.group, each.mean) for each in judged.scores.groups] == [
        ("NGOs, hotlines", Decimal("4.20")), ("Law enforcement", Decimal("3.60")),
    ]  # fmt: skip
    assert judged.merits == (("5", 1), ("2", 1))


def test_strengths_and_weaknesses_are_the_criteria_far_up_and_far_down_with_the_words_of_who_scored_so(
    world: World,
) -> None:
    judged = summary_for(world.nadia.person, world).judgement

    assert [(each.criterion, each.mean, each.quotes) for each in judged.strengths] == [
        ("Quality", Decimal("5.5"), (
            Quote("Nadia Osei", "A design that answers."), Quote("Pavel Ruz", "Sound, e.g. the sample."),
        )),
    ]  # fmt: skip
    assert [(each.criterion, each.mean, each.quotes) for each in judged.weaknesses] == [
        ("Usefulness", Decimal("2.5"), (Quote("Nadia Osei", "Nobody could act on it."),)),
    ]  # fmt: skip


def test_what_the_reviewers_differ_on_and_what_they_ask_are_questions_for_the_panel(world: World) -> None:
    judged = summary_for(world.nadia.person, world).judgement

    assert judged.divided == (
        "The scores for Safeguarding go from 2 to 5. What divides the reviewers?",
        "The scores for overall merit go from 2 to 5. What divides the reviewers?",
    )
    assert judged.questions == (
        Quote("Nadia Osei", "Who would want to?"), Quote("Pavel Ruz", "Does the partner still exist?"),
    )  # fmt: skip


def test_what_each_reviewer_wrote_stands_in_the_order_of_the_criteria(world: World) -> None:
    wrote, __ = summary_for(world.nadia.person, world).judgement.opinions
    assert [criterion for criterion, __ in wrote.comments] == ["Quality", "Usefulness"]
    world.call.rubric.criteria.filter(key="quality").update(position=9)

    wrote, __ = summary_for(world.nadia.person, world).judgement.opinions
    assert [criterion for criterion, __ in wrote.comments] == ["Usefulness", "Quality"]
    assert (wrote.for_applicant, wrote.for_panel) == ("Would you publish it?", "No.")


def test_nobody_is_said_to_recommend_before_the_panel_did(world: World, helena: User) -> None:
    judged = summary_for(helena, world).judgement

    assert (judged.votes, judged.advice) == ((), "")


def test_once_the_panel_concluded_its_votes_are_counted_and_it_is_the_panel_that_recommends(
    world: World, helena: User
) -> None:
    meet(world)

    member, staff = (summary_for(each, world).judgement for each in (world.nadia.person, helena))
    assert member.votes == staff.votes == (("Fund", 1), ("Do not fund", 1))
    assert (member.advice, staff.advice) == ("Fund with conditions", "Fund with conditions, USD\u00a040,000.00")


def test_a_vote_of_who_found_a_tie_later_counts_no_more(world: World) -> None:
    meet(world)
    found = world.pavel.assignments.get(application=world.first)
    conflicts.declare(assignment=panels.fresh(found), has_interest=True, kinds=["personal"], by=world.pavel.person)

    assert summary_for(world.nadia.person, world).judgement.votes == (("Fund", 1),)


def test_who_owes_a_review_learns_nobodys_judgement(world: World, helena: User) -> None:
    meet(world)
    judged = summary_for(world.ruth.person, world).judgement
    panels.assign(world.others[0], panels.make_member(world.call, helena), declared=False)
    Recommendation.objects.create(application=world.others[0], kind="fund", rationale="Good.")

    assert judged == type(judged)()
    [other] = gathered([world.others[0]], helena)
    assert other.judgement.advice == ""


def test_who_must_not_know_the_applicants_reads_of_no_host_no_answer_and_no_text_to_them(world: World) -> None:
    Call.objects.filter(pk=world.call.pk).update(applicants_hidden=True)
    hide_a_host_in_the_ethics_part(world.first)
    blind, seeing = (summary_for(each.person, world) for each in (world.ruth, world.nadia))

    assert (blind.due_diligence, blind.asked, blind.eligibility) == ((), (), ("Eligible",))
    assert [each.text for each in seeing.flags] == ["Host 100", "Nina Berg"]
    assert [each.text for each in blind.flags] == ["Nina Berg"]
    assert "Host 100" not in repr(blind)


def hide_a_host_in_the_ethics_part(application: Application) -> None:
    """Give the submitted form a built-in block, and a part named ethics that asks for an organisation."""
    version = application.current
    asked = {"key": "committee-host", "kind": "organisation", "label": "Whose committee is it?"}
    version.form.content["sections"] += [
        {"key": "ethics", "title": "Ethics", "questions": [asked]},
        {"key": "conduct", "title": "Conduct", "questions": [{"key": "care", "kind": "ethics", "label": "Care"}]},
    ]
    version.form.save(update_fields=["content"])
    lead = {"key": "care-lead", "kind": "short_text", "label": "Safeguarding lead", "words": "Nina Berg"}
    version.content["sections"] += [
        {"key": "ethics", "title": "Ethics", "answers": [asked | {"words": "Host 100"}], "tables": []},
        {"key": "conduct", "title": "Conduct", "answers": [lead], "tables": []},
    ]
    version.save(update_fields=["content"])


def test_many_summaries_take_as_many_queries_as_one(world: World, helena: User) -> None:
    meet(world)
    for member in (world.nadia, world.pavel):
        panels.submit(panels.assign(world.others[0], member))

    for person in (helena, world.nadia.person):
        taken = [queries_for(applications, person) for applications in ([world.first], [world.first, world.others[0]])]
        assert taken[0] == taken[1]


def queries_for(applications: Collection[Application], person: User) -> int:
    """Count the queries for somebody of whom nothing is known yet."""
    with CaptureQueriesContext(connection) as taken:
        gathered(applications, User.objects.get(pk=person.pk))
    return len(taken)


def test_what_is_asked_and_judged_stands_in_the_copy(world: World) -> None:
    meet(world)
    ask_for_summaries(applications=[world.first], by=world.nadia.person)
    run_all()
    text = words_of(Document.objects.visible_to(world.nadia.person).get(kind="application-summary").read())

    for said in (
        "Staff 90,000.00 81.8 % 80,000.00 over by 10,000.00", "What the fund asked the applicant Who keeps the data?",
        "Due diligence Host", "Notes from the fund The host is new to us.", "Reviewers by overall merit",
        "How the panel voted", "The panel recommends", "Strengths – Quality, mean 5.50", "“Nobody could act on it.” Nadia",
        "Questions for the panel – The scores for Safeguarding go from 2 to 5.", "Recorded by, date",
    ):  # fmt: skip
        assert said in text
    assert "Reviewers recommend" not in text
