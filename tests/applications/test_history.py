"""The history of each answer: what is kept, what may share a row, taking a text back, and the page of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from applications.actions import drafts, screening, submission
from applications.actions.drafts import StaleAnswer
from applications.models import AnswerRevision, TeamMember
from core import clock
from core.states import WrongState
from tests import factories

LONG = "A field experiment on messages that are shown before a harmful search goes on"


@pytest.fixture
def team(draft, ada, amir):
    """Ada's draft, in which Amir writes too."""
    member = drafts.add_member(application=draft, name="Amir", email=amir.email, access="editor", by=ada)
    drafts.join(member=member, by=amir)
    return draft


@pytest.fixture
def now():
    with clock.at(clock.now() + timedelta(hours=1)):
        yield clock.now()


def save(draft, by, value, at, key="risks"):
    return drafts.save_answer(application=draft, key=key, value=value, by=by, at=at)


def texts(draft, key="risks") -> list[str]:
    return list(draft.answer_revisions.filter(key=key).order_by("revision").values_list("value", flat=True))


def url(draft, name="history", key="summary") -> str:
    return reverse(f"apply:{name}", args=[draft.pk, key])


def test_savings_of_one_sitting_share_a_row_that_has_the_answers_revision(draft, ada, now):
    for seconds in (0, 30, 90):
        answer = save(draft, ada, LONG[: 40 + seconds // 3], now + timedelta(seconds=seconds))

    rows = draft.answer_revisions.filter(key="risks")
    assert list(rows.values_list("revision", "value", "begun_at", "saved_at", "saved_by")) == [
        (answer.revision, LONG[:70], now, now + timedelta(seconds=90), ada.pk)
    ]


def test_a_sitting_ends_after_two_minutes_however_fast_one_types(draft, ada, now):
    for seconds in (0, 60, 119, 121, 180):
        save(draft, ada, LONG[: 20 + seconds // 4], now + timedelta(seconds=seconds))

    assert texts(draft) == [LONG[:49], LONG[:65]]


def test_what_is_deleted_stays_in_the_history_even_within_a_sitting(draft, ada, now):
    for seconds, value in enumerate([LONG, "", "Something else", "Something other"]):
        save(draft, ada, value, now + timedelta(seconds=seconds))

    assert texts(draft) == [LONG, "Something else", "Something other"]


def test_another_persons_text_has_a_row_of_its_own(team, ada, amir, now):
    for seconds, by in enumerate([ada, amir, ada]):
        save(team, by, LONG[: 60 + seconds], now + timedelta(seconds=seconds))

    assert texts(team) == [LONG[:60], LONG[:61], LONG[:62]]


def test_a_text_that_somebody_else_has_seen_stays(team, ada, amir, client, now):
    save(team, ada, LONG[:60], now - timedelta(seconds=9))
    client.force_login(amir)
    client.get(reverse("apply:section", args=[team.pk, "safety"]))
    save(team, ada, LONG[:61], now + timedelta(seconds=1))
    save(team, ada, LONG[:62], now + timedelta(seconds=2))

    assert texts(team) == [LONG[:60], LONG[:62]]


def test_a_text_that_was_refused_to_somebody_as_theirs_stays(team, ada, amir, client, now):
    save(team, ada, LONG[:60], now - timedelta(seconds=9))
    client.force_login(amir)
    data = {"key": "risks", "value": "Mine", "revision": "0"}
    assert client.post(reverse("apply:autosave", args=[team.pk]), data).json()["value"] == LONG[:60]

    save(team, ada, LONG[:61], now + timedelta(seconds=1))
    assert texts(team) == [LONG[:60], LONG[:61]]


def test_a_text_that_was_submitted_stays(draft, ada, helena, now):
    save(draft, ada, LONG[:60], now)
    submission.submit(application=draft, by=ada, at=now + timedelta(seconds=1))
    screening.screen(application=draft, outcome="returned", text="Say more.", by=helena)
    save(draft, ada, LONG[:61], now + timedelta(seconds=2))

    assert texts(draft) == [LONG[:60], LONG[:61]]


def test_restore_is_a_saving_of_the_old_text_and_never_shares_a_row(draft, ada, now):
    save(draft, ada, LONG, now)
    save(draft, ada, "", now + timedelta(seconds=1))
    first = draft.answer_revisions.filter(key="risks").last()
    answer = drafts.restore(
        application=draft, key="risks", number=first.revision, by=ada, at=now + timedelta(seconds=2)
    )

    assert (answer.value, answer.revision) == (LONG, 3)
    assert texts(draft) == [LONG, "", LONG]


def test_restore_needs_what_a_save_needs(team, ada, amir, now):
    save(team, ada, LONG, now)
    save(team, amir, "Other", now)
    number = team.answer_revisions.filter(key="risks").last().revision

    with pytest.raises(StaleAnswer):
        drafts.restore(application=team, key="risks", number=number, revision=1, by=ada, at=now)
    with pytest.raises(WrongState, match="no longer kept"):
        drafts.restore(application=team, key="risks", number=77, by=ada, at=now)
    team.team.filter(user=amir).update(access=TeamMember.Access.VIEWER)
    with pytest.raises(PermissionDenied):
        drafts.restore(application=team, key="risks", number=number, by=amir, at=now)
    submission.submit(application=team, by=ada, at=now)
    with pytest.raises(WrongState):
        drafts.restore(application=team, key="risks", number=number, by=ada, at=now)


def test_discarding_a_draft_empties_its_history_and_withdrawing_does_not(submitted, open_call, ada, amir):
    draft = factories.make_draft(open_call, amir)
    submission.withdraw(application=submitted, reason="Another grant", by=ada)
    assert submitted.answer_revisions.exists()

    submission.withdraw(application=draft, reason="", by=amir)
    assert not AnswerRevision.objects.filter(application=draft.pk).exists()


def test_the_page_compares_two_texts_and_takes_one_back(as_ada, draft, ada, now):
    save(draft, ada, "A laboratory study on messages that are shown before a search.", now, key="summary")
    page = as_ada.get(url(draft)).content.decode()
    assert "What changed from 1 to 2" in page
    assert '<del><span class="visually-hidden"> taken out: </span>field experiment </del>' in page
    assert '<ins><span class="visually-hidden"> added: </span>laboratory study </ins>' in page
    assert "now in place" in page

    response = as_ada.post(url(draft, "restore"), {"number": "1", "revision": "2"}, follow=True)
    assert "The earlier text is in place again." in response.content.decode()
    assert draft.answers.get(key="summary").value == texts(draft, "summary")[0]


def test_the_page_says_so_when_somebody_saved_in_between(as_ada, draft, ada, now):
    save(draft, ada, "Newer", now, key="summary")

    response = as_ada.post(url(draft, "restore"), {"number": "1", "revision": "1"}, follow=True)

    assert "saved this answer at" in response.content.decode()
    assert draft.answers.get(key="summary").value == "Newer"


@pytest.mark.parametrize(
    "query",
    ["?from=9&to=9", "?to=x", "?from=²", "?to=99999999999999999999", "?to=" + "9" * 18, "?to=" + "9" * 5000, "?page=7"],
)
def test_the_page_stays_calm_about_nonsense(as_ada, draft, query):
    assert as_ada.get(url(draft) + query).status_code == 200


def test_viewers_read_the_history_and_questions_without_a_text_have_none(team, as_ada, amir, client):
    team.team.filter(user=amir).update(access=TeamMember.Access.VIEWER)
    assert as_ada.get(url(team, key="letter")).status_code == 404
    assert as_ada.get(url(team, key="nonsense")).status_code == 404
    assert as_ada.post(url(team, "restore"), {"number": "x"}).status_code == 400

    client.force_login(amir)
    page = client.get(url(team)).content.decode()
    assert "Text 1" in page
    assert "Take text" not in page


def test_the_team_sees_what_changed_after_a_correction(as_ada, draft, ada, helena, now):
    submission.submit(application=draft, by=ada, at=now)
    screening.screen(application=draft, outcome="returned", text="Say more.", by=helena)
    assert as_ada.get(reverse("apply:versions", args=[draft.pk])).status_code == 404
    save(draft, ada, "A laboratory experiment on messages.", now, key="summary")
    drafts.save_budget(application=draft, lines=factories.LINES[:2], by=ada, at=now)
    submission.submit(application=draft, by=ada, at=now + timedelta(seconds=1))
    draft.refresh_from_db()

    page = as_ada.get(reverse("apply:versions", args=[draft.pk])).content.decode()
    assert "What changed from version 1 to 2" in page
    assert "added: </span>laboratory " in page
    assert "Fieldwork, 1: Sessions at three sites" in page
    assert "Which theme" not in page
    for query in ("?from=2&to=1", "?from=0000000019&to=1", "?from=1&to=" + "9" * 5000):
        assert "What changed from version 1 to 2" in as_ada.get(reverse("apply:versions", args=[draft.pk]) + query).text
